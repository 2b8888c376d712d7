"""Keeping the store safe: backups, restoring one, and the doctor."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from supportplan.domain.problems import Problem
from supportplan.services.opening import unlock
from supportplan.services.remembered import forget
from supportplan.storage.backups import backup, backup_file
from supportplan.storage.backups.backup import Backup, Restored
from supportplan.storage.backups.progress import Progress
from supportplan.storage.backups.replacing import finish_restoring
from supportplan.storage.database.clock import now
from supportplan.storage.keys import keyslots
from supportplan.storage.rescue import doctor
from supportplan.storage.rescue.finding import Examination, Remedy
from supportplan.storage.rescue.salvage import Salvaged, salvage
from supportplan.storage.store import Store

__all__ = [
    "Backup",
    "BroughtBack",
    "Examination",
    "Remedy",
    "Restored",
    "back_up",
    "bring_back",
    "examine",
    "restore",
    "save_what_can_be_read",
    "verify",
]


class BroughtBack(NamedTuple):
    """A store that came back from a backup: open, or with the problem that kept it closed. It is in place either way."""

    restored: Restored
    store: Store | None
    problem: Problem | None = None


def back_up(store: Store, to: Path, progress: Progress, *, replace: bool = False) -> Backup:
    """Write an encrypted, verified backup of an open store. Raises CannotWrite, StoreDamaged, DiskRefused.

    The backup of another store gives way to it only with `replace`.
    """
    return store.back_up(to, replace=replace, progress=progress)


def verify(file: Path, ask: Callable[[], str], progress: Progress) -> Backup:
    """Check that a backup is whole and opens. Raises BadInput, WrongPassphrase, StoreTooNew, StoreDamaged, DiskRefused."""
    backup_file.demand_backup(file)
    with tempfile.TemporaryDirectory(prefix="supportplan-") as place:
        return backup.verify_backup(file, ask(), Path(place) / "verifying", progress=progress)


def restore(
    file: Path, folder: Path, ask: Callable[[], str], *, replace: bool, progress: Progress
) -> Restored:
    """Bring a store back from a backup, with the passphrase that the backup was made under."""
    backup_file.demand_backup(file)
    restored = backup.restore(file, folder, ask(), at=now(), replace=replace, progress=progress)
    # The keyring may hold the passphrase of the store that was there before.
    forget(folder)
    return restored


def bring_back(file: Path, folder: Path, ask: Callable[[], str], progress: Progress) -> BroughtBack:
    """Bring a store back from a backup into the place of what is there, and open it. Raises as `restore` does."""
    restored = restore(file, folder, ask, replace=True, progress=progress)
    try:
        return BroughtBack(restored, unlock(folder, ask))
    except Problem as problem:
        return BroughtBack(restored, None, problem)


def examine(folder: Path, ask: Callable[[], str], progress: Progress) -> Examination:
    """Look a store over, also one that cannot be opened; nothing is changed. Raises NoStore, WrongPassphrase."""
    return doctor.examine(folder, ask, at=now(), progress=progress)


def save_what_can_be_read(folder: Path, ask: Callable[[], str], into: Path, progress: Progress) -> Salvaged:
    """Save what can be read of a damaged store into a new one, which opens with the same passphrase."""
    finish_restoring(folder)
    return salvage(folder, keyslots.unwrap(keyslots.read(folder), ask()), into, clock=now, progress=progress)
