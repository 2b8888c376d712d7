"""What a support is counted in (`Unit`), how often it happens (`Every`), and the words for both."""

from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from supportplan.domain.money import plain

Unit = Literal[
    "minute",
    "quarter_hour",
    "half_hour",
    "hour",
    "session",
    "half_day",
    "day",
    "night",
    "week",
    "month",
    "year",
    "mile",
    "each",
]
Every = Literal[
    "week", "fortnight", "four_weeks", "month", "quarter", "year", "term_week", "holiday_week", "occasion"
]  # fmt: skip
PaidEvery = Literal["week", "fortnight", "four_weeks", "month", "quarter", "year"]

UNITS: tuple[Unit, ...] = get_args(Unit)

UNIT_WORDS: dict[Unit, tuple[str, str]] = {
    "minute": ("minute", "minutes"),
    "quarter_hour": ("quarter hour", "quarter hours"),
    "half_hour": ("half hour", "half hours"),
    "hour": ("hour", "hours"),
    "session": ("session", "sessions"),
    "half_day": ("half day", "half days"),
    "day": ("day", "days"),
    "night": ("night", "nights"),
    "week": ("week", "weeks"),
    "month": ("month", "months"),
    "year": ("year", "years"),
    "mile": ("mile", "miles"),
    "each": ("item", "items"),
}

EVERY_WORDS: dict[Every, str] = {
    "week": "a week",
    "fortnight": "a fortnight",
    "four_weeks": "every four weeks",
    "month": "a month",
    "quarter": "a quarter",
    "year": "a year",
    "term_week": "a term week",
    "holiday_week": "a holiday week",
    "occasion": "an occasion",
}


class Portion(NamedTuple):
    """How a period relates to a week: its amount x `times` / `over` is the weekly amount."""

    times: int
    over: int


# The money year has 52 weeks: DHSC's client level data turns amounts into weekly ones by these portions (FIELD 4.1).
WEEKLY: dict[PaidEvery, Portion] = {
    "week": Portion(1, 1),
    "fortnight": Portion(1, 2),
    "four_weeks": Portion(1, 4),
    "month": Portion(12, 52),
    "quarter": Portion(4, 52),
    "year": Portion(1, 52),
}

A_YEAR: dict[PaidEvery, int] = {
    "week": 52,
    "fortnight": 26,
    "four_weeks": 13,
    "month": 12,
    "quarter": 4,
    "year": 1,
}

PERIOD_WORDS: dict[Every, tuple[str, str]] = {
    "week": ("week", "weeks"),
    "fortnight": ("fortnight", "fortnights"),
    "four_weeks": ("four-week period", "four-week periods"),
    "month": ("month", "months"),
    "quarter": ("quarter", "quarters"),
    "year": ("year", "years"),
    "term_week": ("term week", "term weeks"),
    "holiday_week": ("holiday week", "holiday weeks"),
    "occasion": ("occasion", "occasions"),
}


def counted(quantity: Decimal, words: tuple[str, str]) -> str:
    """Write a count with its noun: `1 hour`, `6.5 hours`."""
    return f"{plain(quantity)} {words[0] if quantity == 1 else words[1]}"


def units(quantity: Decimal, unit: Unit) -> str:
    """Write a quantity with its unit: `6 hours`, `1 night`."""
    return counted(quantity, UNIT_WORDS[unit])


def per(unit: Unit) -> str:
    """Write what one unit price buys: `an hour`, `a night`, `each`."""
    if unit == "each":
        return "each"
    word = UNIT_WORDS[unit][0]
    return f"an {word}" if word.startswith("hour") else f"a {word}"


def periods(count: Decimal, every: Every) -> str:
    """Write a number of periods: `52 weeks`, `38 occasions`."""
    return counted(count, PERIOD_WORDS[every])
