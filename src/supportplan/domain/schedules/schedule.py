"""A schedule of costs: what one unit of a support costs, from when to when, and where.

A schedule is an immutable version. Its id is the SHA-256 of its canonical bytes, so a plan that names it, and a copy
that somebody hands on, can be held against it. A new version is a new schedule; no plan changes because of it.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from msgspec import Meta

from supportplan.domain import canonical
from supportplan.domain.canonical import END, Document
from supportplan.domain.field_types import Heads, Key, Name, Text
from supportplan.domain.money import Quantity, UnitPrice
from supportplan.domain.plan_money import Rate
from supportplan.domain.problems import BadDocument, BadInput
from supportplan.domain.units import Unit

# Tidy text: one space between words, none at the ends, nothing that steers a terminal. A spreadsheet keeps such text
# exactly, so a schedule that is written out and read again is the same schedule.
_TIDY = r"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+(?: [^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+)*"
MOST_LETTERS = 4_000
MOST_CODE_LETTERS = 100
Cell = Annotated[str, Meta(max_length=MOST_LETTERS, pattern=f"^(?:{_TIDY})?{END}")]
Said = Annotated[str, Meta(max_length=MOST_LETTERS, pattern=f"^{_TIDY}{END}")]
Code = Annotated[str, Meta(max_length=MOST_CODE_LETTERS, pattern=f"^{_TIDY}{END}")]

RateKind = Literal["fixed", "cap", "guide", "quote"]
DayType = Literal["any", "weekday", "sat", "sun", "bank_holiday", "night_waking", "sleep_in"]
Vat = Literal["exempt", "zero", "standard", "outside"]

MOST_ROWS = 100_000

_A_DAY = timedelta(days=1)


class RowKey(NamedTuple):
    """What tells one price from another. Two rows of one key may follow each other in time, never overlap."""

    item_code: str
    unit: Unit
    area: str
    day_type: DayType
    tier: str
    ratio_staff: int
    ratio_people: int

    def __str__(self) -> str:
        """Name the price by what is said of it: `PA-STD, North, sat`."""
        said = (self.item_code, self.area, "" if self.day_type == "any" else self.day_type, self.tier)
        return ", ".join(part for part in said if part)


class Row(Document, frozen=True, kw_only=True):
    """The price of one unit of one item. The fields are the columns of our own spreadsheet (FIELD 2.12).

    Without `rate` the item is bought by quote only. Without `valid_from` it has always been valid, without `valid_to`
    it is valid until another version says otherwise; both ends are counted. Without `area` it is valid everywhere.
    """

    item_code: Code
    name: Said
    category: Cell = ""
    unit: Unit
    rate: UnitPrice | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    area: Cell = ""
    rate_kind: RateKind = "fixed"
    tier: Cell = ""
    day_type: DayType = "any"
    min_units: Quantity | None = None
    ratio_staff: Heads | None = None
    ratio_people: Heads | None = None
    vat: Vat | None = None
    in_house: bool = False
    allowed_routes: tuple[Key, ...] = ()
    notes: Cell = ""
    source: Cell = ""

    json_schema: ClassVar[Mapping[str, Any]] = {
        "anyOf": [
            {"required": ["rate"]},
            {"required": ["rate_kind"], "properties": {"rate_kind": {"const": "quote"}}},
        ]
    }

    def __post_init__(self) -> None:
        """Refuse a row that ends before it starts, and one without a price that is not bought by quote."""
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("ends before it starts")
        if self.rate is None and self.rate_kind != "quote":
            raise ValueError("has no rate, so its 'rate_kind' must be 'quote'")

    @property
    def key(self) -> RowKey:
        """What tells this price from others."""
        return RowKey(
            self.item_code,
            self.unit,
            self.area,
            self.day_type,
            self.tier,
            self.ratio_staff or 1,
            self.ratio_people or 1,
        )

    @property
    def first_day(self) -> date:
        """The first day it is valid."""
        return self.valid_from or date.min

    @property
    def last_day(self) -> date:
        """The last day it is valid."""
        return self.valid_to or date.max

    def valid(self, on: date) -> bool:
        """Say whether it is valid on a day."""
        return self.first_day <= on <= self.last_day

    def covers(self, area: str) -> bool:
        """Say whether it is valid in an area: that very one, or everywhere."""
        return not self.area or self.area.casefold() == area.casefold()


class Validity:
    """The rows of each key in order of time, none overlapping another; each with the number it is known by."""

    def __init__(self) -> None:
        self._spans: dict[RowKey, list[tuple[date, date, int]]] = {}

    def clash(self, row: Row) -> int | None:
        """Return the number of a row of the same key that is valid on one of the same days."""
        spans = self._spans.get(row.key, [])
        place = bisect_left(spans, (row.first_day, row.last_day, 0))
        for first, last, number in spans[max(place - 1, 0) : place + 1]:
            if first <= row.last_day and row.first_day <= last:
                return number
        return None

    def add(self, row: Row, number: int) -> None:
        """Add a row that clashes with none."""
        insort(self._spans.setdefault(row.key, []), (row.first_day, row.last_day, number))

    def gaps(self) -> Iterator[tuple[RowKey, date, date]]:
        """Yield each stretch of days, both ends counted, between two rows of a key on which neither is valid."""
        for key, spans in self._spans.items():
            for before, after in pairwise(spans):
                if before[1] + _A_DAY < after[0]:
                    yield key, before[1] + _A_DAY, after[0] - _A_DAY


class Schedule(Document, frozen=True, kw_only=True):
    """One version of a schedule of costs.

    `label` is what people call the version, such as the day it took effect. `dated_example` marks rates that are
    shipped to show how a schedule looks: they were true once, and nobody should pay by them.
    """

    format: Literal["supportplan/schedule"]
    version: Literal[1]
    name: Name
    label: Name
    currency: Annotated[str, Meta(pattern=f"^[A-Z]{{3}}{END}")]
    source: Text = ""
    notes: Text = ""
    dated_example: bool = False
    rows: Annotated[tuple[Row, ...], Meta(min_length=1, max_length=MOST_ROWS)]

    def __post_init__(self) -> None:
        """Refuse two prices for one thing on one day."""
        validity = Validity()
        for place, row in enumerate(self.rows):
            clash = validity.clash(row)
            if clash is not None:
                raise BadDocument(
                    f"is valid on the same days as rows[{clash}], for the same item",
                    where=f"rows[{place}]",
                    mend="Let one of them end before the other starts.",
                )
            validity.add(row, place)


def read_schedule(raw: bytes, *, name: str = "") -> Schedule:
    """Read a schedule document; `name` is what its file is called. Raises BadDocument with the place and the remedy."""
    return canonical.read(raw, Schedule, name=name)


def to_rate(row: Row, schedule: Schedule, *, currency: str = "GBP") -> Rate:
    """Copy a row into a rate that a plan in `currency` keeps for good.

    Raises BadInput where the row has no price, or the schedule is in another currency.
    """
    if row.rate is None:
        raise BadInput(
            "This item has no price on the schedule: it is bought by quote.",
            where=row.item_code,
            mend="Ask for a quote, and enter its price with the reason.",
        )
    if schedule.currency != currency:
        raise BadInput(
            f"The schedule is in {schedule.currency} and the plan in {currency}; one plan has one currency.",
            where=schedule.name,
            mend="Choose a schedule in the plan's currency.",
        )
    return Rate(
        amount=row.rate, unit=row.unit, item=row.item_code, schedule=schedule.name, version=schedule.label
    )


def normal_price(figure: Decimal) -> UnitPrice:
    """Write a price in one way: at least two places, and no more than it needs. Raises BadFigure."""
    whole, _, places = f"{figure:f}".partition(".")
    return UnitPrice(f"{int(whole)}.{places.rstrip('0'):0<2}")
