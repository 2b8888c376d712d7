"""The same words as a plan's document as a web page, for programs that print web pages."""

from html import escape

from supportplan.documents import model

_STYLE = """
@page { size: A4; margin: 20mm 20mm 22mm 20mm; @bottom-right { content: "Page " counter(page) " of " counter(pages); } }
body { font: 14pt/1.4 sans-serif; } h1 { font-size: 24pt; } h2 { font-size: 18pt; } h3 { font-size: 14pt; }
table { width: 100%; border-collapse: collapse; font-size: 12pt; } td, th { border-top: 1px solid; padding: 4pt; text-align: left; }
thead { display: table-header-group; } .amount { text-align: right; white-space: nowrap; } .new { break-before: page; }
"""


def page_of(document: model.Document) -> str:
    """Return a document as HTML."""
    blocks = [*document.blocks, model.NewPage(), *document.last_page.totals]
    signatures = "".join(
        f"<p><b>{escape(field.role)} {escape(field.name)}</b></p>" for field in document.last_page.signatures
    )
    return (
        f'<!doctype html><html lang="{document.language}"><meta charset="utf-8"><title>{escape(document.title)}</title>'
        f"<style>{_STYLE}</style><body>{''.join(map(_html, blocks))}{signatures}"
    )


def _html(block: model.Block) -> str:
    match block:
        case model.Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case model.Paragraph():
            return f"<p>{_lines(block.text)}</p>"
        case model.Bullets():
            return f"<ul>{''.join(f'<li>{_lines(item)}</li>' for item in block.items)}</ul>"
        case model.Table():
            head = "".join(f"<th>{escape(column.header)}</th>" for column in block.columns)
            return f"<table><thead><tr>{head}</tr></thead>{''.join(_row(row, block.columns) for row in block.rows)}</table>"
        case model.Card():
            facts = "".join(
                f"<tr><th>{escape(fact.label)}</th><td>{_lines(fact.text)}</td></tr>" for fact in block.facts
            )
            return f"<h3>{escape(block.title)}</h3><table>{facts}</table>"
        case model.Figure():
            return f"<p>{_lines(block.words)}</p>"
        case model.Idea():
            return f"<p>{_lines(block.text)}<br>{_lines(block.own_words)}</p>"
        case model.NewPage():
            return '<div class="new"></div>'


def _row(row: model.Row, columns: tuple[model.Column, ...]) -> str:
    cells = (
        f'<td class="{column.holds}">{_lines(cell.text)}<br><small>{_lines(cell.note)}</small></td>'
        for cell, column in zip(row.cells, columns, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
