"""Backups: a finished, encrypted and verified copy of the store in one file, and the way back.

A backup is made beside a store that is in use: it holds the store as it was at one moment. It is opened and checked
before it is written, and read back before it gets its name. A store is restored whole or not at all, and one that was
there before is set aside, never deleted.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from supportplan.domain.problems import DiskRefused, StoreDamaged, StoreExists, StoreTooNew
from supportplan.storage.backups.backup_file import (
    Header,
    demand_backup,
    refuse_target,
    unpack_backup,
    write_backup,
)
from supportplan.storage.backups.progress import Progress, silent
from supportplan.storage.backups.replacing import finish_restoring, locked, put_in_place, store_files
from supportplan.storage.database.connection import demand_sealed, open_keyed, translate_errors
from supportplan.storage.database.integrity import cases_in, damage_in, entries_in
from supportplan.storage.database.location import (
    DATABASE,
    KEYSLOTS,
    PRIVATE_FOLDER,
    RESTORED,
    make_private_file,
    make_private_folder,
)
from supportplan.storage.database.migrations import released, schema_of
from supportplan.storage.keys import keyslots

# Folders within the store's: what a copy or a restored store is made in. They hold nothing that is needed later.
COPYING = "copying"
RESTORING = "restoring"

_PAGES_AT_ONCE = 512
_SPARE = 16 * 1024 * 1024
_one_copy_at_a_time = threading.Lock()


class Backup(NamedTuple):
    """A backup that was verified: where it is, when it was made, how many cases, entries and bytes it holds."""

    path: Path
    made: str
    cases: int
    entries: int
    size: int


class Restored(NamedTuple):
    """A store that came back from a backup, and where the one that was there before has been set aside, if any."""

    backup: Backup
    set_aside: Path | None


def back_up(
    folder: Path, key: bytes, to: Path, *, at: str, replace: bool = False, progress: Progress = silent
) -> Backup:
    """Write a verified backup of the store in `folder`; `at` is the moment, as entries write it.

    An earlier backup of the store gives way to it; that of another one only with `replace`. The store may be in use
    meanwhile. Raises CannotWrite, StoreDamaged (a damaged store replaces no backup), DiskRefused.
    """
    store = keyslots.read(folder).store
    refuse_target(to, store, replace=replace)
    with _one_copy_at_a_time, translate_errors(to), _workplace(folder / COPYING) as place:
        _demand_space(place, _size(folder))
        copy = place / DATABASE
        entries = _copy(folder / DATABASE, copy, key, progress)
        held = _checked(copy, key, progress)
        if held.entries != entries:
            raise _not_copied(folder)
        slots = (folder / KEYSLOTS).read_bytes()
        _demand_space(to.parent, copy.stat().st_size)
        # Copying may have taken long, and somebody may have put another file there meanwhile.
        refuse_target(to, store, replace=replace)
        header = write_backup(to, slots, copy, made=at, progress=progress)
    return _backup(to, header, held)


def verify_backup(backup: Path, secret: str, workplace: Path, *, progress: Progress = silent) -> Backup:
    """Open a backup with the passphrase, the recovery code or the escrow key, and check all that is in it.

    `workplace` is a folder that does not exist yet, on a disk with room for the store. Raises BadInput,
    WrongPassphrase, StoreTooNew, StoreDamaged, DiskRefused.
    """
    with translate_errors(workplace), _workplace(workplace) as place:
        return _unpacked(backup, secret, place, progress)


def restore(
    backup: Path, folder: Path, secret: str, *, at: str, replace: bool = False, progress: Progress = silent
) -> Restored:
    """Bring a store back from a backup, after verifying all of it.

    Where there is a store already, `replace` sets it aside; without it, StoreExists. Cut off at any moment, the store
    opens as it was before or as it was restored. Raises what `verify_backup` does, and StoreInUse.
    """
    demand_backup(backup)
    if not replace and any((folder / name).exists() for name in (DATABASE, RESTORED)):
        raise StoreExists(
            "There is a store here already.",
            where=str(folder),
            mend="Name another folder with --store, or add --replace: this store is then set aside, and kept.",
        )
    with translate_errors(folder):
        make_private_folder(folder)
        finish_restoring(folder)
        with locked(folder), _workplace(folder / RESTORING) as place:
            found = _unpacked(backup, secret, place, progress)
            set_aside = put_in_place(place, folder, at)
    return Restored(found, set_aside)


def _copy(database: Path, copy: Path, key: bytes, progress: Progress) -> int:
    """Copy the database as it is at this moment, and return how many entries that is."""

    def report(_: int, remaining: int, of: int) -> None:
        progress("Copying", of - remaining, of)

    make_private_file(copy)
    with (
        translate_errors(database),
        closing(open_keyed(database, key, read_only=True)) as source,
        closing(open_keyed(copy, key)) as target,
    ):
        # The copy needs no log and no syncs of its own: it is read once, and cleared away.
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        # Held until the copy is done, so that saving may go on beside it.
        source.execute("BEGIN")
        entries = entries_in(source)
        source.backup(target, pages=_PAGES_AT_ONCE, progress=report)
        demand_sealed(source)
        source.execute("COMMIT")
    return entries


class _Held(NamedTuple):
    """How much a database holds."""

    cases: int
    entries: int


def _checked(database: Path, key: bytes, progress: Progress) -> _Held:
    """Open a database, check all of it, and return how much it holds."""
    progress("Checking", 0, 1)
    with translate_errors(database), closing(open_keyed(database, key, read_only=True)) as connection:
        newest = released()[-1].number
        if schema_of(connection) > newest:
            raise StoreTooNew(
                "A newer supportplan wrote this store.",
                mend="Install the newest supportplan, then try again. Nothing was changed.",
            )
        if damage_in(connection):
            raise StoreDamaged("The store is damaged.", where=str(database.parent), mend=_DOCTOR)
        held = _Held(cases_in(connection), entries_in(connection))
    progress("Checking", 1, 1)
    return held


_DOCTOR = "Ask `supportplan doctor` what can be saved. Earlier backups were not touched."


def _not_copied(folder: Path) -> StoreDamaged:
    return StoreDamaged("The copy does not hold all that the store holds.", where=str(folder), mend=_DOCTOR)


def _unpacked(backup: Path, secret: str, place: Path, progress: Progress) -> Backup:
    _demand_space(place, backup.stat().st_size if backup.is_file() else 0)
    header = unpack_backup(backup, place, progress=progress)
    key = keyslots.unwrap(keyslots.read(place), secret)
    return _backup(backup, header, _checked(place / DATABASE, key, progress))


def _backup(path: Path, header: Header, held: _Held) -> Backup:
    return Backup(path, header.made, held.cases, held.entries, path.stat().st_size)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in store_files(folder))


def _demand_space(place: Path, size: int) -> None:
    if shutil.disk_usage(place).free < size + _SPARE:
        raise DiskRefused(
            f"The disk has too little space: {(size + _SPARE) // 1_000_000} MB are needed.",
            where=str(place),
            mend="Free some space, then try again. Nothing was changed.",
        )


@contextmanager
def _workplace(place: Path) -> Iterator[Path]:
    """Lend an empty private folder and clear it away, with whatever a killed program had left in it."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=PRIVATE_FOLDER)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
