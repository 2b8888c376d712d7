"""Paragraphs that know what they are to a reader."""

from typing import Any, Self

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from supportplan.documents.pdf.fonts import Typesetter
from supportplan.documents.pdf.letters import is_shaped, printable
from supportplan.documents.pdf.shaping import ShapedText
from supportplan.documents.pdf.structure import Element, pdf_text

# Words of fewer letters than this are narrower than any column, and never broken.
_LONG = 20


class TaggedParagraph(Paragraph):  # type: ignore[misc]  # ReportLab has no types
    """A paragraph with its element; one that is split between two pages stays one to a reader."""

    element: Element
    # Whether what follows its last line stands on the next page.
    goes_on = False
    # Its words, where ReportLab cannot lay them out.
    shaped: ShapedText | None = None

    @classmethod
    def of(cls, setter: Typesetter, text: str, style: ParagraphStyle, element: Element | None = None) -> Self:
        """Set a text as it stands: nothing in it is markup."""
        if is_shaped(text):
            made = cls(None, style, frags=[])
            made.shaped = ShapedText(printable(text), style)
        else:
            made = cls(None, style, frags=setter.fragments(text, style))
        made.element = element or Element("P")
        return made

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Lay the words out and return the size."""
        if self.shaped is None:
            size: tuple[float, float] = super().wrap(width, height)
            return size
        self.width, self.height = width, self.shaped.wrap(width)
        return width, self.height

    def split(self, width: float, height: float) -> list[Paragraph]:
        """Split it between two pages."""
        parts = self._halves(width, height)
        for part in parts:
            part.element = self.element
            part.goes_on = part is not parts[-1] or self.goes_on
        return parts

    def _halves(self, width: float, height: float) -> list[Paragraph]:
        if self.shaped is None:
            parts: list[Paragraph] = super().split(width, height)
            return parts
        if self.shaped.wrap(width) <= height:
            return [self]
        halves = [type(self)(None, self.style, frags=[]) for _ in range(2)]
        for half, words in zip(halves, self.shaped.split(width, height) or (), strict=False):
            half.shaped = words
        return halves if halves[0].shaped else []

    def draw(self) -> None:
        """Draw the words, tagged."""
        if self.shaped is None:
            self._end_lines_with_blanks()
        with self.canv.tagged(self.element):
            if self.shaped is None:
                super().draw()
            else:
                self.shaped.draw(self.canv)
                if self.shaped.runs_leftward and not self.goes_on:
                    # Letters stand on the page in the order of the page; an element can say in which they are read.
                    self.element.attributes += f" /ActualText {pdf_text(self.shaped.text)}"

    @property
    def first_baseline(self) -> float:
        """How far under its upper edge its first line stands."""
        if self.shaped is not None:
            return self.shaped.first_baseline
        first: Any = self.blPara if self.blPara.kind == 0 else self.blPara.lines[0]
        return float(getattr(first, "ascent", self.style.fontSize))

    def _end_lines_with_blanks(self) -> None:
        """Part the last word of a line from the first of the next, for those who read words and see no lines.

        ReportLab draws no blank there. Where it has broken a word that is longer than its line, there must be none.
        """
        for line in self.blPara.lines if self.goes_on else self.blPara.lines[:-1]:
            room, words = line if self.blPara.kind == 0 else (line.extraSpace, line.words)
            if not words or (room < self.style.fontSize and _may_be_a_part(words[-1])):
                continue
            if self.blPara.kind == 0:
                words.append("")
            else:
                words[-1].text += " "


def _may_be_a_part(word: Any) -> bool:
    """Whether what ends a full line may be a part of a longer word. ReportLab has a kind of its own for such parts.

    It has none for them in a line of several fonts, so there it is a word that would not have fitted any line.
    """
    return type(word) is not str if isinstance(word, str) else len(word.text.rpartition(" ")[2]) >= _LONG


class HeadingParagraph(TaggedParagraph):
    """A heading that readers list in the outline. `entry` is its level, its key and its words."""

    entry: tuple[int, str, str] | None = None

    def split(self, width: float, height: float) -> list[Paragraph]:
        """Split it between two pages; the outline leads to where it begins."""
        parts = super().split(width, height)
        if parts:
            parts[0].entry = self.entry
        return parts

    def draw(self) -> None:
        """Draw the words, and put the place into the outline."""
        if self.entry is not None:
            level, key, words = self.entry
            self.canv.bookmarkHorizontal(key, 0, self.height)
            self.canv.addOutlineEntry(words, key, level=level - 1, closed=level > 1)
        super().draw()


class ListItem(TaggedParagraph):
    """An item of a list: its sign stands beside its first line, and is a label of its own."""

    label: Element | None = None

    def split(self, width: float, height: float) -> list[Paragraph]:
        """Split it between two pages; the sign stays where it begins."""
        parts = super().split(width, height)
        if parts:
            parts[0].label = self.label
        return parts

    def draw(self) -> None:
        """Draw the sign, then the words."""
        if self.label is not None:
            style = self.style
            with self.canv.tagged(self.label):
                self.canv.setFillColor(style.textColor)
                self.canv.setFont(style.bulletFontName, style.bulletFontSize)
                self.canv.drawString(0, self.height - self.first_baseline, "•")
        super().draw()
