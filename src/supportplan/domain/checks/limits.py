"""Checks of the whole sum: the profile's limit, the indicative budget, contingency, the person's contribution."""

from collections.abc import Iterator
from decimal import Decimal

from supportplan.domain.checks.finding import Check, Fault, Subject
from supportplan.domain.money import EXACT, plain, show, to_penny


def _cap(subject: Subject) -> Iterator[Fault]:
    cap, cash = subject.profile.cap, subject.costing.totals.cash_value
    if cap is None:
        return
    if subject.plan.money != subject.profile.money:
        yield Fault(
            f"The plan is in {subject.plan.money}, and this profile's limit is in {subject.profile.money}.",
            "currency",
            "Plan in the profile's currency, or under another profile.",
        )
        return
    if cash <= cap.amount:
        return
    currency = subject.costing.currency
    mend = f"Bring it down by {show(cash - cap.amount, currency)}"
    if cap.enhanced:
        mend += f", or plan under the profile '{cap.enhanced}' if a larger budget has been agreed"
    yield Fault(
        f"The cash value is {show(cash, currency)}, and the most a child's plan may cost is {show(cap.amount, currency)}.",
        "supports",
        f"{mend}.",
    )


def _indicative(subject: Subject) -> Iterator[Fault]:
    if subject.indicative is None:
        return
    tolerance = subject.profile.over_indicative or Decimal(0)
    limit = to_penny(EXACT.divide(subject.indicative * (100 + tolerance), Decimal(100)))
    cash, currency = subject.costing.totals.cash_value, subject.costing.currency
    if cash > limit:
        allowed = f" with {plain(tolerance)} per cent allowed over it" if tolerance else ""
        yield Fault(
            f"The cash value is {show(cash, currency)}, and the indicative budget is {show(subject.indicative, currency)}{allowed}.",
            "supports",
            "Say why more is needed and take it to whoever may agree it, or bring the cost down.",
        )


def _indicative_known(subject: Subject) -> Iterator[Fault]:
    if subject.profile.order == "budget_first" and subject.indicative is None:
        yield Fault(
            "This profile gives an indicative budget before the plan, and none is known.",
            "contingency",
            "Give the indicative budget when the plan is checked, or the points and price in a top-slice.",
        )


def _contingency(subject: Subject) -> Iterator[Fault]:
    if subject.profile.contingency is not None and subject.plan.contingency is None:
        yield Fault(
            "The plan does not say what is set aside for what nobody can plan.",
            "contingency",
            "Name an amount or a percentage and who holds it; 0.00 says that nothing is set aside.",
        )


def _contingency_holder(subject: Subject) -> Iterator[Fault]:
    usual, own = subject.profile.contingency, subject.plan.contingency
    if usual is not None and own is not None and own.held_by != usual.held_by:
        yield Fault(
            f"The {own.held_by} holds the contingency; in this profile the {usual.held_by} does.",
            "contingency.held_by",
            "Check who holds it: only what the family holds is part of the cash value.",
        )


def _contribution(subject: Subject) -> Iterator[Fault]:
    if subject.costing.net < 0:
        yield Fault(
            "The person would pay more towards the plan than it costs.",
            "contribution.amount",
            "Check the amount and how often it is paid.",
        )


LIMITS = (
    Check("cap", "budget", "blocks", "The plan is within this scheme's limit.", _cap),
    Check("indicative_known", "budget", "advice", "The indicative budget is known where it comes first.", _indicative_known),
    Check("indicative", "budget", "advice", "The plan is within the indicative budget.", _indicative),
    Check("contingency", "budget", "blocks", "Contingency is settled.", _contingency),
    Check("contingency_holder", "budget", "advice", "Contingency is held as this scheme has it.", _contingency_holder),
    Check("contribution", "budget", "blocks", "The contribution is within what the plan costs.", _contribution),
)  # fmt: skip
