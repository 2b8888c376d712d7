"""A document as one HTML file that needs nothing beside itself: no script, no letters or pictures from elsewhere.

It says what it holds by its elements, so that a screen reader can go from heading to heading and from cell to cell.
Each text takes the direction of its own letters, and stands in the file just as it was written.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from itertools import count

from supportplan.documents.bundled import bundled
from supportplan.documents.model import (
    Block,
    Bullets,
    Card,
    Cell,
    Document,
    Fact,
    Figure,
    Heading,
    Idea,
    LastPage,
    NewPage,
    Paragraph,
    Row,
    SignatureField,
    Table,
)
from supportplan.domain.cases.drawing import Drawing, Point

# A document with fewer parts than this needs no list of them.
_MANY_PARTS = 4
# The box that a drawn signature is drawn in: that of the page, 115 x 14 mm, in points.
_STROKES = (326, 40)
# What a reader may do with the file: show it, with the looks and pictures that are in it, and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render_html(document: Document) -> str:
    """Write a document as HTML. The same document always gives the same file."""
    title = text(document.title)
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{attribute(document.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="author" content="{attribute(document.author)}">',
            f'<meta name="description" content="{attribute(document.subject)}">',
            f"<title>{title}</title>",
            f"<style>\n{bundled('html/copy.css').decode()}</style>",
            "</head>",
            f'<body class="{document.edition.replace("_", "-")}">',
            "<main>",
            *_Body().of(document),
            "</main>",
            f"<footer><bdi>{text(document.person)}</bdi> · {text(document.version)}</footer>",
            "</body>",
            "</html>",
            "",
        )
    )


def text(words: str) -> str:
    """Return words as HTML text that reads back as they were: signs escaped, and returns that would become line breaks."""
    return escape(words, quote=False).replace("\r", "&#13;")


def attribute(words: str) -> str:
    """Return words as the value of an attribute."""
    return escape(words).replace("\r", "&#13;")


class _Body:
    """Writes the blocks of one document, and gives the parts that are led to their names."""

    def __init__(self) -> None:
        self._parts = (f"part-{number}" for number in count(1))
        self._names = (f"name-{number}" for number in count(1))

    def of(self, document: Document) -> Iterator[str]:
        page = document.last_page
        blocks = (*document.blocks, *page.totals)
        parts = [block for block in blocks if isinstance(block, Heading) and block.level == 2]
        for place, block in enumerate(blocks):
            if block == next(iter(parts), None) and len(parts) >= _MANY_PARTS:
                yield from _contents(parts)
            yield from self._block(block, blocks[place - 1] if place else None)
        yield from self._signatures(page)

    def _block(self, block: Block, before: Block | None) -> Iterator[str]:
        match block:
            case Heading():
                name = f' id="{next(self._parts)}"' if block.level == 2 else ""
                yield f'<h{block.level}{name} dir="auto">{text(block.text)}</h{block.level}>'
            case Paragraph():
                yield _paragraph(block)
            case Bullets():
                yield "<ul>"
                yield from (f'<li dir="auto">{text(item)}</li>' for item in block.items)
                yield "</ul>"
            case Table():
                said = isinstance(before, Heading) and before.text == block.caption
                yield from _table(block, said=said)
            case Card():
                yield from self._card(block)
            case Figure():
                yield from _figure(block)
            case Idea():
                yield from _idea(block)
            case NewPage():
                # How much of a page is free is not known here: only what is taken out of the paper begins one.
                if block.apart:
                    yield '<div class="new-page"></div>'

    def _card(self, card: Card) -> Iterator[str]:
        if card.title:
            name = next(self._names)
            yield f'<div class="card" role="group" aria-labelledby="{name}">'
            yield f'<p id="{name}" dir="auto">{text(card.title)}</p>'
        else:
            yield '<div class="card">'
        yield from _facts(card.facts)
        yield "</div>"

    def _signatures(self, page: LastPage) -> Iterator[str]:
        for field in page.signatures:
            name = next(self._names)
            yield f'<div class="signature" role="group" aria-labelledby="{name}">'
            yield f'<p id="{name}" dir="auto"><strong>{text(field.role)}</strong></p>'
            if field.name:
                yield f'<p dir="auto">{text(field.name)}</p>'
            yield "<dl>"
            yield from _lines_to_sign_on(field)
            yield "</dl>"
            yield "</div>"


def _contents(parts: Sequence[Heading]) -> Iterator[str]:
    yield '<nav aria-label="Contents">'
    yield "<ul>"
    for number, part in enumerate(parts, start=1):
        yield f'<li dir="auto"><a href="#part-{number}">{text(part.text)}</a></li>'
    yield "</ul>"
    yield "</nav>"


def _paragraph(block: Paragraph) -> str:
    words = text(block.text)
    match block.tone:
        case "voice":
            return f'<blockquote dir="auto">{words}</blockquote>'
        case "warning":
            return f'<p class="warning" dir="auto">Please note: {words}</p>'
        case "note":
            return f'<p class="note" dir="auto">{words}</p>'
        case "body":
            return f'<p dir="auto">{words}</p>'


def _table(table: Table, *, said: bool) -> Iterator[str]:
    """Write a table; its caption is only heard where the heading above it says the same."""
    # Whoever has no mouse can move what is wider than the window once it can be reached by the keyboard.
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{attribute(table.caption)}">'
    yield "<table>"
    yield f'<caption dir="auto"><span{_classes("said" if said else "")}>{text(table.caption)}</span></caption>'
    yield "<thead>"
    yield "<tr>"
    for column in table.columns:
        yield f'<th scope="col"{_classes(_amount(column.holds))} dir="auto">{text(column.header)}</th>'
    yield "</tr>"
    yield "</thead>"
    yield "<tbody>"
    for row in table.rows:
        yield f"<tr{_classes(_weight(row.weight))}>"
        yield from _cells(table, row)
        yield "</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _cells(table: Table, row: Row) -> Iterator[str]:
    span = 1
    if row.weight != "row":
        while span < len(row.cells) - 1 and row.cells[span] == Cell(""):
            span += 1
    wide = f' colspan="{span}"' if span > 1 else ""
    yield f'<th scope="row"{wide} dir="auto">{_cell(row.cells[0])}</th>'
    for column, cell in zip(table.columns[span:], row.cells[span:], strict=True):
        yield f'<td{_classes(_amount(column.holds))} dir="auto">{_cell(cell)}</td>'


def _amount(holds: str) -> str:
    return "amount" if holds == "amount" else ""


def _weight(weight: str) -> str:
    return "" if weight == "row" else weight.replace("_", "-")


def _cell(cell: Cell) -> str:
    return text(cell.text) + (f'<small dir="auto">{text(cell.note)}</small>' if cell.note else "")


def _classes(*names: str) -> str:
    found = " ".join(filter(None, names))
    return f' class="{found}"' if found else ""


def _facts(facts: Sequence[Fact]) -> Iterator[str]:
    yield "<dl>"
    for fact in facts:
        yield f"<div{_classes(_amount(fact.holds), _weight(fact.weight))}>"
        yield f'<dt dir="auto">{text(fact.label)}</dt>'
        yield f'<dd dir="auto">{text(fact.text)}</dd>'
        yield "</div>"
    yield "</dl>"


def _figure(figure: Figure) -> Iterator[str]:
    yield "<figure>"
    yield f'<figcaption dir="auto">{text(figure.title)}</figcaption>'
    yield f'<div role="img" aria-label="{attribute(figure.words)}">'
    for bar in figure.bars:
        yield '<div class="bar">'
        yield f'<span dir="auto">{text(bar.label)}</span>'
        yield (
            '<div><svg viewBox="0 0 1000 10" preserveAspectRatio="none">'
            f'<rect width="{max(bar.length, 4)}" height="10" fill="#505a5f"/></svg> <b>{text(bar.value)}</b></div>'
        )
        yield "</div>"
    yield "</div>"
    yield "</figure>"


def _idea(idea: Idea) -> Iterator[str]:
    more = ("" if idea.picture else "plain", "with-next" if idea.with_next else "")
    yield f"<div{_classes('idea', *more)}>"
    if idea.picture:
        kind = "png" if idea.picture.data.startswith(b"\x89PNG") else "jpeg"
        data = b64encode(idea.picture.data).decode()
        yield f'<img alt="{attribute(idea.picture.words)}" src="data:image/{kind};base64,{data}">'
    yield "<div>"
    yield f'<p dir="auto">{text(idea.text)}</p>'
    if idea.own_words:
        yield f'<blockquote dir="auto">{text(idea.own_words)}</blockquote>'
    if idea.more:
        yield f'<p dir="auto">{text(idea.more)}</p>'
    yield "</div>"
    yield "</div>"


def _lines_to_sign_on(field: SignatureField) -> Iterator[str]:
    for label, said in (("Signature", field.signed), ("Date", field.on)):
        words = text(said) if said else '<span class="unsigned">Not yet</span>'
        ink = _strokes(field.drawing) if field.drawing and label == "Signature" else ""
        yield f'<div><dt>{label}</dt><dd dir="auto">{ink}{words}</dd></div>'


def _strokes(drawing: Drawing) -> str:
    """Draw a signature over the words that say whose it is."""
    paths = []
    for curve in drawing.curves(*_STROKES):
        bends = "".join(f"C{' '.join(map(_point, bend))}" for bend in curve.bends)
        paths.append(f"M{_point(curve.start)}{bends or f'L{_point(curve.start)}'}")
    return (
        f'<svg class="ink" aria-hidden="true" viewBox="-2 -2 {_STROKES[0] + 4} {_STROKES[1] + 4}">'
        f'<path d="{"".join(paths)}" fill="none" stroke="#0b0c0c" stroke-width="1.3" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )


def _point(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"
