"""Small files that open the store: one whose first line is the passphrase, and an organisation's key."""

from pathlib import Path

from supportplan.documents.reading import read_file
from supportplan.domain.problems import BadInput

_MOST = 8 * 1024


def first_line(file: Path) -> str:
    """Return the first line of a file that holds a passphrase. Raises NotFound and BadInput."""
    lines = file_text(file).splitlines()
    if not lines or not lines[0]:
        raise BadInput(
            "holds no passphrase", where=str(file), mend="Write the passphrase into its first line."
        )
    return lines[0]


def file_text(file: Path) -> str:
    """Return a small text file whole. Raises NotFound and BadInput."""
    try:
        return read_file(file, most=_MOST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("is not text", where=str(file), mend="Check that it is the right file.") from None
