"""Days: in words, the same on every computer whatever its language settings, and months later."""

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: date) -> str:
    """Write a day as people say it: `1 September 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day_words(day: date) -> str:
    """Write a day where there is little room: `1 Sep 2026`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def moment_words(moment: str) -> str:
    """Write a moment, as entries hold it, in words: `1 September 2026, 09:30 UTC`."""
    return f"{day_words(date.fromisoformat(moment[:10]))}, {moment[11:16]} UTC"


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day where that month is shorter."""
    from calendar import monthrange

    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
