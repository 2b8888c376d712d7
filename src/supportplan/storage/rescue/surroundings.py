"""What can be seen of a store without its passphrase: who may look into it, the room it has, its backups."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from supportplan.domain.days import day_words
from supportplan.domain.problems import Problem, StoreTooNew
from supportplan.storage.backups.automatic_backups import automatic_backups
from supportplan.storage.backups.backup import COPYING, RESTORING
from supportplan.storage.backups.backup_file import check_backup
from supportplan.storage.backups.progress import Progress
from supportplan.storage.database.clock import day_of
from supportplan.storage.database.location import DATABASE, open_to_others, synced_by
from supportplan.storage.rescue.finding import Finding, Remedy

DAYS_WITHOUT_BACKUP = 7

_LEAST_FREE = 200_000_000
_DAILY = "One is made on each day on which the store is used."


def surroundings(folder: Path, today: date, progress: Progress) -> Iterator[Finding]:
    """Look round a store. Raises DiskRefused."""
    yield from _place(folder)
    yield from _privacy(folder)
    yield _space(folder)
    yield from _leftovers(folder)
    yield from _backups(folder, today, progress)


def _place(folder: Path) -> Iterator[Finding]:
    service = synced_by(folder)
    if service:
        yield Finding(
            "advice",
            f"The store lies in a folder that {service} copies to other computers. Two computers that write one store "
            "damage it.",
            Remedy.MOVE,
        )


def _privacy(folder: Path) -> Iterator[Finding]:
    if os.name == "nt":
        return
    open_files = [
        path.name
        for path in sorted(folder.iterdir())
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_to_others(folder):
        yield Finding(
            "advice",
            "Other users of this computer may look into the folder of the store. What is in it is encrypted all the same.",
            Remedy.SHUT_FOLDER,
        )
    if open_files:
        yield Finding(
            "advice",
            f"Other users of this computer may read {', '.join(open_files)}. What is in them is encrypted all the same.",
            Remedy.SHUT_FILES,
        )
    elif not open_to_others(folder):
        yield Finding("sound", "Only you may read the store's files.")


def _space(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    size = (folder / DATABASE).stat().st_size if (folder / DATABASE).exists() else 0
    needed = max(_LEAST_FREE, 3 * size)
    if free < needed:
        return Finding(
            "advice",
            f"The disk has only {free // 1_000_000} MB free; {needed // 1_000_000} MB leave room for backups and updates. "
            "What has been saved is safe.",
            Remedy.FREE_SPACE,
        )
    return Finding("sound", "The disk has room.")


def _leftovers(folder: Path) -> Iterator[Finding]:
    if any((folder / name).exists() for name in (COPYING, RESTORING)):
        yield Finding(
            "advice",
            "Making a backup, or bringing one back, was interrupted, and left files that nobody needs.",
            Remedy.CLEAR_AWAY,
        )


def _backups(folder: Path, today: date, progress: Progress) -> Iterator[Finding]:
    found = automatic_backups(folder)
    if not found:
        yield Finding("advice", f"There is no automatic backup yet. {_DAILY}", Remedy.BACK_UP)
        return
    made = []
    for path in found:
        try:
            made.append(day_of(check_backup(path, progress=progress).made))
        except StoreTooNew as problem:
            yield Finding("advice", f"{path.name}: {problem.what}", Remedy.UPDATE)
        except Problem as problem:
            yield Finding("advice", f"{path.name}: {problem.what}", Remedy.REMOVE_BACKUP)
    if not made:
        yield Finding("wrong", "None of the automatic backups can be used.", Remedy.BACK_UP)
        return
    if max(made) > today:
        yield Finding(
            "advice",
            f"An automatic backup is dated {day_words(max(made))}, which has not come yet: the clock of this computer is "
            "wrong, or was.",
            Remedy.SET_CLOCK,
        )
    newest = max((day for day in made if day <= today), default=max(made))
    days = (today - newest).days
    if days > DAYS_WITHOUT_BACKUP:
        yield Finding(
            "advice",
            f"The newest automatic backup is of {day_words(newest)}, {days} days ago. {_DAILY}",
            Remedy.BACK_UP,
        )
    elif len(made) == 1:
        yield Finding("sound", f"The automatic backup of {day_words(newest)} is sound.")
    else:
        yield Finding(
            "sound", f"{len(made)} automatic backups are sound. The newest is of {day_words(newest)}."
        )
