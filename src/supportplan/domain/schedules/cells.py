"""What people write in the cells of a price list, read strictly: prices, units, yes and no.

A cell that could mean two things is refused, never guessed. Each function takes tidy text and raises `Unreadable`,
whose words complete the sentence "this cell ...".
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, TypeVar

from supportplan.domain.money import Quantity, UnitPrice
from supportplan.domain.problems import BadFigure
from supportplan.domain.schedules.schedule import DayType, RateKind, Vat, normal_price
from supportplan.domain.units import UNITS, Unit


class Unreadable(ValueError):
    """A cell that does not say what its column needs; the words complete "this cell ..."."""


# A byte-order mark and zero-width signs come with text that was copied from web pages; nobody sees or means them.
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u2060"))
_STEERS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# As Excel writes a number of more digits than it holds: a code that was taken for a number has lost its last ones.
_CUT_SHORT = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}", re.ASCII | re.IGNORECASE)
# As Excel shows an error in a cell.
_SPREADSHEET_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#+)")


def tidy(text: str) -> str:
    """Return the text with single spaces between its words and none around it, and without signs nobody can see."""
    if text.isascii() and text.isalnum():
        return text
    return " ".join(unicodedata.normalize("NFC", text.translate(_UNSEEN)).split())


def code(text: str, most: int) -> str:
    """Read an item code, as `words` does. Raises Unreadable too for a long number that a spreadsheet wrote short."""
    if _CUT_SHORT.fullmatch(text):
        raise Unreadable(
            "was cut short by a spreadsheet; give its column the format Text, and enter the code again"
        )
    return words(text, most)


def words(text: str, most: int) -> str:
    """Read a text for people: names, notes. Raises Unreadable where it is too long or holds control characters."""
    if len(text) > most:
        raise Unreadable(f"has more than {most:,} characters")
    if _STEERS.search(text):
        raise Unreadable("holds control characters, which no text should")
    _refuse_spreadsheet_error(text)
    return text


def _refuse_spreadsheet_error(text: str) -> None:
    if _SPREADSHEET_ERROR.fullmatch(text):
        raise Unreadable("holds a spreadsheet error; mend the formula and save the file again")


class Price(NamedTuple):
    """A price and the currency that its cell names; without an amount it is given by quote only."""

    amount: UnitPrice | None
    currency: str


# A bare dollar is kept as it is: only the whole file can tell whose dollar it is.
SIGNS: Mapping[str, str] = {
    "£": "GBP",
    "€": "EUR",
    "$": "$",
    **{f"{name}$": code for code in ("AUD", "USD", "NZD", "CAD") for name in (code, code[:2])},
    "A$": "AUD",
}
_DOLLARS = frozenset({"AUD", "USD", "NZD", "CAD"})
_MONEY = re.compile(
    r"(?:(?P<open>\()|(?P<minus>-|−))? ?(?P<before>[A-Z]{0,3}\$|£|€|[A-Z]{3})? ?(?P<minus2>-|−)? ?"
    r"(?P<figure>[0-9][0-9,]*(?:\.[0-9]*)?|\.[0-9]+) ?(?P<after>£|€|\$|[A-Z]{3})?(?(open) ?\))",
    re.ASCII | re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]*)?|[0-9]*(?:\.[0-9]*)?", re.ASCII)
_BY_QUOTE = {
    "quote",
    "quoted",
    "by quote",
    "quote only",
    "quotable",
    "quote required",
    "poa",
    "p.o.a.",
    "price on application",
}


_PENCE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?) ?p(?:ence)?", re.ASCII | re.IGNORECASE)
_NO_PRICE = (
    "is not a price: write it with digits and a point, such as 16.29, or leave it blank where it is by quote"
)
_MISPLACED_COMMA = "has a comma in the wrong place: write pence after a point, such as 16.29"
_POINT_FOR_THOUSANDS = re.compile(r"[^0-9]*[0-9]+(?:\.[0-9]{3})+,[0-9]+[^0-9]*", re.ASCII)
_WITH_UNIT = re.compile(r"[^0-9]*[0-9.,]+ ?/? ?(?P<unit>[a-z/ ]+)", re.ASCII | re.IGNORECASE)


def price(text: str) -> Price:
    """Read a price: `16.29`, `£1,250.00`, `GBP 16.29`, `45p`, `quote`, or nothing, which means by quote only."""
    if not text or text.casefold() in _BY_QUOTE:
        return Price(None, "")
    if text[0] == "=":
        raise Unreadable("holds a formula; save the file with its values, then import it")
    _refuse_spreadsheet_error(text)
    if len(text) > 60:
        raise Unreadable(_NO_PRICE)
    if pence := _PENCE.fullmatch(text):
        return Price(_amount(f"{Decimal(pence[1]).scaleb(-2):f}"), "GBP")
    match = _MONEY.fullmatch(text)
    if match is None:
        raise Unreadable(_why_no_price(text))
    figure = match["figure"]
    if match["open"] or match["minus"] or match["minus2"]:
        raise Unreadable("is below nothing; a price cannot be negative")
    if "," in figure and not _THOUSANDS.fullmatch(figure):
        raise Unreadable(_MISPLACED_COMMA)
    return Price(_amount(figure.replace(",", "")), _currency(match["before"], match["after"]))


def may_mean(named: str, currency: str) -> bool:
    """Say whether the currency that a price names, if it names any, can be this one: a bare `$` is any dollar."""
    return named in ("", currency) or (named == "$" and currency in _DOLLARS)


def _why_no_price(text: str) -> str:
    """Say what a text is that stands where a price should: part of another price, another country's way, two things."""
    if text.endswith("%"):
        return "is a percentage; write the price that it comes to, such as 16.29"
    if _POINT_FOR_THOUSANDS.fullmatch(text):
        return _MISPLACED_COMMA
    if (match := _WITH_UNIT.fullmatch(text)) and _known_unit(match["unit"]):
        return "says beside the price what it is for; write that in a column of its own, called Unit"
    return _NO_PRICE


