"""Days in words, the same on every computer whatever its language settings."""

from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """Write a day as people say it: `1 September 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
