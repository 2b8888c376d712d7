"""Putting a restored store in the place of the one before, so that at every moment one of the two is whole and opens.

A store is restored in a folder of its own, and verified there. Renaming that folder is the moment from which the
restored store is the one that counts. What is left to do is to move files, each by one rename: the old ones into a
folder that keeps them, the new ones to their place. If that is cut off, whoever opens the store next finishes it.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supportplan.disk import flush_folder
from supportplan.storage.database.connection import translate_errors
from supportplan.storage.database.location import DATABASE, KEYSLOTS, PRIVATE_FOLDER, RESTORED
from supportplan.storage.database.lock import StoreLock

SET_ASIDE = "set-aside"

# The old files, each with the new one that it gives way to.
_GIVES_WAY = {
    DATABASE: DATABASE,
    f"{DATABASE}-wal": DATABASE,
    f"{DATABASE}-shm": DATABASE,
    KEYSLOTS: KEYSLOTS,
}


def finish_restoring(folder: Path) -> None:
    """Finish putting a restored store in place, if that was cut off. Raises StoreInUse, DiskRefused."""
    if (folder / RESTORED).is_dir():
        with translate_errors(folder), locked(folder):
            _finish(folder)


def put_in_place(place: Path, folder: Path, at: str) -> Path | None:
    """Move a verified store from the folder it was made in to where it belongs; the store's lock is held.

    Return the folder that keeps the store that was there before, if there was one.
    """
    aside = None
    if store_files(folder):
        aside = _unused(folder / f"{SET_ASIDE}-{at.replace(':', '-')}")
        (place / aside.name).mkdir(mode=PRIVATE_FOLDER)
    flush_folder(place)
    place.rename(folder / RESTORED)
    flush_folder(folder)
    _finish(folder)
    return aside


def store_files(folder: Path) -> list[Path]:
    """Return the files of the store in a folder, without its backups."""
    return [folder / name for name in _GIVES_WAY if (folder / name).exists()]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a store's lock. Raises StoreInUse."""
    lock = StoreLock(folder)
    lock.take()
    try:
        yield
    finally:
        lock.release()


def _finish(folder: Path) -> None:
    """Do what is left to do of moving the files; each step may have been done already."""
    place = folder / RESTORED
    for aside in place.glob(f"{SET_ASIDE}-*"):
        _move_aside(folder, place, aside)
    for name in (KEYSLOTS, DATABASE):
        if (place / name).exists():
            (place / name).replace(folder / name)
            flush_folder(folder)
    shutil.rmtree(place)


def _move_aside(folder: Path, place: Path, aside: Path) -> None:
    for name, new in _GIVES_WAY.items():
        # As long as the new one waits, what stands in its place is the old one.
        if (place / new).exists() and (folder / name).exists():
            (folder / name).replace(aside / name)
    flush_folder(aside)
    flush_folder(folder)
    aside.replace(folder / aside.name)
    flush_folder(folder)


def _unused(path: Path) -> Path:
    tried, number = path, 1
    while tried.exists():
        number += 1
        tried = path.with_name(f"{path.name}-{number}")
    return tried
