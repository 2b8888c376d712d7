"""Writing a file that leaves the program: whole, on the disk and read back, or not at all."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from supportplan.disk import flush_folder
from supportplan.domain.canonical import digest
from supportplan.domain.problems import CannotWrite

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


def write_file(path: Path, content: bytes) -> str:
    """Write a file, for its owner only, and return the SHA-256 of what stands on the disk.

    The bytes go to a new file beside it, are flushed and read back, and only then take the name: what stood there
    before is never replaced by half a file. Raises CannotWrite.
    """
    try:
        _refuse_what_is_no_file(path)
        return _written(path, content)
    except OSError as error:
        what, mend = _REASONS.get(error.errno or 0, ("the file could not be written", _ELSEWHERE))
        raise CannotWrite(what, where=str(path), mend=f"{mend} Nothing was replaced.") from None
    except ValueError:
        raise CannotWrite("the name holds a sign that no file name can hold", mend=_ELSEWHERE) from None


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise CannotWrite("is a folder, not a file", where=str(path), mend="Add a file name to it.")
    if path.exists() and not path.is_file():
        raise CannotWrite("is a device, not a file", where=str(path), mend=_ELSEWHERE)


def _written(path: Path, content: bytes) -> str:
    expected = digest(content)
    handle, name = tempfile.mkstemp(prefix=".writing-", suffix=".part", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _compare(beside.read_bytes(), expected, path)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    flush_folder(path.parent)
    return expected


def _compare(found: bytes, expected: str, path: Path) -> None:
    if digest(found) != expected:
        raise CannotWrite(
            "what was read back from the disk is not what was written",
            where=str(path),
            mend="Choose a folder on another disk, and have this one looked at. Nothing was replaced.",
        )
