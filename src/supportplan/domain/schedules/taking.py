"""Taking the rows of a price list: which are good, which are not and why, and what a person should look at again."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from supportplan.domain.days import day_words
from supportplan.domain.schedules.columns import ColumnMap, normal
from supportplan.domain.schedules.reading_rows import (
    RawRow,
    Reading,
    RowError,
    error_at,
    no_rate,
    read_row,
)
from supportplan.domain.schedules.schedule import Row, Validity

_DOLLARS = frozenset(("AUD", "USD", "NZD", "CAD"))
_MOST_NAMED = 10
# A price above this for a unit of time up to a night is more likely a slip than a price.
_HIGH = 2_000
_TIMES = frozenset(
    ("minute", "quarter_hour", "half_hour", "hour", "session", "half_day", "day", "night", "mile")
)


# What is said of one row, and of several, that was left out.
_LEFT_OUT = {
    "heading": ("holds only one text, and was left out as a heading or a note", "hold only one text, and were left out as headings or notes"),
    "total": ("is a total or an average, and was left out", "are totals or averages, and were left out"),
    "header": ("repeats the header, and was left out", "repeat the header, and were left out"),
    "elsewhere": ("is for another area, and was left out", "are for other areas, and were left out"),
}  # fmt: skip


class Taken(msgspec.Struct, frozen=True):
    """What was taken: the number of rows of data that were read and taken, the schedule's rows, errors and warnings.

    `currency` is what most prices name: `$` where they name no more, nothing where they name none.
    """

    rows: int
    taken: int
    made: tuple[Row, ...]
    currency: str
    errors: tuple[RowError, ...]
    warnings: tuple[str, ...]


def take(raw: Iterable[RawRow], mapping: ColumnMap, *, area: str = "", currency: str = "") -> Taken:
    """Read the rows under a header; a good row is taken even where others are not.

    With `area`, rows of another area are left out; where the file names no areas at all, its rows get it. `currency` is the one that every
    price must be in; without it, the one that most prices name.
    """
    readings: list[Reading] = []
    left_out: dict[str, list[int]] = {kind: [] for kind in _LEFT_OUT}
    for row in raw:
        if not row.filled:
            continue
        if kind := no_rate(row, mapping):
            left_out[kind].append(row.number)
            continue
        reading = read_row(row, mapping)
        if area and not reading.errors and not any(_here(made, area) for made in reading.made):
            left_out["elsewhere"].append(row.number)
            continue
        readings.append(
            _in_area(reading, area, named=mapping.holding("area") is not None) if area else reading
        )
    chosen = currency or most_named(readings)
    good, errors, validity = _sort_out(readings, chosen, mapping)
    warnings = [
        *(words for kind, said in _LEFT_OUT.items() for words in _counted(left_out[kind], *said)),
        *_warnings(good, mapping),
        *_month_first(errors),
        *_gaps(validity),
    ]  # fmt: skip
    made = tuple(made for reading in good for made in reading.made)
    return Taken(len(readings), len(good), made, chosen, tuple(errors), tuple(warnings))


def most_named(readings: Iterable[Reading]) -> str:
    """Return the currency that most rows name; of dollars, the country's where any row names it."""
    counts = Counter(named.currency for reading in readings for named in reading.named[:1])
    for named in list(counts):
        if named in _DOLLARS:
            counts[named] += counts.pop("$", 0)
    return max(counts, key=lambda name: counts[name], default="")


def _sort_out(
    readings: list[Reading], currency: str, mapping: ColumnMap
) -> tuple[list[Reading], list[RowError], Validity]:
    """Part good rows from others; a row that clashes with one before it is not good."""
    good: list[Reading] = []
    errors: list[RowError] = []
    validity = Validity()
    for reading in readings:
        wrong = (
            list(reading.errors)
            or list(_mixed(reading, currency))
            or list(_clashes(reading, validity, mapping))
        )
        errors += wrong
        if not wrong:
            good.append(reading)
            for made in reading.made:
                validity.add(made, reading.raw.number)
    return good, errors, validity


