"""What people write in the cells of a price list where a day is meant; an order that is not ours is refused."""

import re
from datetime import date, timedelta

from supportplan.domain.days import MONTHS
from supportplan.domain.schedules.cells import Unreadable

OPEN_END = date(9999, 12, 31)
# From which day a workbook counts. The second comes from old Macs, and a workbook says so.
_SINCE_1900, _SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_YEAR, _LAST_YEAR = 1948, 2199
_MONTH_NUMBERS = {
    said.casefold(): number for number, name in enumerate(MONTHS, start=1) for said in (name, name[:3])
} | {"sept": 9}
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_MONTH_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[- ]([a-z]+)\.?,?[- ](\d{4})", re.ASCII | re.IGNORECASE)
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?Z?$", re.ASCII)


def day(text: str, *, since_1904: bool = False) -> date | None:
    """Read a day: `2025-07-01`, `20250701`, `01/07/2025` (the day first), `1 July 2025`, or Excel's count of days.

    Nothing, or the last day of the year 9999, means that there is no such day. `since_1904` says how days are counted.
    """
    text = _MIDNIGHT.sub("", text)
    if not text:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        found = _date(int(match[1]), int(match[3]), int(match[4]))
    elif match := _DAY_FIRST.fullmatch(text):
        found = _day_first(int(match[1]), int(match[3]), int(match[4]))
    elif (match := _MONTH_NAMED.fullmatch(text)) and match[2].lower() in _MONTH_NUMBERS:
        found = _date(int(match[3]), _MONTH_NUMBERS[match[2].lower()], int(match[1]))
    elif re.fullmatch(r"\d{5}|\d{7}", text, re.ASCII):
        found = _counted(int(text), _SINCE_1904 if since_1904 else _SINCE_1900)
    elif re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", text, re.ASCII):
        raise Unreadable("has a year of two digits; write all four, such as 01/07/2025")
    else:
        raise Unreadable("is not a day: write it as 2025-07-01 or 01/07/2025")
    if found == OPEN_END:
        return None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise Unreadable(f"is in the year {found.year}, which cannot be meant")
    return found


def _day_first(first: int, second: int, year: int) -> date:
    if first <= 12 < second <= 31:
        raise Unreadable("has the month first, as in America; write the day first, or as 2025-07-01")
    return _date(year, second, first)


def _date(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise Unreadable("is a day that no calendar has") from None


def _counted(days: int, since: date) -> date:
    try:
        return since + timedelta(days=days)
    except OverflowError:
        raise Unreadable("is not a day: write it as 2025-07-01 or 01/07/2025") from None
