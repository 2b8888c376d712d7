"""The letter to the family about a decision: what was asked, what was agreed, why, by whom, and what can be done about it.

Families told of plans that came back smaller with no reason and no way to have them looked at again (FIELD 1.10).
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import msgspec

from supportplan.documents.model import (
    Block,
    Bullets,
    Card,
    Cell,
    Column,
    Document,
    Fact,
    Heading,
    LastPage,
    Paragraph,
    Row,
    Table,
)
from supportplan.documents.plan.words import AMOUNT, Source, key_words, period_words
from supportplan.domain.canonical import canonical
from supportplan.domain.cases.asked_and_agreed import Agreed, LineAgreed, asked_and_agreed
from supportplan.domain.cases.steps import Decision, Verdict
from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.domain.payments import Payment
from supportplan.domain.plan import shared
from supportplan.domain.short import shortened
from supportplan.domain.units import PaidEvery

_VERDICTS: dict[Verdict, str] = {
    "agreed": "Your plan was agreed as it was asked for.",
    "agreed_with_changes": "Your plan was agreed with changes. Each change is shown below, line by line, with the difference.",
    "returned": "Your plan was sent back. That is not a refusal: something has to be added or put right before it can be decided.",
    "refused": "Your plan was not agreed.",
}
_OFTEN: dict[PaidEvery, str] = {
    "week": "every week",
    "fortnight": "every two weeks",
    "four_weeks": "every four weeks",
    "month": "every month",
    "quarter": "every three months",
    "year": "once a year",
}


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with the plan that was `asked` for and, where one was, the plan that was `agreed`.

    `awaited` says in words who still has to sign the agreed plan.
    """

    decision: Decision
    asked: Source
    agreed: Source | None
    awaited: tuple[str, ...] = ()

    @property
    def newest(self) -> Source:
        """The plan that the decision ends with."""
        return self.agreed or self.asked


def decision_letter(decided: Decided) -> Document:
    """Build the letter. What a decision does not say, such as a way of appeal, is said to be missing, and whom to ask."""
    source = decided.newest
    person = source.plan.person
    return Document(
        title=f"Decision about the support plan of {shortened(person.name, 200)}",
        language="en-GB",
        subject="What was asked, what was agreed, and why",
        author=shortened(source.facts.authority or decided.decision.by, 200),
        person=shortened(person.name, 40),
        version=shortened(source.version, 40),
        blocks=(
            *_head(decided),
            *_decision(decided),
            *(() if decided.agreed is None else _line_by_line(decided, decided.agreed)),
            *_money(decided),
            *_next(decided),
            *_appeal(decided),
            *_whom_to_ask(decided),
            # Where nothing was agreed, what can be done now is wanted first; the list of what was asked is known.
            *(_asked_only(decided) if decided.agreed is None else ()),
        ),
        last_page=LastPage((), ()),
        source=canonical(shared(source.plan)),
        edition="letter",
    )


def _head(decided: Decided) -> Iterator[Block]:
    source, decision = decided.newest, decided.decision
    person = source.plan.person
    facts = [
        ("From", source.facts.authority),
        ("Date of the decision", day_words(decision.on)),
        ("Support plan of", person.name),
        ("Reference", person.reference),
        ("Period", period_words(source.plan.period)),
    ]
    yield Heading(1, "The decision about your support plan")
    yield Card("", tuple(Fact(label, text) for label, text in facts if text))
    yield Paragraph(f"Dear {person.known_as.strip() or person.name} and family,")


def _decision(decided: Decided) -> Iterator[Block]:
    decision = decided.decision
    yield Heading(2, "What was decided")
    yield Paragraph(_VERDICTS[decision.verdict], "warning" if decided.agreed is None else "body")
    role = f", {_within(decision.role.strip())}" if decision.role.strip() else ""
    yield Paragraph(f"Who decided: {decision.by}{role}, on {day_words(decision.on)}.")
    yield Heading(2, "Why")
    if len(decision.why) == 1:
        yield Paragraph(decision.why[0])
    elif decision.why:
        yield Bullets(decision.why)
    else:
        yield Paragraph("No reasons were given. You can ask for them.", "warning")


