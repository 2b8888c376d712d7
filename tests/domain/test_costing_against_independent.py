"""The program's costing and payment calendar against a second calculation in whole pennies and fractions."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportplan.domain.costing import Costing, Totals, cost
from supportplan.domain.payments import calendar
from supportplan.domain.plan import Kind, PaidBy, SupporterKind, read_plan
from supportplan.domain.pricing import Line
from supportplan.domain.units import Every, PaidEvery, Unit
from tests.domain.independent_costing import contribution, cost_document

Json = dict[str, Any]

HOW_MANY = 300
EVERY: tuple[str, ...] = get_args(Every)
PAID_EVERY: tuple[str, ...] = get_args(PaidEvery)
UNITS: tuple[str, ...] = get_args(Unit)
PAID_BY: tuple[str, ...] = get_args(PaidBy)
KINDS: tuple[str, ...] = get_args(Kind)
SUPPORTERS: tuple[str, ...] = get_args(SupporterKind)
MONEY_WEEKS = ("52", "52.142857", "52.143", "52.179")
LENGTHS = (1, 2, 6, 7, 8, 28, 30, 31, 181, 212, 364, 365, 366, 367, 730, 731)
HEADS = ((1, 1), (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (1, 7), (3, 8), (2, 12))
QUANTITIES = ("0", "0.5", "1", "1.25", "2", "2.5", "3", "6", "12", "0.25", "7.75", "0.3333", "16")
PERCENTS = ("0", "2.5", "5", "7.5", "10", "12.5", "33.33", "100")
TOTALS = (
    "one_off",
    "recurring",
    "contingency",
    "cash_value",
    "in_house_value",
    "other_value",
    "total_budget",
)


# --- random plans -----------------------------------------------------------------------------------------------------


def a_plan(rnd: Random) -> Json:
    """A plan that can be costed, with the awkward cases far more often than life has them."""
    period = _period(rnd)
    outcomes = [{"id": f"o{n}"} for n in range(rnd.randint(0, 3))]
    plan: Json = {
        "format": "supportplan/plan",
        "version": 1,
        "id": "plan",
        "case": "case",
        "person": {"name": "Sam Example"},
        "period": period,
        "outcomes": outcomes,
        "supports": [_support(rnd, n, period, outcomes) for n in range(rnd.randint(0, 8))],
        "payments": {"every": rnd.choice(PAID_EVERY), "first": _first(rnd, period)},
    }
    if rnd.random() < 0.85:
        plan["contingency"] = _contingency(rnd)
    if rnd.random() < 0.5:
        plan["contribution"] = {"amount": _amount(rnd, 60), "every": rnd.choice(PAID_EVERY)}
    return plan


def _period(rnd: Random) -> Json:
    """A plan's period, around a leap day as often as not, with or without money weeks of its own."""
    start = date(2026, 9, 1) if rnd.random() < 0.2 else date(2027, 1, 1) + timedelta(rnd.randrange(730))
    days = rnd.choice(LENGTHS) if rnd.random() < 0.8 else rnd.randint(1, 800)
    if rnd.random() < 0.4:
        days = rnd.choice((365, 366))
    term = rnd.choice((("38", "14"), ("39", "13"), ("38.5", "13.5"), ("12", "5.4")))
    period = {"start": start.isoformat(), "end": (start + timedelta(days - 1)).isoformat()}
    period |= {"term_weeks": term[0], "holiday_weeks": term[1]}
    if rnd.random() < 0.6:
        period["money_weeks"] = rnd.choice(MONEY_WEEKS)
    return period


def _support(rnd: Random, number: int, period: Json, outcomes: list[Json]) -> Json:
    """One support of any payer and kind; what nobody pays has no rate."""
    kind, paid_by = rnd.choice((*KINDS, "recurring")), rnd.choice(PAID_BY + ("budget",) * 3)
    staff, people = rnd.choice(HEADS)
    unit, quantity, rate = _priced(rnd)
    support: Json = {"id": f"s{number}", "paid_by": paid_by, "kind": kind, "quantity": quantity, "unit": unit}
    if (staff, people) != (1, 1) or rnd.random() < 0.2:
        support |= {"staff": staff, "people": people}
    if paid_by != "nobody":
        support["rate"] = {"amount": rate, "unit": unit, "reason": "A quote"}
    if paid_by == "other":
        support["payer"] = "Inclusion grant"
    return support | _times(rnd, kind, period) | _groups(rnd, outcomes)


