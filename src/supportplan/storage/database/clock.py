"""The moment it is, as entries write it, and the day that it falls on."""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], str]


def now() -> str:
    """Return this computer's clock in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(at: str) -> date:
    """Return the day on which a moment falls where this computer stands."""
    return datetime.fromisoformat(at).astimezone().date()
