"""Copies of a store: made, verified, brought back, and made daily without being asked."""
