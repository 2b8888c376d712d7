"""Days as people say them at the table: `next tue`, `1 april`, `23/11/26`, `in 6 weeks`.

The day comes before the month, as in Britain: what can only be meant the American way is refused, never turned round.
"""

import re
from datetime import date, timedelta

from supportplan.domain.days import MONTHS, day_words, months_later
from supportplan.domain.problems import BadInput

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.ASCII)
_IN = re.compile(r"in (\d{1,3}|an?|one|two|three|four|six) (day|week|month|year)s?", re.ASCII)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_WEEKDAY = re.compile(r"(next |this )?([a-z]{3,9})", re.ASCII)
_BY_NUMBER = re.compile(r"(\d{1,2})[ /.-](\d{1,2})(?:[ /.-](\d{4}|\d{2}))?", re.ASCII)
_BY_NAME = re.compile(r"(\d{1,2})[ /.-]?(?:of )?([a-z]{3,9})(?:[ /.,-]+(\d{4}|\d{2}))?", re.ASCII)
_NAME_FIRST = re.compile(r"([a-z]{3,9}) (\d{1,2})(?:,? (\d{4}))?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)

_HOW = "Type it like 1 april or 23/11/26."


def said_day(text: str, today: date, *, past: bool = False) -> date:
    """Read a day. Without a year it is the next such day; with `past`, as of a birth, the year is asked for.

    Raises BadInput, in words that say what to type.
    """
    said = " ".join(_ENDING.sub("", text.casefold()).split())
    found = _near(said, today)
    if found is not None:
        return found
    parts = _parts(said)
    if parts is None:
        raise BadInput("That is no day.", mend=_HOW)
    day, month, year = parts
    if year is None and past:
        raise BadInput("The year is missing.", mend="Type it like 1 may 2009.")
    return _next(day, month, today) if year is None else _day(day, month, _century(year, today, past=past))


def day_said_back(day: date) -> str:
    """Say a day back, with its weekday, so that a slip is heard: `Tuesday 1 December 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day_words(day)}"


def _near(said: str, today: date) -> date | None:
    """Read what is said from today on: tomorrow, next tue, in 6 weeks."""
    if said in ("today", "tomorrow", "yesterday"):
        return today + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[said])
    if later := _IN.fullmatch(said):
        count = _NUMBERS.get(later[1]) or int(later[1])
        if later[2] in ("month", "year"):
            return months_later(today, count * (12 if later[2] == "year" else 1))
        return today + timedelta(days=count * (7 if later[2] == "week" else 1))
    if (named := _WEEKDAY.fullmatch(said)) and (weekday := _named(named[2], WEEKDAYS)) is not None:
        ahead = (weekday - today.weekday() - 1) % 7 + 1
        # Said on a Monday, `next tue` is not tomorrow.
        later_this_week = weekday > today.weekday()
        return today + timedelta(days=ahead + (7 if named[1] == "next " and later_this_week else 0))
    return None


def _parts(said: str) -> tuple[int, int, str | None] | None:
    """Return day, month and what was said of the year."""
    if iso := _ISO.fullmatch(said):
        return int(iso[3]), int(iso[2]), iso[1]
    if numbers := _BY_NUMBER.fullmatch(said):
        return int(numbers[1]), int(numbers[2]), numbers[3]
    if (first := _BY_NAME.fullmatch(said)) and (month := _named(first[2], MONTHS)) is not None:
        return int(first[1]), month + 1, first[3]
    if (last := _NAME_FIRST.fullmatch(said)) and (month := _named(last[1], MONTHS)) is not None:
        return int(last[2]), month + 1, last[3]
    return None


def _named(said: str, names: tuple[str, ...]) -> int | None:
    """Return the place of a name among names, from three letters on: `sept`, `tues`."""
    return next((place for place, name in enumerate(names) if name.casefold().startswith(said)), None)


def _century(year: str, today: date, *, past: bool) -> int:
    if len(year) == 4:
        return int(year)
    this = today.year // 100 * 100 + int(year)
    return this - 100 if past and this > today.year else this


def _next(day: int, month: int, today: date) -> date:
    """Return the next such day from today on; a 29 February may be years away."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return _day(day, month, today.year)


def _day(day: int, month: int, year: int) -> date:
    if month > 12 and day <= 12:
        raise BadInput("The day comes first, then the month.", mend=f"{month}/{day}/{year}?")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadInput("There is no such day.", mend=_HOW) from None
