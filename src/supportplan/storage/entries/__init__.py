"""What is for ever: entries in a log that is chained by hash."""
