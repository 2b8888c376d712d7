"""A new plan as a profile starts it: its weeks, contingency, payments and review, and nothing else."""

from datetime import date, timedelta

from supportplan.domain.days import months_later
from supportplan.domain.money import plain
from supportplan.domain.payments import pay_days
from supportplan.domain.plan import Period, Person, Plan, Review
from supportplan.domain.plan_money import Contingency, Payments
from supportplan.domain.problems import BadInput
from supportplan.domain.profile import PaymentDefault, Profile


def new_plan(
    profile: Profile, *, plan_id: str, case_id: str, name: str, start: date, known_as: str = ""
) -> Plan:
    """Start a plan of one year for a person.

    What the profile leaves to each plan stays open, and the checks ask for it: a top-slice, for one, needs the points.
    Raises BadInput for a start that no plan can have.
    """
    weeks = profile.period
    try:
        period = Period(
            start=start,
            end=months_later(start, 12) - timedelta(days=1),
            money_weeks=weeks.money_weeks if weeks else None,
            term_weeks=weeks.term_weeks if weeks else None,
            holiday_weeks=weeks.holiday_weeks if weeks else None,
        )
    except ValueError:
        raise BadInput(
            "a plan cannot start so long ago or so far ahead", where="start", mend="Check the year."
        ) from None
    usual = profile.contingency
    return Plan(
        format="supportplan/plan",
        version=1,
        id=plan_id,
        case=case_id,
        profile=profile.id,
        currency=profile.currency,
        person=Person(name=name, known_as=known_as),
        period=period,
        contingency=Contingency(held_by=usual.held_by, percent=usual.percent, of=usual.of)
        if usual is not None and usual.percent is not None
        else None,
        payments=_payments(profile.payments, period) if profile.payments else None,
        review=Review(due=profile.review.first.after(start)) if profile.review else None,
    )


def begins_with(profile: Profile) -> str:
    """Say what a new plan begins with, before it is begun: nothing of it is to be found by chance later."""
    usual = profile.contingency
    kept = (
        f", with {plain(usual.percent)}% contingency"
        if usual is not None and usual.percent is not None
        else ""
    )
    return f"A plan begins as one of a year from today{kept}. You can change that at any time."


def _payments(usual: PaymentDefault, period: Period) -> Payments:
    """Begin on the first day, or one payment later where the money comes in arrears."""
    days = pay_days(Payments(every=usual.every, first=period.start), period.end)
    arrears = usual.timing == "arrears" and len(days) > 1
    return Payments(every=usual.every, first=days[1] if arrears else days[0])
