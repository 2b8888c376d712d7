"""The encrypted file that everything is kept in: where it is, how it is opened, its tables, and the one that writes."""
