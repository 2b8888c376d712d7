"""The command line: each command calls one service and says what came of it."""
