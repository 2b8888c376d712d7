"""What holds for the costing of any plan at all."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given

from supportplan.domain.costing import GROUPINGS, cost, demand_whole, total_traces
from supportplan.domain.payments import calendar
from supportplan.domain.plan import Plan
from supportplan.domain.pricing import price
from supportplan.domain.problems import CannotCost
from supportplan.domain.trace import Trace
from tests.random_plans import again, plans

NUMBER = re.compile(r"(?P<sign>[-+x/]|^) ?\(?£?(?P<number>[\d,]+(?:\.\d+)?)")


def on_a_pocket_calculator(trace: Trace) -> Decimal:
    """Work a trace out from its printed words alone."""
    shown = Decimal(0)
    for step in str(trace).replace("(£71.00 - £55.00)", "£16.00").split("; "):
        left, right = step.split(" = ")
        result = Fraction(shown)
        for sign, number in NUMBER.findall(left):
            value = Fraction(number.replace(",", ""))
            result = {
                "": value,
                "+": result + value,
                "x": result * value,
                "/": result / value if value else result,
            }[sign]
        pence = int(result * 100 + Fraction(1, 2))
        shown = Decimal(pence) / 100
        assert right.split()[0] == f"£{shown:,.2f}", step
    return shown


@given(plans())
def test_totals_are_sums_of_printed_lines(plan: Plan) -> None:
    costing = cost(plan)
    totals = costing.totals

    def printed(paid_by: str, kind: str | None = None) -> Decimal:
        amounts = [
            line.amount for line in costing.lines if line.paid_by == paid_by and kind in (None, line.kind)
        ]
        return sum(amounts, Decimal(0))

    assert totals.one_off == printed("budget", "one_off")
    assert totals.recurring == printed("budget", "recurring")
    assert totals.in_house_value == printed("in_house")
    assert totals.other_value == printed("other")
    held = totals.contingency if plan.contingency and plan.contingency.held_by == "family" else 0
    assert totals.cash_value == totals.one_off + totals.recurring + held
    assert totals.total_budget == totals.cash_value + totals.in_house_value


@given(plans())
def test_groups_add_up_to_the_plan(plan: Plan) -> None:
    costing = cost(plan)
    for grouping in GROUPINGS:
        for total in ("one_off", "recurring", "in_house_value", "other_value"):
            parts = [getattr(totals, total) for totals in costing.by[grouping].values()]
            assert sum(parts, Decimal(0)) == getattr(costing.totals, total)


@given(plans())
def test_every_amount_follows_from_its_printed_words(plan: Plan) -> None:
    costing = cost(plan)
    for line in costing.lines:
        if line.trace.steps:
            assert on_a_pocket_calculator(line.trace) == line.amount
            assert line.amount == line.amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    for name, trace in total_traces(costing).items():
        assert trace.result == getattr(costing.totals, name)
        if trace.steps and "fixed" not in str(trace):
            assert on_a_pocket_calculator(trace) == trace.result


@given(plans())
def test_the_calendar_adds_up_to_the_cash_value(plan: Plan) -> None:
    costing = cost(plan)
    paid = calendar(plan, costing)
    assert list(paid) == sorted(paid, key=lambda payment: payment.on)
    one_off = sum((payment.amount for payment in paid if payment.kind == "one_off"), Decimal(0))
    instalments = sum((payment.amount for payment in paid if payment.kind == "instalment"), Decimal(0))
    assert one_off == costing.totals.one_off
    if plan.payments:
        assert one_off + instalments == costing.totals.cash_value


@given(plans())
def test_a_plan_costs_the_same_after_a_round_trip(plan: Plan) -> None:
    assert cost(again(plan)) == cost(plan)


@given(plans())
def test_what_nobody_pays_costs_nothing_and_is_still_there(plan: Plan) -> None:
    costing = cost(plan)
    assert {line.support for line in costing.lines} == {support.id for support in plan.supports}
    assert all(not line.amount for line in costing.lines if line.paid_by == "nobody")


def test_a_support_that_lacks_something_waits_and_the_rest_is_costed(sample: Plan) -> None:
    first, *others = sample.supports
    plan = msgspec.structs.replace(sample, supports=(msgspec.structs.replace(first, rate=None), *others))
    costing = cost(plan)
    assert [missing.where for missing in costing.waiting] == ["supports[0].rate"]
    assert costing.totals.recurring == Decimal("10792.16") - Decimal("5082.48")
    with pytest.raises(CannotCost) as caught:
        demand_whole(costing, name="plan.json")
    assert caught.value.where == "plan.json, supports[0].rate"


def test_a_support_that_lacks_something_is_never_priced_at_nothing(sample: Plan) -> None:
    support = msgspec.structs.replace(sample.supports[0], rate=None)
    with pytest.raises(ValueError, match="has no price"):
        price(support, sample.period, "GBP")
    uncounted = msgspec.structs.replace(sample.supports[0], every="occasion", occasions=None)
    with pytest.raises(ValueError, match="how many times"):
        price(uncounted, sample.period, "GBP")
