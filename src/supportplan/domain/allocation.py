"""The sums of a resource allocation system (RAS): points times a price, what a price point is cut by, and where it comes from.

A budget given first is an indicative one: points from a questionnaire, each worth the price point. A top-sliced price
point keeps a part of each point back for what nobody can plan [S 3.20].
"""

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from supportplan.domain.money import EXACT, plain, show, to_penny
from supportplan.domain.plan_money import TopSlice
from supportplan.domain.problems import BadInput
from supportplan.domain.trace import Term, Trace, start, work_out


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What one person's support was found to cost in a year and the points their needs scored.

    `excluded` is the reason for leaving them out of the price point, or empty.
    """

    spend: Decimal
    points: Decimal
    excluded: str = ""


class PriceFound(msgspec.Struct, frozen=True, kw_only=True):
    """A price point worked out from some people's spending and points."""

    people: int
    spend: Decimal
    points: Decimal
    price: Decimal


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """A price point from the people who count, and beside it the one from everybody, so that exclusions show."""

    included: PriceFound
    everybody: PriceFound


def indicative(points: Decimal, price: Decimal, currency: str = "GBP") -> Trace:
    """Work out an indicative budget: 100 points at £71 are £7,100.00."""
    return Trace(
        (
            work_out(
                start(points, f"{plain(points)} points"),
                Term("x", price, show(price, currency)),
                currency=currency,
            ),
        )
    )


def pot(cut: TopSlice, currency: str = "GBP") -> Trace:
    """Work out what a top-slice sets aside: 100 points cut from £71 to £55 leave £1,600.00 in the pot."""
    words = f"({show(cut.gross, currency)} - {show(cut.net, currency)})"
    return Trace(
        (
            work_out(
                start(cut.points, f"{plain(cut.points)} points"),
                Term("x", EXACT.subtract(cut.gross, cut.net), words),
                currency=currency,
            ),
        )
    )


def points_funded(spend: Decimal, price: Decimal) -> Decimal:
    """Return how many points a sum pays for, to two places: £1,000,000 at £92 is 10,869.57 points."""
    if price <= 0:
        raise BadInput("a price point of nothing funds no points", mend="Give what one point is worth.")
    return to_penny(EXACT.divide(spend, price))


def calibrate(cases: Iterable[Case]) -> Calibration:
    """Work out the price point: spending over points, of the people who count and of everybody.

    Raises BadInput where there are no points to divide by.
    """
    everybody = tuple(cases)
    return Calibration(
        included=_price([case for case in everybody if not case.excluded]),
        everybody=_price(everybody),
    )


def _price(cases: Iterable[Case]) -> PriceFound:
    people, spend, points = 0, Decimal(0), Decimal(0)
    for case in cases:
        people, spend, points = people + 1, spend + case.spend, points + case.points
    if points <= 0:
        raise BadInput(
            "there are no points to divide the spending by",
            mend="Leave in at least one person whose needs scored points.",
        )
    return PriceFound(people=people, spend=spend, points=points, price=to_penny(EXACT.divide(spend, points)))
