"""Tables, cards and texts set apart, as rows of cells."""

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle

from supportplan.documents.model import Card, Cell, Column, Fact, Row, Table
from supportplan.documents.pdf.columns import amount_width, column_widths
from supportplan.documents.pdf.fonts import Typesetter
from supportplan.documents.pdf.grid import Box, Grid, Line, box
from supportplan.documents.pdf.layout import BAR_AND_GAP, PAD_CARD, WIDTH, Layout
from supportplan.documents.pdf.paragraphs import TaggedParagraph
from supportplan.documents.pdf.structure import Element, pdf_text


def table(model: Table, setter: Typesetter, layout: Layout) -> Grid:
    """Set a table. Raises CannotWrite where its amounts are too long for the page."""
    places = _places(column_widths(model, setter, layout))
    whole = Element("Table", attributes=f"/A <</O /Table /Summary {pdf_text(model.caption)}>>")
    head_row = Element("TR", Element("THead", whole))
    body = Element("TBody", whole)
    header = Line(
        tuple(
            box(
                left,
                width,
                Element("TH", head_row, "/A <</O /Table /Scope /Column>>"),
                [
                    TaggedParagraph.of(
                        setter, column.header, _amount_or(column, layout.amount_bold, layout.cell_bold)
                    )
                ],
            )
            for (left, width), column in zip(places, model.columns, strict=True)
        ),
        rule=1,
        tinted=True,
    )
    lines = [_line(setter, layout, model.columns, row, places, body) for row in model.rows]
    _keep_totals_with_what_they_total(lines, model.rows)
    return Grid(lines, layout.sizes.breaks, header=header)


def card(model: Card, setter: Typesetter, layout: Layout) -> Grid:
    """Set a card: labels at the left, what they stand for beside them, a thick rule along the side.

    Raises CannotWrite where its amounts are too long for the page.
    """
    lines = []
    if model.title:
        title = [TaggedParagraph.of(setter, model.title, layout.card_title)]
        lines.append(
            Line(
                (box(BAR_AND_GAP, WIDTH - BAR_AND_GAP, Element("P"), title),),
                rule=0,
                keep_with_next=True,
                pad=PAD_CARD,
                bar=True,
            )
        )
    facts = Element("L", attributes="/A <</O /List /ListNumbering /None>>")
    amounts = amount_width(model, setter, layout)
    rows = [_fact(fact, setter, layout, amounts, Element("LI", facts)) for fact in model.facts]
    _keep_totals_with_what_they_total(rows, model.facts)
    # Of a card that is carried over, neither a short first fact nor a short last one is left alone.
    short = layout.sizes.breaks.worth_beginning / 2
    for place, beside in ((0, 0), (-2, -1)) if len(rows) > 2 else ():
        if rows[beside].height < short:
            rows[place] = rows[place]._replace(keep_with_next=True)
    lines += rows
    return Grid(lines, layout.sizes.breaks, together=True)


def _fact(fact: Fact, setter: Typesetter, layout: Layout, amounts: float, item: Element) -> Line:
    """Set a fact; an amount stands at the right and never breaks, whatever it is called."""
    total, amount = fact.weight != "row", fact.holds == "amount"
    words_style = layout.fact_label_bold if total else layout.fact_label
    if amount:
        text_style = layout.fact_amount_bold if total else layout.fact_amount
    else:
        text_style = layout.fact_label_bold if total else layout.fact
    room = WIDTH - BAR_AND_GAP
    labels = room - amounts if amount else layout.sizes.labels
    left = BAR_AND_GAP + labels
    return Line(
        (
            box(
                BAR_AND_GAP,
                labels,
                Element("Lbl", item),
                [TaggedParagraph.of(setter, fact.label, words_style)],
            ),
            box(
                left,
                room - labels,
                Element("LBody", item),
                [TaggedParagraph.of(setter, fact.text, text_style)],
            ),
        ),
        rule=0,
        pad=PAD_CARD,
        bar=True,
    )


def marked(
    text: str, style: ParagraphStyle, setter: Typesetter, layout: Layout, *, boxed: bool = False
) -> Grid:
    """Set a text apart: with a thick rule along its side, or in a box."""
    left = 6.0 if boxed else BAR_AND_GAP
    words = box(left, layout.sizes.text - left, Element("P"), [TaggedParagraph.of(setter, text, style)])
    return Grid([Line((words,), rule=0, bar=not boxed)], layout.sizes.breaks, boxed=boxed)


def _places(widths: list[float]) -> list[tuple[float, float]]:
    return [(sum(widths[:place]), width) for place, width in enumerate(widths)]


def _line(
    setter: Typesetter,
    layout: Layout,
    columns: Sequence[Column],
    row: Row,
    places: list[tuple[float, float]],
    body: Element,
) -> Line:
    element = Element("TR", body)
    boxes: list[Box] = []
    place = 0
    while place < len(columns):
        span = _span(row, place)
        left = places[place][0]
        width = sum(width for _, width in places[place : place + span])
        parts = _parts(setter, layout, columns[place], row, row.cells[place], header=place == 0)
        boxes.append(box(left, width, _cell(element, span, header=place == 0), parts))
        place += span
    return Line(tuple(boxes), rule=1 if row.weight != "row" else 0.5, tinted=row.weight == "grand_total")


def _cell(row: Element, span: int, *, header: bool) -> Element:
    """Make a cell; the first of a row is the row's header."""
    told = " ".join(
        part for part in ("/Scope /Row" if header else "", f"/ColSpan {span}" if span > 1 else "") if part
    )
    return Element("TH" if header else "TD", row, f"/A <</O /Table {told}>>" if told else "")


def _span(row: Row, place: int) -> int:
    """A total's words go on over the empty cells beside them."""
    if row.weight == "row" or place:
        return 1
    span = 1
    while span < len(row.cells) and row.cells[span] == Cell(""):
        span += 1
    return span


def _parts(
    setter: Typesetter, layout: Layout, column: Column, row: Row, cell: Cell, *, header: bool
) -> list[TaggedParagraph]:
    if row.weight == "grand_total":
        style = _amount_or(column, layout.amount_total, layout.cell_total)
    elif header or row.weight == "total":
        style = _amount_or(column, layout.amount_bold, layout.cell_bold)
    else:
        style = _amount_or(column, layout.amount, layout.cell)
    parts = [TaggedParagraph.of(setter, cell.text, style)] if cell.text else []
    if cell.note:
        parts.append(
            TaggedParagraph.of(setter, cell.note, _amount_or(column, layout.amount_note, layout.cell_note))
        )
    return parts


def _amount_or(column: Column, amount: ParagraphStyle, words: ParagraphStyle) -> ParagraphStyle:
    return amount if column.holds == "amount" else words


def _keep_totals_with_what_they_total(lines: list[Line], rows: Sequence[Row | Fact]) -> None:
    """Keep two rows with each total: with one alone, nobody could see at the head of a page what the total is of."""
    for place, row in enumerate(rows):
        if row.weight != "row":
            for before in range(max(place - 2, 0), place):
                lines[before] = lines[before]._replace(keep_with_next=True)
