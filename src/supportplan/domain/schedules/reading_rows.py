"""Turning the rows of a spreadsheet into rows of a schedule: each whole, or with an error for each cell that is wrong.

A row of the file is taken whole or not at all. Where it has several price columns it becomes several rows of the
schedule, one for each.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Literal

import msgspec

from supportplan.domain.schedules import cell_days, cells
from supportplan.domain.schedules.cells import Price, Unreadable, tidy
from supportplan.domain.schedules.columns import Column, ColumnMap, letter, normal
from supportplan.domain.schedules.header_words import Field
from supportplan.domain.schedules.schedule import MOST_CODE_LETTERS, MOST_LETTERS, Row
from supportplan.domain.short import printable, shortened

_MOST_VALUE_SHOWN = 80


class RawRow(msgspec.Struct, frozen=True):
    """A row as its file has it: the number a person sees beside it, and the texts of its cells.

    `unworked` are the places of cells that hold a formula whose result the file does not store. `since_1904` says how
    the file counts days where a cell holds no more than their number.
    """

    number: int
    cells: tuple[str, ...]
    unworked: tuple[int, ...] = ()
    since_1904: bool = False

    @property
    def filled(self) -> tuple[int, ...]:
        """The places of the cells that hold anything."""
        return tuple(place for place, text in enumerate(self.cells) if text.strip() or place in self.unworked)

    def cell(self, column: Column) -> str:
        """Return the tidy text of a cell; nothing where the row is too short."""
        return tidy(self.cells[column.number - 1]) if column.number <= len(self.cells) else ""


class RowError(msgspec.Struct, frozen=True):
    """What is wrong with one cell: the row's number, the column's header, what the cell says, and why it is refused."""

    row: int
    column: str
    value: str
    reason: str


class Named(msgspec.Struct, frozen=True):
    """A currency that a row names, and where."""

    column: Column
    value: str
    currency: str


class Reading(msgspec.Struct, frozen=True):
    """What one row of the file became: rows of the schedule, or errors; and the currencies that it names."""

    raw: RawRow
    made: tuple[Row, ...]
    errors: tuple[RowError, ...]
    named: tuple[Named, ...]


NoRate = Literal["heading", "total", "header"]

_TOTALS = frozenset(
    (
        "total", "totals", "sub total", "subtotal", "sub totals", "subtotals", "grand total", "overall total", "total cost",
        "total costs", "sum", "average", "mean",
    )
)  # fmt: skip


def no_rate(raw: RawRow, mapping: ColumnMap) -> NoRate | None:
    """Say what a row is that holds no rate: a heading or note, a total, or the header once more; else nothing."""
    if _is_heading(raw, mapping):
        return "heading"
    unit = mapping.holding("unit")
    if normal(raw.cells[raw.filled[0]]) in _TOTALS and not (unit and raw.cell(unit)):
        return "total"
    if all(normal(raw.cell(column)) == normal(column.header) for column in mapping.columns):
        return "header"
    return None


def _is_heading(raw: RawRow, mapping: ColumnMap) -> bool:
    """Say whether a row holds one text and nothing else: the heading of a section, or a note under the table.

    A code or a price that stands alone is no heading but a row that lacks the rest.
    """
    code, unit = mapping.holding("item_code"), mapping.holding("unit")
    if len(raw.filled) != 1 or (code is None and unit is None):
        return False
    (place,) = raw.filled
    alone = next((column for column in mapping.columns if column.number - 1 == place), None)
    if alone is None or alone.field in ("name", "category", "notes"):
        return True
    return alone.field == "item_code" and raw.cell(alone).count(" ") >= 2


def read_row(raw: RawRow, mapping: ColumnMap) -> Reading:
    """Read a row of the file: its rows of the schedule if every cell can be read, else an error for each that cannot."""
    row = _Row(raw, mapping)
    made = tuple(row.priced(price) for price in mapping.prices)
    whole = () if row.errors else tuple(Row(**values) for values in made)
    return Reading(raw, whole, tuple(row.errors), tuple(row.named))


def error_at(raw: RawRow, column: Column, reason: str) -> RowError:
    """Say what is wrong with a cell."""
    value = shortened(printable(raw.cell(column), "\N{REPLACEMENT CHARACTER}"), _MOST_VALUE_SHOWN)
    return RowError(raw.number, column.header or f"column {letter(column.number)}", value, reason)


def _text(most: int) -> Callable[[str], str]:
    return lambda text: cells.words(text, most)


_READERS: Mapping[Field, Callable[[str], Any]] = {
    "item_code": lambda text: cells.code(text, MOST_CODE_LETTERS),
    "name": _text(MOST_LETTERS),
    "category": _text(MOST_LETTERS),
    "unit": lambda text: cells.unit(text) if text else None,
    "rate": cells.price,
    "currency": cells.currency,
    "area": _text(MOST_LETTERS),
    "rate_kind": cells.rate_kind,
    "quote": cells.yes,
    "tier": _text(MOST_LETTERS),
    "day_type": cells.day_type,
    "min_units": cells.quantity,
    "ratio": cells.ratio,
    "ratio_staff": cells.heads,
    "ratio_people": cells.heads,
    "vat": cells.vat,
    "in_house": cells.yes,
    "allowed_routes": cells.routes,
    "notes": _text(MOST_LETTERS),
    "source": _text(MOST_LETTERS),
}


class _Row:
    """One row while it is read; a cell that cannot be read leaves an error and counts as blank."""

    def __init__(self, raw: RawRow, mapping: ColumnMap) -> None:
        self.raw = raw
        self.errors: list[RowError] = []
        self.named: list[Named] = []
        self._columns = {column.field: column for column in mapping.columns if column.field != "rate"}
        self._said: dict[str, Any] = {field: self._read(column) for field, column in self._columns.items()}
        self._values = self._common()

    def priced(self, price: Column) -> dict[str, Any]:
        """Return the values of the schedule's row for one price column."""
        values = self._values | {"area": price.area or self._said.get("area") or ""}
        if price.day_type is not None:
            values["day_type"] = price.day_type
        values["unit"] = self._unit(price)
        found = self._read(price)
        amount, currency = found if isinstance(found, Price) else Price(None, "")
        if currency or price.currency:
            self.named.append(Named(price, self.raw.cell(price), currency or price.currency))
        if found is not None:
            values |= self._kind(price, amount)
        return values

    def _read(self, column: Column) -> Any:
        if column.number - 1 in self.raw.unworked:
            self._refuse(
                column,
                "holds a formula without a stored result; open the file in a spreadsheet program, save it, and import it again",
            )
            return None
        text = self.raw.cell(column)
        try:
            if column.field in ("valid_from", "valid_to"):
                return cell_days.day(text, since_1904=self.raw.since_1904)
            return _READERS[column.field](text)
        except Unreadable as error:
            self._refuse(column, str(error))
            return None

    def _refuse(self, column: Column, reason: str) -> None:
        self.errors.append(error_at(self.raw, column, reason))

    def _common(self) -> dict[str, Any]:
        """Put together what the row says apart from its prices."""
        said = self._said
        values = {
            field: value
            for field, value in said.items()
            if value is not None and field not in ("unit", "currency", "rate_kind", "quote", "ratio")
        }
        if (pair := said.get("ratio")) is not None:
            staff, people = pair
            values.setdefault("ratio_staff", staff)
            values.setdefault("ratio_people", people)
        if "currency" in self._columns and said["currency"]:
            column = self._columns["currency"]
            self.named.append(Named(column, self.raw.cell(column), said["currency"]))
        if (first := said.get("valid_from")) and (last := said.get("valid_to")) and last < first:
            self._refuse(self._columns["valid_to"], "is before the day on which the row starts to be valid")
        for field in ("item_code", "name"):
            if values.get(field) == "":
                self._refuse(self._columns[field], "is blank; every row needs one")
        values["item_code"] = values.get("item_code") or _code_for(values.get("name") or "")
        values["name"] = values.get("name") or values["item_code"]
        return values

    def _unit(self, price: Column) -> Any:
        """Return the unit: what the row says, else what the price column says."""
        said, column = self._said.get("unit"), self._columns.get("unit")
        if said is not None and price.unit is not None and said != price.unit:
            self._refuse(price, f"is a price for each {price.unit}, but the row says {said}")
        blank = (
            column is not None and not self.raw.cell(column) and column.number - 1 not in self.raw.unworked
        )
        if blank and price.unit is None and column is not None:
            self._once(error_at(self.raw, column, "is blank; say what the price is for, such as hour"))
        return said or price.unit

    def _once(self, error: RowError) -> None:
        if error not in self.errors:
            self.errors.append(error)

    def _kind(self, price: Column, amount: Any) -> dict[str, Any]:
        """Return rate and kind. Without a price the item is bought by quote, unless our own column says otherwise."""
        kind, column = self._said.get("rate_kind"), self._columns.get("rate_kind")
        if self._said.get("quote"):
            kind = "quote"
        if kind == "quote" and amount is not None and not amount:
            amount = None
        if amount is None and kind not in (None, "quote"):
            if column is not None and column.sureness == "certain":
                self._refuse(price, f"is blank, although the row says that its rate is {kind}")
            kind = "quote"
        return {"rate": amount, "rate_kind": kind or ("quote" if amount is None else "fixed")}


def _code_for(name: str) -> str:
    """Make a code of a name, the same for the same name: `Agency care, weekday` is AGENCY-CARE-WEEKDAY."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    return (
        re.sub("[^A-Z0-9]+", "-", plain).strip("-")[:MOST_CODE_LETTERS].rstrip("-")
        or name[:MOST_CODE_LETTERS]
    )
