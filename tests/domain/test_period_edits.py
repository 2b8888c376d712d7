"""Moving a plan's first day: what was counted from it keeps its distance, what somebody has set stays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from supportplan.domain.days import months_later
from supportplan.domain.period_edits import with_period, with_start
from supportplan.domain.plan import Plan, Review
from supportplan.domain.plan_money import Payments
from supportplan.domain.problems import BadInput
from supportplan.services.new_case import first_plan

_DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(_DAYS, _DAYS)
def test_the_plan_is_as_if_it_had_been_begun_on_that_day(was: date, start: date) -> None:
    moved = with_start(first_plan("Sam Example", start=was), start)
    begun = first_plan("Sam Example", start=start)
    assert (moved.period, moved.review, moved.payments) == (begun.period, begun.review, begun.payments)


def test_the_sample_year_is_had_by_its_first_day_alone() -> None:
    moved = with_start(first_plan("Sam Example", start=date(2026, 11, 26)), date(2026, 9, 1))
    assert moved.period.end == date(2027, 8, 31)


def test_days_that_somebody_has_set_stay() -> None:
    plan = _with_own_days(first_plan("Sam Example", start=date(2026, 9, 1)))
    moved = with_start(plan, date(2026, 10, 1))
    assert moved.period.end == plan.period.end
    assert moved.review == plan.review
    assert moved.payments == plan.payments


def test_a_payment_in_arrears_stays_in_arrears() -> None:
    plan = first_plan("Sam Example", start=date(2026, 9, 1))
    plan = replace(plan, payments=Payments(every="four_weeks", first=date(2026, 9, 29)))
    moved = with_start(plan, date(2026, 11, 2)).payments
    assert moved is not None
    assert moved.first == date(2026, 11, 2) + timedelta(weeks=4)


def test_a_start_after_an_end_of_its_own_is_refused_and_so_is_one_that_takes_the_end_out_of_our_time() -> (
    None
):
    plan = _with_own_days(first_plan("Sam Example", start=date(2026, 9, 1)))
    with pytest.raises(BadInput, match="ends before it starts"):
        with_start(plan, date(2028, 1, 1))
    with pytest.raises(BadInput, match="outside the years"):
        with_start(first_plan("Sam Example", start=date(2026, 9, 1)), date(9999, 12, 31))


@given(_DAYS, st.integers(1, 120), _DAYS)
def test_an_end_keeps_its_whole_months(was: date, months: int, start: date) -> None:
    plan = with_period(
        first_plan("Sam Example", start=was),
        end=min(months_later(was, months), months_later(was, 119)) - timedelta(days=1),
    )
    months = min(months, 119)
    assert with_start(plan, start).period.end == months_later(start, months) - timedelta(days=1)


def _with_own_days(plan: Plan) -> Plan:
    return replace(
        with_period(plan, end=date(2027, 6, 15)),
        review=Review(due=date(2026, 12, 5)),
        payments=Payments(every="four_weeks", first=date(2026, 9, 9)),
    )
