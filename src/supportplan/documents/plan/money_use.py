"""What the money of a plan may be used for: a page for whoever spends it, from the plan and the authority's profile."""

from collections.abc import Iterator
from decimal import Decimal

from supportplan.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Heading,
    NewPage,
    Paragraph,
    Row,
    Table,
)
from supportplan.documents.plan.words import AMOUNT, Source, level, line_cost, period_words
from supportplan.domain.units import EVERY_WORDS, periods

TITLE = "What this money may be used for"
_COLUMNS = (
    Column("What", share=5),
    Column("How much of it", "figure", share=4),
    Column("Each time", "amount"),
    AMOUNT,
)


def money_use_parts(source: Source) -> Iterator[Block]:
    """Write what was agreed and at what cost, what is not allowed, how a change is asked for, and which papers to keep.

    What an authority does not allow is only ever what its profile says, with the source that it names.
    """
    yield NewPage(apart=True)
    yield Heading(2, TITLE)
    yield Paragraph(
        f"The money is for the support in this plan, from {period_words(source.plan.period)}. Keep this page with the bills."
    )
    yield Heading(3, "It is for")
    yield _services(source)
    yield from _paid_otherwise(source)
    yield from _not_for(source)
    yield from _changes(source)
    yield from _records(source)


def _services(source: Source) -> Block:
    rows = []
    for support in source.plan.supports:
        if support.paid_by != "budget":
            continue
        line = source.costing.line(support.id)
        each = Cell("")
        if line is not None and line.per_period is not None and support.every is not None:
            each = Cell(source.money(line.per_period), EVERY_WORDS[support.every])
        rows.append(
            Row(
                (
                    Cell(source.support_name(support)),
                    level(support),
                    each,
                    line_cost(source, support, line),
                )
            )
        )
    totals = source.costing.totals
    if source.costing.contingency_held_by == "family" and totals.contingency:
        rows.append(
            Row(
                (
                    Cell("What nobody can foresee (contingency)"),
                    Cell("as it is needed"),
                    Cell(""),
                    Cell(source.money(totals.contingency)),
                )
            )
        )
    if not rows:
        return Paragraph("Nothing in this plan is paid from the budget.")
    total = Cell(source.money(totals.cash_value))
    rows.append(
        Row(
            (Cell("Cash value of the Individual Budget"), Cell(""), Cell(""), total),
            "grand_total",
        )
    )
    return Table("What the money is for", _COLUMNS, tuple(rows))


def _paid_otherwise(source: Source) -> Iterator[Block]:
    """Name what nobody has to pay from this money although it is in the plan."""
    chosen = [support for support in source.plan.supports if support.paid_by in ("in_house", "other")]
    if chosen:
        yield Heading(3, "Already paid for in another way")
        yield Bullets(tuple(source.support_name(support) for support in chosen))


def _not_for(source: Source) -> Iterator[Block]:
    yield Heading(3, "It may not be used for")
    spending = source.facts.spending
    if spending is not None and spending.not_for:
        yield Bullets(spending.not_for)
        yield Paragraph(f"Where this is from: {spending.source}", "note")
    else:
        yield Paragraph(
            "No list of what is not allowed was at hand when this plan was made. "
            f"Before you buy something that is not in the plan, ask{_whom(source)}."
        )


def _changes(source: Source) -> Iterator[Block]:
    yield Heading(3, "If something has to change")
    facts = source.facts
    if facts.spending is not None and facts.spending.changes:
        yield Paragraph(facts.spending.changes)
    else:
        yield Paragraph(
            "Life changes, and a plan can change with it. Say so before the money is spent on something else: "
            "then the plan is changed and agreed again."
        )
    people = [
        f"Who wrote the plan with you: {facts.prepared_by}" if facts.prepared_by else "",
        f"Who agrees changes: {facts.approver}" if facts.approver else "",
        "Say which support it is, what you would like instead, and from which day.",
    ]
    yield Bullets(tuple(one for one in people if one))
    if facts.surplus_weeks is not None:
        yield Paragraph(
            f"Money that is not spent may be asked back beyond {periods(Decimal(facts.surplus_weeks), 'week')}' worth. "
            "Tell them early why it was not spent."
        )


def _records(source: Source) -> Iterator[Block]:
    yield Heading(3, "Papers to keep")
    spending = source.facts.spending
    if spending is not None and spending.records:
        yield Bullets(spending.records)
        if not spending.not_for:
            yield Paragraph(f"Where this is from: {spending.source}", "note")
    else:
        yield Paragraph(
            f"Keep every bill, receipt and bank statement until you have asked{_whom(source)} for how long."
        )


def _whom(source: Source) -> str:
    return f" {source.facts.approver[0].lower()}{source.facts.approver[1:]}" if source.facts.approver else ""
