"""The money and the plan as sentences: no table, no line that is drawn, each figure with what it is."""

from collections.abc import Iterator

from supportplan.domain.costing import Costing, total_traces
from supportplan.domain.days import day_words
from supportplan.domain.edits import supports_of
from supportplan.domain.money import show
from supportplan.domain.payments import calendar
from supportplan.domain.plan import Plan, Support
from supportplan.domain.pricing import equivalent
from supportplan.domain.support_words import PAID_BY_WORDS, level_words, who_words
from supportplan.plain.asker import Asker
from supportplan.services.desk import Desk
from supportplan.services.questions import QUESTIONS

_TOTALS = {
    "one_off": "One-off", "recurring": "Recurring", "contingency": "Contingency", "cash_value": "Cash value",
    "in_house_value": "In-house services, valued", "other_value": "From other funders", "total_budget": "Total budget",
}  # fmt: skip


class TotalsSaid:
    """Says the totals each time they have changed, and only then."""

    def __init__(self, asker: Asker, desk: Desk) -> None:
        self._asker = asker
        self._desk = desk
        self._said = totals_sentence(desk.plan, desk.costing)

    def say(self) -> None:
        """Say them, unless nothing has changed since."""
        words = totals_sentence(self._desk.plan, self._desk.costing)
        if words != self._said:
            self._said = words
            self._asker.say(words)


def totals_sentence(plan: Plan, costing: Costing) -> str:
    """Say the three totals, and how far they are from the indicative budget."""
    totals, currency = costing.totals, costing.currency
    said = (
        f"Totals: one-off {show(totals.one_off, currency)}; recurring {show(totals.recurring, currency)}; "
        f"cash value {show(totals.cash_value, currency)}."
    )
    if plan.indicative is not None:
        left = plan.indicative - totals.cash_value
        against = "left of" if left >= 0 else "over"
        said += f" {show(abs(left), currency)} {against} the indicative budget of {show(plan.indicative, currency)}."
    return said


def money_sentences(plan: Plan, costing: Costing) -> Iterator[str]:
    """Say every total, and when what is paid."""
    totals, currency = costing.totals, costing.currency
    yield f"The plan runs from {day_words(plan.period.start)} to {day_words(plan.period.end)}."
    yield totals_sentence(plan, costing)
    if plan.contingency is not None:
        yield f"Contingency: {show(totals.contingency, currency)}, held by the {plan.contingency.held_by}."
    yield f"In-house services, valued: {show(totals.in_house_value, currency)}."
    yield f"Total budget: {show(totals.total_budget, currency)}."
    if totals.other_value:
        yield f"Beside it, from other funders: {show(totals.other_value, currency)}."
    if costing.contribution.result:
        yield f"The person contributes {show(costing.contribution.result, currency)}; net of that, {show(costing.net, currency)}."
    for number, outcome in enumerate(plan.outcomes, start=1):
        of = costing.by["outcome"].get(outcome.id)
        if of is not None and of.one_off + of.recurring:
            yield f"For outcome {number}: {show(of.one_off + of.recurring, currency)}."
    payments = calendar(plan, costing)
    if not payments:
        yield (
            "Nothing is to be paid yet." if plan.payments else "How often the money is paid is not said yet."
        )
    for payment in payments:
        kind = "one-off item" if payment.kind == "one_off" else "instalment"
        yield f"On {day_words(payment.on)}: {show(payment.amount, currency)}, {kind}."
    yield from waiting_sentences(costing)


def waiting_sentences(costing: Costing) -> Iterator[str]:
    """Say which supports are not in the totals yet, and what they lack."""
    for one in costing.waiting:
        yield f"Support {one.at + 1} is not costed yet: {one.words}."


def sums(plan: Plan, costing: Costing) -> Iterator[str]:
    """Say how each figure was worked out."""
    for number, support in enumerate(plan.supports, start=1):
        line = costing.line(support.id)
        if line is None:
            continue
        yield f"Support {number}, {support.what or 'without words yet'}: {line.trace}"
        if line.weekly is not None:
            others = [
                equivalent(line.weekly, every, costing.currency).words
                for every in ("four_weeks", "month", "quarter")
            ]
            yield f"A week's amount in other periods: {'; '.join(others)}"
    for name, trace in total_traces(costing).items():
        yield f"{_TOTALS[name]}: {trace}"
    yield from waiting_sentences(costing)


def support_sentence(support: Support, costing: Costing) -> str:
    """Say a support in one sentence: what, who, how much, who pays, and what it costs."""
    parts = [support.what.strip() or "Without words yet", who_words(support), level_words(support)]
    if support.paid_by == "other" and support.payer:
        parts.append(f"paid by {support.payer}")
    else:
        parts.append(f"paid by {PAID_BY_WORDS[support.paid_by]}")
    line = costing.line(support.id)
    if line is None:
        parts.append("not costed yet")
    elif support.paid_by != "nobody":
        parts.append(show(line.amount, costing.currency))
    return "; ".join(part for part in parts if part) + "."


def plan_sentences(plan: Plan, costing: Costing) -> Iterator[str]:
    """Say the whole plan, one thing after the other."""
    yield f"The support plan of {plan.person.name}."
    for question in QUESTIONS:
        said = question.read(plan).strip()
        if said:
            yield f"{question.asked} {said}"
    for number, outcome in enumerate(plan.outcomes, start=1):
        yield f"Outcome {number}: {outcome.text.strip() or 'without words yet'}"
        if outcome.baseline:
            yield f"How it is now: {outcome.baseline}"
        if outcome.success:
            yield f"How we will both know it is working: {outcome.success}"
        for support in supports_of(plan, outcome.id):
            yield f"Who helps: {_with_reason(support, costing)}"
    for support in supports_of(plan, ""):
        yield f"Serving no outcome: {_with_reason(support, costing)}"
    for number, risk in enumerate(plan.risks, start=1):
        yield f"Risk {number}: {risk.text.strip()} What we will do: {risk.action.strip() or 'nothing is said yet.'}"
    if plan.emergency is not None:
        one = plan.emergency
        yield f"In an emergency: {one.trigger} First: {one.first_action} Ring {one.who}, telephone {one.phone}."
    if plan.review is not None:
        yield f"The plan is reviewed by {day_words(plan.review.due)}."
    yield from money_sentences(plan, costing)


def _with_reason(support: Support, costing: Costing) -> str:
    reason = support.rate.reason.strip() if support.rate else ""
    return support_sentence(support, costing) + (f" Why this price: {reason}" if reason else "")
