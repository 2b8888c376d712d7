"""What is set aside from a plan's money, and what the person pays towards it."""

from decimal import Decimal

from supportplan.domain.allocation import pot
from supportplan.domain.money import plain, show, to_penny_below
from supportplan.domain.plan import Period
from supportplan.domain.plan_money import Contingency, Contribution
from supportplan.domain.pricing import periods_in_the_year
from supportplan.domain.trace import Step, Term, Trace, start, work_out
from supportplan.domain.units import EVERY_WORDS, WEEKLY, periods


def contingency_trace(
    contingency: Contingency | None, one_off: Decimal, recurring: Decimal, currency: str
) -> Trace:
    """Work out the contingency: a part of the budget's one-off or recurring money, a fixed amount, or a top-slice."""
    if contingency is None:
        return Trace(note="The plan sets no contingency aside.")
    if contingency.top_slice is not None:
        return pot(contingency.top_slice, currency)
    if contingency.amount is not None:
        return Trace((work_out(start(contingency.amount, "a fixed amount"), currency=currency),))
    if contingency.percent is None or contingency.of is None:
        raise ValueError("a contingency says in one way how much it is")
    base = {"recurring": recurring, "one_off": one_off, "all": one_off + recurring}[contingency.of]
    percent = Term("x", contingency.percent, plain(contingency.percent))
    hundredth = Term("/", Decimal(100), "100")
    return Trace((work_out(start(base, show(base, currency)), percent, hundredth, currency=currency),))


def contribution_trace(contribution: Contribution | None, period: Period, currency: str) -> Trace:
    """What the person pays over the plan's period: the same rules as a recurring support, rounded in their favour."""
    if contribution is None:
        return Trace(note="The person pays nothing towards the plan.")
    every = contribution.every
    first = start(contribution.amount, f"{show(contribution.amount, currency)} {EVERY_WORDS[every]}")

    def step(*terms: Term) -> Step:
        return work_out(*terms, currency=currency, round_with=to_penny_below)

    if period.days in (365, 366):
        count = periods_in_the_year(every, period)
        return Trace((step(first, Term("x", count, periods(count, every))),))
    portion = WEEKLY[every]
    weeks = Decimal(portion.over * 7)
    days = Decimal(period.days * portion.times)
    return Trace((step(first, Term("x", days, f"{days}"), Term("/", weeks, f"{weeks}")),))
