"""What a plan costs: recurring and one-off apart, when the money is paid, and what is set aside."""

from collections.abc import Iterator
from decimal import Decimal

from supportplan.documents.model import (
    Bar,
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Row,
    Table,
)
from supportplan.documents.plan.words import (
    AMOUNT,
    Source,
    level,
    line_cost,
    period_words,
    unit_cost,
)
from supportplan.domain.days import day_words
from supportplan.domain.plan import Kind, Support
from supportplan.domain.short import shortened
from supportplan.domain.units import EVERY_WORDS


def money_parts(source: Source) -> Iterator[Block]:
    """Write all parts about what the plan costs, when it is paid and what is set aside."""
    yield NewPage()
    yield Heading(2, "What it costs")
    yield from _recurring(source)
    yield from _one_off(source)
    yield from _by_outcome(source)
    yield from _calendar(source)
    yield from _contingency(source)


def _recurring(source: Source) -> Iterator[Block]:
    yield Heading(3, "Recurring costs")
    rows = []
    for support in _paid_by_budget(source, "recurring"):
        line = source.costing.line(support.id)
        each = (
            ""
            if line is None or line.per_period is None or support.every is None
            else EVERY_WORDS[support.every]
        )
        per_period = (
            Cell(source.money(line.per_period), each)
            if line and line.per_period is not None
            else Cell("not costed yet")
        )
        rows.append(
            Row(
                (
                    Cell(source.support_name(support)),
                    level(support),
                    per_period,
                    line_cost(source, support, line),
                )
            )
        )
    if not rows:
        yield Paragraph("There are no recurring costs.")
        return
    total = Cell(source.money(source.costing.totals.recurring))
    rows.append(
        Row(
            (Cell(f"Recurring, {period_words(source.plan.period)}"), Cell(""), Cell(""), total), "grand_total"
        )
    )
    yield Table(
        "Recurring costs",
        (
            Column("Support", share=5),
            Column("Level of support", "figure", share=4),
            Column("Each time", "amount"),
            Column("Cost", "amount"),
        ),
        tuple(rows),
    )


def _one_off(source: Source) -> Iterator[Block]:
    yield Heading(3, "One-off costs")
    rows = []
    for support in _paid_by_budget(source, "one_off"):
        line = source.costing.line(support.id)
        cost = Cell(line_cost(source, support, line).text)
        rows.append(
            Row((Cell(source.support_name(support)), level(support), unit_cost(source, support, line), cost))
        )
    if not rows:
        yield Paragraph("There are no one-off costs.")
        return
    total = Cell(source.money(source.costing.totals.one_off))
    rows.append(Row((Cell("One-off, paid once"), Cell(""), Cell(""), total), "grand_total"))
    yield Table(
        "One-off costs",
        (
            Column("What", share=5),
            Column("How many", "figure", share=4),
            Column("Unit cost", "amount"),
            Column("Cost", "amount"),
        ),
        tuple(rows),
    )


def _by_outcome(source: Source) -> Iterator[Block]:
    """Show how the recurring money spreads over the outcomes; one-off money is not mixed in."""
    groups = source.costing.by["outcome"]
    parts = [
        (outcome, groups[outcome.id].recurring) for outcome in source.plan.outcomes if outcome.id in groups
    ]
    parts = [(outcome, amount) for outcome, amount in parts if amount]
    if not 2 <= len(parts) <= 8:
        return
    most = max(amount for _, amount in parts)
    bars = tuple(
        Bar(
            f"{source.outcome_name(outcome.id)}: {shortened(outcome.text, 60)}",
            source.money(amount),
            int(amount * 1000 / most),
        )
        for outcome, amount in parts
    )
    title = f"Recurring money by outcome, {period_words(source.plan.period)}"
    yield Figure(title, bars, f"{title}: " + "; ".join(f"{bar.label}, {bar.value}" for bar in bars))


def _calendar(source: Source) -> Iterator[Block]:
    yield Heading(2, "When the money is paid")
    if source.plan.payments is None:
        yield Paragraph("The plan does not say yet how often the money is paid.", "warning")
    if not source.payments:
        return
    instalments = [payment for payment in source.payments if payment.kind == "instalment"]
    names = {support.id: source.support_name(support) for support in source.plan.supports}
    rows = []
    for payment in source.payments:
        if payment.support is not None:
            words = Cell(names[payment.support], "one-off")
        else:
            words = Cell(f"Instalment {instalments.index(payment) + 1} of {len(instalments)}")
        rows.append(Row((Cell(day_words(payment.on)), words, Cell(source.money(payment.amount)))))
    paid = sum((payment.amount for payment in source.payments), Decimal("0.00"))
    whole = paid == source.costing.totals.cash_value
    all_of_it = "All payments: the cash value" if whole else "All payments so far"
    rows.append(Row((Cell(all_of_it), Cell(""), Cell(source.money(paid))), "grand_total"))
    yield Table(
        "Payment calendar",
        (Column("Day", "figure", share=3), Column("What for", share=5), AMOUNT),
        tuple(rows),
    )
    if instalments:
        family = source.costing.contingency_held_by == "family"
        yield Paragraph(
            f"The instalments share out the recurring money{' and the contingency' if family else ''}: "
            f"{source.money(source.costing.instalment_total)}. Pennies that cannot be shared out equally are in the first.",
            "note",
        )


def _contingency(source: Source) -> Iterator[Block]:
    yield Heading(2, "Money set aside")
    held_by = source.costing.contingency_held_by
    if held_by is None:
        yield Paragraph("This plan sets no money aside for what nobody can foresee.")
        return
    amount = source.money(source.costing.totals.contingency)
    if held_by == "family":
        yield Paragraph(
            f"{amount} is set aside for what nobody can foresee. The family holds it, so it is part of the cash value."
        )
    else:
        yield Paragraph(
            f"{amount} is set aside for what nobody can foresee. The authority holds it, so it is in neither total: "
            "it is not part of the cash value, nor of the total budget."
        )
    yield Paragraph(f"How it was worked out: {source.costing.contingency}", "note")


def _paid_by_budget(source: Source, kind: Kind) -> list[Support]:
    return [
        support for support in source.plan.supports if support.paid_by == "budget" and support.kind == kind
    ]
