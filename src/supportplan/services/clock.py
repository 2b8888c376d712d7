"""What the domain must not know: the time, the day, and new ids."""

import uuid
from datetime import UTC, date, datetime


def now() -> str:
    """The moment in UTC by this computer's clock, to the second, as entries carry it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """The day where this computer stands."""
    return datetime.now().astimezone().date()


def new_id() -> str:
    """A new id that nobody else will ever make."""
    return str(uuid.uuid4())
