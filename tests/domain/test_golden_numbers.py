"""Figures that were worked out by hand or taken from published examples, as literal numbers against the program."""

import json
from decimal import Decimal
from typing import Any

import pytest

from supportplan.domain.costing import Costing, cost
from supportplan.domain.payments import Payment, calendar
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.pricing import Line, equivalent
from supportplan.domain.units import PaidEvery

Json = dict[str, Any]

YEAR = {"start": "2026-09-01", "end": "2027-08-31"}
WEEKLY_PA = {"quantity": "6", "rate": "16.29", "every": "week"}


def _support(number: int, said: Json) -> Json:
    """A support from a few words; `rate` is the bare amount, an hour unless said."""
    unit = said.get("unit", "hour")
    rate = {"amount": said["rate"], "unit": unit, "reason": "Worked example"} if "rate" in said else None
    kind = "recurring" if "every" in said else "one_off"
    whole = {"id": f"s{number}", "paid_by": "budget", "kind": kind, "unit": unit, **said, "rate": rate}
    return {name: value for name, value in whole.items() if value is not None}


def _plan(*supports: Json, **said: Any) -> Plan:
    document: Json = {
        "format": "supportplan/plan",
        "version": 1,
        "id": "golden",
        "case": "golden",
        "person": {"name": "Sam Example"},
        "period": YEAR,
        "supports": [_support(number, support) for number, support in enumerate(supports)],
    }
    return read_plan(json.dumps({**document, **said}).encode())


def _costed(*supports: Json, **said: Any) -> Costing:
    costing = cost(_plan(*supports, **said))
    assert costing.waiting == ()
    return costing


def _line(support: Json, **said: Any) -> Line:
    (line,) = _costed(support, **said).lines
    return line


def _paid(plan: Plan) -> tuple[Payment, ...]:
    return calendar(plan, cost(plan))


# --- one line ---------------------------------------------------------------------------------------------------------


def test_six_hours_a_week_for_a_year() -> None:
    line = _line(WEEKLY_PA)
    assert line.weekly == Decimal("97.74")
    assert line.amount == Decimal("5082.48")


@pytest.mark.parametrize(
    ("every", "amount"), [("four_weeks", "390.96"), ("month", "423.54"), ("quarter", "1270.62")]
)
def test_the_same_in_another_period(every: PaidEvery, amount: str) -> None:
    assert equivalent(Decimal("97.74"), every, "GBP").result == Decimal(amount)


@pytest.mark.parametrize(("weeks", "amount"), [("52.142857", "5096.44"), ("52.178571", "5099.93")])
def test_the_same_with_other_money_weeks(weeks: str, amount: str) -> None:
    line = _line(WEEKLY_PA, period={**YEAR, "money_weeks": weeks})
    assert line.amount == Decimal(amount)


def test_part_of_a_year_goes_by_inclusive_days() -> None:
    """212 days; 52 x 212 / 365 would give 2952.02."""
    plan = _plan(WEEKLY_PA, period={"start": "2026-09-01", "end": "2027-03-31"})
    assert plan.period.days == 212
    assert cost(plan).totals.recurring == Decimal("2960.13")


def test_a_support_for_part_of_a_whole_year_plan() -> None:
    assert _line({**WEEKLY_PA, "end": "2027-03-31"}).amount == Decimal("2960.13")


@pytest.mark.parametrize(("term", "holiday", "amount"), [("38", "14", "3389.76"), ("39", "13", "3338.40")])
def test_term_and_holiday_weeks(term: str, holiday: str, amount: str) -> None:
    costing = _costed(
        {"quantity": "6", "rate": "8.56", "every": "term_week"},
        {"quantity": "12", "rate": "8.56", "every": "holiday_week"},
        period={**YEAR, "term_weeks": term, "holiday_weeks": holiday},
    )
    assert costing.totals.recurring == Decimal(amount)


def test_the_weekly_figure_is_rounded_before_the_year() -> None:
    """From the unrounded week it would be 1058.85."""
    line = _line({"quantity": "1.25", "rate": "16.29", "every": "week"})
    assert line.weekly == Decimal("20.36")
    assert line.amount == Decimal("1058.72")


def test_a_shared_hour_is_rounded_first() -> None:
    """From the whole sum it would be 40.00."""
    line = _line({"quantity": "6", "rate": "20", "every": "week", "staff": 1, "people": 3})
    assert line.each == Decimal("6.67")
    assert line.per_period == Decimal("40.02")


@pytest.mark.parametrize(("rate", "amount"), [("2.125", "2.13"), ("2.135", "2.14"), ("2.145", "2.15")])
def test_half_a_penny_goes_up(rate: str, amount: str) -> None:
    """A banker's rounding would give 2.12, 2.14 and 2.14."""
    assert _line({"quantity": "1", "rate": rate, "unit": "each"}).amount == Decimal(amount)


@pytest.mark.parametrize(("weeks", "amount"), [("39", "429.00"), ("38", "418.00")])
def test_an_inclusion_grant_stands_beside_the_budget(weeks: str, amount: str) -> None:
    costing = _costed(
        {
            "quantity": "2",
            "rate": "5.50",
            "every": "term_week",
            "paid_by": "other",
            "payer": "Inclusion grant",
        },
        period={**YEAR, "term_weeks": weeks},
    )
    assert costing.totals.other_value == Decimal(amount)
    assert costing.totals.total_budget == Decimal("0.00")


