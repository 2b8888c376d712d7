"""What a backup is: one file that holds the key slots and the encrypted database, and a digest of every byte of it.

A first line that names it, a line that says how long its parts are, the parts, and their SHA-256. Nothing in it can be
read without the passphrase, the recovery code or the escrow key, except when it was made and how large it is.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

from msgspec import Meta

from supportplan.disk import NotConfirmed, flush_file, write_whole
from supportplan.domain.canonical import Document, canonical, read
from supportplan.domain.cases.entries import Moment
from supportplan.domain.problems import (
    BadDocument,
    BadInput,
    CannotWrite,
    StoreDamaged,
    StoreProblem,
    StoreTooNew,
)
from supportplan.storage.backups.progress import Progress, silent
from supportplan.storage.database.connection import translate_errors
from supportplan.storage.database.location import DATABASE, KEYSLOTS, make_private_file
from supportplan.storage.keys.keyslots import Keyslots

FIRST_LINE = b"supportplan backup\n"
VERSION = 1
MOST_KEYSLOTS = 64 * 1024

_LONGEST_HEADER = 1_000
_DIGEST = hashlib.sha256().digest_size
_CHUNK = 1024 * 1024


class Header(Document, frozen=True, kw_only=True):
    """When a backup was made, and how many bytes its parts have."""

    version: Annotated[int, Meta(ge=1)]
    made: Moment
    keyslots: Annotated[int, Meta(ge=1, le=MOST_KEYSLOTS)]
    database: Annotated[int, Meta(ge=1)]


class _Hashed:
    """A file that is read or written while its digest is taken."""

    def __init__(self, file: BinaryIO, doing: str, of: int, progress: Progress) -> None:
        self._file = file
        self._doing = doing
        self._of = of
        self._progress = progress
        self._sum = hashlib.sha256()
        self._done = 0

    def take(self, count: int) -> bytes:
        """Read so many bytes, or fewer where the file ends."""
        return self._count(self._file.read(count))

    def give(self, data: bytes) -> None:
        """Write some bytes."""
        self._file.write(self._count(data))

    def digest(self) -> bytes:
        """Return the digest of all that was read or written."""
        return self._sum.digest()

    def _count(self, data: bytes) -> bytes:
        self._sum.update(data)
        self._done += len(data)
        self._progress(self._doing, self._done, self._of)
        return data


def write_backup(
    to: Path, keyslots: bytes, database: Path, *, made: str, progress: Progress = silent
) -> Header:
    """Write a backup, read it back from the disk, and only then give it its name. Raises CannotWrite, DiskRefused."""
    header = Header(version=VERSION, made=made, keyslots=len(keyslots), database=database.stat().st_size)

    def check(file: BinaryIO) -> None:
        try:
            _read(file, to, None, progress)
        except (BadInput, StoreDamaged, StoreTooNew):
            raise CannotWrite(
                "What was read back from the disk is not what was written.",
                where=str(to),
                mend="Choose another disk, and have this one looked at. Nothing was replaced.",
            ) from None

    with translate_errors(to):
        try:
            write_whole(to, lambda file: _write(file, header, keyslots, database, progress), check=check)
        except NotConfirmed:
            raise CannotWrite(
                "The backup is in its place, but the disk did not confirm it.",
                where=str(to),
                mend="Check it with `supportplan backup --verify FILE`, or write it again on another disk.",
            ) from None
    return header


def refuse_target(to: Path, store: str, *, replace: bool) -> None:
    """Refuse to write a backup where it would take the place of something else. Raises CannotWrite.

    `store` is the id of the store that is backed up; the backup of another one gives way only to `replace`.
    """
    with translate_errors(to):
        if not to.parent.is_dir():
            raise CannotWrite(
                "There is no such folder.", where=str(to.parent), mend="Make it first, or name another one."
            )
        if to.is_dir():
            raise CannotWrite(
                "This is a folder, and a backup is a file.", where=str(to), mend="Add a name for the file."
            )
        if not to.exists():
            return
        # A pipe is refused before it is opened: opening one waits until somebody writes to it.
        if not (to.is_file() and _starts_as_backup(to)):
            raise CannotWrite(
                "There is a file of this name already, and it is not a backup.",
                where=str(to),
                mend="Choose another name; that file was not touched.",
            )
        if not replace and _store_in(to) != store:
            raise CannotWrite(
                "There is a backup of another store under this name, or one that cannot be read.",
                where=str(to),
                mend="Choose another name; that file was not touched. In the terminal, --replace writes over it.",
            )


def check_backup(backup: Path, *, progress: Progress = silent) -> Header:
    """Read a backup to its end and compare its digest. Raises BadInput, StoreTooNew, StoreDamaged, DiskRefused."""
    with _opened(backup) as file:
        return _read(file, backup, None, progress)


def demand_backup(backup: Path) -> None:
    """Refuse, by its first lines alone, a file that is no backup. Raises BadInput, StoreTooNew, StoreDamaged."""
    with _opened(backup) as file:
        _header(_Hashed(file, "", 0, silent), file, backup)


def unpack_backup(backup: Path, folder: Path, *, progress: Progress = silent) -> Header:
    """Lay the key slots and the database of a backup into an empty folder. Raises what `check_backup` does."""
    with _opened(backup) as file:
        return _read(file, backup, folder, progress)


def _write(file: BinaryIO, header: Header, keyslots: bytes, database: Path, progress: Progress) -> None:
    top = FIRST_LINE + canonical(header) + b"\n"
    hashed = _Hashed(file, "Writing", len(top) + header.keyslots + header.database + _DIGEST, progress)
    hashed.give(top + keyslots)
    with database.open("rb") as pages:
        while chunk := pages.read(_CHUNK):
            hashed.give(chunk)
    file.write(hashed.digest())


def _read(file: BinaryIO, backup: Path, folder: Path | None, progress: Progress) -> Header:
    """Read an open backup to its end and compare its digest; lay its parts into a folder, if one is named."""
    size = os.fstat(file.fileno()).st_size
    hashed = _Hashed(file, "Reading back", size, progress)
    header = _header(hashed, file, backup)
    if size != file.tell() + header.keyslots + header.database + _DIGEST:
        raise _damaged(backup)
    _copy(hashed, header.keyslots, folder and folder / KEYSLOTS)
    _copy(hashed, header.database, folder and folder / DATABASE)
    if file.read() != hashed.digest():
        raise _damaged(backup)
    return header


@contextmanager
def _opened(backup: Path) -> Iterator[BinaryIO]:
    if not backup.is_file():
        raise BadInput("There is no such file.", where=str(backup), mend="Check its name and its folder.")
    with translate_errors(backup), backup.open("rb") as file:
        yield file


def _header(hashed: _Hashed, file: BinaryIO, backup: Path) -> Header:
    if hashed.take(len(FIRST_LINE)) != FIRST_LINE:
        raise BadInput(
            "This is not a backup of supportplan.",
            where=str(backup),
            mend="Choose a file that `supportplan backup` wrote; nothing was changed.",
        )
    line = file.readline(_LONGEST_HEADER)
    file.seek(len(FIRST_LINE))
    hashed.take(len(line))
    try:
        header = read(line.removesuffix(b"\n"), Header)
    except BadDocument:
        raise _damaged(backup) from None
    if header.version > VERSION:
        raise StoreTooNew(
            "A newer supportplan wrote this backup.",
            where=str(backup),
            mend="Install the newest supportplan, then try again.",
        )
    return header


def _copy(hashed: _Hashed, length: int, to: Path | None) -> None:
    """Read a part of the backup, and write it where it belongs, if anywhere."""
    if to is None:
        for _ in _chunks(hashed, length):
            pass
        return
    with _private(to) as file:
        for chunk in _chunks(hashed, length):
            file.write(chunk)
        flush_file(file)


def _chunks(hashed: _Hashed, length: int) -> Iterator[bytes]:
    left = length
    while left and (chunk := hashed.take(min(left, _CHUNK))):
        left -= len(chunk)
        yield chunk


def _private(path: Path) -> BinaryIO:
    make_private_file(path)
    return path.open("wb")


def _store_in(backup: Path) -> str | None:
    """Return the id of the store that a backup is of; None where it cannot be told."""
    try:
        with _opened(backup) as file:
            hashed = _Hashed(file, "", 0, silent)
            return read(hashed.take(_header(hashed, file, backup).keyslots), Keyslots).store
    except (BadInput, StoreProblem):
        return None


def _starts_as_backup(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(FIRST_LINE)) == FIRST_LINE


def _damaged(backup: Path) -> StoreDamaged:
    return StoreDamaged(
        "This backup is damaged: not every byte is as it was written.",
        where=str(backup),
        mend="Use another backup. Nothing was changed.",
    )
