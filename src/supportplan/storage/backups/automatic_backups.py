"""Backups that nobody asks for: one a day, and one before every change of the schema; and which of them are kept."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from supportplan.storage.backups.backup import Backup, back_up
from supportplan.storage.backups.progress import Progress, silent
from supportplan.storage.database.connection import translate_errors
from supportplan.storage.database.location import BACKUPS, make_private_folder

BEFORE_CHANGES_KEPT = 3
DAYS_KEPT = 7
WEEKS_KEPT = 4

_NAME = re.compile(
    r"(?P<kind>daily|before-schema-change)-(?P<at>(?P<day>\d{4}-\d\d-\d\d)T\d\d-\d\d-\d\dZ)\.backup"
)


def back_up_daily(folder: Path, key: bytes, *, at: str, progress: Progress = silent) -> Backup | None:
    """Make today's backup, unless there is one, and let go of those that are too many. Raises what `back_up` does."""
    today = at[:10]
    with translate_errors(folder / BACKUPS):
        if any(match["kind"] == "daily" and match["day"] == today for match in _matches(_names(folder))):
            return None
    return _make(folder, key, "daily", at, progress)


def back_up_before_schema_change(folder: Path, key: bytes, *, at: str, progress: Progress = silent) -> Backup:
    """Make a backup of a store whose schema is about to change. Raises what `back_up` does."""
    return _make(folder, key, "before-schema-change", at, progress)


def automatic_backups(folder: Path) -> tuple[Path, ...]:
    """Return the automatic backups of the store in a folder, the newest first."""
    matches = sorted(_matches(_names(folder)), key=lambda match: match["at"], reverse=True)
    return tuple(folder / BACKUPS / match[0] for match in matches)


def not_kept(names: Iterable[str]) -> tuple[str, ...]:
    """Return which automatic backups to let go of.

    Kept is the newest of each of the last days and weeks there are backups of, and the last few from before a change
    of the schema. Files of other names are not ours to judge.
    """
    matches = sorted(_matches(names), key=lambda match: match["at"], reverse=True)
    before = [match[0] for match in matches if match["kind"] == "before-schema-change"]
    daily = [match for match in matches if match["kind"] == "daily"]
    days = {match["day"]: match[0] for match in reversed(daily)}
    weeks = {date.fromisoformat(match["day"]).isocalendar()[:2]: match[0] for match in reversed(daily)}
    kept = {
        *before[:BEFORE_CHANGES_KEPT],
        *(days[day] for day in sorted(days, reverse=True)[:DAYS_KEPT]),
        *(weeks[week] for week in sorted(weeks, reverse=True)[:WEEKS_KEPT]),
    }
    return tuple(match[0] for match in matches if match[0] not in kept)


def _make(folder: Path, key: bytes, kind: str, at: str, progress: Progress) -> Backup:
    place = folder / BACKUPS
    with translate_errors(place):
        make_private_folder(place)
        made = back_up(folder, key, place / f"{kind}-{at.replace(':', '-')}.backup", at=at, progress=progress)
        for name in not_kept(_names(folder)):
            # A clock that was wrong may have dated others later than this one, which is the newest all the same.
            if name != made.path.name:
                (place / name).unlink(missing_ok=True)
    return made


def _names(folder: Path) -> list[str]:
    place = folder / BACKUPS
    return [path.name for path in place.iterdir()] if place.is_dir() else []


def _matches(names: Iterable[str]) -> list[re.Match[str]]:
    return [match for name in names if (match := _NAME.fullmatch(name)) and _is_day(match["day"])]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