def _priced(rnd: Random) -> tuple[str, str, str]:
    """A unit, a quantity and a rate; half of the rates are chosen so that a later step meets half a penny."""
    unit, quantity = rnd.choice(UNITS), rnd.choice(QUANTITIES)
    if rnd.random() < 0.5:
        places = rnd.randint(0, 4)
        return unit, quantity, _decimal(rnd.randrange(60 * 10**places), places)
    way = rnd.randrange(5)
    if way == 0:  # 0.5 x an odd number of pennies
        return unit, rnd.choice(("0.5", "1.5", "2.5")), _decimal(2 * rnd.randrange(2000) + 1, 2)
    if way == 1:  # the rate itself ends in half a penny
        return unit, "1", _decimal(10 * rnd.randrange(4000) + 5, 3)
    if way == 2:  # an odd number of £5: halves against money weeks with three places
        return unit, "1", str(5 * (2 * rnd.randrange(40) + 1))
    if way == 3:  # 26 pennies more than whole 52nds: halves in the weekly amount of a year
        return unit, "1", _decimal(52 * rnd.randrange(2000) + 26, 2)
    return unit, "0.25", _decimal(4 * (50 * rnd.randrange(4000) + 50), 4)


def _decimal(figure: int, places: int) -> str:
    """A whole number of the last place, written out."""
    digits = str(figure).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _times(rnd: Random, kind: str, period: Json) -> Json:
    """When a support happens: its own day, or how often and between which days."""
    if kind == "one_off":
        return {} if rnd.random() < 0.4 else {"on": _day_in(rnd, period, -10, 10)}
    every = rnd.choice(EVERY)
    times: Json = {"every": every}
    if every == "occasion":
        times["occasions"] = rnd.randint(1, 60)
    if rnd.random() < 0.4:
        times |= _narrowed(rnd, period)
    return times


def _narrowed(rnd: Random, period: Json) -> Json:
    """A start, an end or both: inside the plan's period, at its edges, beyond them, or a single day."""
    first, last = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    length = (last - first).days + 1
    start = first + timedelta(rnd.randrange(length))
    end = start + timedelta(rnd.choice((0, 1, 6, 29, 364, 365, rnd.randrange(length))))
    both = {"start": start.isoformat(), "end": end.isoformat()}
    if rnd.random() < 0.2:
        both["start"] = (first - timedelta(rnd.randint(1, 40))).isoformat()
    wanted = rnd.choice((("start",), ("end",), ("start", "end"), ("start", "end")))
    return {name: both[name] for name in wanted}


def _groups(rnd: Random, outcomes: list[Json]) -> Json:
    """What a support counts under; any of it may be absent."""
    groups: Json = {}
    if outcomes and rnd.random() < 0.8:
        groups["outcomes"] = [one["id"] for one in rnd.sample(outcomes, rnd.randint(1, len(outcomes)))]
    if rnd.random() < 0.8:
        groups["supporter"] = {"kind": rnd.choice(SUPPORTERS), "name": rnd.choice(("Alex", "Jo", ""))}
    if rnd.random() < 0.7:
        groups["stream"] = rnd.choice(("social_care", "health", "education"))
    if rnd.random() < 0.7:
        groups["route"] = rnd.choice(("direct_payment", "notional", "third_party"))
    return groups


def _contingency(rnd: Random) -> Json:
    """Each way of working contingency out, with each holder."""
    held = {"held_by": rnd.choice(("family", "family", "authority"))}
    way = rnd.randrange(5)
    if way == 3:
        return held | {"amount": _amount(rnd, 900)}
    if way == 4:
        net = rnd.randrange(0, 60_000)
        slice_ = {"gross": _decimal(net + rnd.randrange(0, 20_000), 3), "net": _decimal(net, 3)}
        return held | {"top_slice": {"points": rnd.choice(("100", "12.5", "0.5", "33")), **slice_}}
    return held | {"percent": rnd.choice(PERCENTS), "of": ("recurring", "one_off", "all")[way]}


def _amount(rnd: Random, most: int) -> str:
    return _decimal(rnd.randrange(most * 100), 2)


