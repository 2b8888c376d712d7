"""The pictures of the guide, made by the program itself: `make pictures`."""
