"""What the domain must not know: the day, and new ids."""

import uuid
from datetime import date, datetime


def today() -> date:
    """The day where this computer stands."""
    return datetime.now().astimezone().date()


def new_id() -> str:
    """A new id that nobody else will ever make."""
    return str(uuid.uuid4())
