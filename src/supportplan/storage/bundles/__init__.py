"""A case as one encrypted file, to be handed from one computer to another."""
