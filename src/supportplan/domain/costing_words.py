"""What a costing says of one support or outcome, and of what a change came to, in words."""

from decimal import Decimal

from supportplan.domain.costing import Costing
from supportplan.domain.money import show
from supportplan.domain.plan import Support
from supportplan.domain.plan_money import Rate
from supportplan.domain.short import printable

_UNSAID = "it is not said "


def sum_words(support: Support, costing: Costing) -> str:
    """Say how the cost of a support comes about, or what it still needs before it has one."""
    if support.paid_by == "nobody":
        return "Given freely: it has no cost, and is printed all the same."
    line = costing.line(support.id)
    if line is not None:
        return str(line.trace)
    waiting = [one.words for one in costing.waiting if one.support == support.id]
    # What is not said is called so once, and then only named.
    unsaid = [words.removeprefix(_UNSAID) for words in waiting if words.startswith(_UNSAID)]
    rest = [words for words in waiting if not words.startswith(_UNSAID)]
    return f"Not costed yet: {'; '.join([_UNSAID + '; '.join(unsaid)] * bool(unsaid) + rest)}."


def source_words(rate: Rate) -> str:
    """Say where a price comes from: which row of which schedule of costs, or that it is our own and why."""
    parts = (rate.item, rate.schedule, rate.version) if rate.item else ("our own", rate.reason)
    return f"Price: {printable(', '.join(part for part in parts if part))}"


def outcome_words(costing: Costing, outcome: str) -> str:
    """Say what an outcome costs, one-off and recurring apart; with an empty id, what serves none."""
    totals = costing.of_outcome(outcome)
    if totals is None:
        return ""
    one_off, recurring = show(totals.one_off, costing.currency), show(totals.recurring, costing.currency)
    return f"In all: one-off {one_off}, recurring {recurring}."


def change_words(before: Costing, after: Costing) -> str:
    """Say which total has changed and by how much; nothing where all are what they were."""
    currency = after.currency
    for words, was, now in (
        ("Cash value", before.totals.cash_value, after.totals.cash_value),
        ("In-house value", before.totals.in_house_value, after.totals.in_house_value),
        ("From other funders", before.totals.other_value, after.totals.other_value),
    ):
        if was != now:
            more = "more" if now > was else "less"
            kept = _contingency_in(after) - _contingency_in(before) if words == "Cash value" else Decimal(0)
            of_it = f", {show(abs(kept), currency)} of it contingency" if kept else ""
            return f"{words} was {show(was, currency)}, is {show(now, currency)}: {show(abs(now - was), currency)} {more}{of_it}."
    return ""


def _contingency_in(costing: Costing) -> Decimal:
    """Return how much of the cash value is contingency: what the family holds."""
    return costing.totals.contingency if costing.contingency_held_by == "family" else Decimal(0)
