"""What outlives a power cut, and files that are written whole or not at all: below everything that writes files."""

import errno
import os
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

# Some file systems, on sticks and network shares, cannot flush a folder; that they say so is no failure of the disk.
_CANNOT_FLUSH = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
# What a disk answers that does not know a Mac's stronger flush, such as one on another computer.
_KNOWS_NO_STRONGER = {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY, errno.ENODEV}
# What a file system says that has no files without a name.
_ALL_ARE_NAMED = {errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOENT}
# What Windows says of a file that another program shows: access denied, and a violation of sharing.
_OPEN_ELSEWHERE = {5, 32}
# Long and random enough that nobody else has a file of such a name.
_HIDDEN = re.compile(r"\.writing-[0-9a-f]{16}\.part")


class NotConfirmed(OSError):
    """A file is whole and in its place, but the disk did not confirm that its name outlives a power cut."""


class OpenElsewhere(OSError):
    """A file cannot be replaced while another program has it open, as on Windows."""


def write_whole(
    path: Path, fill: Callable[[BinaryIO], object], *, check: Callable[[BinaryIO], object] | None = None
) -> None:
    """Write a file, for its owner only, that takes its name when it is whole and flushed; until then the old one stays.

    `fill` writes it; it may be called twice, each time with an empty file. `check` is given what the disk then has, to
    read it back; what either raises leaves everything as it was. Raises OSError, OpenElsewhere, and NotConfirmed, alone
    of which says that the file is in its place.

    Of a run that is killed meanwhile nothing is left where the system has files without a name (Linux, on its own file
    systems), but for the moment in which the whole file takes the place of an earlier one. Elsewhere, and in that
    moment, a hidden file is left beside it (`.writing-….part`, for its owner only); the next file that is written into
    the same folder clears it away, on every disk that can lock files.
    """
    _clear_away_unfinished(path.parent)
    if not _written_nameless(path, fill, check):
        _written_hidden(path, fill, check)
    try:
        flush_folder(path.parent)
    except OSError as error:
        raise NotConfirmed(*error.args) from None


def flush_file(file: BinaryIO) -> None:
    """Flush a file's bytes, so that they outlive a power cut. Raises OSError where the disk fails."""
    file.flush()
    _flush(file.fileno())


def flush_folder(folder: Path) -> None:
    """Flush a folder's list of names, so that new names outlive a power cut. Raises OSError where the disk fails.

    Windows cannot open a folder; its file systems keep names by themselves.
    """
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        _flush(number)
    except OSError as error:
        if error.errno not in _CANNOT_FLUSH:
            raise
    finally:
        os.close(number)


def forget_cached(file: BinaryIO) -> None:
    """Ask the system to drop its copy of a flushed file, so that reading it back reads the disk."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _flush(number: int) -> None:
    """Flush an open file. A Mac's `fsync` stops at the memory of the disk, which a power cut empties."""
    stronger = None if sys.platform == "win32" else getattr(fcntl, "F_FULLFSYNC", None)
    if stronger is not None:
        try:
            fcntl.fcntl(number, stronger)
        except OSError as error:
            if error.errno not in _KNOWS_NO_STRONGER:
                raise
        else:
            return
    os.fsync(number)


def _written_nameless(
    path: Path, fill: Callable[[BinaryIO], object], check: Callable[[BinaryIO], object] | None
) -> bool:
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
        _finish(file, fill, check)
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


def _written_hidden(
    path: Path, fill: Callable[[BinaryIO], object], check: Callable[[BinaryIO], object] | None
) -> None:
    """Write a file under a hidden name for its owner only, and rename it when it is whole."""
    beside, number = _opened_hidden(path.parent)
    with _removed_unless_named(beside):
        with os.fdopen(number, "w+b") as file:
            _finish(file, fill, check)
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
    return folder / f".writing-{secrets.token_hex(8)}.part"


def _finish(
    file: BinaryIO, fill: Callable[[BinaryIO], object], check: Callable[[BinaryIO], object] | None
) -> None:
    fill(file)
    flush_file(file)
    if check is not None:
        forget_cached(file)
        file.seek(0)
        check(file)


def _take_place(beside: Path, path: Path) -> None:
    try:
        beside.replace(path)
    except PermissionError as error:
        if getattr(error, "winerror", None) not in _OPEN_ELSEWHERE or not path.exists():
            raise
        raise OpenElsewhere(*error.args) from None


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
        for path in folder.iterdir():
            if _HIDDEN.fullmatch(path.name):
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
