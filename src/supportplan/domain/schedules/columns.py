"""What the columns of a price list hold: guessed from their headers, shown with a reason, and put right by a person.

The guess never looks at prices, so the same header gives the same mapping, and a mapping can be remembered under the
header's `signature`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from supportplan.domain import canonical
from supportplan.domain.canonical import Document
from supportplan.domain.problems import BadSchedule
from supportplan.domain.schedules.cells import tidy
from supportplan.domain.schedules.header_words import CLAIMS, FIELDS, NDIS_AREAS, Field, is_ndis, price_header
from supportplan.domain.schedules.schedule import Cell, DayType
from supportplan.domain.short import printable, shortened
from supportplan.domain.units import Unit

Sureness = Literal["told", "certain", "likely"]

_MOST_SHOWN = 60


class Column(Document, frozen=True, kw_only=True):
    """One column and the field it holds, with how sure we are and why.

    A price column may stand for one area, one unit, one kind of day or one currency, when its header says so.
    """

    number: Annotated[int, Meta(ge=1)]
    header: Cell = ""
    field: Field
    area: Cell = ""
    unit: Unit | None = None
    day_type: DayType | None = None
    currency: str = ""
    sureness: Sureness
    why: str


class ColumnMap(Document, frozen=True, kw_only=True):
    """The columns that are used, in the order of the file, and the headers of those that are left out."""

    columns: tuple[Column, ...]
    left_out: tuple[Cell, ...] = ()
    signature: str

    def holding(self, field: Field) -> Column | None:
        """Return the column that holds a field; of several price columns, the first."""
        return next((column for column in self.columns if column.field == field), None)

    @property
    def prices(self) -> tuple[Column, ...]:
        """The price columns."""
        return tuple(column for column in self.columns if column.field == "rate")


def signature(headers: Sequence[str]) -> str:
    """Return what tells one layout of columns from another, whatever the case and spacing of its headers."""
    return canonical.digest("\x1f".join(normal(header) for header in headers).encode())


def normal(header: str) -> str:
    """Return a header as it is compared: lower case, one space between words, without dots, lines or colons."""
    return " ".join(re.sub(r"[_.:*/\-]+", " ", tidy(header).casefold()).split())


def guess(headers: Sequence[str]) -> ColumnMap:
    """Guess what each column holds. Of two columns that could hold a field, the surer one does; then the first."""
    found: dict[int, Column] = {}
    for _, place, field, sureness in sorted(_claims(headers)):
        if place not in found and all(column.field != field for column in found.values()):
            why = "it is called so" if sureness == "certain" else "it is a usual name for it"
            found[place] = _column(headers, place, field, sureness=sureness, why=why)
    if not any(column.field == "rate" and column.sureness == "certain" for column in found.values()):
        found = {place: column for place, column in found.items() if column.field != "rate"}
        found |= _price_columns(headers, found)
    return _map(headers, found)


def correct(mapping: ColumnMap, headers: Sequence[str], corrections: Iterable[str]) -> ColumnMap:
    """Put a mapping right by what a person says: `COL=FIELD`, `COL=rate:AREA` or `COL=ignore`.

    COL is a header, or the letter or number of a column. What is said replaces what was guessed for that field; price
    columns that are named stand beside one another. Raises BadSchedule.
    """
    told: dict[int, Column] = {}
    ignored: set[int] = set()
    for correction in corrections:
        place, field, area = _read_correction(correction, headers)
        if field is None:
            ignored.add(place)
        elif place in told or (field != "rate" and any(column.field == field for column in told.values())):
            raise BadSchedule(
                "says something else than another --map does",
                where=f"--map {correction}",
                mend="Name each column and each field once; only the price may have several columns.",
            )
        else:
            told[place] = _column(headers, place, field, area=area, sureness="told", why="you said so")
    replaced = {column.field for column in told.values()}
    kept = {
        column.number - 1: column
        for column in mapping.columns
        if column.field not in replaced and column.number - 1 not in ignored
    }
    return _map(headers, kept | told)


def choose_area(mapping: ColumnMap, area: str) -> ColumnMap:
    """Keep the price columns of one area. Raises BadSchedule where there are areas and this is none of them."""
    areas = [column.area for column in mapping.prices if column.area]
    if not areas:
        return mapping
    kept = [
        column
        for column in mapping.columns
        if column.field != "rate" or not column.area or normal(column.area) == normal(area)
    ]
    if not any(column.field == "rate" and column.area for column in kept):
        raise BadSchedule(
            "no price column is for the area that was asked for",
            where="--area",
            mend=f"Choose one of: {', '.join(areas)}; or leave it out to take them all.",
        )
    return msgspec.structs.replace(mapping, columns=tuple(kept))


def lacking(mapping: ColumnMap) -> tuple[str, str] | None:
    """Say what keeps rows from being read with this mapping: what is wrong and what to do; or nothing."""
    if not mapping.prices:
        return (
            "no column looks like the price",
            "Call it “Price” or “Rate” in the file. The command `supportplan schedule import` can also be told which it is, "
            "with --map 'Cost=rate'; where each area has a column, with --map 'North=rate:North' for each.",
        )
    if mapping.holding("name") is None and mapping.holding("item_code") is None:
        return "no column looks like the name of a service", (
            "Call it “Name” or “Service” in the file. The command `supportplan schedule import` can also be told which it is, "
            "with --map 'Service=name'."
        )
    if mapping.holding("unit") is None and any(price.unit is None for price in mapping.prices):
        return (
            "no column says what a price is for: an hour, a night, each",
            "Call the price column “Rate per hour” in the file, or add a column called Unit. The command `supportplan schedule "
            "import` can also be told which it is, with --map 'Per=unit'.",
        )
    return None


def doubts(mapping: ColumnMap) -> Iterable[str]:
    """Say which columns that were left out look like a price as well."""
    prices = [price for price in mapping.prices if price.sureness == "likely" and not price.area]
    others = [header for header in mapping.left_out if price_header(normal(header)) is not None]
    if prices and others:
        used = ", ".join(f"“{price.header}”" for price in prices)
        left_out = ", ".join(f"“{header}”" for header in others)
        yield f"{used} was read as the price; {left_out} was left out. If that is wrong, say so with --map."


def certainty(mapping: ColumnMap) -> int:
    """Return how much of a price list a mapping finds: nothing where it cannot be used."""
    return 0 if lacking(mapping) else len(mapping.columns)


def letter(number: int) -> str:
    """Return the letter or letters by which a spreadsheet calls a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _claims(headers: Sequence[str]) -> Iterable[tuple[int, int, Field, Sureness]]:
    """Yield what each header may be: (rank, place, field, sureness), the lowest rank first served."""
    foreign = is_ndis(map(normal, headers))
    for place, header in enumerate(headers):
        said = normal(header)
        for field in FIELDS:
            if field == said.replace(" ", "_"):
                yield 0, place, field, "certain"
        for rank, field in CLAIMS.get(said, ()):
            yield rank, place, field, "likely"
        if said == "type":
            yield 5, place, "rate_kind" if foreign else "category", "likely"


