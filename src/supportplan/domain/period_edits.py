"""Edits of the days and the weeks that a plan covers, and of what hangs on its first day."""

from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from supportplan.domain.days import months_later
from supportplan.domain.payments import pay_days
from supportplan.domain.plan import Period, Plan, Review
from supportplan.domain.plan_money import Payments
from supportplan.domain.problems import BadInput

# What is counted in whole months from the first day is looked for within ten years, the longest that a plan may be.
_MOST_MONTHS = 120


def with_period(plan: Plan, **changes: Any) -> Plan:
    """Change the days or the weeks that the plan covers. Raises BadInput for days that no plan can have."""
    try:
        period = Period(
            **{name: changes.get(name, getattr(plan.period, name)) for name in Period.__struct_fields__}
        )
    except ValueError as problem:
        raise BadInput(f"The plan {problem}.", mend="Change one of the two days.") from None
    return replace(plan, period=period)


def with_start(plan: Plan, start: date) -> Plan:
    """Begin the plan on another day.

    What lies whole months after the first day keeps its distance: the end, the review, and a first payment on the
    first day or in arrears. Other days stay where somebody has put them. Raises BadInput for days that no plan can have.
    """
    was, day_after = plan.period.start, plan.period.end + timedelta(days=1)
    try:
        end = _kept_apart(was, day_after, start)
        review = _kept_apart(was, plan.review.due, start) if plan.review else None
    except ValueError:
        raise BadInput("The plan lies outside the years 1900 to 2199.", mend="Check the year.") from None
    moved = with_period(plan, start=start, **({"end": end - timedelta(days=1)} if end else {}))
    if review is not None:
        moved = replace(moved, review=Review(due=review))
    if plan.payments is not None:
        moved = replace(moved, payments=_paid_from(plan.payments, plan.period, moved.period))
    return moved


def _kept_apart(was: date, day: date, start: date) -> date | None:
    """Return the day as many months after the new start as it was after the old one; None where those were not whole."""
    months = (day.year - was.year) * 12 + day.month - was.month
    whole = 0 < months <= _MOST_MONTHS and months_later(was, months) == day
    return months_later(start, months) if whole else None


def _paid_from(payments: Payments, was: Period, now: Period) -> Payments:
    """Keep the first payment on the first day, or one payment later where it was in arrears."""
    usual = pay_days(Payments(every=payments.every, first=was.start), was.end)[:2]
    if payments.first not in usual:
        return payments
    days = pay_days(Payments(every=payments.every, first=now.start), now.end)
    return replace(payments, first=days[min(usual.index(payments.first), len(days) - 1)])
