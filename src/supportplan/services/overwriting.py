"""Writing over a file that is there: only one of the same kind, and only where that is asked for.

A file of the same kind may be the scan of a signed copy, or hold edits that are nowhere else.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from supportplan.domain.problems import CannotWrite, FileThere


def demand_free(to: Path, is_of_kind: Callable[[Path], bool], kind: str, *, replace: bool) -> None:
    """Demand that nothing stands in a place, or an empty file; with `replace` also a file of the same kind will do.

    `kind` is such as `a PDF`. Raises FileThere where it has to be asked first, and CannotWrite for another kind.
    """
    if not _holds_something(to):
        return
    if not is_of_kind(to):
        raise CannotWrite(
            f"There is a file of this name already, and it is not {kind}.",
            where=str(to),
            mend="Choose another name. That file was not touched.",
        )
    if not replace:
        raise FileThere(
            "There is a file of this name already.",
            where=str(to),
            mend="Choose another name, or add --replace if nothing in that file is still needed.",
        )


def begins_with(beginning: bytes) -> Callable[[Path], bool]:
    """Return what tells a kind of file by its first bytes."""

    def begins(file: Path) -> bool:
        with suppress(OSError), file.open("rb") as opened:
            return opened.read(len(beginning)) == beginning
        return False

    return begins


def _holds_something(file: Path) -> bool:
    """Say whether a file with any bytes stands in a place; a name that no file can have names none."""
    with suppress(OSError, ValueError):
        return file.is_file() and file.stat().st_size > 0
    return False
