"""What the domain must not know: the day, the hour, and new ids."""

import uuid
from datetime import date, datetime

from supportplan.domain.days import day_words
from supportplan.storage.database.clock import day_of, now


def today() -> date:
    """The day where this computer stands."""
    return day_of(now())


def local_moment(moment: str = "") -> datetime:
    """A moment, as entries write it, on the clock on the wall; without one, now."""
    return datetime.fromisoformat(moment or now()).astimezone()


def when_words(moment: str) -> str:
    """Write when something was, as people say it: `today at 14:02`, `yesterday at 16:40`, `23 November 2026 at 10:00`."""
    when, now = local_moment(moment), local_moment()
    days = (now.date() - when.date()).days
    day = {0: "today", 1: "yesterday"}.get(days) or day_words(when.date())
    return f"{day} at {when:%H:%M}"


def new_id() -> str:
    """A new id that nobody else will ever make."""
    return str(uuid.uuid4())
