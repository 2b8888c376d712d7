"""What the domain must not know: the day, and new ids."""

import uuid
from datetime import date

from supportplan.storage.database.clock import day_of, now


def today() -> date:
    """The day where this computer stands."""
    return day_of(now())


def new_id() -> str:
    """A new id that nobody else will ever make."""
    return str(uuid.uuid4())
