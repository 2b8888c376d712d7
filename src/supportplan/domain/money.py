"""Exact figures, the one rounding rule, and splitting an amount into instalments.

Figures are decimals from end to end. A figure read from outside is an `Exact`: it was written as a plain decimal
number, has no more places than its kind allows, and is within sane bounds. Arithmetic on them gives plain `Decimal`s,
which `to_penny` rounds wherever a figure is printed.
"""

import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import ClassVar, Self

from supportplan.domain.problems import BadFigure

PENNY = Decimal("0.01")

# Products and quotients of bounded figures need fewer digits than this, so nothing is rounded before `to_penny`.
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)

_PLAIN = re.compile(r"(0|[1-9][0-9]*)(?:\.([0-9]+))?", re.ASCII)


class Exact(Decimal):
    """A non-negative decimal as a document writes it: digits, perhaps a point and more digits.

    The way it was written is kept (`6.50` stays `6.50`), so that a document's bytes survive a round trip.
    """

    kind: ClassVar[str] = "a number"
    places: ClassVar[int] = 4
    most: ClassVar[int] = 1_000_000

    def __new__(cls, text: object) -> Self:
        """Read a figure; raise BadFigure with what is wrong with it."""
        match = _PLAIN.fullmatch(text) if isinstance(text, str) and len(text) <= 40 else None
        if match is None:
            raise BadFigure(
                f'should be {cls.kind} in quotes, written with digits and a point only, such as "12.50"'
            )
        if len(match[2] or "") > cls.places:
            raise BadFigure(f"should be {cls.kind} with at most {cls.places} decimal places")
        figure = super().__new__(cls, match[0])
        if figure > cls.most:
            raise BadFigure(f"should be {cls.kind} of at most {cls.most:,}")
        return figure

    @classmethod
    def pattern(cls) -> str:
        """Return a regular expression that fits just what can be read; `most` is a digit and noughts."""
        first, noughts = str(cls.most)[0], len(str(cls.most)) - 1
        below = rf"0|[1-9][0-9]{{0,{noughts - 1}}}"
        if first != "1":
            below += rf"|[1-{int(first) - 1}][0-9]{{{noughts}}}"
        return rf"(?:{below})(?:\.[0-9]{{1,{cls.places}}})?|{first}0{{{noughts}}}(?:\.0{{1,{cls.places}}})?"


class Amount(Exact):
    """An amount of money to the penny, in the plan's currency."""

    kind = "an amount of money"
    places = 2
    most = 1_000_000_000


class UnitPrice(Exact):
    """The price of one unit, in the plan's currency, to at most four places (FIELD 2.12)."""

    kind = "a unit price"


class Quantity(Exact):
    """How many units: hours, days, nights, miles."""

    kind = "a quantity"


class Percent(Exact):
    """A percentage from 0 to 100."""

    kind = "a percentage"
    most = 100


class Weeks(Exact):
    """A number of weeks; six places hold 365/7 as 52.142857."""

    kind = "a number of weeks"
    places = 6
    most = 600


def to_penny(figure: Decimal) -> Decimal:
    """Round to the penny, half up: below half a penny down, half a penny and above up (HMRC VATREC12030)."""
    return figure.quantize(PENNY, ROUND_HALF_UP, EXACT)


def to_penny_below(figure: Decimal) -> Decimal:
    """Round down to the penny.

    Only for what a person contributes, which is rounded in their favour (FIELD 4.2), and for the equal part of
    instalments, whose first takes the pennies that remain (FIELD 4.3).
    """
    return figure.quantize(PENNY, ROUND_DOWN, EXACT)


def instalments(total: Decimal, count: int) -> tuple[Decimal, ...]:
    """Split a total into `count` payments that add up to it: equal, with the remaining pennies in the first.

    £1,000 in 12 is £83.37 and 11 times £83.33 (FIELD 4.3).
    """
    if count < 1:
        raise ValueError("a total is split into at least one instalment")
    each = to_penny_below(EXACT.divide(total, Decimal(count)))
    return (total - each * (count - 1), *(each,) * (count - 1))


_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def show(figure: Decimal, currency: str = "GBP") -> str:
    """Write money as people read it: `£1,058.72`. A unit price keeps its third and fourth place: `£16.295`.

    The text holds no space and nothing that breaks a line, so that an amount stays whole wherever it is printed.
    """
    sign = "-" if figure < 0 else ""
    whole, _, fraction = f"{abs(figure):,f}".partition(".")
    fraction = fraction.rstrip("0") if len(fraction) > 2 else fraction
    return f"{sign}{_SIGNS.get(currency, currency)}{whole}.{fraction:0<2}"


def plain(figure: Decimal) -> str:
    """Write a number as people read it: `6`, `1.25`, `1,000`."""
    text = f"{figure:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
