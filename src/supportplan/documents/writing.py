"""Writing a file that leaves the program: whole, on the disk and read back, or not at all.

What is written is in clear text, and about a child. So it is given its name only when it is whole, and a run that is
killed before leaves as little as the system allows: see `disk.write_whole`.
"""

import errno
from pathlib import Path
from typing import BinaryIO

from supportplan.disk import NotConfirmed, OpenElsewhere, write_whole
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

    The bytes are flushed and read back before they take the name: what stood there before is never replaced by half a
    file. Raises CannotWrite, and says so where the file is in its place all the same.
    """
    expected = digest(content)

    def check(file: BinaryIO) -> None:
        if digest(file.read()) != expected:
            raise CannotWrite(
                "what was read back from the disk is not what was written",
                where=str(path),
                mend="Choose a folder on another disk, and have this one looked at. Nothing was replaced.",
            )

    try:
        _refuse_what_is_no_file(path)
        write_whole(path, lambda file: file.write(content), check=check)
    except NotConfirmed:
        raise CannotWrite(
            "the file is in its place, but the disk did not confirm it",
            where=str(path),
            mend="Open it to see that it is whole, or write it again on another disk.",
        ) from None
    except OpenElsewhere:
        raise CannotWrite(
            "it is open in another program",
            where=str(path),
            mend="Close it there, or save under another name. Nothing was replaced.",
        ) from None
    except OSError as error:
        what, mend = _REASONS.get(error.errno or 0, ("the file could not be written", _ELSEWHERE))
        raise CannotWrite(what, where=str(path), mend=f"{mend} Nothing was replaced.") from None
    except ValueError:
        raise CannotWrite("the name holds a sign that no file name can hold", mend=_ELSEWHERE) from None
    return expected


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise CannotWrite("is a folder, not a file", where=str(path), mend="Add a file name to it.")
    if path.exists() and not path.is_file():
        raise CannotWrite("is a device, not a file", where=str(path), mend=_ELSEWHERE)
