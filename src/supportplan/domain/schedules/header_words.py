"""The names that councils and catalogues give to the columns of a price list."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeVar, get_args

from supportplan.domain.schedules.cells import DAY_WORDS, UNIT_WORDS
from supportplan.domain.schedules.schedule import DayType
from supportplan.domain.units import Unit

Field = Literal[
    "item_code",
    "name",
    "category",
    "unit",
    "rate",
    "currency",
    "valid_from",
    "valid_to",
    "area",
    "rate_kind",
    "quote",
    "tier",
    "day_type",
    "min_units",
    "ratio",
    "ratio_staff",
    "ratio_people",
    "vat",
    "in_house",
    "allowed_routes",
    "notes",
    "source",
]
FIELDS: tuple[Field, ...] = get_args(Field)

# For each field its usual headers, the surest first.
_USUAL: Mapping[Field, tuple[str, ...]] = {
    "item_code": (
        "support item number", "item number", "item no", "item code", "service code", "product code", "rate code",
        "code", "reference", "ref", "item ref", "item id", "id",
    ),
    "name": (
        "support item name", "item name", "service name", "name", "service", "support", "support item", "title",
        "item", "service type", "support type", "type of service", "type of support", "care type", "activity",
        "provision", "item description", "service description", "description", "details",
    ),
    "category": (
        "category", "support category name", "service category", "category name", "group", "service group",
        "registration group name", "support category", "section", "support category name (pace)",
    ),
    "unit": (
        "unit", "units", "unit of measure", "unit of measurement", "uom", "unit type", "charged per", "charged by",
        "rate unit", "price unit", "rate basis", "basis", "per", "measure", "frequency", "cost frequency",
    ),
    "rate": ("rate", "unit rate", "unit cost", "unit price", "price"),
    "currency": ("currency", "currency code"),
    "valid_from": (
        "valid from", "from", "start date", "effective from", "effective date", "from date", "date from", "start",
        "starts", "applies from", "commencement date",
    ),
    "valid_to": (
        "valid to", "valid until", "to", "end date", "effective to", "until", "to date", "date to", "end", "ends",
        "expiry date", "expires", "expiry",
    ),
    "area": ("area", "region", "locality", "district", "location", "zone"),
    "rate_kind": ("rate kind", "kind of rate", "rate type", "price type"),
    "quote": ("quote", "quote required", "quotable", "by quote"),
    "tier": ("tier", "level", "band", "level of need", "complexity"),
    "day_type": ("day type", "type of day", "day of week", "when", "time of week"),
    "min_units": ("min units", "minimum units", "minimum", "minimum hours"),
    "ratio": ("ratio", "staff ratio", "support ratio", "staffing ratio"),
    "ratio_staff": ("ratio staff", "staff", "number of staff"),
    "ratio_people": ("ratio people", "people", "number of people", "group size"),
    "vat": ("vat", "vat status", "vat treatment"),
    "in_house": ("in house", "inhouse", "in house service"),
    "allowed_routes": ("allowed routes", "routes", "route", "delivery route"),
    "notes": ("notes", "note", "comments", "comment", "remarks"),
    "source": ("source",),
}  # fmt: skip

# What a header means where another column already gives its first meaning.
_ELSE: Mapping[str, Field] = {
    "description": "notes",
    "item description": "notes",
    "service description": "notes",
    "details": "notes",
    "item": "item_code",
    "service type": "category",
    "support type": "category",
}


class Claim(NamedTuple):
    """A field that a header may stand for; the lowest rank is served first."""

    rank: int
    field: Field


def _by_header() -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for field, headers in _USUAL.items():
        for rank, header in enumerate(headers, start=1):
            found.setdefault(header, []).append(Claim(rank, field))
    for header, field in _ELSE.items():
        found[header].append(Claim(100, field))
    return found


CLAIMS: Mapping[str, list[Claim]] = _by_header()

NDIS_AREAS = frozenset(("act", "nsw", "nt", "qld", "sa", "tas", "vic", "wa", "remote", "very remote"))


def is_ndis(headers: Iterable[str]) -> bool:
    """Say whether normal headers are those of the Australian support catalogue, which has a price column an area."""
    there = set(headers)
    return "support item number" in there and len(there & NDIS_AREAS) >= 2


class PriceHeader(NamedTuple):
    """What the header of a price column says beside the price."""

    unit: Unit | None
    day_type: DayType | None
    currency: str
    why: str


_PRICES = frozenset(
    (
        "rate",
        "rates",
        "cost",
        "costs",
        "price",
        "prices",
        "fee",
        "fees",
        "charge",
        "charges",
        "tariff",
        "amount",
    )
)
_SIGNS = {"£": "GBP", "gbp": "GBP", "€": "EUR", "eur": "EUR", "$": "$", "aud": "AUD", "usd": "USD"}
# Words that say nothing about which price it is.
_FILLERS = frozenset(
    (
        "per", "a", "an", "the", "in", "of", "for", "from", "unit", "standard", "agreed", "current", "new", "published",
        "guideline", "guide", "indicative", "maximum", "max", "limit", "cap", "gross", "net", "inc", "incl", "including",
        "vat", "and", "dp", "direct", "payment", "council", "la", "pounds", "january", "february", "march", "april", "may",
        "june", "july", "august", "september", "october", "november", "december",
    )
)  # fmt: skip
_WORD = re.compile(r"[£€$]|[^\W_]+")

_SAID_OF_DAYS: Mapping[DayType, str] = {
    "any": "any day",
    "weekday": "weekdays",
    "sat": "Saturdays",
    "sun": "Sundays",
    "bank_holiday": "bank holidays",
    "night_waking": "waking nights",
    "sleep_in": "sleep-ins",
}

Meaning = TypeVar("Meaning")
_Runs = Sequence[tuple[list[str], Meaning]]


def _runs(known: Mapping[str, Meaning]) -> _Runs[Meaning]:
    """Return runs of words with their meaning, the longest first."""
    return sorted(((said.split(), meaning) for said, meaning in known.items()), key=lambda run: -len(run[0]))


# In a header, "unit" and "item" name the price ("unit cost"), not what it is for.
_UNIT_RUNS = _runs(
    {
        said: unit
        for said, unit in UNIT_WORDS.items()
        if len(said) > 2 and said not in ("unit", "item", "items", "mon")
    }
    | {"per item": "each", "pw": "week", "ph": "hour"}
)
_DAY_RUNS = _runs(DAY_WORDS)


def price_header(header: str, *, told: bool = False) -> PriceHeader | None:
    """Read a normal header such as `saturday rate per hour (£)`; None where it does not speak of a price.

    Every word must be known: `rate type` and `cost code` are no prices. Of a column that somebody `told` to
    be a price, the header need not say so: `30 mins` is enough.
    """
    words = _WORD.findall(header)
    day, words = _take(words, _DAY_RUNS)
    unit, words = _take(words, _UNIT_RUNS)
    if unit is None and day in ("night_waking", "sleep_in"):
        unit = "night"
    signs = [_SIGNS[word] for word in words if word in _SIGNS]
    rest = {word for word in words if word not in _SIGNS and word not in _FILLERS and not word.isdecimal()}
    priced = bool(rest & _PRICES) or bool(signs)
    if rest - _PRICES or not (told or priced or day or (unit and "per" in words)):
        return None
    said = (
        "a price" if priced else "",
        f"each {unit.replace('_', ' ')}" if unit and unit != "each" else "",
        _SAID_OF_DAYS[day] if day else "",
    )
    return PriceHeader(unit, day, signs[0] if signs else "", f"it speaks of {', '.join(filter(None, said))}")


def _take(words: list[str], runs: _Runs[Meaning]) -> tuple[Meaning | None, list[str]]:
    """Take the longest known run of words out of a header."""
    for run, meaning in runs:
        for place in range(len(words) - len(run) + 1):
            if words[place : place + len(run)] == run:
                return meaning, words[:place] + words[place + len(run) :]
    return None, words