def _here(row: Row, area: str) -> bool:
    return not row.area or normal(row.area) == normal(area)


def _in_area(reading: Reading, area: str, *, named: bool) -> Reading:
    """Keep what is valid in an area; `named` says whether a row without one is valid everywhere or was never asked."""
    made = tuple(
        row if row.area or named else msgspec.structs.replace(row, area=area)
        for row in reading.made
        if _here(row, area)
    )
    return msgspec.structs.replace(reading, made=made)


def _mixed(reading: Reading, currency: str) -> Iterator[RowError]:
    for named in reading.named:
        same = named.currency == currency or (
            "$" in (named.currency, currency) and {named.currency, currency} <= _DOLLARS | {"$"}
        )
        if not same:
            reason = f"is in {named.currency}, but the schedule is in {currency}; a schedule has one currency"
            yield error_at(reading.raw, named.column, reason)


def _clashes(reading: Reading, validity: Validity, mapping: ColumnMap) -> Iterator[RowError]:
    """Say where a row is for the same thing and the same days as one before it."""
    own = Validity()
    column = mapping.holding("item_code") or mapping.holding("name") or mapping.columns[0]
    for place, made in enumerate(reading.made):
        number = validity.clash(made)
        if number is not None or own.clash(made) is not None:
            other = f"row {number}" if number is not None else "another price of this row"
            days = f"from {day_words(made.valid_from)}" if made.valid_from else "from any day"
            until = f" to {day_words(made.valid_to)}" if made.valid_to else " on"
            reason = f"has a price already for {made.key}, {days}{until}: {other} is valid on the same days"
            yield error_at(reading.raw, column, reason)
            return
        own.add(made, place)


def _warnings(good: list[Reading], mapping: ColumnMap) -> Iterator[str]:
    if good and mapping.holding("item_code") is None:
        yield "No column holds an item code, so each row's code is made from its name."
    if good and mapping.holding("name") is None:
        yield "No column holds a name, so each row is called by its code."
    quotes = [one.raw.number for one in good if any(row.rate is None for row in one.made)]
    yield from _counted(
        quotes, "has no price: it is bought by quote only", "have no price: they are bought by quote only"
    )
    free = [one.raw.number for one in good if any(row.rate is not None and not row.rate for row in one.made)]
    yield from _counted(free, "has a price of nothing", "have a price of nothing")
    high = [
        one.raw.number
        for one in good
        if any(row.rate is not None and row.rate > _HIGH and row.unit in _TIMES for row in one.made)
    ]
    yield from _counted(
        high, "has an unusually high price for its unit", "have unusually high prices for their units"
    )


def _month_first(errors: list[RowError]) -> Iterator[str]:
    if any("month first" in error.reason for error in errors):
        yield (
            "Some days have the month first, as in America. Other days of this file may be meant so too, and were read "
            "with the day first: look at them before you use the schedule."
        )


def _gaps(validity: Validity) -> Iterator[str]:
    gaps = list(validity.gaps())
    for key, first, last in gaps[:_MOST_NAMED]:
        yield f"There is no price for {key} from {day_words(first)} to {day_words(last)}."
    if len(gaps) > _MOST_NAMED:
        yield f"There are {len(gaps) - _MOST_NAMED:,} more gaps like these."


def _counted(numbers: list[int], one: str, several: str) -> Iterator[str]:
    if len(numbers) == 1:
        yield f"Row {numbers[0]} {one}."
    elif numbers:
        listed = ", ".join(map(str, numbers[:_MOST_NAMED]))
        more = f" and {len(numbers) - _MOST_NAMED:,} more" if len(numbers) > _MOST_NAMED else ""
        yield f"{len(numbers):,} rows {several}: {listed}{more}."
