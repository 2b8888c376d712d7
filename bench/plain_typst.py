"""The same words as a plan's document, drawn by Typst, where its Python package is installed."""

import json
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench.measure import Work, fresh, python
from supportplan.documents import model


def typst_drawing(document: model.Document) -> Callable[[], bytes] | None:
    """Return the work of drawing a document, with a compiler that is made anew each time; None without Typst."""
    if find_spec("typst") is None:
        return None
    source = "\n".join(_lines(document)).encode()
    compile_ = import_module("typst").compile

    def draw() -> bytes:
        drawn: bytes = compile_(source)
        return drawn

    return draw


def typst_program(document: model.Document, folder: Path) -> dict[str, Work]:
    """Return the work of drawing a document in a process of its own, by its name; none without Typst."""
    if find_spec("typst") is None:
        return {}
    source = folder / "plan.typ"
    source.write_text("\n".join(_lines(document)), encoding="utf-8")
    program = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
    return {"Typst": fresh(*python("-c", program, source, folder / "typst.pdf"))}


def _lines(document: model.Document) -> Iterator[str]:
    yield '#set page(paper: "a4", margin: 20mm)\n#set text(size: 14pt)'
    for block in (*document.blocks, *document.last_page.totals):
        yield from _block(block)
    for field in document.last_page.signatures:
        yield f"#par({_string(f'{field.role} {field.name}')})"


def _block(block: model.Block) -> Iterator[str]:
    match block:
        case model.Heading():
            yield f"#heading(level: {block.level}, {_string(block.text)})"
        case model.Paragraph():
            yield f"#par({_string(block.text)})"
        case model.Bullets():
            yield f"#list({', '.join(map(_string, block.items))})"
        case model.Table():
            cells = [column.header for column in block.columns]
            cells += [f"{cell.text}\n{cell.note}" for row in block.rows for cell in row.cells]
            yield f"#table(columns: {len(block.columns)}, {', '.join(map(_string, cells))})"
        case model.Card():
            cells = [text for fact in block.facts for text in (fact.label, fact.text)]
            yield f"#table(columns: 2, {', '.join(map(_string, cells))})"
        case model.Figure():
            yield from (f"#par({_string(f'{bar.label}: {bar.value}')})" for bar in block.bars)
        case model.NewPage():
            yield "#pagebreak(weak: true)"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
