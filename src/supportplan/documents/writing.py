"""Writing a file that leaves the program: whole, on the disk and read back, or not at all.

What is written is in clear text, and about a child. So it is given its name only when it is whole, and a run that is
killed before leaves as little as the system allows: see `write_file`.
"""

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from supportplan.disk import flush_file, flush_folder, forget_cached
from supportplan.domain.canonical import digest
from supportplan.domain.problems import CannotWrite

if sys.platform != "win32":
    import fcntl

_FIRST, _LAST = ".writing-", ".part"
_ELSEWHERE = "Choose another folder, or another name."
_REASONS = {
    errno.ENOENT: ("the folder is not there", "Make the folder first, or choose another one."),
    errno.ENOTDIR: ("the folder is not there: part of its path is a file", _ELSEWHERE),
    errno.EACCES: ("you may not write in this folder", _ELSEWHERE),
    errno.EPERM: ("you may not write in this folder", _ELSEWHERE),
    errno.EROFS: ("the disk can only be read", "Choose a folder on another disk."),
    errno.ENOSPC: ("the disk is full", "Free some space, then try again."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, then try again."),
    errno.EFBIG: ("the file is too large for this disk", "Choose a folder on another disk."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
    errno.EIO: ("the disk is failing", "Choose a folder on another disk, and have this one looked at."),
}
# What Windows says of a file that another program shows: access denied, and a violation of sharing.
_OPEN_ELSEWHERE = {5, 32}
# What a file system says that has no files without a name.
_ALL_ARE_NAMED = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT}


def write_file(path: Path, content: bytes) -> str:
    """Write a file, for its owner only, and return the SHA-256 of what stands on the disk.

    The bytes are flushed and read back before they take the name: what stood there before is never replaced by half a
    file. Raises CannotWrite.

    Of a run that is killed meanwhile nothing is left where the system has files without a name (Linux, on its own file
    systems), but for the moment in which the whole file takes the place of an earlier one. Elsewhere, and in that
    moment, a hidden file is left beside it (`.writing-….part`, for its owner only); the next file that is written into
    the same folder clears it away, on every disk that can lock files.
    """
    try:
        _refuse_what_is_no_file(path)
        _clear_away_unfinished(path.parent)
        expected = _written(path, content)
    except OSError as error:
        what, mend = _REASONS.get(error.errno or 0, ("the file could not be written", _ELSEWHERE))
        raise CannotWrite(what, where=str(path), mend=f"{mend} Nothing was replaced.") from None
    except ValueError:
        raise CannotWrite("the name holds a sign that no file name can hold", mend=_ELSEWHERE) from None
    try:
        flush_folder(path.parent)
    except OSError:
        raise CannotWrite(
            "the file is in its place, but the disk did not confirm it",
            where=str(path),
            mend="Open it to see that it is whole, or write it again on another disk.",
        ) from None
    return expected


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise CannotWrite("is a folder, not a file", where=str(path), mend="Add a file name to it.")
    if path.exists() and not path.is_file():
        raise CannotWrite("is a device, not a file", where=str(path), mend=_ELSEWHERE)


def _written(path: Path, content: bytes) -> str:
    expected = digest(content)
    if not _written_nameless(path, content, expected):
        _written_hidden(path, content, expected)
    return expected


def _written_nameless(path: Path, content: bytes, expected: str) -> bool:
    """Write a file that has no name until it is whole: the system takes it back when the program ends.

    False where the system has no such files.
    """
    kind = getattr(os, "O_TMPFILE", None)
    if kind is None:
        return False
    try:
        number = os.open(path.parent, kind | os.O_RDWR, 0o600)
    except OSError as error:
        if error.errno in _ALL_ARE_NAMED:
            return False
        raise
    with os.fdopen(number, "w+b") as file:
        _fill(file, content, expected, path)
        _is_written_by_us(file.fileno())
        # Only a rename replaces a file, and only what has a name is renamed.
        name = _hidden_name(path.parent) if path.exists() else path
        try:
            _link(file, name)
        except OSError:
            return False  # The other way is tried; if it fails too, it says why.
        if name != path:
            with _removed_unless_named(name):
                _take_place(name, path)
    return True


def _link(file: BinaryIO, path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # With a folder named apart, the link is followed to the open file; without, a link to the link would be made.
        os.link(f"/proc/self/fd/{file.fileno()}", path.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _written_hidden(path: Path, content: bytes, expected: str) -> None:
    """Write a file under a hidden name for its owner only, and rename it when it is whole."""
    beside, number = _opened_hidden(path.parent)
    with _removed_unless_named(beside):
        with os.fdopen(number, "w+b") as file:
            _fill(file, content, expected, path)
        _take_place(beside, path)


def _opened_hidden(folder: Path) -> tuple[Path, int]:
    while True:
        beside = _hidden_name(folder)
        number = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o600)
        # Another program may have taken it for a left one before it was marked.
        _is_written_by_us(number)
        if beside.exists():
            return beside, number
        os.close(number)


def _hidden_name(folder: Path) -> Path:
    return folder / f"{_FIRST}{secrets.token_hex(8)}{_LAST}"


def _fill(file: BinaryIO, content: bytes, expected: str, path: Path) -> None:
    """Write, flush, and read back what the disk has."""
    file.write(content)
    flush_file(file)
    forget_cached(file)
    file.seek(0)
    if digest(file.read()) != expected:
        raise CannotWrite(
            "what was read back from the disk is not what was written",
            where=str(path),
            mend="Choose a folder on another disk, and have this one looked at. Nothing was replaced.",
        )


def _take_place(beside: Path, path: Path) -> None:
    try:
        beside.replace(path)
    except PermissionError as error:
        if getattr(error, "winerror", None) not in _OPEN_ELSEWHERE or not path.exists():
            raise
        raise CannotWrite(
            "it is open in another program",
            where=str(path),
            mend="Close it there, or save under another name. Nothing was replaced.",
        ) from None


@contextmanager
def _removed_unless_named(beside: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _clear_away_unfinished(folder: Path) -> None:
    """Remove what runs that were killed have left in a folder. What another program is writing now is left alone."""
    with suppress(OSError):
        for path in folder.glob(f"{_FIRST}*{_LAST}"):
            with suppress(OSError):
                _remove_unless_being_written(path)


def _remove_unless_being_written(path: Path) -> None:
    if sys.platform == "win32":
        path.unlink()  # which Windows refuses for a file that is open
        return
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if _is_written_by_us(number):
            path.unlink()
    finally:
        os.close(number)


def _is_written_by_us(number: int) -> bool:
    """Mark an open file as being written by us until it is closed; say whether nobody else has marked it."""
    if sys.platform != "win32":
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