def _line_by_line(decided: Decided, agreed_plan: Source) -> Iterator[Block]:
    yield Heading(2, "What was asked and what was agreed")
    compared = asked_and_agreed(
        decided.asked.plan,
        agreed_plan.plan,
        {one.support: one.why for one in decided.decision.lines},
    )
    if not compared.cash.changed and not compared.in_house.changed:
        yield Paragraph("Nothing was changed: each line was agreed as it was asked for.")
    for caption, total, agreed in (
        ("The money", "Cash value", compared.cash),
        ("Services given in-house, and what they are worth", "Value of in-house services", compared.in_house),
    ):
        if agreed.lines:
            yield Heading(3, caption)
            yield _comparison(caption, total, agreed, compared.currency)


def _comparison(caption: str, total: str, agreed: Agreed, currency: str) -> Table:
    rows = [
        Row(
            (
                Cell(line.what.strip() or "A support without words", line.why),
                Cell(_amount(line.asked, currency)),
                Cell(_amount(line.agreed, currency)),
                _difference(line, currency),
            )
        )
        for line in agreed.lines
    ]
    rows.append(
        Row(
            (
                Cell(total),
                Cell(show(agreed.asked, currency)),
                Cell(show(agreed.agreed, currency)),
                _difference(agreed, currency),
            ),
            "grand_total",
        )
    )
    columns = (
        Column("Support"),
        Column("Asked", "amount"),
        Column("Agreed", "amount"),
        Column("Difference", "amount"),
    )
    return Table(caption, columns, tuple(rows))


def _amount(figure: Decimal | None, currency: str) -> str:
    return "none" if figure is None else show(figure, currency)


def _difference(compared: LineAgreed | Agreed, currency: str) -> Cell:
    """Write a difference so that nobody has to read a sign: how much less, or how much more."""
    figure = compared.difference
    words = "" if not figure else "less" if figure < 0 else "more"
    return Cell(show(abs(figure), currency), words)


def _asked_only(decided: Decided) -> Iterator[Block]:
    asked = decided.asked
    why = {one.support: one.why for one in decided.decision.lines}
    yield Heading(2, "What was asked for")
    if decided.decision.verdict == "refused":
        yield Paragraph("None of this was agreed.")
    lines = [line for line in asked.costing.lines if line.paid_by == "budget"]
    names = {support.id: asked.support_name(support) for support in asked.plan.supports}
    rows = [
        Row((Cell(names[line.support], why.get(line.support, "")), Cell(asked.money(line.amount))))
        for line in lines
    ]
    totals = asked.costing.totals
    if asked.costing.contingency_held_by == "family":
        rows.append(asked.amount_row("Contingency", totals.contingency, note="held by the family"))
    rows.append(asked.amount_row("Cash value", totals.cash_value, weight="grand_total"))
    yield Table("What was asked for", (Column("Support"), AMOUNT), tuple(rows))


def _money(decided: Decided) -> Iterator[Block]:
    source = decided.agreed
    if source is None:
        return
    totals, costing = source.costing.totals, source.costing
    yield Heading(2, "The money that was agreed")
    rows = [
        source.amount_row("Recurring", totals.recurring, note=f"for {period_words(source.plan.period)}"),
        source.amount_row("One-off", totals.one_off, note="paid once"),
    ]
    if costing.contingency_held_by == "family":
        rows.append(source.amount_row("Contingency", totals.contingency, note="held by the family"))
    rows.append(
        source.amount_row("Cash value of the Individual Budget", totals.cash_value, weight="grand_total")
    )
    if costing.contribution.result:
        rows += [
            source.amount_row("The person contributes", costing.contribution.result),
            source.amount_row("Paid after the contribution", costing.net, weight="total"),
        ]
    yield Table("The money that was agreed", (Column("Money"), AMOUNT), tuple(rows))
    yield Heading(2, "How and when it is paid")
    yield from _payments(source)


