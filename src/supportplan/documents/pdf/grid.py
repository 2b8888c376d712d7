"""Rows of cells drawn on the page: tables, cards and the person's own words.

A row is carried over to the next page only where it is too high to be moved there whole; the header is repeated on
each page.
"""

from collections.abc import Sequence
from typing import NamedTuple

from reportlab.platypus import Flowable

from supportplan.documents.pdf.layout import (
    BAR,
    BAR_AND_GAP,
    GAP,
    GREY,
    INK,
    PAD_X,
    PAD_Y,
    TINT,
    WIDTH,
    Breaks,
)
from supportplan.documents.pdf.paragraphs import TaggedParagraph
from supportplan.documents.pdf.structure import Element

_ANY_HEIGHT = 1e7


class Box(NamedTuple):
    """A cell: its place across the row, and the paragraphs in it. It is measured when it is made."""

    left: float
    width: float
    element: Element
    parts: tuple[TaggedParagraph, ...]
    height: float


def box(left: float, width: float, element: Element, parts: Sequence[TaggedParagraph]) -> Box:
    """Measure a cell; its one part is the element itself, several are paragraphs in it."""
    for part in parts:
        part.element = element if len(parts) == 1 else Element("P", element)
    return _measured(left, width, element, parts)


def _measured(left: float, width: float, element: Element, parts: Sequence[TaggedParagraph]) -> Box:
    inner = width - 2 * PAD_X
    return Box(left, width, element, tuple(parts), sum(part.wrap(inner, _ANY_HEIGHT)[1] for part in parts))


class Line(NamedTuple):
    """A row of cells.

    `rule` is the weight of the line above it, 0 for none; `keep_with_next` keeps it on one page with the next row;
    `pad` is the room above and below its words, `above` and `below` what is added to it. A `bar` is a thick rule along its side, left of its first cell.
    """

    boxes: tuple[Box, ...]
    rule: float = 0.5
    tinted: bool = False
    keep_with_next: bool = False
    pad: float = PAD_Y
    above: float = 0
    below: float = 0
    bar: bool = False

    @property
    def element(self) -> Element:
        """The element of its first cell, by which it is known whether it was drawn already."""
        return self.boxes[0].element

    @property
    def height(self) -> float:
        """The height that the highest cell asks for."""
        return max(one.height for one in self.boxes) + 2 * self.pad + self.above + self.below

    def cut(self, room: float) -> tuple["Line", "Line"] | None:
        """Cut the row so that its first part fits the room; None where no line of text would."""
        above, below = [], []
        for one in self.boxes:
            first, rest = _cut_parts(one, room - 2 * self.pad - self.above)
            above.append(_measured(one.left, one.width, one.element, first))
            below.append(_measured(one.left, one.width, one.element, rest))
        if not any(one.parts for one in above) or not any(one.parts for one in below):
            return None
        return self._replace(boxes=tuple(above), below=0), self._replace(boxes=tuple(below), rule=0, above=0)


def _cut_parts(one: Box, room: float) -> tuple[list[TaggedParagraph], list[TaggedParagraph]]:
    inner = one.width - 2 * PAD_X
    first: list[TaggedParagraph] = []
    for place, part in enumerate(one.parts):
        height = part.wrap(inner, _ANY_HEIGHT)[1]
        if height <= room:
            first.append(part)
            room -= height
            continue
        halves = part.split(inner, room) if room > 0 else []
        if len(halves) == 2:
            return [*first, halves[0]], [halves[1], *one.parts[place + 1 :]]
        return first, list(one.parts[place:])
    return first, []


