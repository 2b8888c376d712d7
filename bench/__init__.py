"""Measurements: what the program takes, side by side with the least that the same work can take."""
