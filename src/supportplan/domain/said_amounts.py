"""Quantities and prices as people say them at the table: `7.5`, `6h30`, `1,240`, `£16.29`, `45p`."""

import re
from decimal import Decimal

from supportplan.domain.money import EXACT, Amount, Exact, Percent, Quantity, UnitPrice, plain
from supportplan.domain.problems import BadFigure, BadInput
from supportplan.domain.schedules.cells import Unreadable, may_mean, price, tidy
from supportplan.domain.units import Unit, units

_HOURS = re.compile(r"(\d{1,3}) ?(?:h|hrs?|hours?|:) ?(\d{1,2})? ?(?:m|mins?|minutes?)?", re.ASCII)
_FIGURE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?", re.ASCII)
_FOUR_PLACES = Decimal("0.0001")
_MONEY = "Type it like 16.29."


def said_quantity(text: str, unit: Unit | None = None) -> Quantity:
    """Read how much: `6`, `7.5`, `1,240`; of hours also `6h30` and `6:30`. Raises BadInput in words that help."""
    said = tidy(text).casefold()
    mend = "Type it like 6 or 7.5." if unit != "hour" else "Type it like 6, 7.5 or 6h30."
    if unit == "hour" and (found := _HOURS.fullmatch(said)):
        return _hours(int(found[1]), int(found[2] or 0))
    if not said or said == "." or not _FIGURE.fullmatch(said):
        raise BadInput("That is not a number.", mend=mend)
    return Quantity(_figure(said, Quantity, mend))


def said_count(text: str, *, most: int) -> int:
    """Read a whole number from 1 to `most`: people, occasions. Raises BadInput in words that help."""
    found = said_quantity(text)
    if found != int(found) or not 1 <= found <= most:
        raise BadInput(f"This is a whole number from 1 to {most:,}.", mend="Type it like 3.")
    return int(found)


def said_price(text: str, currency: str = "GBP") -> UnitPrice:
    """Read what one unit costs, to at most four places. Raises BadInput in words that help."""
    return UnitPrice(_money(text, currency, UnitPrice))


def said_amount(text: str, currency: str = "GBP") -> Amount:
    """Read an amount of money, to the penny. Raises BadInput in words that help."""
    return Amount(_money(text, currency, Amount))


def said_percent(text: str) -> Percent:
    """Read a percentage, with its sign or without. Raises BadInput in words that help."""
    mend = "Type it like 5 or 2.5."
    said = tidy(text).removesuffix("%").rstrip()
    if not said or said == "." or not _FIGURE.fullmatch(said):
        raise BadInput("That is not a percentage.", mend=mend)
    return Percent(_figure(said, Percent, mend))


def quantity_said_back(quantity: Decimal, unit: Unit) -> str:
    """Say a quantity back: `6.5 hours`, and hours that are not whole also in minutes: `6.5 hours (6h30)`."""
    minutes = EXACT.multiply(quantity, Decimal(60))
    if unit != "hour" or quantity == int(quantity) or minutes != int(minutes):
        return units(quantity, unit)
    return f"{units(quantity, unit)} ({int(minutes) // 60}h{int(minutes) % 60:02})"


def _hours(hours: int, minutes: int) -> Quantity:
    if minutes > 59:
        raise BadInput("An hour has 60 minutes.", mend="Type it like 6h30.")
    exact = EXACT.add(Decimal(hours), EXACT.divide(Decimal(minutes), Decimal(60)))
    if exact != exact.quantize(_FOUR_PLACES):
        raise BadInput(f"{minutes} minutes make no exact decimal of an hour.", mend="Count in minutes.")
    return Quantity(plain(exact).replace(",", ""))


def _money(text: str, currency: str, kind: type[Exact]) -> str:
    try:
        found = price(tidy(text))
    except Unreadable:
        raise BadInput("That is not an amount of money.", mend=_MONEY) from None
    if found.amount is None:
        raise BadInput("There is no amount yet.", mend=_MONEY)
    if not may_mean(found.currency, currency):
        raise BadInput(f"This plan is in {currency}.", mend=_MONEY)
    return _figure(f"{found.amount:f}", kind, _MONEY)


def _figure(said: str, kind: type[Exact], mend: str) -> str:
    """Return a figure as documents write it, after making sure that it is one of its kind."""
    whole, _, places = said.replace(",", "").partition(".")
    figure = f"{int(whole or '0')}.{places}" if places else str(int(whole or "0"))
    try:
        return f"{kind(figure):f}"
    except BadFigure:
        if len(places) > kind.places:
            raise BadInput(f"At most {kind.places} figures after the point.", mend=mend) from None
        raise BadInput(f"That is more than {kind.most:,}.", mend=mend) from None
