"""Where a file is, as somebody types it."""

from pathlib import Path

from supportplan.domain.problems import BadInput
from supportplan.storage.database.location import written_path


def typed_path(typed: str) -> Path:
    """Return the file or folder that somebody means. Raises BadInput where it is in the home of nobody: `~x`."""
    return written_path(typed.strip())


def typed_file(typed: str, ending: str) -> Path:
    """Return the file that somebody means to write; its ending need not be typed. Raises BadInput where no file can be meant."""
    path = typed_path(typed)
    if path.name in ("", ".."):
        raise BadInput("No file can have such a name.", mend="Type a folder and a name, or a name alone.")
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")
