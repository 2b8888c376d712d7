"""Whose money it is: funding streams, other funders, what is unpaid or in-house, the contribution and top-ups."""

from collections.abc import Iterator

from supportplan.documents.model import Block, Cell, Column, Heading, Paragraph, Row, Table
from supportplan.documents.plan.words import AMOUNT, Source, level, line_cost, period_words, who
from supportplan.domain.pricing import UNSAID, Grouping


def funder_parts(source: Source) -> Iterator[Block]:
    """Write all parts about whose money it is."""
    yield from _where_from(source)
    yield from _unpaid_and_in_house(source)
    yield from _contribution(source)
    yield from _top_ups(source)


def _where_from(source: Source) -> Iterator[Block]:
    yield Heading(2, "Where the money comes from")
    by_stream = _groups(source, "stream", "Funding stream")
    by_route = _groups(source, "route", "Arrangement")
    if by_stream:
        yield Heading(3, "Funding streams")
        yield by_stream
    if by_route:
        yield Heading(3, "How it is arranged")
        yield by_route
    if not by_stream and not by_route:
        yield Paragraph("The plan does not name a funding stream.")
    others = [support for support in source.plan.supports if support.paid_by == "other"]
    if others:
        yield Heading(3, "Other funders")
        rows = []
        for support in others:
            line = source.costing.line(support.id)
            cost = Cell(line_cost(source, support, line).text)
            rows.append(
                Row(
                    (
                        Cell(source.support_name(support)),
                        Cell(support.payer or "Not said yet"),
                        level(support),
                        cost,
                    )
                )
            )
        total = Cell(source.money(source.costing.totals.other_value))
        rows.append(Row((Cell("From other funders"), Cell(""), Cell(""), total), "total"))
        yield Table(
            "Paid from other funders",
            (
                Column("Support", share=4),
                Column("Who pays", share=4),
                Column("Level of support", "figure", share=4),
                AMOUNT,
            ),
            tuple(rows),
        )
        yield Paragraph("Money from other funders is in neither total.", "note")


def _groups(source: Source, grouping: Grouping, header: str) -> Table | None:
    """Total the budget's lines by stream or by route; none where the plan names none."""
    groups = {
        key: totals
        for key, totals in source.costing.by[grouping].items()
        if totals.recurring or totals.one_off or totals.in_house_value
    }
    if not set(groups) - {UNSAID}:
        return None
    columns = [Column(header), Column("Recurring", "amount"), Column("One-off", "amount")]
    in_house = any(totals.in_house_value for totals in groups.values())
    if in_house:
        columns.append(Column("In-house", "amount"))
    rows = []
    for key, totals in groups.items():
        words = source.group_words(grouping, key)
        if key == UNSAID and not (totals.recurring or totals.one_off):
            words = "Given in-house"
        amounts = [totals.recurring, totals.one_off, *([totals.in_house_value] if in_house else [])]
        rows.append(Row((Cell(words), *(Cell(source.money(amount)) for amount in amounts))))
    return Table(f"{header}, {period_words(source.plan.period)}", tuple(columns), tuple(rows))


def _unpaid_and_in_house(source: Source) -> Iterator[Block]:
    chosen = [support for support in source.plan.supports if support.paid_by in ("nobody", "in_house")]
    yield Heading(2, "Unpaid and in-house support")
    if not chosen:
        yield Paragraph("All support in this plan is paid for.")
        return
    rows = []
    for support in chosen:
        line = source.costing.line(support.id)
        rows.append(
            Row(
                (
                    Cell(source.support_name(support)),
                    who(support),
                    level(support),
                    line_cost(source, support, line),
                )
            )
        )
    if source.costing.totals.in_house_value:
        total = Cell(source.money(source.costing.totals.in_house_value))
        rows.append(Row((Cell("Value of in-house services"), Cell(""), Cell(""), total), "total"))
    yield Table(
        "Unpaid and in-house support",
        (
            Column("Support", share=5),
            Column("Who", share=4),
            Column("Level of support", "figure", share=4),
            Column("Value", "amount"),
        ),
        tuple(rows),
    )


def _contribution(source: Source) -> Iterator[Block]:
    yield Heading(2, "What the person contributes")
    if source.plan.contribution is None:
        yield Paragraph("The plan asks for no contribution.")
        return
    costing = source.costing
    period = f"for {period_words(source.plan.period)}"
    yield Table(
        "Contribution",
        (Column("Money"), AMOUNT),
        (
            source.amount_row(
                "Cash value before the contribution", costing.totals.cash_value, note="called gross"
            ),
            source.amount_row("The person contributes", costing.contribution.result, note=period),
            source.amount_row("Paid to the person", costing.net, note="called net", weight="total"),
        ),
    )


def _top_ups(source: Source) -> Iterator[Block]:
    rows = []
    for support in source.plan.supports:
        line = source.costing.line(support.id)
        if (
            line is not None
            and support.rate is not None
            and support.rate.top_up is not None
            and line.top_up_trace.steps
        ):
            payer = Cell(support.rate.top_up.payer)
            rows.append(
                Row(
                    (
                        Cell(source.support_name(support)),
                        payer,
                        Cell(str(line.top_up_trace)),
                        Cell(source.money(line.top_up)),
                    )
                )
            )
    if rows:
        yield Heading(2, "Top-ups")
        yield Paragraph("What somebody adds to a dearer rate. It is never part of the cash value.")
        columns = (
            Column("Support", share=4),
            Column("Who adds it", share=3),
            Column("The sum", share=5),
            AMOUNT,
        )
        yield Table("Top-ups", columns, tuple(rows))
