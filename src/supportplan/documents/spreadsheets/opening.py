"""Reading a table from a file that somebody names: a CSV or an Excel workbook, told apart by what is in it.

Whatever the file is, reading it takes bounded time and memory, changes nothing, and ends in rows or in plain words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from supportplan.documents.reading import open_file
from supportplan.documents.spreadsheets.bounds import MOST_BYTES, Watch
from supportplan.domain.problems import BadInput
from supportplan.domain.schedules.reading_rows import RawRow


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
    with open_file(path, most=MOST_BYTES) as file:
        start = file.read(8)
        file.seek(0)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            from supportplan.documents.spreadsheets.xlsx_table import open_workbook

            with open_workbook(file, path.name, watch or Watch()) as workbook:
                yield workbook
        else:
            from supportplan.documents.spreadsheets.csv_table import CsvTable

            refuse_others(start, file, path.name)
            yield CsvTable(file, path.name, watch or Watch())


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
