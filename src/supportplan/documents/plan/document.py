"""A support plan as a neutral document: what a printed or read copy says, in order, from the cover to the signed page."""

from collections.abc import Iterator

from supportplan.documents.model import (
    Block,
    Bullets,
    Card,
    Cell,
    Column,
    Document,
    Fact,
    Heading,
    NewPage,
    Paragraph,
    Row,
    Table,
)
from supportplan.documents.plan.funding import funder_parts
from supportplan.documents.plan.money import money_parts
from supportplan.documents.plan.money_use import money_use_parts
from supportplan.documents.plan.outcomes import outcome_parts
from supportplan.documents.plan.two_views import view_parts
from supportplan.documents.plan.words import (
    AMOUNT,
    PlanFacts,
    Source,
    key_words,
    period_words,
    schedules_used,
)
from supportplan.documents.plan.workings import last_page, waiting_words, workings
from supportplan.domain.canonical import canonical
from supportplan.domain.costing import Costing
from supportplan.domain.days import day_words
from supportplan.domain.payments import Payment
from supportplan.domain.plan import Plan, shared
from supportplan.domain.short import shortened


def plan_document(
    plan: Plan, costing: Costing, payments: tuple[Payment, ...], facts: PlanFacts | None = None
) -> Document:
    """Build the document of a plan from its costing and its payment calendar.

    A plan that is not finished can be printed too: what is missing is said where it is missed.
    """
    source = Source(plan=plan, costing=costing, payments=payments, facts=facts or PlanFacts())
    name = shortened(plan.person.name, 40)
    return Document(
        title=f"Support plan for {shortened(plan.person.name, 200)}",
        language="en-GB",
        subject=f"Costed support plan, {period_words(plan.period)}",
        author=shortened(source.facts.prepared_by or source.facts.authority or "supportplan", 200),
        person=name,
        version=shortened(source.version, 40),
        blocks=(
            *_cover(source),
            *_about(source),
            *outcome_parts(source),
            *money_parts(source),
            *funder_parts(source),
            *_running_it(source),
            *_views(source),
            *money_use_parts(source),
            *workings(source),
        ),
        last_page=last_page(source),
        source=canonical(shared(plan)),
        views=canonical(source.facts.views) if source.facts.views is not None else b"",
    )


def _cover(source: Source) -> Iterator[Block]:
    plan = source.plan
    yield Heading(1, f"Support plan for {plan.person.name}")
    yield Card("This plan", tuple(_particulars(source)))
    if waiting := waiting_words(source):
        yield Paragraph(waiting, "warning")
    wishes = [outcome.text for outcome in plan.outcomes if outcome.text.strip()]
    if 0 < len(wishes) <= 6:
        yield Heading(2, f"What {shortened(plan.person.known_as or plan.person.name, 40)} wants")
        yield Bullets(tuple(shortened(text, 160) for text in wishes))
    totals = source.costing.totals
    yield Heading(2, "The money in short")
    rows = [
        source.amount_row("Recurring", totals.recurring, note=f"for {period_words(plan.period)}"),
        source.amount_row("One-off, paid once", totals.one_off),
    ]
    if source.costing.contingency_held_by == "family":
        rows.append(source.amount_row("Contingency, held by the family", totals.contingency))
    rows.append(
        source.amount_row("Cash value of the Individual Budget", totals.cash_value, weight="grand_total")
    )
    yield Table("The money in short", (Column("Money"), AMOUNT), tuple(rows))


