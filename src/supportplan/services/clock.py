"""What the domain must not know: the day, the hour, and new ids."""

import uuid
from datetime import date, datetime

from supportplan.storage.database.clock import day_of, now


def today() -> date:
    """The day where this computer stands."""
    return day_of(now())


def local_moment(moment: str = "") -> datetime:
    """A moment, as entries write it, on the clock on the wall; without one, now."""
    return datetime.fromisoformat(moment or now()).astimezone()


def new_id() -> str:
    """A new id that nobody else will ever make."""
    return str(uuid.uuid4())