def _price_columns(headers: Sequence[str], found: Mapping[int, Column]) -> dict[int, Column]:
    """Find the price columns: those of known areas, or those whose header says that they hold a price."""
    foreign = is_ndis(map(normal, headers))
    prices: dict[int, Column] = {}
    for place, header in enumerate(headers):
        if place in found:
            continue
        if foreign and normal(header) in NDIS_AREAS:
            prices[place] = _column(
                headers,
                place,
                "rate",
                area=tidy(header),
                sureness="likely",
                why="the catalogue has a price for each area",
            )
        elif not foreign and (price := price_header(normal(header))):
            prices[place] = _column(headers, place, "rate", sureness="likely", why=price.why)
    return _usable(prices, has_unit=any(column.field == "unit" for column in found.values()))


def _usable(prices: Mapping[int, Column], *, has_unit: bool) -> dict[int, Column]:
    """Leave out price columns that are sums of others, and any that says the same as one before it.

    Where a column says the unit, `annual cost` beside `unit cost` is a sum; where none does, a price must say its own.
    """
    with_unit = {place: price for place, price in prices.items() if price.unit is not None}
    without = {place: price for place, price in prices.items() if price.unit is None}
    chosen = (without or with_unit) if has_unit else (with_unit or without)
    seen: set[tuple[str, Unit | None, DayType | None]] = set()
    kept: dict[int, Column] = {}
    for place, price in sorted(chosen.items()):
        if (price.area, price.unit, price.day_type) not in seen:
            kept[place] = price
            seen.add((price.area, price.unit, price.day_type))
    return kept


def _column(
    headers: Sequence[str], place: int, field: Field, *, area: str = "", sureness: Sureness, why: str
) -> Column:
    price = price_header(normal(headers[place]), told=sureness == "told") if field == "rate" else None
    return Column(
        number=place + 1,
        header=shown(headers[place]),
        field=field,
        area=area,
        unit=price.unit if price else None,
        day_type=price.day_type if price else None,
        currency=price.currency if price else "",
        sureness=sureness,
        why=why,
    )


def _read_correction(correction: str, headers: Sequence[str]) -> tuple[int, Field | None, str]:
    column, equals, meaning = correction.rpartition("=")
    field, _, area = meaning.partition(":")
    field = field.strip().casefold()
    where = f"--map {correction}"
    if not equals or (area and field != "rate"):
        raise BadSchedule(
            "is not written as COL=FIELD", where=where, mend="Write for example --map 'Cost=rate'."
        )
    place = _place(column, headers, where)
    if field in ("ignore", ""):
        return place, None, ""
    known = next((one for one in FIELDS if one == field), None)
    if known is None:
        raise BadSchedule(
            "names a field that schedules do not have",
            where=where,
            mend=f"The fields are: {', '.join(FIELDS)}; or ignore.",
        )
    return place, known, tidy(area)


def _place(column: str, headers: Sequence[str], where: str) -> int:
    named = [
        place for place, header in enumerate(headers) if normal(header) == normal(column) and normal(header)
    ]
    if len(named) == 1:
        return named[0]
    by_number = {letter(number).casefold(): number - 1 for number in range(1, len(headers) + 1)}
    by_number |= {str(number): number - 1 for number in range(1, len(headers) + 1)}
    place = by_number.get(column.strip().casefold())
    if place is not None and not named:
        return place
    there = ", ".join(f"{letter(number)} “{shown(header)}”" for number, header in enumerate(headers, start=1))
    raise BadSchedule(
        "names several columns of the file" if named else "names a column that the file does not have",
        where=where,
        mend=f"Use a header or a letter of: {there}.",
    )


def _map(headers: Sequence[str], found: Mapping[int, Column]) -> ColumnMap:
    return ColumnMap(
        columns=tuple(column for _, column in sorted(found.items())),
        left_out=tuple(
            shown(header) for place, header in enumerate(headers) if place not in found and tidy(header)
        ),
        signature=signature(headers),
    )


def shown(header: str) -> str:
    """Return a header as it may be shown: tidy, printable and short."""
    return shortened(tidy(printable(header)), _MOST_SHOWN)
