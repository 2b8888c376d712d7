"""Reading a table from a file that somebody names: a CSV or an Excel workbook, told apart by what is in it.

Whatever the file is, reading it takes bounded time and memory, changes nothing, and ends in rows or in plain words.
"""

import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from supportplan.domain.problems import BadInput, NotFound, Stopped
from supportplan.domain.schedules.columns import letter
from supportplan.domain.schedules.reading_rows import RawRow

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
# What Excel allows in a cell.
MOST_LETTERS = 32_767

_STEP = 256


class Watch(NamedTuple):
    """Whoever waits for long work: told how far it has come, and asked whether to go on."""

    progress: Callable[[int, int], None] = lambda _done, _whole: None
    cancelled: Callable[[], bool] = lambda: False

    def look(self, done: int, whole: int) -> None:
        """Tell how much is done of the whole (0 where nobody knows); raise Stopped where it was cancelled."""
        if self.cancelled():
            raise Stopped(
                "the file was not read to its end", mend="Nothing was changed. Start again when you like."
            )
        self.progress(done, whole)


class Table(Protocol):
    """A file with rows: the names of its sheets, those that nobody sees, and what to know about how it was read.

    A file without sheets has one, called by nothing.
    """

    sheets: tuple[str, ...]
    hidden: tuple[str, ...]
    warnings: tuple[str, ...]

    def rows(self, sheet: str, /) -> Iterator[RawRow]:
        """Read the rows of a sheet from the top. Raises BadInput."""
        ...


@contextmanager
def open_table(path: Path, watch: Watch | None = None) -> Iterator[Table]:
    """Open a file of rows, whatever it is called. Raises NotFound, BadInput or Stopped."""
    with open_file(path) as file:
        start = file.read(8)
        file.seek(0)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            from supportplan.documents.xlsx_table import open_workbook

            with open_workbook(file, path.name, watch or Watch()) as workbook:
                yield workbook
        else:
            from supportplan.documents.csv_table import CsvTable

            refuse_others(start, file, path.name)
            yield CsvTable(file, path.name, watch or Watch())


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading; raise NotFound or BadInput where that cannot be, or where it is too large."""
    try:
        # Before it is opened: opening a pipe waits until somebody writes to it.
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise BadInput("is a folder, not a file", where=str(path), mend="Name a file inside it.")
        if not stat.S_ISREG(mode):
            raise BadInput(
                "is not an ordinary file", where=str(path), mend="Name a CSV file or an Excel workbook."
            )
        with path.open("rb") as file:
            if file.seek(0, 2) > MOST_BYTES:
                raise too_large(path.name)
            file.seek(0)
            yield file
    except FileNotFoundError:
        raise NotFound(
            "there is no such file", where=str(path), mend="Check the name and the folder."
        ) from None
    except PermissionError:
        raise BadInput("may not be read by you", where=str(path), mend="Ask whoever owns the file.") from None
    except OSError as error:
        reason = error.strerror or "the disk did not answer"
        raise BadInput(
            f"cannot be read: {reason}", where=str(path), mend="Copy it to this computer and try again."
        ) from None


def too_large(name: str) -> BadInput:
    """Say that a file, or what it unpacks to, is larger than any price list."""
    return BadInput(
        f"holds more than {MOST_BYTES // 1024**2} MB",
        where=name,
        mend="Save only the sheet with the prices, as CSV.",
    )


def too_long(name: str) -> BadInput:
    """Say that a file has more rows than any price list."""
    return BadInput(f"has more than {MOST_ROWS:,} rows", where=name, mend="Save only the rows with prices.")


def too_wide(name: str, number: int) -> BadInput:
    """Say that a row is wider than any price list."""
    return BadInput(
        f"has more than {MOST_COLUMNS} columns",
        where=f"{name}, row {number}",
        mend="Save only the columns that matter.",
    )


def bounded(number: int, texts: Sequence[str], name: str, unworked: tuple[int, ...] = ()) -> RawRow:
    """Make a row of texts, without the blanks at its end. Raises BadInput where it is beyond all bounds."""
    if number > MOST_ROWS:
        raise BadInput(
            f"has more than {MOST_ROWS:,} rows", where=name, mend="Save only the rows with prices."
        )
    width = len(texts)
    while width and not texts[width - 1] and width - 1 not in unworked:
        width -= 1
    if width > MOST_COLUMNS:
        raise too_wide(name, number)
    row = tuple(texts[:width])
    for place, text in enumerate(row, start=1):
        if len(text) > MOST_LETTERS:
            raise BadInput(
                f"has a cell with more than {MOST_LETTERS:,} characters",
                where=f"{name}, row {number}, column {letter(place)}",
                mend="Shorten it, or check that this is the right file.",
            )
    return RawRow(number, row, unworked)


def every_so_often(number: int) -> bool:
    """Say whether it is time to look up from the rows."""
    return number % _STEP == 0


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx) or as CSV."


def refuse_others(start: bytes, file: BinaryIO, name: str) -> None:
    """Refuse, by name, the kinds of file that people take for a CSV or a workbook."""
    if start == _OLE:
        # An encrypted workbook is an old kind of container that holds a stream of this name.
        locked = "EncryptedPackage".encode("utf-16-le") in file.read(4 * 1024 * 1024)
        file.seek(0)
        if locked:
            raise BadInput(
                "is locked with a password",
                where=name,
                mend="Save a copy without a password, then import that.",
            )
        raise BadInput("is an old kind of Office file", where=name, mend=_SAVE_AS)
    if start.startswith(b"%PDF"):
        raise BadInput("is a PDF, which has no rows", where=name, mend="Ask for the prices as a spreadsheet.")
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doct", b"<table", b"<?xml")):
        raise BadInput("is a web page or XML, whatever it is called", where=name, mend=_SAVE_AS)
