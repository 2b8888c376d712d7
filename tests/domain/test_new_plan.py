"""A new plan is what its profile says and no more."""

import json
from datetime import date
from decimal import Decimal
from importlib import resources

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.canonical import canonical
from supportplan.domain.checks import check
from supportplan.domain.costing import cost
from supportplan.domain.money import Percent
from supportplan.domain.new_plan import new_plan
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.plan_money import Contingency
from supportplan.domain.problems import BadInput
from supportplan.domain.profile import Profile, read_profile


def shipped(name: str) -> Profile:
    return read_profile(resources.files("supportplan").joinpath(f"data/profiles/{name}.json").read_bytes())


def start(name: str, day: date = date(2026, 9, 1)) -> Plan:
    return new_plan(shipped(name), plan_id="p1", case_id="c1", name="Sam Example", start=day)


def test_the_general_profile_fills_a_plan_in() -> None:
    plan = start("general")
    assert plan.profile == "general"
    assert (plan.period.start, plan.period.end) == (date(2026, 9, 1), date(2027, 8, 31))
    assert plan.period.term_weeks == 39
    assert plan.period.holiday_weeks == 13
    assert plan.contingency == Contingency(held_by="family", percent=Percent("5"), of="recurring")
    assert plan.payments is not None
    assert (plan.payments.every, plan.payments.first) == ("four_weeks", date(2026, 9, 1))
    assert plan.review is not None
    assert plan.review.due == date(2027, 3, 1)


def test_what_a_profile_leaves_open_stays_open() -> None:
    plan = start("gloucestershire-taking-control")
    assert plan.contingency is None
    assert plan.payments is None
    assert plan.period.term_weeks is None
    assert start("coventry").review is None


def test_payments_in_arrears_begin_one_payment_later() -> None:
    raw = json.loads(canonical(shipped("general"))) | {"payments": {"every": "month", "timing": "arrears"}}
    plan = new_plan(
        read_profile(json.dumps(raw).encode()),
        plan_id="p",
        case_id="c",
        name="Sam",
        start=date(2027, 1, 31),
    )
    assert plan.payments is not None
    assert plan.payments.first == date(2027, 2, 28)


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_new_plan_is_a_whole_year_from_any_day_and_reads_back(day: date) -> None:
    plan = start("general", day)
    assert plan.period.days in (365, 366)
    assert read_plan(canonical(plan)) == plan
    assert cost(plan).totals.cash_value == Decimal("0.00")
    failing = {one.check for one in check(plan, cost(plan), shipped("general")) if not one.passed}
    assert failing.isdisjoint({"period_year", "term_weeks", "payments_first", "review", "review_in_time"})


@pytest.mark.parametrize("year", [1, 9999])
def test_a_start_that_no_plan_can_have_is_refused(year: int) -> None:
    with pytest.raises(BadInput) as caught:
        start("general", date(year, 6, 1))
    assert caught.value.mend


def test_a_new_plan_is_in_its_profiles_currency() -> None:
    euros = msgspec.structs.replace(shipped("gloucestershire-bhlp"), currency="EUR")
    plan = new_plan(euros, plan_id="p1", case_id="c1", name="Sam Example", start=date(2026, 9, 1))
    assert plan.money == "EUR"
    assert all(one.passed for one in check(plan, cost(plan), euros) if one.check == "cap")
