"""Rendering a document as PDF, each copy in its own sizes."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations
from typing import NamedTuple

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from supportplan.documents.model import (
    Block,
    Bullets,
    Card,
    Document,
    Figure,
    Heading,
    Idea,
    LastPage,
    NewPage,
    Table,
)
from supportplan.documents.model import Paragraph as Words
from supportplan.documents.pdf.boxes import Bars, SealPlace, SignaturePlace
from supportplan.documents.pdf.finish import finished
from supportplan.documents.pdf.fonts import Typesetter
from supportplan.documents.pdf.grid import Grid
from supportplan.documents.pdf.ideas import idea_row
from supportplan.documents.pdf.layout import MOST_BETWEEN_SIGNATURES, WIDTH, Layout, layout_of
from supportplan.documents.pdf.letters import lacking
from supportplan.documents.pdf.pages import Pages
from supportplan.documents.pdf.paragraphs import HeadingParagraph, ListItem, TaggedParagraph
from supportplan.documents.pdf.structure import Element
from supportplan.documents.pdf.tables import card, marked, table
from supportplan.domain.short import shortened


class Rendered(NamedTuple):
    """A PDF file, how many pages it has, and the letters that no font has: each was printed as a sign."""

    pdf: bytes
    pages: int
    lacking: tuple[str, ...]


def render_pdf(document: Document) -> Rendered:
    """Draw a document. The same document always gives the same bytes.

    Raises CannotWrite where an amount is too long for the page.
    """
    layout = layout_of(document.edition)
    story = _Story(layout)
    pages = Pages(document, layout)
    made = pages.made([*story.of(document.blocks), *story.signed(document.last_page)])
    return Rendered(finished(made, document), pages.page_count, lacking(document))


class _Story:
    """Turns blocks into what ReportLab lays out."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.setter = Typesetter()
        self._headings = 0

    def of(self, blocks: Sequence[Block]) -> Iterator[Flowable]:
        """Set blocks one after the other; a heading, and the person's words, stay with what they head."""
        drawn = [self._set(block) for block in blocks]
        for place, flowables in enumerate(drawn):
            if _heads(blocks[place : place + 2]) and not (place and _heads(blocks[place - 1 : place + 1])):
                yield CondPageBreak(self._room(blocks[place:], drawn[place:]))
            yield from flowables

    def signed(self, page: LastPage) -> Iterator[Flowable]:
        """Set the totals with the signatures; where not all fit on one page, each page has the totals again.

        All pages then have about as many signatures, the same way apart.
        """
        places = [SignaturePlace(field, self.setter, self._layout) for field in page.signatures]
        room = self._layout.height - self._height(self._totals(page))
        shared = evenly([self._height([place]) for place in places], room)
        sheets = [[places.pop(0) for _ in range(count)] for count in shared]
        # Not all the room that is left is given away, because sums of fractions differ in their last place.
        spare = [max(room - self._height(sheet), 0) * 0.9 / len(sheet) for sheet in sheets]
        for sheet in sheets:
            yield PageBreak()
            yield from self._totals(page)
            for place in sheet:
                place.spaceAfter += min(*spare, MOST_BETWEEN_SIGNATURES)
                yield place
        if sheets:
            yield SealPlace()
        else:
            yield PageBreak()
            yield from self._totals(page)

    def _totals(self, page: LastPage) -> list[Flowable]:
        return [flowable for block in page.totals for flowable in self._set(block)]

    def _room(self, blocks: Sequence[Block], drawn: Sequence[list[Flowable]]) -> float:
        """How much room a heading needs: its own, and that of the beginning of what follows it.

        It is no more than most of a page, but where rows of easy read belong together and fit on one.
        """
        room = 0.0
        rows = False
        for place, flowables in enumerate(drawn):
            if not _heads(blocks[place : place + 2]):
                room += self._least(flowables)
                break
            room += self._height(flowables)
            rows = rows or isinstance(blocks[place], Idea)
        return room if rows and room <= self._layout.height else min(room, self._layout.height * 0.7)

    def _set(self, block: Block) -> list[Flowable]:
        match block:
            case Heading():
                return [self._heading(block)]
            case Words():
                return [self._words(block)]
            case Bullets():
                return self._bullets(block)
            case Table():
                return [table(block, self.setter, self._layout)]
            case Card():
                return [card(block, self.setter, self._layout)]
            case Figure():
                return [Bars(block, self.setter, self._layout)]
            case Idea():
                return [idea_row(block, self.setter, self._layout)]
            case NewPage():
                return [PageBreak() if block.apart else CondPageBreak(self._layout.height / 2)]

    def _heading(self, block: Heading) -> Flowable:
        style = self._layout.headings[block.level]
        heading = HeadingParagraph.of(self.setter, block.text, style, Element(f"H{block.level}"))
        self._headings += 1
        heading.entry = (block.level, f"heading-{self._headings}", shortened(block.text, 120))
        return heading

    def _words(self, block: Words) -> Flowable:
        match block.tone:
            case "voice":
                return marked(block.text, self._layout.voice, self.setter, self._layout)
            case "warning":
                return marked(
                    f"Please note: {block.text}", self._layout.warning, self.setter, self._layout, boxed=True
                )
            case "note":
                return self._paragraph(block.text, self._layout.note)
            case "body":
                return self._paragraph(block.text, self._layout.body)

    def _paragraph(self, text: str, style: ParagraphStyle) -> Flowable:
        return TaggedParagraph.of(self.setter, text, style)

    def _bullets(self, block: Bullets) -> list[Flowable]:
        whole = Element("L", attributes="/A <</O /List /ListNumbering /Disc>>")
        items = []
        for text in block.items:
            element = Element("LI", whole)
            item = ListItem.of(self.setter, text, self._layout.bullet, Element("LBody", element))
            item.label = Element("Lbl", element)
            items.append(item)
        return items

    def _height(self, flowables: Sequence[Flowable]) -> float:
        """The height of flowables one under the other; of two spaces that meet, the larger counts."""
        height = above = 0.0
        for one in flowables:
            height += max(one.getSpaceBefore() - above, 0) + one.wrap(WIDTH, self._layout.height)[1]
            above = one.getSpaceAfter()
            height += above
        return height

    def _least(self, flowables: Sequence[Flowable]) -> float:
        """How much room the beginning of a block needs: a table says so itself; a text two lines, a short one all."""
        first: Flowable = flowables[0] if flowables else None
        if isinstance(first, Grid):
            return first.least_height
        if isinstance(first, TaggedParagraph):
            height, leading = self._height([first]), first.style.leading
            # Of three lines none is left alone at the foot or the head of a page, so they stay together.
            return height if height < 4 * leading else 2.0 * leading
        return self._height(flowables[:1])


