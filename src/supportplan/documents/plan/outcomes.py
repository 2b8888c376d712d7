"""The outcomes of a plan: the person's own words, and under them each support with who, how much and what it costs."""

from collections.abc import Iterator

from supportplan.documents.model import (
    Block,
    Bullets,
    Card,
    Cell,
    Column,
    Fact,
    Heading,
    NewPage,
    Paragraph,
    Row,
    Table,
)
from supportplan.documents.plan.words import Source, level, line_cost, unit_cost, who
from supportplan.domain.costing import Totals
from supportplan.domain.plan import Outcome, Support
from supportplan.domain.pricing import UNSAID

COLUMNS = (
    Column("Support", share=9),
    Column("Who", share=8),
    Column("Level of support", "figure", share=8),
    Column("Unit cost", "amount"),
    Column("Cost", "amount"),
)


def outcome_parts(source: Source) -> Iterator[Block]:
    """Write each outcome and the supports that serve it; last, the supports that name no outcome."""
    plan = source.plan
    yield NewPage()
    yield Heading(2, "What I want, and who will help")
    if not plan.outcomes:
        yield Paragraph("No outcomes are written down yet.", "note")
    for outcome in plan.outcomes:
        yield from _outcome(source, outcome)
    loose = [support for support in plan.supports if not support.outcomes]
    if loose:
        yield Heading(3, "Support that names no outcome")
        yield _supports(
            source, loose, source.costing.by["outcome"].get(UNSAID), "Support that names no outcome"
        )
    if not plan.supports:
        yield Paragraph("No support is written down yet.", "note")


def _outcome(source: Source, outcome: Outcome) -> Iterator[Block]:
    heading = source.heading_of(outcome)
    yield Heading(3, heading)
    yield Paragraph(outcome.text.strip() or "Not written down yet.", "voice")
    horizon = {"now": "Now", "future": "For the future", None: ""}[outcome.horizon]
    facts = (
        ("When", horizon),
        ("Where I start from", outcome.baseline),
        ("How we will know", outcome.success),
    )
    if any(text.strip() for _, text in facts):
        yield Card("", tuple(Fact(label, text) for label, text in facts if text.strip()))
    serving = [support for support in source.plan.supports if outcome.id in support.outcomes]
    own = [support for support in serving if support.outcomes[0] == outcome.id]
    if own:
        yield _supports(source, own, source.costing.by["outcome"].get(outcome.id), f"Support for {heading}")
    elsewhere = [support for support in serving if support.outcomes[0] != outcome.id]
    if elsewhere:
        yield Bullets(
            tuple(
                f"Helps here too: {source.support_name(support)} (written and costed under {source.outcome_name(support.outcomes[0])})"
                for support in elsewhere
            )
        )
    if not serving:
        yield Paragraph("Nobody supports this outcome yet.", "warning")


def _supports(source: Source, supports: list[Support], totals: Totals | None, caption: str) -> Table:
    rows = [_row(source, support) for support in supports]
    return Table(caption, COLUMNS, (*rows, *_totals(source, totals)))


def _row(source: Source, support: Support) -> Row:
    line = source.costing.line(support.id)
    also = [source.outcome_name(one) for one in support.outcomes[1:]]
    return Row(
        (
            Cell(source.support_name(support), f"Helps {' and '.join(also)} too" if also else ""),
            who(support),
            level(support),
            unit_cost(source, support, line),
            line_cost(source, support, line),
        )
    )


def _totals(source: Source, totals: Totals | None) -> Iterator[Row]:
    """Total the lines: recurring and one-off apart, and what is in neither beside them."""
    if totals is None:
        return
    for words, amount in (
        ("Recurring, in the plan's period", totals.recurring),
        ("One-off", totals.one_off),
        ("In-house services, valued", totals.in_house_value),
        ("From other funders", totals.other_value),
    ):
        if amount:
            yield Row((Cell(words), Cell(""), Cell(""), Cell(""), Cell(source.money(amount))), "total")