def _particulars(source: Source) -> Iterator[Fact]:
    plan, facts, person = source.plan, source.facts, source.plan.person
    if person.known_as and person.known_as != person.name:
        yield Fact("Likes to be called", person.known_as)
    if person.date_of_birth is not None:
        yield Fact("Date of birth", day_words(person.date_of_birth))
    if person.reference:
        yield Fact("Reference", person.reference)
    days = f"{plan.period.days:,} {'day' if plan.period.days == 1 else 'days'}"
    yield Fact("Period", f"{period_words(plan.period)} ({days})")
    yield Fact("This copy", source.version)
    authority = ", ".join(part for part in (facts.authority, facts.scheme) if part)
    if authority or plan.profile:
        yield Fact("Authority", authority or key_words(plan.profile or ""))
    if plan.indicative is not None:
        yield Fact("Indicative budget", source.money(plan.indicative))
    schedules = schedules_used(plan)
    yield Fact(
        "Schedule of costs" if len(schedules) < 2 else "Schedules of costs",
        "\n".join(schedules) or "None used",
    )
    prepared = " on ".join(
        part
        for part in (facts.prepared_by, day_words(facts.prepared_on) if facts.prepared_on else "")
        if part
    )
    if prepared:
        yield Fact("Prepared by" if facts.prepared_by else "Prepared on", prepared)


def _about(source: Source) -> Iterator[Block]:
    person = source.plan.person
    yield NewPage()
    yield Heading(2, "About me")
    told = (
        ("What people like about me", person.about),
        ("What is important to me", person.important_to),
        ("A good week", person.good_week),
        ("What is important for me", person.important_for),
        ("How to talk with me", person.communication),
    )
    for heading, text in told:
        if text.strip():
            yield Heading(3, heading)
            yield Paragraph(text)
    if not any(text.strip() for _, text in told):
        yield Paragraph("Nothing is written here yet.", "note")
    if source.plan.people:
        yield Heading(3, "People around me")
        yield Table(
            "People around me",
            (
                Column("Name", share=4),
                Column("Who they are to me", share=5),
                Column("Part they play", share=4),
            ),
            tuple(
                Row(
                    (
                        Cell(one.name),
                        Cell(one.relationship or "Not said"),
                        Cell(key_words(one.role) if one.role else "Not said"),
                    )
                )
                for one in source.plan.people
            ),
        )


def _running_it(source: Source) -> Iterator[Block]:
    """Say how the plan is kept going: who is in control, what could go wrong, what is done then, when it is looked at again."""
    plan = source.plan
    answers = plan.answers
    yield Heading(2, "Making it work")
    for heading, text in (
        ("How I stay in control", answers.in_control if answers else ""),
        ("How my support is managed", answers.managed_by if answers else ""),
        ("What happens next", answers.action_plan if answers else ""),
    ):
        if text.strip():
            yield Heading(3, heading)
            yield Paragraph(text)
    yield Heading(3, "Risks")
    if plan.risks:
        names = {support.id: source.support_name(support) for support in plan.supports}
        yield Table(
            "Risks, and what is done about each",
            (Column("What could go wrong", share=4), Column("What we do about it", share=6)),
            tuple(
                Row(
                    (
                        Cell(
                            risk.text or "Not said yet", _about_which([names[one] for one in risk.supports])
                        ),
                        Cell(risk.action or "Not said yet"),
                    )
                )
                for risk in plan.risks
            ),
        )
    else:
        yield Paragraph("No risks are written down.")
    yield Heading(3, "In an emergency")
    emergency = plan.emergency
    facts = [
        Fact(label, text)
        for label, text in (
            ("What sets it off", emergency.trigger if emergency else ""),
            ("What to do first", emergency.first_action if emergency else ""),
            ("Who", emergency.who if emergency else ""),
            ("Phone", emergency.phone if emergency else ""),
        )
        if text.strip()
    ]
    yield (
        Card("What we do", tuple(facts))
        if facts
        else Paragraph("The plan does not say yet what happens in an emergency.")
    )
    yield Heading(3, "Review")
    if plan.review is not None:
        yield Paragraph(f"This plan is looked at again by {day_words(plan.review.due)}.")
    else:
        yield Paragraph("The plan does not say yet when it is looked at again.")


def _views(source: Source) -> Iterator[Block]:
    """Write what the young person and the parent each think, side by side: nobody makes one view of the two."""
    views = source.facts.views
    if views is None:
        return
    yield Heading(2, "What each of us thinks of this plan")
    yield from view_parts(source.plan, views)


def _about_which(supports: list[str]) -> str:
    return f"About: {'; '.join(supports)}" if supports else ""