def _payments(source: Source) -> Iterator[Block]:
    instalments = [one for one in source.payments if one.kind == "instalment"]
    facts = []
    if routes := _routes(source):
        facts.append(Fact("How", routes))
    if instalments and source.plan.payments is not None:
        facts.append(Fact("How often", _OFTEN[source.plan.payments.every]))
        facts += _instalments(source, instalments)
    names = {support.id: source.support_name(support) for support in source.plan.supports}
    facts += [
        Fact(day_words(one.on), f"{source.money(one.amount)}, once, for: {names[one.support]}")
        for one in source.payments
        if one.support is not None
    ]
    if not facts:
        yield Paragraph("The plan does not say yet how the money is paid.", "warning")
        return
    yield Card("", tuple(facts))


def _routes(source: Source) -> str:
    keys = dict.fromkeys(
        support.route for support in source.plan.supports if support.paid_by == "budget" and support.route
    )
    return "\n".join(source.facts.routes.get(key) or key_words(key) for key in keys)


def _instalments(source: Source, paid: list[Payment]) -> Iterator[Fact]:
    """Say what comes on which days; the pennies that cannot be shared out are in the first."""
    first, last = paid[0], paid[-1]
    yield Fact(
        "First payment" if len(paid) > 1 else "One payment",
        f"{source.money(first.amount)} on {day_words(first.on)}",
    )
    if len(paid) > 1:
        count = f"{len(paid) - 1} payments of" if len(paid) > 2 else "1 payment of"
        yield Fact("After that", f"{count} {source.money(last.amount)}, the last on {day_words(last.on)}")


def _next(decided: Decided) -> Iterator[Block]:
    plan = decided.newest.plan
    yield Heading(2, "What happens next")
    if decided.agreed is None:
        yield Bullets(
            (
                "We change the plan together with you and send it again."
                if decided.decision.verdict == "returned"
                else "We talk with you about what can be done now.",
                "Until a plan is agreed and signed, no money is paid from it.",
            )
        )
        return
    if decided.awaited:
        yield Card("", (Fact("Still to sign", "\n".join(decided.awaited)),))
        steps = ["When all have signed, the plan counts and the money can be paid."]
    else:
        steps = ["All who have to sign the plan have signed it."]
    steps.append(f"The plan begins on {day_words(plan.period.start)}.")
    if plan.review is not None:
        steps.append(f"We look at it again with you by {day_words(plan.review.due)}.")
    steps.append("A copy of the plan is with this letter: it says what the money is for.")
    yield Bullets(tuple(steps))


def _within(words: str) -> str:
    """Write words that begin with an article or “For” as they stand within a sentence."""
    return words[:1].lower() + words[1:] if words.startswith(("The ", "A ", "An ", "For ")) else words


def _appeal(decided: Decided) -> Iterator[Block]:
    decision, appeal = decided.decision, decided.newest.facts.appeal
    route, last_day = decision.appeal.strip(), decision.appeal_by
    if appeal is not None:
        route = route or appeal.route
        last_day = last_day or decision.on + timedelta(days=appeal.days)
    yield Heading(2, "If you do not agree with this decision")
    if not route:
        yield Paragraph(
            "The decision does not say how to have it looked at again. Ask those who are named below how that is done."
        )
    facts = [Fact("What you can do", route)] if route else []
    if last_day is not None:
        facts.append(Fact("Last day for it", day_words(last_day)))
    if facts:
        yield Card("", tuple(facts))
    yield Paragraph("You can ask somebody to help you, such as a friend or an advocate.")


def _whom_to_ask(decided: Decided) -> Iterator[Block]:
    facts = decided.newest.facts
    people = [
        Fact("About the plan", facts.prepared_by),
        Fact(
            "About the decision",
            "\n".join(
                dict.fromkeys(
                    filter(None, (decided.decision.by, facts.authority, decided.decision.contact.strip()))
                )
            ),
        ),
    ]
    yield Heading(2, "Whom to ask")
    yield Card("", tuple(fact for fact in people if fact.text))
