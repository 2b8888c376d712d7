"""A document as plain text: lines of at most 72 signs, tables as sentences that a screen reader can read aloud."""

import textwrap
from collections.abc import Iterator

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
    NewPage,
    Paragraph,
    Row,
    SignatureField,
    Table,
)

WIDTH = 72
_UNDER = {1: "=", 2: "-", 3: "."}


def render_text(document: Document) -> str:
    """Write a document as text. Only a word that is longer than a line makes a longer line."""
    page = document.last_page
    blocks = (*document.blocks, *page.totals)
    parts = [*map(_block, blocks, (None, *blocks)), *map(_signature, page.signatures)]
    foot = f"{document.person} · {document.version}"
    return "\n\n".join(part for part in (*parts, foot) if part) + "\n"


def _block(block: Block, before: Block | None) -> str:
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return _wrapped(f"Please note: {block.text}" if block.tone == "warning" else block.text)
        case Bullets():
            return "\n".join(_wrapped(item, first="- ", rest="  ") for item in block.items)
        case Table():
            said = isinstance(before, Heading) and before.text == block.caption
            caption = [] if said else [_wrapped(f"{block.caption}:")]
            return "\n\n".join((*caption, *(_row(block, row) for row in block.rows)))
        case Card():
            title = [_wrapped(f"{block.title}:")] if block.title else []
            return "\n".join((*title, *(_fact(fact) for fact in block.facts)))
        case Figure():
            return _wrapped(block.words)
        case Idea():
            return _idea(block)
        case NewPage():
            return ""


def _idea(block: Idea) -> str:
    picture = block.picture.words if block.picture else ""
    return "\n".join(
        (
            _wrapped(block.text),
            *([_wrapped(block.own_words, first="  ", rest="  ")] if block.own_words.strip() else ()),
            *([_wrapped(block.more)] if block.more else ()),
            *([_wrapped(f"(Picture: {picture})")] if picture else ()),
        )
    )


def _heading(block: Heading) -> str:
    lines = _wrapped(" ".join(block.text.split()))
    longest = min(max(map(len, lines.splitlines()), default=0), WIDTH)
    return f"{lines}\n{_UNDER[block.level] * longest}"


def _row(table: Table, row: Row) -> str:
    """Write a row under its header; a total, or a row of two cells, as one sentence."""
    said = [
        (column.header, cell)
        for column, cell in zip(table.columns[1:], row.cells[1:], strict=True)
        if cell != Cell("")
    ]
    if len(said) == 1:
        return _wrapped(f"{_cell(row.cells[0])}: {_cell(said[0][1])}", rest="  ")
    return "\n".join(
        (
            _wrapped(_cell(row.cells[0]), rest="  "),
            *(_wrapped(f"{header}: {_cell(cell)}", first="  ", rest="    ") for header, cell in said),
        )
    )


def _cell(cell: Cell) -> str:
    notes = "; ".join(line for line in cell.note.splitlines() if line.strip())
    return f"{cell.text} ({notes})" if notes else cell.text


def _fact(fact: Fact) -> str:
    return _wrapped(f"{fact.label}: {fact.text}", first="  ", rest="    ")


def _signature(field: SignatureField) -> str:
    who = field.role + (f" ({field.name})" if field.name else "")
    if field.signed:
        return "\n".join((_wrapped(who), "", _wrapped(f"Signature: {field.signed}  Date: {field.on}")))
    return "\n".join((_wrapped(who), "", "Signature: " + "_" * 36 + "  Date: " + "_" * 16))


def _wrapped(text: str, *, first: str = "", rest: str = "") -> str:
    return "\n".join(_lines(text, first, rest))


def _lines(text: str, first: str, rest: str) -> Iterator[str]:
    """Wrap each line that was typed by itself, so that line breaks are kept."""
    for place, line in enumerate(text.splitlines() or [""]):
        yield from textwrap.wrap(
            line,
            WIDTH,
            initial_indent=rest if place else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
