"""A costing in words on the terminal."""

from decimal import Decimal

from supportplan.cli.answers import say
from supportplan.domain.costing import total_traces
from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.domain.pricing import equivalent
from supportplan.services.plans import Costed

_WIDTH = 16


def say_totals(costed: Costed) -> None:
    """Say the totals, one-off and recurring apart, each with the period that it covers."""
    plan, totals = costed.plan, costed.costing.totals
    say(f"From {day_words(plan.period.start)} to {day_words(plan.period.end)} ({plan.period.days:,} days)")
    say()
    _row("One-off", totals.one_off, plan.money)
    _row("Recurring in this period", totals.recurring, plan.money)
    if plan.contingency and plan.contingency.held_by == "family":
        _row("Contingency held by the family", totals.contingency, plan.money)
    _row("Cash value", totals.cash_value, plan.money)
    _row("In-house services, valued", totals.in_house_value, plan.money)
    _row("Total budget", totals.total_budget, plan.money)
    if plan.contingency and plan.contingency.held_by == "authority":
        _row("Beside it: contingency held by the authority", totals.contingency, plan.money)
    if totals.other_value:
        _row("Beside it: paid from other funders", totals.other_value, plan.money)
    if costed.costing.contribution.result:
        _row("The person contributes", costed.costing.contribution.result, plan.money)
        _row("Net of the contribution", costed.costing.net, plan.money)


def say_indicative(costed: Costed, indicative: Decimal) -> None:
    """Say how the cash value compares with the budget that was given before the plan."""
    left = indicative - costed.costing.totals.cash_value
    _row("Indicative budget", indicative, costed.plan.money)
    _row("Left of it" if left >= 0 else "The cash value is over it by", abs(left), costed.plan.money)


def say_payments(costed: Costed) -> None:
    """Say when what is paid."""
    say("Payments")
    if not costed.plan.payments:
        say("  The plan does not say yet how often its money is paid.")
    elif not costed.payments:
        say("  There is nothing to pay.")
    for payment in costed.payments:
        kind = "one-off item" if payment.kind == "one_off" else "instalment"
        say(f"  {day_words(payment.on):<18} {show(payment.amount, costed.plan.money):>{_WIDTH}}  {kind}")


def say_explained(costed: Costed) -> None:
    """Say how each figure was worked out."""
    costing, money = costed.costing, costed.plan.money
    say("How each figure was worked out")
    for support, line in zip(costed.plan.supports, costing.lines, strict=True):
        say(f"  {support.what or support.id}")
        say(f"    {line.trace}")
        if line.weekly is not None:
            same = (
                equivalent(line.weekly, every, money).words for every in ("four_weeks", "month", "quarter")
            )
            say(f"    A week's amount in other periods: {'; '.join(same)}")
        if line.top_up:
            say(f"    Topped up beside the budget: {line.top_up_trace}")
    for name, trace in total_traces(costing).items():
        say(f"  {name.replace('_', ' ').capitalize()}")
        say(f"    {trace}")


def _row(words: str, amount: Decimal, money: str) -> None:
    say(f"  {words:<46} {show(amount, money):>{_WIDTH}}")
