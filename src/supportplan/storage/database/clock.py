"""The moment it is, as entries write it, and the day that it falls on."""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], str]


def moment() -> datetime:
    """Read this computer's clock. Nothing else in the program reads it, so that it can be made to stand."""
    return datetime.now(UTC)


def now() -> str:
    """Return this computer's clock in UTC, to the second."""
    return moment().strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(at: str) -> date:
    """Return the day on which a moment falls where this computer stands."""
    return datetime.fromisoformat(at).astimezone().date()