def _first(rnd: Random, period: Json) -> str:
    """The day of the first payment: the plan's start, before it, the last days of a month, or late in the period."""
    start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    way = rnd.randrange(5)
    if way == 0:
        return _day_in(rnd, period, 0, 0)
    if way == 1:
        return (end - timedelta(rnd.randrange(0, 3))).isoformat()
    if way == 2:
        return (start - timedelta(rnd.randrange(1, 60))).isoformat()
    ends = [date(2026, 8, 31), date(2027, 1, 31), date(2028, 2, 29), date(2027, 12, 30), date(2028, 1, 29)]
    inside = [day for day in ends if start <= day <= end]
    return (rnd.choice(inside) if inside and way == 3 else start).isoformat()


def _day_in(rnd: Random, period: Json, before: int, after: int) -> str:
    """A day of the period, or a few days outside it."""
    start, end = date.fromisoformat(period["start"]), date.fromisoformat(period["end"])
    return (start + timedelta(rnd.randint(-before, (end - start).days + after))).isoformat()


PLANS = [a_plan(Random(seed)) for seed in range(HOW_MANY)]


# --- the program's answer in the same shape ----------------------------------------------------------------------------


def programs(plan: Json) -> Json:
    """The program's answer for a plan document, as `cost --json` gives it."""
    read = read_plan(json.dumps(plan).encode())
    costing = cost(read)
    assert costing.waiting == ()
    return {
        **_totals(costing.totals),
        "lines": [_line(line) for line in costing.lines],
        "payments": [
            {"on": paid.on.isoformat(), "amount": _two(paid.amount), "kind": paid.kind}
            for paid in calendar(read, costing)
        ],
        "by": {
            group: {key: _totals(totals) for key, totals in keys.items()}
            for group, keys in costing.by.items()
        },
    }


def _line(line: Line) -> Json:
    figures = {name: getattr(line, name) for name in ("per_period", "weekly", "amount")}
    return {"id": line.support} | {
        name: None if figure is None else _two(figure) for name, figure in figures.items()
    }


def _totals(totals: Totals) -> Json:
    return {name: _two(getattr(totals, name)) for name in TOTALS}


def _two(figure: Decimal) -> str:
    """An amount as written; one that is not whole pennies must show as it is, never be rounded here."""
    assert figure == round(figure, 2)
    return f"{figure:.2f}"


# --- the comparison ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(HOW_MANY))
def test_a_random_plan_costs_the_same_both_ways(seed: int) -> None:
    assert programs(PLANS[seed]) == cost_document(PLANS[seed])


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_a_drawn_plan_costs_the_same_both_ways(rnd: Random) -> None:
    plan = a_plan(rnd)
    assert programs(plan) == cost_document(plan)


@pytest.mark.parametrize("seed", range(HOW_MANY))
def test_the_contribution_is_the_same_both_ways(seed: int) -> None:
    """Where the rules leave no choice: a whole year, or an amount that is asked for by the week."""
    plan = PLANS[seed]
    costing = _cost(plan)
    asked, paid = contribution(plan), int(costing.contribution.result * 100)
    if _certain(plan):
        assert paid == asked
    # Rounding the weekly amount first or only the result are both in the person's favour; the first gives up more.
    assert asked <= paid <= _exact_contribution(plan)
    assert costing.net == costing.totals.cash_value - costing.contribution.result


def _cost(plan: Json) -> Costing:
    return cost(read_plan(json.dumps(plan).encode()))


def _days_of(plan: Json) -> int:
    period = plan["period"]
    return (date.fromisoformat(period["end"]) - date.fromisoformat(period["start"])).days + 1


def _certain(plan: Json) -> bool:
    asked = plan.get("contribution", {"every": "week"})
    return asked["every"] == "week" or _days_of(plan) in (365, 366)


def _exact_contribution(plan: Json) -> Fraction:
    """What a part of a year, or a whole one, comes to in pennies without any rounding."""
    asked = plan.get("contribution")
    if asked is None:
        return Fraction(0)
    year = {"week": 52, "fortnight": 26, "four_weeks": 13, "month": 12, "quarter": 4, "year": 1}[
        asked["every"]
    ]
    a_week = Fraction(asked["amount"]) * 100 * year / 52
    if _days_of(plan) not in (365, 366):
        return a_week * _days_of(plan) / 7
    by_weeks = asked["every"] in ("week", "fortnight", "four_weeks")
    return a_week * Fraction(plan["period"].get("money_weeks", "52") if by_weeks else "52")


# --- edges that chance seldom meets -----------------------------------------------------------------------------------


