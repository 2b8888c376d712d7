"""Writing over a file that is there: only over one of the same kind, so that a slip of the hand costs nothing."""

from contextlib import suppress
from pathlib import Path

from supportplan.domain.problems import CannotWrite, NotAllowed


def demand_same_kind(to: Path, beginning: bytes, kind: str) -> None:
    """Demand that nothing stands in a place, or a file that begins as this kind does; `kind` is such as `a PDF`.

    Raises CannotWrite.
    """
    if is_there(to) and not _begins(to, beginning):
        raise CannotWrite(
            f"There is a file of this name already, and it is not {kind}.",
            where=str(to),
            mend="Choose another name. That file was not touched.",
        )


def demand_free(to: Path, beginning: bytes, kind: str, *, replace: bool) -> None:
    """Demand that nothing stands in a place; with `replace` also a file of the same kind will do.

    Raises NotAllowed, and CannotWrite for a file of another kind.
    """
    demand_same_kind(to, beginning, kind)
    if is_there(to) and not replace:
        raise NotAllowed(
            "There is a file of this name already.",
            where=str(to),
            mend="Choose another name, or add --replace if nothing in that file is still needed.",
        )


def is_there(file: Path) -> bool:
    """Say whether a file stands in a place; a name that no file can have names none."""
    with suppress(OSError, ValueError):
        return file.is_file()
    return False


def _begins(file: Path, beginning: bytes) -> bool:
    with suppress(OSError), file.open("rb") as opened:
        found = opened.read(len(beginning))
        return not found or found == beginning
    return False
