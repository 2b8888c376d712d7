"""What leaves the program as a file, and what comes in."""
