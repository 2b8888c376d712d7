"""Reading the rows of an Excel workbook: values only. No formula is worked out, no macro and no link is followed."""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from supportplan.documents.spreadsheets.bounds import (
    MOST_COLUMNS,
    MOST_ROWS,
    Watch,
    bounded,
    every_so_often,
    too_long,
    too_wide,
)
from supportplan.documents.spreadsheets.xlsx_guard import DAMAGE, Facts, Merged, damaged, look_over
from supportplan.domain.problems import BadInput
from supportplan.domain.schedules.reading_rows import RawRow

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_PADDED = re.compile("0{2,40}")
# In a format, a text between quotation marks or after a stroke stands for itself.
_LITERALS = re.compile(r'"[^"]*"|\\.')
_CURRENCY = re.compile(r"\[\$([£€$]|[A-Z]{3}|[A-Z]{1,2}\$) ?(?:-[^\]]*)?\]|([£€$])(?![^\[]*\])")
_BEYOND_EXCEL = Decimal(10) ** 15


@contextmanager
def open_workbook(file: BinaryIO, name: str, watch: Watch) -> Iterator["WorkbookTable"]:
    """Open a workbook once it was looked over. Raises BadInput."""
    from openpyxl import load_workbook

    # The library warns of features that it does not keep; we keep none. This filter is the same each time.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    try:
        with zipfile.ZipFile(file) as archive:
            seen = look_over(archive, name, watch)
    except DAMAGE:
        raise damaged(name) from None
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception:  # noqa: BLE001 - for hostile parts the library raises whatever it stumbles over
        raise damaged(name) from None
    try:
        yield WorkbookTable(book, seen, name, watch)
    finally:
        book.close()


class WorkbookTable:
    """A workbook: its visible sheets in order, and the hidden ones, which are read only where they are asked for."""

    def __init__(self, book: "Workbook", seen: Mapping[str, Facts], name: str, watch: Watch) -> None:
        self._sheets = {sheet.title: sheet for sheet in book.worksheets}
        self._seen = seen
        self._name = name
        self._watch = watch
        self._since_1904 = book.epoch.year == 1904
        self.warnings: tuple[str, ...] = ()
        self.sheets = tuple(title for title, sheet in self._sheets.items() if sheet.sheet_state == "visible")
        self.hidden = tuple(title for title in self._sheets if title not in self.sheets)
        if not self._sheets:
            raise BadInput("has no sheets with rows", where=name, mend="Check that it is the right workbook.")

    def rows(self, sheet: str, /) -> Iterator[RawRow]:
        """Read the rows of a sheet from the top."""
        found = self._sheets[sheet]
        # The part is looked up by the one name that the library does not publish: what it will read is what was seen.
        facts = self._seen[found._worksheet_path]
        if facts.wide is not None:
            raise too_wide(self._name, facts.wide)
        if facts.last > MOST_ROWS:
            raise too_long(self._name)
        whole = _Unmerged(facts.merged)
        for number, texts in zip(range(1, facts.last + 1), self._texts(found), strict=False):
            if every_so_often(number):
                self._watch.look(number, facts.last)
            whole.fill(number, texts)
            unworked = tuple(place for place in range(len(texts)) if (number, place + 1) in facts.unworked)
            yield bounded(number, texts, self._name, unworked, since_1904=self._since_1904)

    def _texts(self, sheet: Any) -> Iterator[list[str]]:
        # What a file says of its own size is not to be trusted.
        sheet.reset_dimensions()
        try:
            for row in sheet.iter_rows(max_col=MOST_COLUMNS):
                yield [_text(cell) for cell in row]
        except Exception:  # noqa: BLE001 - for hostile parts the library raises whatever it stumbles over
            raise damaged(self._name) from None


class _Unmerged:
    """Gives each row the texts of cells that were merged with it: a person sees one text beside several rows."""

    def __init__(self, merged: Iterable[Merged]) -> None:
        self._coming: dict[int, list[Merged]] = {}
        for one in merged:
            self._coming.setdefault(one.row, []).append(one)
        self._standing: dict[int, tuple[int, str]] = {}

    def fill(self, number: int, texts: list[str]) -> None:
        """Fill the blanks of a row. The rows come from the top downward, none left out."""
        for column, (last, text) in list(self._standing.items()):
            if number > last:
                del self._standing[column]
                continue
            texts.extend([""] * (column - len(texts)))
            texts[column - 1] = texts[column - 1] or text
        for column, _, last in self._coming.pop(number, ()):
            if column <= len(texts) and texts[column - 1]:
                self._standing[column] = (last, texts[column - 1])


def _text(cell: Any) -> str:
    """Return the text of a cell as a person sees it, as far as a price list needs."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", " ").strip()
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return _number(value, cell.number_format)


def _number(value: Any, number_format: str | None) -> str:
    """Write a number with the 15 digits that Excel holds, and with the leading noughts, % or currency it is shown with.

    One that needs more digits is written short, as 1.23E+15: its last digits may not be those that somebody typed.
    """
    shape = (number_format or "").partition(";")[0]
    exact = Decimal(f"{value:.15g}" if isinstance(value, float) else str(value))
    if abs(exact) >= _BEYOND_EXCEL:
        return f"{exact.normalize():E}"
    if "%" in _LITERALS.sub("", shape):
        return f"{_plain(exact * 100)}%"
    text = _plain(exact)
    if _PADDED.fullmatch(shape) and text.isdecimal():
        return text.zfill(len(shape))
    return f"{_currency(shape)}{text}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _currency(shape: str) -> str:
    """Return the currency that a format shows beside a number: `£`, `€`, `$`, or three letters."""
    match = _CURRENCY.search(shape)
    return (match[1] or match[2]).strip() if match else ""
