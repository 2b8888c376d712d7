"""What outlives a power cut: below everything that writes files."""

import errno
import os
from pathlib import Path

# Some file systems, on sticks and network shares, cannot flush a folder; that they say so is no failure of the disk.
_CANNOT_FLUSH = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}


def flush_folder(folder: Path) -> None:
    """Flush a folder's list of names, so that new names outlive a power cut. Raises OSError where the disk fails.

    Windows cannot open a folder; its file systems keep names by themselves.
    """
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in _CANNOT_FLUSH:
            raise
    finally:
        os.close(number)
