"""The figures that a document prints: what its pages must say, whatever they look like."""

from collections import Counter
from collections.abc import Iterator

from supportplan.documents.model import Block, Bullets, Card, Document, Figure, Heading, Paragraph, Table
from supportplan.domain.figures import amounts_in, numbers_in


def figures_of(document: Document) -> Counter[str]:
    """Count every amount that a document prints, and every number in the columns that hold figures."""
    found: Counter[str] = Counter()
    for block in (*document.blocks, *document.last_page.totals):
        for text, counts_all in _texts(block):
            found += numbers_in(text) if counts_all else amounts_in(text)
    return found


def _texts(block: Block) -> Iterator[tuple[str, bool]]:
    """Yield each text of a block, with whether all numbers in it are figures of the plan, or only amounts."""
    match block:
        case Heading() | Paragraph():
            yield block.text, False
        case Bullets():
            yield from ((item, False) for item in block.items)
        case Table():
            for row in block.rows:
                for cell, column in zip(row.cells, block.columns, strict=True):
                    yield from ((text, column.holds != "words") for text in (cell.text, cell.note))
        case Card():
            yield block.title, False
            yield from ((fact.text, False) for fact in block.facts)
        case Figure():
            yield block.title, False
            for bar in block.bars:
                yield from ((bar.label, False), (bar.value, True))
