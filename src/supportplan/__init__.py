"""Costed support plans, made with the family at their table."""

__version__ = "0.1.0"
