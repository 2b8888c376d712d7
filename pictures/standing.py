"""A day that stands still, printers that are always there, and a person without likings of their own.

What is drawn is the same each time.
"""

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from supportplan.services.preferences import ENVIRONMENT, Looks, Preferences, write_preferences
from supportplan.services.printing import Printer
from supportplan.storage.database import clock

# A Tuesday morning in winter, when the clocks of Britain show it too.
_MOMENT = datetime(2026, 11, 24, 10, 24, tzinfo=UTC)

_PRINTERS = (Printer("office", "Office, by the stairs", usual=True, both_sides=True),)


@contextmanager
def standing(looks: Looks) -> Iterator[None]:
    """Let the program's clock stand, and let it look as it is told to, whatever the person at this computer likes."""
    running = clock.moment
    with (
        tempfile.TemporaryDirectory(prefix="supportplan-pictures-") as place,
        _environment({ENVIRONMENT: str(Path(place) / "preferences.json"), "TZ": "UTC"}),
        patch("supportplan.screens.print_and_open.printers", lambda: _PRINTERS),
    ):
        clock.moment = lambda: _MOMENT
        try:
            write_preferences(Preferences(looks=looks))
            yield
        finally:
            clock.moment = running


@contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    _surround(wanted)
    try:
        yield
    finally:
        _surround(before)


def _surround(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    if hasattr(time, "tzset"):
        time.tzset()
