"""What was asked for and what was agreed, line by line with the difference: two plans, one made from the other.

A lower sum that a panel agreed, and for what, is what families and facilitators are seldom told (FIELD 1.10).
"""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from supportplan.domain.costing import NOTHING, Costing, cost
from supportplan.domain.plan import PaidBy, Plan
from supportplan.domain.problems import BadInput

# The line of what is set aside for the unforeseen: it belongs to the plan, not to a support.
CONTINGENCY = ""


class LineAgreed(msgspec.Struct, frozen=True, kw_only=True):
    """A support in both plans: its id and words, its amount in each, and why where that was said.

    An amount is None where the plan has no such support, or somebody else pays for it there.
    """

    support: str
    what: str
    asked: Decimal | None
    agreed: Decimal | None
    why: str = ""

    @property
    def difference(self) -> Decimal:
        """What was agreed less what was asked: below nought where less was agreed."""
        return (self.agreed or NOTHING) - (self.asked or NOTHING)


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of one purse, in the order of the plan that was agreed, and its totals; the lines add up to them."""

    lines: tuple[LineAgreed, ...]
    asked: Decimal
    agreed: Decimal

    @property
    def difference(self) -> Decimal:
        """What was agreed less what was asked; the differences of the lines add up to it."""
        return self.agreed - self.asked

    @property
    def changed(self) -> tuple[LineAgreed, ...]:
        """The lines that were agreed otherwise than they were asked for."""
        return tuple(one for one in self.lines if one.asked != one.agreed)


class AskedAndAgreed(msgspec.Struct, frozen=True, kw_only=True):
    """The cash value of two plans side by side, and the value of what is given in-house."""

    currency: str
    cash: Agreed
    in_house: Agreed


def asked_and_agreed(asked: Plan, agreed: Plan, why: Mapping[str, str] | None = None) -> AskedAndAgreed:
    """Compare what was asked with what was agreed; `why` are words for supports, by their ids.

    Raises BadInput where the two plans are in different currencies, for then there is no difference.
    """
    if asked.money != agreed.money:
        raise BadInput(
            "The plan that was asked for is in another currency than the one that was agreed.",
            mend="Put both into the same currency.",
        )
    costs = cost(asked), cost(agreed)
    words = {one.id: one.what for plan in (asked, agreed) for one in plan.supports}
    reasons = why or {}
    return AskedAndAgreed(
        currency=agreed.money,
        cash=_agreed(
            _amounts(costs[0], "budget") | _held(costs[0]),
            _amounts(costs[1], "budget") | _held(costs[1]),
            words,
            reasons,
        ),
        in_house=_agreed(_amounts(costs[0], "in_house"), _amounts(costs[1], "in_house"), words, reasons),
    )


def _amounts(costing: Costing, paid_by: PaidBy) -> dict[str, Decimal]:
    return {line.support: line.amount for line in costing.lines if line.paid_by == paid_by}


def _held(costing: Costing) -> dict[str, Decimal]:
    """The contingency that the family holds, which is part of the cash value."""
    if costing.contingency_held_by != "family":
        return {}
    return {CONTINGENCY: costing.totals.contingency}


def _agreed(
    asked: Mapping[str, Decimal],
    agreed: Mapping[str, Decimal],
    words: Mapping[str, str],
    why: Mapping[str, str],
) -> Agreed:
    supports = [*(one for one in agreed if one), *(one for one in asked if one not in agreed and one)]
    if CONTINGENCY in asked or CONTINGENCY in agreed:
        supports.append(CONTINGENCY)
    return Agreed(
        lines=tuple(
            LineAgreed(
                support=one,
                what=words[one] if one else "Contingency",
                asked=asked.get(one),
                agreed=agreed.get(one),
                why=why.get(one, ""),
            )
            for one in supports
        ),
        asked=sum(asked.values(), NOTHING),
        agreed=sum(agreed.values(), NOTHING),
    )