def evenly(heights: Sequence[float], room: float) -> list[int]:
    """Say how many of some heights stand on each page of a room: on as few pages as hold them, on each about as many."""
    full = [0] if heights else []
    left = room
    for height in heights:
        if full[-1] and left < height:
            full.append(0)
            left = room
        full[-1] += 1
        left -= height
    whole, over = divmod(len(heights), len(full) or 1)
    for longer in combinations(range(len(full)), over):
        even = [whole + (place in longer) for place in range(len(full))]
        ends = list(accumulate(even))
        if all(sum(heights[end - count : end]) <= room for end, count in zip(ends, even, strict=True)):
            return even
    return full


def _heads(blocks: Sequence[Block]) -> bool:
    """Whether the first block must not stand alone at the foot of a page, because of what it is or what follows it."""
    block, following = blocks[0], blocks[1] if len(blocks) > 1 else None
    match block:
        case Heading():
            return True
        case Words():
            return block.tone == "voice"
        case Idea():
            return block.with_next
        case Card():
            # The facts over a table or a warning, and the last of some cards with the one that says what they are in all.
            facts = not block.title
            return (facts and isinstance(following, Table | Words)) or _is_a_total(following)
        case _:
            return False


def _is_a_total(block: Block | None) -> bool:
    return isinstance(block, Card) and all(fact.weight != "row" for fact in block.facts)
