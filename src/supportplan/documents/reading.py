"""Reading a file that somebody names, within bounds."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from supportplan.domain.problems import BadInput, NotFound


def read_file(path: Path, *, most: int) -> bytes:
    """Return a file's bytes, at most `most` of them. Raises as `open_file` does."""
    with open_file(path, most=most) as file:
        return file.read(most)


@contextmanager
def open_file(path: Path, *, most: int) -> Iterator[BinaryIO]:
    """Open a file of at most `most` bytes for reading; raise NotFound or BadInput where that cannot be."""
    try:
        # Before it is opened: opening a pipe waits until somebody writes to it.
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise BadInput("is a folder, not a file", where=str(path), mend="Name a file inside it.")
        if not stat.S_ISREG(mode):
            raise BadInput("is not an ordinary file", where=str(path), mend="Copy it into a file first.")
        with path.open("rb") as file:
            if file.seek(0, 2) > most:
                raise BadInput(
                    f"is larger than {most // 1024**2} MB"
                    if most >= 1024**2
                    else f"is larger than {most // 1024} KB",
                    where=path.name,
                    mend="Check that it is the right file.",
                )
            file.seek(0)
            yield file
    except FileNotFoundError:
        raise NotFound(
            "there is no such file", where=str(path), mend="Check the name and the folder."
        ) from None
    except PermissionError:
        raise BadInput("may not be read by you", where=str(path), mend="Ask whoever owns the file.") from None
    except (OSError, ValueError) as error:
        reason = (
            error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
        )
        raise BadInput(
            f"cannot be read: {reason}", where=str(path), mend="Copy it to this computer and try again."
        ) from None
