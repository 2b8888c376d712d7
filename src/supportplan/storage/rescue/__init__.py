"""What to do when a store is not well: say what is wrong, and save what can be read."""
