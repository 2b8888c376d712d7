"""What a plan costs: `cost(plan) -> Costing`, a pure function of the plan alone.

The rules and their order are those of docs/costing.md. Every amount is rounded where it is printed, half up to the
penny, so that each printed figure can be had from other printed figures with a pocket calculator; totals are sums of
printed lines.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import get_args

import msgspec

from supportplan.domain.plan import Kind, PaidBy, Plan
from supportplan.domain.plan_money import Holder
from supportplan.domain.pricing import UNSAID, Grouping, Line, lacking, price
from supportplan.domain.problems import CannotCost
from supportplan.domain.set_aside import contingency_trace, contribution_trace
from supportplan.domain.trace import Trace, add_up

NOTHING = Decimal("0.00")
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """The sums of some lines. One-off and recurring stand apart; contingency belongs to the plan, not to a line.

    `contingency` is in `cash_value` only where the family holds it (FIELD 0.2).
    """

    one_off: Decimal
    recurring: Decimal
    contingency: Decimal
    cash_value: Decimal
    in_house_value: Decimal
    other_value: Decimal
    total_budget: Decimal


class Missing(msgspec.Struct, frozen=True):
    """Something that the paid support at place `at` lacks before it can be costed: which field, and what to do."""

    support: str
    at: int
    field: str
    words: str

    @property
    def where(self) -> str:
        """The path of the field in the plan document."""
        return f"supports[{self.at}].{self.field}"


class Costing(msgspec.Struct, frozen=True, kw_only=True):
    """A plan's lines and totals, with the trace of every figure.

    `contingency_held_by` is None where the plan sets no contingency aside. `waiting` names what keeps a support from
    being costed; the totals are then of the other supports.
    """

    currency: str
    lines: tuple[Line, ...]
    waiting: tuple[Missing, ...]
    totals: Totals
    contingency: Trace
    contingency_held_by: Holder | None
    contribution: Trace
    by: dict[Grouping, dict[str, Totals]]

    @property
    def net(self) -> Decimal:
        """What is paid once the person's contribution is taken off: gross, contribution and net are always shown."""
        return self.totals.cash_value - self.contribution.result

    @property
    def instalment_total(self) -> Decimal:
        """What is paid in instalments: recurring money and the contingency that the family holds."""
        return self.totals.cash_value - self.totals.one_off

    def line(self, support: str) -> Line | None:
        """Return the line of a support, or None while it cannot be costed."""
        return next((line for line in self.lines if line.support == support), None)

    def of_outcome(self, outcome: str) -> Totals | None:
        """Return the totals of what counts under an outcome, or with an empty id of what serves none; None for nothing."""
        return self.by["outcome"].get(outcome or UNSAID)


def cost(plan: Plan) -> Costing:
    """Cost a plan. A support that cannot be costed yet is left out and named in `waiting`."""
    lines: list[Line] = []
    waiting: list[Missing] = []
    for at, support in enumerate(plan.supports):
        missing = [Missing(support.id, at, field, words) for field, words in lacking(support, plan.period)]
        waiting += missing
        if not missing:
            lines.append(price(support, plan.period, plan.money))
    one_off, recurring = _sum(lines, "budget", "one_off"), _sum(lines, "budget", "recurring")
    contingency = contingency_trace(plan.contingency, one_off, recurring, plan.money)
    held_by = plan.contingency.held_by if plan.contingency else None
    return Costing(
        currency=plan.money,
        lines=tuple(lines),
        waiting=tuple(waiting),
        totals=_totals(lines, contingency.result, held_by=held_by),
        contingency=contingency,
        contingency_held_by=held_by,
        contribution=contribution_trace(plan.contribution, plan.period, plan.money),
        by={grouping: _grouped(lines, grouping) for grouping in GROUPINGS},
    )


def demand_whole(costing: Costing, *, name: str = "") -> None:
    """Raise CannotCost with the first thing that keeps a support from being costed, if anything does."""
    if costing.waiting:
        missing = costing.waiting[0]
        more = len(costing.waiting) - 1
        raise CannotCost(
            missing.words + (f" (and {more} more like it)" if more else ""),
            where=", ".join(part for part in (name, missing.where) if part),
            mend="Add it, then cost the plan again.",
        )


def total_traces(costing: Costing) -> dict[str, Trace]:
    """Say how each total was added up from printed lines; the results are those of `costing.totals`."""

    def lines(paid_by: PaidBy, kind: Kind | None = None) -> Trace:
        amounts = [
            line.amount for line in costing.lines if line.paid_by == paid_by and kind in (None, line.kind)
        ]
        return add_up(amounts, costing.currency)

    totals = costing.totals
    in_cash = [totals.one_off, totals.recurring]
    if costing.contingency_held_by == "family":
        in_cash.append(totals.contingency)
    return {
        "one_off": lines("budget", "one_off"),
        "recurring": lines("budget", "recurring"),
        "contingency": costing.contingency,
        "cash_value": add_up(in_cash, costing.currency),
        "in_house_value": lines("in_house"),
        "other_value": lines("other"),
        "total_budget": add_up([totals.cash_value, totals.in_house_value], costing.currency),
    }


def _sum(lines: Iterable[Line], paid_by: PaidBy, kind: Kind | None = None) -> Decimal:
    return sum(
        (line.amount for line in lines if line.paid_by == paid_by and kind in (None, line.kind)), NOTHING
    )


def _totals(lines: list[Line], contingency: Decimal = NOTHING, *, held_by: Holder | None = None) -> Totals:
    one_off, recurring = _sum(lines, "budget", "one_off"), _sum(lines, "budget", "recurring")
    in_house = _sum(lines, "in_house")
    cash_value = one_off + recurring + (contingency if held_by == "family" else NOTHING)
    return Totals(
        one_off=one_off,
        recurring=recurring,
        contingency=contingency,
        cash_value=cash_value,
        in_house_value=in_house,
        other_value=_sum(lines, "other"),
        total_budget=cash_value + in_house,
    )


def _grouped(lines: list[Line], grouping: Grouping) -> dict[str, Totals]:
    """The same totals for the lines of each group, in the order in which the groups occur; without contingency."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.groups[grouping], []).append(line)
    return {name: _totals(some) for name, some in groups.items()}
