"""The large-print copy: the same words as the standard one, with a card for each row in place of tables.

At 18 points a table of five columns has no room for words: they would be broken or printed over one another.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from supportplan.documents.model import (
    Block,
    Card,
    Cell,
    Column,
    Document,
    Fact,
    Heading,
    NewPage,
    Row,
    Table,
)
from supportplan.documents.plan.document import plan_document
from supportplan.documents.plan.words import AMOUNT, Source


def large_print(source: Source) -> Document:
    """Build the large-print copy: nothing of the standard one is left out, nothing is worded otherwise.

    All totals would leave too little room to sign under them, so they come before, and the sums that a signature is about
    stand over the signatures.
    """
    standard = plan_document(source.plan, source.costing, source.payments, source.facts)
    page = standard.last_page
    return replace(
        standard,
        edition="large_print",
        blocks=tuple(_without_tables(_gone_on((*standard.blocks, Heading(2, "Totals"), *page.totals[1:-1])))),
        last_page=replace(page, totals=(*_sums(source), page.totals[-1])),
    )


def _sums(source: Source) -> Iterator[Block]:
    """Write the sums of the plan in a few lines."""
    totals = source.costing.totals
    rows = [source.amount_row("Recurring", totals.recurring), source.amount_row("One-off", totals.one_off)]
    if source.costing.contingency_held_by == "family":
        rows.append(source.amount_row("Contingency", totals.contingency))
    rows += [
        source.amount_row("Cash value", totals.cash_value, weight="grand_total"),
        source.amount_row("Total budget", totals.total_budget, weight="grand_total"),
    ]
    yield Heading(2, "Who agrees to this plan")
    yield from cards(Table("The sums", (Column("Money"), AMOUNT), tuple(rows)), said=True)


def _gone_on(blocks: Sequence[Block]) -> list[Block]:
    """Begin no page where nothing is to be taken out by itself: at this size every other page would be half empty."""
    return [block for block in blocks if not isinstance(block, NewPage) or block.apart]


def _without_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Table):
            said = isinstance(before, Heading) and before.text == block.caption
            yield from cards(block, said=said)
        else:
            yield block
        before = block


def cards(table: Table, *, said: bool) -> Iterator[Card]:
    """Write a table as cards: one a row, under the row's header; the totals on a card of their own.

    A table of amounts, each with what it is, becomes one card. `said` tells that the heading above says its caption.
    """
    title = "" if said else table.caption
    if (
        len(table.columns) <= 3
        and [column.holds == "amount" for column in table.columns[1:]].count(True) == 1
    ):
        yield Card(title, tuple(_named_amount(table, row) for row in table.rows))
        return
    for row in table.rows:
        if row.weight == "row":
            yield _card(table, row)
    totals = tuple(_named_amount(table, row) for row in table.rows if row.weight != "row")
    if totals:
        yield Card("In all" if said else f"{table.caption}, in all", totals)


def _card(table: Table, row: Row) -> Card:
    header, *cells = row.cells
    facts = [
        Fact(column.header, _words(column, cell))
        for column, cell in zip(table.columns[1:], cells, strict=True)
        if cell != Cell("")
    ]
    if header.note:
        label, said, words = header.note.partition(": ")
        facts.insert(0, Fact(label, words) if said else Fact("Note", header.note))
    return Card(header.text, tuple(facts))


def _named_amount(table: Table, row: Row) -> Fact:
    """Write a row as one fact: what it is, and its amount; where there are several amounts, each with its name."""
    filled = [
        (column, cell) for column, cell in zip(table.columns, row.cells, strict=True) if cell != Cell("")
    ]
    amounts = [(column, cell) for column, cell in filled if column.holds == "amount"]
    words = "\n".join(_words(column, cell) for column, cell in filled if column.holds != "amount")
    if len(amounts) == 1:
        return Fact(words, _words(*amounts[0]), "amount", row.weight)
    named = "\n".join(f"{column.header}: {_words(column, cell)}" for column, cell in amounts)
    return Fact(words, named, weight=row.weight)


def _words(column: Column, cell: Cell) -> str:
    """Write what a cell says: what is under an amount, such as `an hour`, goes on beside it."""
    if column.holds != "amount":
        return "\n".join(part for part in (cell.text, cell.note) if part)
    lines = [cell.text]
    for words in cell.note.splitlines():
        if words[:1].isalpha():
            lines[-1] += f" {words}"
        else:
            lines.append(words)
    return "\n".join(lines)
