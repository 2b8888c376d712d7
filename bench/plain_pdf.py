"""The same words as a plan's document, drawn by ReportLab with no layout of ours: its paragraphs and tables as they come."""

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from supportplan.documents import model
from supportplan.documents.pdf import layout
from supportplan.documents.pdf.fonts import load_fonts

_LAYOUT = layout.STANDARD
_FOOT_BASE = 30


def draw(document: model.Document) -> bytes:
    """Draw a document on A4 pages with the same fonts, sizes and margins."""
    load_fonts()
    file = BytesIO()
    pages = SimpleDocTemplate(
        file,
        pagesize=layout.PAGE,
        leftMargin=layout.MARGIN,
        rightMargin=layout.MARGIN,
        topMargin=layout.MARGIN,
        bottomMargin=_LAYOUT.foot,
        title=document.title,
        pageCompression=1,
    )

    def foot(canvas: Any, _: Any) -> None:
        canvas.setFont(_LAYOUT.note.fontName, 12)
        canvas.drawString(
            layout.MARGIN,
            _FOOT_BASE,
            f"{document.person}, {document.version}, {canvas.getPageNumber()}",
        )

    story = [flowable for block in document.blocks for flowable in _flowables(block)]
    story += [PageBreak()]
    story += [flowable for block in document.last_page.totals for flowable in _flowables(block)]
    for field in document.last_page.signatures:
        story.append(_text(f"{field.role} {field.name}", _LAYOUT.cell_bold))
    pages.build(story, onFirstPage=foot, onLaterPages=foot)
    return file.getvalue()


def _flowables(block: model.Block) -> list[Flowable]:
    match block:
        case model.Heading():
            return [_text(block.text, _LAYOUT.headings[block.level])]
        case model.Paragraph():
            return [_text(block.text, _LAYOUT.body)]
        case model.Bullets():
            return [_text(item, _LAYOUT.bullet) for item in block.items]
        case model.Table():
            return [_table(block)]
        case model.Card():
            title = [_text(block.title, _LAYOUT.card_title)] if block.title else []
            rows = [
                [_text(fact.label, _LAYOUT.label), _text(fact.text, _LAYOUT.fact)] for fact in block.facts
            ]
            return [*title, Table(rows, colWidths=[layout.WIDTH / 3, layout.WIDTH * 2 / 3])]
        case model.Figure():
            return [
                _text(block.title, _LAYOUT.card_title),
                *(_text(f"{bar.label}: {bar.value}", _LAYOUT.cell) for bar in block.bars),
            ]
        case model.Idea():
            return [_text(block.text, _LAYOUT.body), _text(block.own_words, _LAYOUT.body)]
        case model.NewPage():
            return [PageBreak()]


def _table(block: model.Table) -> Flowable:
    """Set a table in columns of equal width, its header on each page."""
    rows = [[_text(column.header, _LAYOUT.cell_bold) for column in block.columns]]
    rows += [
        [_cell(cell, column) for cell, column in zip(row.cells, block.columns, strict=True)]
        for row in block.rows
    ]
    return Table(rows, colWidths=[layout.WIDTH / len(block.columns)] * len(block.columns), repeatRows=1)


def _cell(cell: model.Cell, column: model.Column) -> list[Flowable]:
    amount = column.holds == "amount"
    parts = [_text(cell.text, _LAYOUT.amount if amount else _LAYOUT.cell)]
    if cell.note:
        parts.append(_text(cell.note, _LAYOUT.amount_note if amount else _LAYOUT.cell_note))
    return parts


def _text(text: str, style: ParagraphStyle) -> Flowable:
    return Paragraph(escape(text).replace("\n", "<br/>"), style)
