"""What outlives a power cut: below everything that writes files."""

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

# Some file systems, on sticks and network shares, cannot flush a folder; that they say so is no failure of the disk.
_CANNOT_FLUSH = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
# What a disk answers that does not know a Mac's stronger flush, such as one on another computer.
_KNOWS_NO_STRONGER = {errno.EINVAL, errno.ENOTSUP, errno.ENOTTY, errno.ENODEV}


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