def _amount(figure: str) -> UnitPrice:
    whole, _, places = figure.partition(".")
    places = places.rstrip("0")
    if len(places) > UnitPrice.places:
        raise Unreadable(f"has {len(places)} decimal places; a price has at most {UnitPrice.places}")
    try:
        return normal_price(UnitPrice(f"{whole.lstrip('0') or '0'}{'.' if places else ''}{places}"))
    except BadFigure:
        raise Unreadable(f"is more than {UnitPrice.most:,}, which no unit costs") from None


def _currency(before: str | None, after: str | None) -> str:
    named = {SIGNS.get(sign.upper(), sign.upper()) for sign in (before, after) if sign}
    if "$" in named and len(named) == 2:
        named -= {"$"}
    if len(named) > 1:
        raise Unreadable("names two currencies")
    return named.pop() if named else ""


def currency(text: str) -> str:
    """Read a currency: its three letters, or its sign. An empty text names none."""
    known = SIGNS.get(text.upper(), text.upper())
    if known in ("", "$") or re.fullmatch("[A-Z]{3}", known):
        return known
    raise Unreadable("is not a currency: write its three letters, such as GBP")


UNIT_WORDS: Mapping[str, Unit] = {
    **{unit.replace("_", " "): unit for unit in UNITS},
    **dict.fromkeys(("min", "mins", "minutes"), "minute"),
    **dict.fromkeys(("15 min", "15 mins", "15 minutes", "quarter hours", "1/4 hour"), "quarter_hour"),
    **dict.fromkeys(("30 min", "30 mins", "30 minutes", "half an hour", "half hours", "1/2 hour"), "half_hour"),
    **dict.fromkeys(("h", "hr", "hrs", "hours", "hourly", "60 min", "60 mins", "60 minutes", "ph", "p/h"), "hour"),
    **dict.fromkeys(("sessions", "sessional"), "session"),
    **dict.fromkeys(("half days", "1/2 day", "half a day"), "half_day"),
    **dict.fromkeys(("d", "days", "daily"), "day"),
    **dict.fromkeys(("nights", "nightly", "overnight"), "night"),
    **dict.fromkeys(("wk", "wks", "weeks", "weekly", "pw", "p/w"), "week"),
    **dict.fromkeys(("mon", "mth", "months", "monthly", "pcm"), "month"),
    **dict.fromkeys(("yr", "yrs", "years", "yearly", "annual", "annually", "annum"), "year"),
    **dict.fromkeys(("miles", "mileage"), "mile"),
    **dict.fromkeys(("e", "ea", "item", "items", "unit", "one off", "one-off", "once"), "each"),
}  # fmt: skip


def unit(text: str) -> Unit:
    """Read a unit: our own word, the word a council uses, or the code of a catalogue (H, E, D, WK, MON, YR)."""
    if not text:
        raise Unreadable("is blank; say what the price is for, such as hour")
    known = _known_unit(text)
    if known is None:
        raise Unreadable("is not a unit we know: " + ", ".join(UNITS).replace("_", " "))
    return known


def _known_unit(text: str) -> Unit | None:
    said = " ".join(text.casefold().replace("_", " ").rstrip(".").split())
    return UNIT_WORDS.get(re.sub("^(?:per|an|a|each) ", "", said))


_Word = TypeVar("_Word")


