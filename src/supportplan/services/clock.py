"""What the domain must not know: the day, the hour, and new ids."""

import uuid
from datetime import date, datetime

from supportplan.storage.database.clock import day_of, now


def today() -> date:
    """The day where this computer stands."""
    return day_of(now())


def hour_and_minute() -> str:
    """The clock on the wall where this computer stands."""
    return f"{datetime.fromisoformat(now()).astimezone():%H:%M}"


def new_id() -> str:
    """A new id that nobody else will ever make."""
    return str(uuid.uuid4())