def _edge(support: Json, **changes: Any) -> Json:
    """A plan of a whole year with one support of £10 an hour, one hour a week, changed as asked."""
    rate = {"amount": "10", "unit": "hour", "reason": "A quote"}
    plain: Json = {"id": "s1", "paid_by": "budget", "kind": "recurring", "quantity": "1", "unit": "hour"}
    times: Json = {} if support.get("kind") == "one_off" else {"every": "week"}
    return {
        "format": "supportplan/plan",
        "version": 1,
        "id": "plan",
        "case": "case",
        "person": {"name": "Sam Example"},
        "period": {"start": "2026-09-01", "end": "2027-08-31", "term_weeks": "39"},
        "supports": [{**plain, **times, "rate": rate, **support}],
        **changes,
    }


MOST = {"quantity": "1000000", "rate": {"amount": "999999.9999", "unit": "hour", "reason": "A quote"}}
EDGES = {
    "a support after the plan's end": _edge({"start": "2028-01-01", "end": "2028-02-01"}),
    "a support before the plan's start": _edge({"end": "2026-08-31"}),
    "term weeks for a single day": _edge({"every": "term_week", "start": "2026-09-01", "end": "2026-09-01"}),
    "no payments said": _edge({}),
    "no payments said, a one-off": _edge({"kind": "one_off"}),
    "first payment after the end": _edge({}, payments={"every": "month", "first": "2027-10-01"}),
    "fewer pennies than payments": _edge(
        {"every": "year", "quantity": "0.005"}, payments={"every": "month", "first": "2026-09-01"}
    ),
    "thirty-first of the month": _edge({}, payments={"every": "month", "first": "2026-08-31"}),
    "a year from the leap day": _edge(
        {},
        period={"start": "2028-02-29", "end": "2029-02-28"},
        payments={"every": "quarter", "first": "2028-02-29"},
    ),
    "the most there can be": _edge({**MOST, "staff": 1000, "people": 7, "every": "week"}),
    "ten years of it": _edge(MOST, period={"start": "2026-09-01", "end": "2036-08-31"}),
    "nothing at all": _edge({}, supports=[]),
}


@pytest.mark.parametrize("plan", EDGES.values(), ids=EDGES.keys())
def test_an_edge_costs_the_same_both_ways(plan: Json) -> None:
    assert programs(plan) == cost_document(plan)


# --- the plans themselves ---------------------------------------------------------------------------------------------


def _supports() -> Iterable[Json]:
    return (support for plan in PLANS for support in plan["supports"])


def test_every_instalment_and_one_off_adds_up_to_the_cash_value() -> None:
    """Said of the second calculation too, so that the two cannot be wrong together."""
    for plan in PLANS:
        costed = cost_document(plan)
        paid = sum(Fraction(payment["amount"]) for payment in costed["payments"])
        assert paid == Fraction(costed["cash_value"])


@pytest.mark.parametrize(
    ("field", "wanted"),
    [("every", EVERY), ("unit", UNITS), ("paid_by", PAID_BY), ("kind", KINDS)],
)
def test_the_plans_hold_every_choice(field: str, wanted: tuple[str, ...]) -> None:
    met = Counter(support.get(field) for support in _supports())
    assert all(met[choice] >= 10 for choice in wanted)


def test_the_plans_hold_every_way_of_contingency_payment_and_year() -> None:
    ways = {_way(plan["contingency"]) for plan in PLANS if "contingency" in plan}
    assert len(ways) == 2 * 5
    assert {plan["payments"]["every"] for plan in PLANS} == set(PAID_EVERY)
    assert {plan["period"].get("money_weeks") for plan in PLANS} == {None, *MONEY_WEEKS}
    assert {1, 365, 366, 730, 731} <= {_days_of(plan) for plan in PLANS}
    assert {"29", "30", "31"} <= {plan["payments"]["first"][-2:] for plan in PLANS}


def _way(contingency: Json) -> tuple[str, str, str]:
    (way,) = contingency.keys() & {"percent", "amount", "top_slice"}
    return contingency["held_by"], way, contingency.get("of", "")


def test_the_plans_often_meet_half_a_penny() -> None:
    """The amount a period alone: the later steps meet it too."""
    plain = [one for one in _supports() if one.get("staff", 1) == one.get("people", 1) == 1 and "rate" in one]
    exact = [Fraction(one["quantity"]) * Fraction(one["rate"]["amount"]) * 100 for one in plain]
    assert sum(figure % 1 == Fraction(1, 2) for figure in exact) >= 50