def test_ten_hours_a_week_at_two_rates() -> None:
    dearer = _line({"quantity": "10", "rate": "8.56", "every": "week"}).amount
    cheaper = _line({"quantity": "10", "rate": "7.36", "every": "week"}).amount
    assert (dearer, cheaper) == (Decimal("4451.20"), Decimal("3827.20"))
    assert cheaper - dearer == Decimal("-624.00")


def test_a_top_slice_of_a_hundred_points() -> None:
    """£7,100 gross less £5,500 net leaves the pot."""
    way = {"held_by": "authority", "top_slice": {"points": "100", "gross": "71", "net": "55"}}
    totals = _costed(contingency=way).totals
    assert totals.contingency == Decimal("1600.00")
    assert totals.cash_value == Decimal("0.00")


def test_two_small_one_offs_come_to_a_penny_over_a_thousand() -> None:
    costing = _costed(
        {"quantity": "1", "rate": "999.99", "unit": "each"}, {"quantity": "1", "rate": "0.02", "unit": "each"}
    )
    assert costing.totals.one_off == Decimal("1000.01")


def test_gross_contribution_and_net() -> None:
    costing = _costed(
        {"quantity": "1", "rate": "100", "every": "year"}, contribution={"amount": "10.00", "every": "year"}
    )
    assert costing.totals.cash_value == Decimal("100.00")
    assert costing.contribution.result == Decimal("10.00")
    assert costing.net == Decimal("90.00")


# --- payments ---------------------------------------------------------------------------------------------------------


def test_a_thousand_in_twelve() -> None:
    plan = _plan(
        {"quantity": "1", "rate": "1000", "every": "year"}, payments={"every": "month", "first": "2026-09-01"}
    )
    assert [payment.amount for payment in _paid(plan)] == [Decimal("83.37"), *[Decimal("83.33")] * 11]


# --- the sample plan --------------------------------------------------------------------------------------------------

SAMPLE = (
    WEEKLY_PA,
    {"quantity": "2", "rate": "21.36", "every": "week"},
    {"quantity": "12", "rate": "16.29", "every": "holiday_week"},
    {"quantity": "2", "rate": "5.50", "every": "occasion", "occasions": 38},
    {"quantity": "1", "rate": "9.00", "unit": "week", "every": "week"},
    {"quantity": "1", "rate": "61.00", "unit": "year", "every": "year"},
    {"quantity": "1", "rate": "49.50", "unit": "each", "on": "2026-09-15"},
    {"quantity": "1", "rate": "349.99", "unit": "each"},
    {
        "quantity": "1",
        "rate": "180",
        "unit": "night",
        "every": "occasion",
        "occasions": 12,
        "paid_by": "in_house",
    },
    {"quantity": "3", "every": "week", "paid_by": "nobody"},
)
SAMPLE_LINES = [
    "5082.48",
    "2221.44",
    "2541.24",
    "418.00",
    "468.00",
    "61.00",
    "49.50",
    "349.99",
    "2160.00",
    "0.00",
]  # the mother's evenings last


def _sample(every: str = "quarter") -> Plan:
    return _plan(
        *SAMPLE,
        period={**YEAR, "term_weeks": "39", "holiday_weeks": "13"},
        contingency={"percent": "5", "of": "recurring", "held_by": "family"},
        payments={"every": every, "first": "2026-09-01"},
    )


def test_the_sample_plans_lines() -> None:
    lines = cost(_sample()).lines
    assert [line.amount for line in lines] == [Decimal(amount) for amount in SAMPLE_LINES]


@pytest.mark.parametrize(
    ("total", "amount"),
    [
        ("recurring", "10792.16"),
        ("one_off", "399.49"),
        ("contingency", "539.61"),
        ("cash_value", "11731.26"),
        ("in_house_value", "2160.00"),
        ("other_value", "0.00"),
        ("total_budget", "13891.26"),
    ],
)
def test_the_sample_plans_totals(total: str, amount: str) -> None:
    assert getattr(cost(_sample()).totals, total) == Decimal(amount)


@pytest.mark.parametrize(
    ("every", "first", "others", "count"),
    [("quarter", "2832.95", "2832.94", 4), ("four_weeks", "871.73", "871.67", 13)],
)
def test_the_sample_plans_instalments(every: str, first: str, others: str, count: int) -> None:
    shares = [paid.amount for paid in _paid(_sample(every)) if paid.kind == "instalment"]
    assert shares == [Decimal(first), *[Decimal(others)] * (count - 1)]
    assert sum(shares) == Decimal("11331.77")


def test_the_sample_plans_one_offs_are_paid_apart() -> None:
    paid = [(one.on.isoformat(), one.amount) for one in _paid(_sample()) if one.kind == "one_off"]
    assert paid == [("2026-09-01", Decimal("349.99")), ("2026-09-15", Decimal("49.50"))]


def test_the_youth_club_leaves_the_cash_value_when_a_grant_pays_it() -> None:
    grant = {**SAMPLE[3], "paid_by": "other", "payer": "Inclusion grant"}
    totals = _costed(*SAMPLE[:3], grant, *SAMPLE[4:], period={**YEAR, "holiday_weeks": "13"}).totals
    assert totals.recurring == Decimal("10374.16")
    assert totals.other_value == Decimal("418.00")
