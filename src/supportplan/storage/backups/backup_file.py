"""What a backup is: one file that holds the key slots and the encrypted database, and a digest of every byte of it.

A first line that names it, a line that says how long its parts are, the parts, and their SHA-256. Nothing in it can be
read without the passphrase, the recovery code or the escrow key, except when it was made and how large it is.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

from msgspec import Meta

from supportplan.disk import flush_file, flush_folder, forget_cached
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
from supportplan.storage.database.connection import translate_errors
from supportplan.storage.database.location import DATABASE, KEYSLOTS, make_private_file
from supportplan.storage.keys.keyslots import Keyslots

FIRST_LINE = b"supportplan backup\n"
VERSION = 1
MOST_KEYSLOTS = 64 * 1024

_LONGEST_HEADER = 1_000
_DIGEST = hashlib.sha256().digest_size
_CHUNK = 1024 * 1024

# Called with what is being done, how much of it is done, and how much there is to do. What it raises stops the work,
# which then leaves nothing behind.
Progress = Callable[[str, int, int], None]


def silent(doing: str, done: int, of: int) -> None:
    """Report nothing."""


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
    refuse_target(to)
    _refuse_other_store(to, keyslots)
    # A name that nobody else has: what stands beside the backup may be the user's own.
    beside = to.with_name(f".{to.name}-{secrets.token_hex(4)}.part")
    header = Header(version=VERSION, made=made, keyslots=len(keyslots), database=database.stat().st_size)
    with translate_errors(to):
        _clear_away_unfinished(to)
        try:
            _write(beside, header, keyslots, database, progress)
            check_backup(beside, progress=progress)
            beside.replace(to)
            flush_folder(to.parent)
        finally:
            beside.unlink(missing_ok=True)
    return header


def refuse_target(to: Path) -> None:
    """Refuse to write a backup where it would take the place of something else. Raises CannotWrite."""
    with translate_errors(to):
        if not to.parent.is_dir():
            raise CannotWrite(
                "There is no such folder.", where=str(to.parent), mend="Make it first, or name another one."
            )
        if to.is_dir():
            raise CannotWrite(
                "This is a folder, and a backup is a file.", where=str(to), mend="Add a name for the file."
            )
        # A pipe is refused before it is opened: opening one waits until somebody writes to it.
        if to.exists() and not (to.is_file() and _starts_as_backup(to)):
            raise CannotWrite(
                "There is a file of this name already, and it is not a backup.",
                where=str(to),
                mend="Choose another name; that file was not touched.",
            )


def check_backup(backup: Path, *, progress: Progress = silent) -> Header:
    """Read a backup to its end and compare its digest. Raises BadInput, StoreTooNew, StoreDamaged, DiskRefused."""
    return _read(backup, None, progress)


def demand_backup(backup: Path) -> None:
    """Refuse, by its first lines alone, a file that is no backup. Raises BadInput, StoreTooNew, StoreDamaged."""
    with _opened(backup, silent) as (hashed, file):
        _header(hashed, file, backup)


def unpack_backup(backup: Path, folder: Path, *, progress: Progress = silent) -> Header:
    """Lay the key slots and the database of a backup into an empty folder. Raises what `check_backup` does."""
    return _read(backup, folder, progress)


def _write(beside: Path, header: Header, keyslots: bytes, database: Path, progress: Progress) -> None:
    top = FIRST_LINE + canonical(header) + b"\n"
    whole = len(top) + header.keyslots + header.database + _DIGEST
    with _private(beside) as file, database.open("rb") as pages:
        hashed = _Hashed(file, "Writing", whole, progress)
        hashed.give(top + keyslots)
        while chunk := pages.read(_CHUNK):
            hashed.give(chunk)
        file.write(hashed.digest())
        flush_file(file)
        forget_cached(file)


def _read(backup: Path, folder: Path | None, progress: Progress) -> Header:
    with _opened(backup, progress) as (hashed, file):
        header = _header(hashed, file, backup)
        whole = file.tell() + header.keyslots + header.database + _DIGEST
        if backup.stat().st_size != whole:
            raise _damaged(backup)
        _copy(hashed, header.keyslots, folder and folder / KEYSLOTS)
        _copy(hashed, header.database, folder and folder / DATABASE)
        if file.read() != hashed.digest():
            raise _damaged(backup)
    return header


@contextmanager
def _opened(backup: Path, progress: Progress) -> Iterator[tuple[_Hashed, BinaryIO]]:
    if not backup.is_file():
        raise BadInput("There is no such file.", where=str(backup), mend="Check its name and its folder.")
    with translate_errors(backup), backup.open("rb") as file:
        yield _Hashed(file, "Reading back", backup.stat().st_size, progress), file


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


def _refuse_other_store(to: Path, slots: bytes) -> None:
    """Refuse to write over the backup of another store, which may be the only one there is. Raises CannotWrite."""
    with translate_errors(to):
        if to.exists() and _store_in(to) != read(slots, Keyslots).store:
            raise CannotWrite(
                "There is a backup of another store under this name, or one that cannot be read.",
                where=str(to),
                mend="Choose another name; that file was not touched.",
            )


def _store_in(backup: Path) -> str | None:
    """Return the id of the store that a backup is of; None where it cannot be told."""
    try:
        with _opened(backup, silent) as (hashed, file):
            return read(hashed.take(_header(hashed, file, backup).keyslots), Keyslots).store
    except (BadInput, StoreProblem):
        return None


def _clear_away_unfinished(to: Path) -> None:
    """Remove what backups to this place that were killed have left beside it."""
    for left in to.parent.glob(f".{to.name}-????????.part"):
        if left.is_file() and _starts_as_backup(left):
            left.unlink(missing_ok=True)


def _starts_as_backup(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(FIRST_LINE)) == FIRST_LINE


def _damaged(backup: Path) -> StoreDamaged:
    return StoreDamaged(
        "This backup is damaged: not every byte is as it was written.",
        where=str(backup),
        mend="Use another backup. Nothing was changed.",
    )
