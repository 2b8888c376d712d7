"""Reading the rows of an Excel workbook: values only. No formula is worked out, no macro and no link is followed."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
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
from supportplan.documents.spreadsheets.xlsx_guard import DAMAGE, Facts, damaged, look_over
from supportplan.domain.problems import BadInput
from supportplan.domain.schedules.reading_rows import RawRow

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_PADDED = re.compile("0{2,40}")


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
        for number, texts in zip(range(1, facts.last + 1), self._texts(found), strict=False):
            if every_so_often(number):
                self._watch.look(number, facts.last)
            unworked = tuple(place for place in range(len(texts)) if (number, place + 1) in facts.unworked)
            yield bounded(number, texts, self._name, unworked)

    def _texts(self, sheet: Any) -> Iterator[list[str]]:
        # What a file says of its own size is not to be trusted.
        sheet.reset_dimensions()
        try:
            for row in sheet.iter_rows(max_col=MOST_COLUMNS):
                yield [_text(cell) for cell in row]
        except Exception:  # noqa: BLE001 - for hostile parts the library raises whatever it stumbles over
            raise damaged(self._name) from None


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
    """Write a number with the 15 digits that Excel holds; a code that is shown with leading noughts keeps them."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    if "e" in text:
        text = f"{Decimal(text):f}"
    if number_format and _PADDED.fullmatch(number_format) and text.isdecimal():
        return text.zfill(len(number_format))
    return text