def _one_of(text: str, known: Mapping[str, _Word], allowed: str) -> _Word:
    try:
        return known[" ".join(re.sub(r"[_\-]", " ", text.casefold()).split())]
    except KeyError:
        raise Unreadable(f"is not one of {allowed}") from None


_DAYS: Mapping[str, DayType] = {
    **dict.fromkeys(("", "any", "all", "any day", "all days", "every day"), "any"),
    **dict.fromkeys(("weekday", "weekdays", "mon fri", "monday to friday"), "weekday"),
    **dict.fromkeys(("sat", "saturday", "saturdays"), "sat"),
    **dict.fromkeys(("sun", "sunday", "sundays"), "sun"),
    **dict.fromkeys(("bank holiday", "bank holidays", "public holiday", "public holidays"), "bank_holiday"),
    **dict.fromkeys(("night waking", "waking night", "waking nights"), "night_waking"),
    **dict.fromkeys(("sleep in", "sleep ins", "sleeping night"), "sleep_in"),
}  # fmt: skip
DAY_WORDS: Mapping[str, DayType] = {said: day for said, day in _DAYS.items() if day != "any"}


def day_type(text: str) -> DayType:
    """Read what days or nights a price is for."""
    return _one_of(text, _DAYS, "any, weekday, sat, sun, bank_holiday, night_waking and sleep_in")


_KINDS: Mapping[str, RateKind] = {
    **dict.fromkeys(("fixed", "price", "set"), "fixed"),
    **dict.fromkeys(("cap", "capped", "maximum", "max", "limit", "price limit", "price limited supports"), "cap"),
    **dict.fromkeys(("guide", "guideline", "indicative", "notional", "unit price", "unit price = $1"), "guide"),
    **dict.fromkeys((*_BY_QUOTE, "quotable supports"), "quote"),
}  # fmt: skip


def rate_kind(text: str) -> RateKind | None:
    """Read whether a price is fixed, a cap, a guide or by quote; nothing where the cell is blank."""
    return _one_of(text, _KINDS, "fixed, cap, guide and quote") if text else None


_VATS: Mapping[str, Vat] = {
    **dict.fromkeys(("exempt", "vat exempt"), "exempt"),
    **dict.fromkeys(("zero", "zero rated", "zero rate", "0%"), "zero"),
    **dict.fromkeys(("standard", "standard rated", "standard rate", "20%"), "standard"),
    **dict.fromkeys(("outside", "outside scope", "outside the scope", "none"), "outside"),
}  # fmt: skip


def vat(text: str) -> Vat | None:
    """Read how value added tax applies; nothing where the cell is blank."""
    return _one_of(text, _VATS, "exempt, zero, standard and outside") if text else None


_YES = dict.fromkeys(("y", "yes", "true", "1"), True) | dict.fromkeys(("", "n", "no", "false", "0"), False)


def yes(text: str) -> bool:
    """Read yes or no; a blank cell is a no."""
    return _one_of(text, _YES, "Y and N")


def heads(text: str) -> int | None:
    """Read a number of people, from 1 to 1,000; nothing where the cell is blank."""
    if not text:
        return None
    if re.fullmatch("[0-9]{1,4}", text, re.ASCII) and 1 <= int(text) <= 1_000:
        return int(text)
    raise Unreadable("is not a number of people from 1 to 1,000")


def ratio(text: str) -> tuple[int | None, int | None]:
    """Read staff to people, such as `2:1` or `1 to 3`; nothing where the cell is blank."""
    match = re.fullmatch(r"(\d+) ?(?::|to) ?(\d+)", text, re.ASCII)
    if text and match is None:
        raise Unreadable("is not a ratio of staff to people, such as 1:3")
    return (heads(match[1]), heads(match[2])) if match else (None, None)


def quantity(text: str) -> Quantity | None:
    """Read a quantity such as the fewest units that may be bought; nothing where the cell is blank."""
    if not text:
        return None
    try:
        return Quantity(text)
    except BadFigure:
        raise Unreadable("is not a quantity: write it with digits and a point, such as 1.5") from None


def routes(text: str) -> tuple[str, ...]:
    """Read the delivery routes that are allowed: words with a semicolon, comma or stroke between them."""
    said = [re.sub(r"[ \-]+", "_", part.strip().casefold()) for part in re.split("[;,|]", text)]
    found = tuple(dict.fromkeys({"dp": "direct_payment"}.get(part, part) for part in said if part))
    if not all(re.fullmatch(r"[a-z0-9][a-z0-9_]{0,63}", route, re.ASCII) for route in found):
        raise Unreadable("is not a list of delivery routes, such as direct_payment; council_service")
    return found