class Grid(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Rows under an optional header. `boxed` rows have a line around; what is `together` goes to the next page whole."""

    def __init__(
        self,
        lines: Sequence[Line],
        breaks: Breaks,
        *,
        header: Line | None = None,
        boxed: bool = False,
        together: bool = False,
        space: float = GAP,
    ) -> None:
        super().__init__()
        self.lines = tuple(lines)
        self._breaks = breaks
        self._header = header
        self._boxed = boxed
        self._together = together
        self.spaceAfter = space

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the whole."""
        self.width, self.height = WIDTH, self._whole_height
        return self.width, self.height

    @property
    def _whole_height(self) -> float:
        return self._head_height + sum(line.height for line in self.lines)

    @property
    def _head_height(self) -> float:
        return self._header.height if self._header else 0

    @property
    def least_height(self) -> float:
        """How much room must be left on a page for the beginning of this: the whole, where that is little."""
        if self._whole_height <= self._breaks.keep_whole:
            return self._whole_height
        least = self._head_height
        for line in self.lines:
            if line.height > self._breaks.may_break:
                return least + self._breaks.worth_beginning
            least += line.height
            if not line.keep_with_next:
                break
        return least

    def split(self, _width: float, height: float) -> list["Grid"]:
        """Cut between rows, or within a row that is too high to be moved whole."""
        if self._together and self._whole_height <= self._breaks.keep_whole:
            return []
        room = height - self._head_height
        fitting = 0
        while fitting < len(self.lines) and self.lines[fitting].height <= room:
            room -= self.lines[fitting].height
            fitting += 1
        if fitting == len(self.lines):
            return [self]
        tall = self.lines[fitting]
        if (
            tall.height > self._breaks.may_break
            and room >= self._breaks.worth_beginning
            and (halves := tall.cut(room))
        ):
            above, below = halves
            return [
                self._like((*self.lines[:fitting], above), space=0),
                self._like((below, *self.lines[fitting + 1 :])),
            ]
        while (
            fitting
            and self.lines[fitting - 1].keep_with_next
            and self.lines[fitting - 1].height <= self._breaks.may_break
        ):
            fitting -= 1
        if not fitting:
            return []
        return [self._like(self.lines[:fitting], space=0), self._like(self.lines[fitting:])]

    def _like(self, lines: Sequence[Line], space: float | None = None) -> "Grid":
        space = self.spaceAfter if space is None else space
        return Grid(lines, self._breaks, header=self._header, boxed=self._boxed, space=space)

    def draw(self) -> None:
        """Draw the tints and rules, then the words; a header that was drawn before is no more than a help to the eye."""
        canvas = self.canv
        with canvas.artifact():
            self._draw_shapes()
        top = self.height
        if self._header:
            if self._header.element.taken_in:
                with canvas.artifact():
                    self._draw_words(self._header, top)
            else:
                self._draw_words(self._header, top)
            top -= self._header.height
        for line in self.lines:
            self._draw_words(line, top)
            top -= line.height

    def _draw_shapes(self) -> None:
        canvas = self.canv
        canvas.saveState()
        top = self.height
        for line in (*([self._header] if self._header else []), *self.lines):
            if line.tinted:
                canvas.setFillColor(TINT)
                canvas.rect(0, top - line.height, self.width, line.height, stroke=0, fill=1)
            if line.rule:
                canvas.setStrokeColor(INK if line.rule >= 1 else GREY)
                self._rule(top, line.rule)
            if line.bar:
                self._draw_bar(line, top)
            top -= line.height
        canvas.setStrokeColor(INK)
        if self._header:
            self._rule(0, 1)
        if self._boxed:
            canvas.setLineWidth(1.5)
            canvas.rect(0.75, 0.75, self.width - 1.5, self.height - 1.5, stroke=1, fill=0)
        canvas.restoreState()

    def _draw_bar(self, line: Line, top: float) -> None:
        """Draw the thick rule, as high as the words beside it and the room that is theirs."""
        self.canv.setFillColor(INK)
        left, height = line.boxes[0].left - BAR_AND_GAP, line.height - line.above - line.below
        self.canv.rect(left, top - line.above - height, BAR, height, stroke=0, fill=1)

    def _draw_words(self, line: Line, top: float) -> None:
        for one in line.boxes:
            self.canv.take_in(one.element)
            y = top - line.pad - line.above
            for part in one.parts:
                y -= part.height
                part.drawOn(self.canv, one.left + PAD_X, y)

    def _rule(self, y: float, weight: float) -> None:
        self.canv.setLineWidth(weight)
        self.canv.line(0, y, self.width, y)
