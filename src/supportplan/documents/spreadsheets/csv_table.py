"""Reading and writing rows as CSV."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from supportplan.documents.spreadsheets.bounds import Watch, bounded, every_so_often
from supportplan.domain.problems import BadInput
from supportplan.domain.schedules.reading_rows import RawRow
from supportplan.domain.schedules.schedule import Row, Schedule

_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 60
_DELIMITERS = ",;\t|"
# Longer than 200 cells of ordinary length; a line beyond it is no row of a price list.
_MOST_LINE = 1_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class CsvTable:
    """A CSV file: its encoding and its delimiter are found out, never asked for."""

    def __init__(self, file: BinaryIO, name: str, watch: Watch) -> None:
        self.sheets: tuple[str, ...] = ("",)
        self.hidden: tuple[str, ...] = ()
        self._file = file
        self._name = name
        self._watch = watch
        self._encoding = _encoding(file, name)
        self._size = file.seek(0, 2)
        start = self._start()
        declared = re.match(r"sep=([^\w\s]|\t)\r?\n?$", start[0], re.IGNORECASE) if start else None
        # Excel takes such a first line as an instruction, and shows no row for it.
        self._skip = 1 if declared else 0
        self._delimiter = declared[1] if declared else _delimiter(start)
        self.warnings: tuple[str, ...] = (
            ("The file is not UTF-8; it was read as Windows-1252. Look at £ signs and accents.",)
            if self._encoding == "cp1252"
            else ()
        )

    def rows(self, _sheet: str, /) -> Iterator[RawRow]:
        """Read the rows from the top; a row is numbered as a spreadsheet shows it."""
        lines = self._lines()
        for _ in range(self._skip):
            next(lines)
        number = 0
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        try:
            for number, texts in enumerate(reader, start=1):
                yield bounded(number, [_unprotected(text) for text in texts], self._name)
        except csv.Error as error:
            what = (
                "has a cell that never ends"
                if "limit" in str(error) or "end of data" in str(error)
                else "has a quotation mark in the middle of a cell"
            )
            raise BadInput(
                what,
                where=f"{self._name}, row {number + 1}",
                mend='Put " around the whole cell, and write "" for a quotation mark inside it.',
            ) from None

    def _start(self) -> list[str]:
        """Return the first lines of the file."""
        lines: list[str] = []
        for line in self._lines():
            lines.append(line)
            if len(lines) >= 2 * _SAMPLE_ROWS or sum(map(len, lines)) > _SAMPLE:
                break
        return lines

    def _lines(self) -> Iterator[str]:
        """Yield the lines, each within bounds; line ends inside quotation marks stay as they are."""
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self._encoding, newline="")
        done = 0
        try:
            for number in range(1, 1 << 62):
                line = text.readline(_MOST_LINE)
                if not line:
                    return
                if len(line) >= _MOST_LINE:
                    raise BadInput("has a line that is too long", where=f"{self._name}, line {number:,}", mend="Check that this is a price list.")  # fmt: skip
                done += len(line)
                if every_so_often(number):
                    self._watch.look(min(done, self._size), self._size)
                yield line
        except UnicodeDecodeError:
            raise _no_text(self._name) from None
        finally:
            # The file belongs to whoever opened it, and may be closed before these lines are let go.
            if not self._file.closed:
                text.detach()


def _encoding(file: BinaryIO, name: str) -> str:
    """Find the encoding: what a byte-order mark says; UTF-16 where every other byte is nothing; UTF-8; Windows-1252."""
    start = file.read(_SAMPLE)
    file.seek(0)
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    if b"\x00" in start:
        if start[::2].count(0) > len(start) * 3 // 8 and start[1::2].count(0) < len(start) // 32:
            return "utf-16-be"
        if start[1::2].count(0) > len(start) * 3 // 8 and start[::2].count(0) < len(start) // 32:
            return "utf-16-le"
        raise _no_text(name)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while part := file.read(_SAMPLE):
            if b"\x00" in part:
                raise _no_text(name)
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)
    return "utf-8"


def _no_text(name: str) -> BadInput:
    return BadInput(
        "is neither a CSV file nor an Excel workbook",
        where=name,
        mend="Open it in a spreadsheet program and save it as an Excel workbook (.xlsx) or as CSV.",
    )


def _delimiter(lines: list[str]) -> str:
    """Find the sign between cells: the one that parts most rows, most of them into as many cells, and the more the better."""
    best, delimiter = (0, 0, 0), ","
    for sign in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if any(row)][:_SAMPLE_ROWS]
        except csv.Error:
            continue
        parted = Counter(width for width in widths if width > 1)
        width, count = max(parted.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        if (parted.total(), count, width) > best:
            best, delimiter = (parted.total(), count, width), sign
    return delimiter


COLUMNS = (
    "item_code", "name", "category", "unit", "rate", "currency", "valid_from", "valid_to", "area", "rate_kind", "tier",
    "day_type", "min_units", "ratio_staff", "ratio_people", "vat", "in_house", "allowed_routes", "notes", "source",
)  # fmt: skip

# A spreadsheet takes a cell that starts with one of these for a formula, and would run it (CSV injection).
_RUNS = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def write_csv(schedule: Schedule) -> bytes:
    """Write a schedule as a CSV in our own columns, which a spreadsheet opens and `CsvTable` reads back the same."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_protected(text) for text in _texts(row, schedule.currency)] for row in schedule.rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _texts(row: Row, currency: str) -> Iterable[str]:
    yield from (row.item_code, row.name, row.category, row.unit)
    yield "" if row.rate is None else str(row.rate)
    yield currency
    yield row.valid_from.isoformat() if row.valid_from else ""
    yield row.valid_to.isoformat() if row.valid_to else ""
    yield from (row.area, row.rate_kind, row.tier, row.day_type)
    yield from (
        "" if number is None else str(number) for number in (row.min_units, row.ratio_staff, row.ratio_people)
    )
    yield row.vat or ""
    yield "Y" if row.in_house else "N"
    yield "; ".join(row.allowed_routes)
    yield from (row.notes, row.source)


def _protected(text: str) -> str:
    return f"'{text}" if _RUNS.match(text) else text


def _unprotected(text: str) -> str:
    return text[1:] if text.startswith("'") and _RUNS.match(text, 1) else text
