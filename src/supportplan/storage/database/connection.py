"""One way to open the encrypted database, and one to say in plain words why the disk or the file refused."""

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from supportplan.domain.problems import (
    DiskRefused,
    NoStore,
    StoreDamaged,
    StoreInUse,
    StoreProblem,
)

if TYPE_CHECKING:
    # The driver has the shape of the standard library's, whose types a checker knows.
    from sqlite3 import Connection as Connection
else:
    Connection = dbapi2.Connection

# Before this version, two connections that write and checkpoint at once could damage a database in WAL mode.
OLDEST_ENGINE = (3, 51, 3)
PLAIN_HEADER = b"SQLite format 3\0"
KEY_BYTES = 32

# Constants of SQLite's C interface (sqlite.org/rescode.html), which are the low byte of an error's code.
_BUSY, _LOCKED, _NOMEM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = (
    5,
    6,
    7,
    8,
    10,
    11,
    13,
    14,
    26,
)

_SAFE = "What was saved before is safe."
_RESTORE = "Restore the newest backup, or ask `supportplan doctor` what can be saved."


def open_to_look(path: Path, key: bytes) -> Connection:
    """Open a database to look at it alone: what a program that was killed left in the log stays there.

    Raises what `open_keyed` does.
    """
    # Whoever closes a database last carries its log over into it, unless it was opened so that nothing can be written.
    # Opened so, a database without a log would be given an empty one.
    return open_keyed(path, key, read_only=True, leave_log=path.with_name(f"{path.name}-wal").exists())


def open_keyed(path: Path, key: bytes, *, read_only: bool = False, leave_log: bool = False) -> Connection:
    """Open an existing database with its 32-byte key, durable and private.

    Raises NoStore, StoreDamaged (also where the key is another's), DiskRefused.
    """
    _refuse_old_engine()
    _refuse_plain(path)
    with translate_errors(path):
        connection: Connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if leave_log else 'rw'}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
    try:
        with translate_errors(path):
            _unlock(connection, key)
            _set(connection, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_old_engine() -> None:
    if dbapi2.sqlite_version_info < OLDEST_ENGINE:
        raise StoreProblem(
            f"The database engine {dbapi2.sqlite_version} has a fault that can damage a store.",
            mend="Install supportplan anew, so that it brings its own engine.",
        )


def _refuse_plain(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(PLAIN_HEADER))
    except FileNotFoundError:
        raise NoStore("There is no store here.", where=str(path.parent)) from None
    except OSError as error:
        raise problem_of(error, path) or error from None
    if header == PLAIN_HEADER:
        raise StoreDamaged(
            "This database is not encrypted, so it is not one that supportplan wrote.",
            where=str(path),
            mend=_RESTORE,
        )


def _unlock(connection: Connection, key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise ValueError("the data key has 32 bytes")
    # First, for a key that does not fit is else reported on the terminal, over what is shown there.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreProblem(
            "The database engine cannot encrypt, so no store is opened.",
            mend="Install supportplan anew, so that it brings its own engine.",
        )


def _set(connection: Connection, *, read_only: bool) -> None:
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("SELECT count(*) FROM sqlite_schema")
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != ("wal",):
        raise DiskRefused("The disk does not allow the store to be opened for writing.", mend=_SAFE)
    connection.execute("PRAGMA synchronous = FULL")
    # A Mac's disk is asked to empty its own memory too; other systems take no notice.
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA checkpoint_fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    # Eight megabytes a connection: pages of a list come as quickly as with sixty-four, which a laptop would feel.
    connection.execute("PRAGMA cache_size = -8192")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA busy_timeout = 5000")
    # The writer does this itself, between saves, where a failure can be seen.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    if read_only:
        connection.execute("PRAGMA query_only = ON")


def demand_sealed(connection: Connection) -> None:
    """Refuse what has been read over a connection if a page of it failed its seal. Raises StoreDamaged.

    Where the last page of a long value is damaged, SQLCipher hands out zeros for it and reports no error: it only keeps
    a note that something failed. So whoever has read asks for that note before using what was read.
    """
    if connection.execute("PRAGMA cipher_status").fetchone() != ("1",):
        raise StoreDamaged("A part of the store is damaged, so it is not shown or changed.", mend=_RESTORE)


@contextmanager
def translate_errors(path: Path) -> Iterator[None]:
    """Turn what the driver or the system says into a problem in plain words, without any of the data it was about."""
    try:
        yield
    except (dbapi2.Error, OSError) as error:
        problem = problem_of(error, path)
        if problem is None:
            raise
        raise problem from None


def problem_of(error: BaseException, path: Path) -> StoreProblem | None:
    """Return what a failed statement or system call means to a person; None if it is a fault of the program."""
    if isinstance(error, OSError):
        return _system_problem(error, path)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    where = str(path)
    if code == _FULL:
        return DiskRefused(
            "The disk is full, so this was not saved.",
            where=where,
            mend=f"Free some space and go on. {_SAFE}",
        )
    if code in (_READONLY, _CANTOPEN):
        return DiskRefused(
            "The disk or the folder is read-only.",
            where=where,
            mend=f"Allow writing there, or move the store. {_SAFE}",
        )
    if code == _IOERR:
        return DiskRefused(
            "The disk failed to read or write.",
            where=where,
            mend=f"{_SAFE} Make a backup to another disk, and have this one looked at.",
        )
    if code in (_BUSY, _LOCKED):
        return StoreInUse(
            "Another program holds the store.", where=where, mend="Close it there, then try again."
        )
    if code in (_NOTADB, _CORRUPT):
        return StoreDamaged(
            "The store is damaged, or it is not the one that its keys belong to.", where=where, mend=_RESTORE
        )
    if code == _NOMEM:
        return StoreProblem(
            "There is not enough memory.", where=where, mend=f"Close other programs, then try again. {_SAFE}"
        )
    return None


def _system_problem(error: OSError, path: Path) -> StoreProblem | None:
    where = str(error.filename or path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskRefused("The disk is full.", where=where, mend=f"Free some space and go on. {_SAFE}")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return DiskRefused(
            "The disk or the folder is read-only.", where=where, mend=f"Allow writing there. {_SAFE}"
        )
    if error.errno in (errno.EIO, errno.EFBIG):
        return DiskRefused(
            "The disk failed to read or write.",
            where=where,
            mend=f"{_SAFE} Have the disk looked at.",
        )
    return None


class Readers:
    """Connections that only read, for any thread: each is used by one thread at a time and kept for the next."""

    _KEPT = 4

    def __init__(self, open_one: Callable[[], Connection], path: Path) -> None:
        self._open_one = open_one
        self._path = path
        self._idle: list[Connection] = []
        self._closed = False
        self._lock = threading.Lock()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection. Raises StoreDamaged, also where what was read over it fails its seal, and DiskRefused."""
        with self._lock:
            found = self._idle.pop() if self._idle else None
        connection = found or self._open_one()
        sound = False
        try:
            with translate_errors(self._path):
                yield connection
            demand_sealed(connection)
            sound = True
        finally:
            self._take_back(connection, sound=sound)

    def close(self) -> None:
        """Close all; one that is lent is closed when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take_back(self, connection: Connection, *, sound: bool) -> None:
        with self._lock:
            kept = sound and not self._closed and len(self._idle) < self._KEPT
            if kept:
                self._idle.append(connection)
        if not kept:
            connection.close()
