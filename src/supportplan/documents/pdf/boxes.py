"""What is drawn and not only written: bars that compare amounts, and the places for signatures."""

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from supportplan.documents.model import Bar, Figure, SignatureField
from supportplan.documents.pdf.fonts import Typesetter
from supportplan.documents.pdf.ink_strokes import draw_strokes
from supportplan.documents.pdf.layout import (
    AROUND_DRAWING,
    BETWEEN_SIGNATURES,
    GAP,
    GREY,
    INK,
    MARGIN,
    OFF_THE_LINE,
    PAD_X,
    PAGE,
    SEAL_ABOVE,
    SEAL_HEIGHT,
    WIDTH,
    Layout,
)
from supportplan.documents.pdf.letters import BOLD
from supportplan.documents.pdf.paragraphs import TaggedParagraph
from supportplan.documents.pdf.structure import Element, figure_attributes
from supportplan.domain.cases.drawing import Drawing

_BAR_HEIGHT = 11
_BETWEEN = 8


class Bars(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Bars one under the other, each with its label above and its amount at the right."""

    def __init__(self, figure: Figure, setter: Typesetter, layout: Layout) -> None:
        super().__init__()
        self._layout = layout
        self._figure = figure
        self._title = TaggedParagraph.of(setter, figure.title, layout.card_title)
        self._element = Element("Figure")
        self._labels = [
            TaggedParagraph.of(setter, bar.label, layout.cell, self._element) for bar in figure.bars
        ]
        self._amounts = (
            max(pdfmetrics.stringWidth(bar.value, BOLD, layout.sizes.small) for bar in figure.bars) + 8
        )
        self.spaceBefore = GAP
        self.spaceAfter = 6

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the whole."""
        self.width = WIDTH
        heights = [part.wrap(WIDTH, self._layout.height)[1] for part in (self._title, *self._labels)]
        self.height = sum(heights) + len(self._labels) * (_BAR_HEIGHT + _BETWEEN) + 4
        return self.width, self.height

    def draw(self) -> None:
        """Draw from the top down: the title, and under it the figure, which says in words what it shows."""
        canvas = self.canv
        y = self.height - self._title.height
        self._title.drawOn(canvas, 0, y)
        left, bottom = canvas.absolutePosition(0, 0)
        box = (left, bottom, left + self.width, bottom + y)
        self._element.attributes = figure_attributes(self._figure.words, box)
        y -= 4
        canvas.saveState()
        for bar, label in zip(self._figure.bars, self._labels, strict=True):
            y -= label.height
            label.drawOn(canvas, 0, y)
            y -= _BAR_HEIGHT + _BETWEEN
            with canvas.tagged(self._element):
                self._draw_bar(bar, y)
        canvas.restoreState()

    def _draw_bar(self, bar: Bar, y: float) -> None:
        canvas = self.canv
        longest = WIDTH - self._amounts
        canvas.setFillColor(GREY)
        canvas.rect(0, y + _BETWEEN - 2, max(longest * bar.length / 1000, 1), _BAR_HEIGHT, stroke=0, fill=1)
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, self._layout.sizes.small)
        canvas.drawRightString(WIDTH, y + _BETWEEN, bar.value)


class SignaturePlace(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A line or a box to sign in and one for the date, under who signs; in them who has signed already, and when.

    Where nobody has signed there is a field over both places, named `sign-` and the role's key. Where somebody has drawn
    their signature it stands there, and who they are under it.
    """

    def __init__(self, model: SignatureField, setter: Typesetter, layout: Layout) -> None:
        super().__init__()
        self._model = model
        self._layout = layout
        self._sizes = layout.sizes
        self._parts = [TaggedParagraph.of(setter, model.role, layout.cell_bold)]
        if model.name:
            self._parts.append(TaggedParagraph.of(setter, model.name, layout.cell))
        drawn = model.drawing is not None
        self._label = TaggedParagraph.of(
            setter, f"Signature: {model.signed}" if drawn else "Signature", layout.label
        )
        self._signed = (
            TaggedParagraph.of(setter, model.signed, layout.cell) if model.signed and not drawn else None
        )
        self._day = TaggedParagraph.of(setter, "Date", layout.label)
        self._on = TaggedParagraph.of(setter, model.on, layout.cell) if model.on else None
        self.spaceAfter = BETWEEN_SIGNATURES

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the whole."""
        self.width = WIDTH
        words = sum(part.wrap(self._sizes.text, self._layout.height)[1] for part in self._parts)
        written = [
            part.wrap(width - 2 * self._pad, self._layout.height)[1] + 2 * OFF_THE_LINE
            for part, width in ((self._signed, self._sizes.sign_width), (self._on, self._sizes.date_width))
            if part is not None
        ]
        self._room = max(self._sizes.sign_height, *written, 0)
        self._day.wrap(self._sizes.date_width, self._layout.height)
        under = self._label.wrap(self._sizes.sign_width, self._layout.height)[1]
        self.height = max(words + self._room + under, 24 * mm)
        return self.width, self.height

    @property
    def _pad(self) -> float:
        """How far what is written in a box stands from its side; on a line it begins with the line."""
        return PAD_X if self._sizes.boxed else 0

    def draw(self) -> None:
        """Draw who signs, the two places, and what belongs in them."""
        canvas = self.canv
        y = self.height
        for part in self._parts:
            y -= part.height
            part.drawOn(canvas, 0, y)
        base = self._label.height
        date_left = WIDTH - self._sizes.date_width
        with canvas.artifact():
            canvas.saveState()
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1)
            for left, width in ((0, self._sizes.sign_width), (date_left, self._sizes.date_width)):
                if self._sizes.boxed:
                    canvas.rect(left, base, width, self._room, stroke=1, fill=0)
                else:
                    canvas.line(left, base, left + width, base)
            canvas.restoreState()
        self._label.drawOn(canvas, 0, 0)
        if self._model.drawing is not None:
            self._draw_strokes(self._model.drawing, base)
        elif self._signed is not None:
            self._signed.drawOn(canvas, self._pad, base + OFF_THE_LINE)
        elif self._model.key:
            self._draw_field(base)
        self._day.drawOn(canvas, date_left, base - self._day.height)
        if self._on is not None:
            self._on.drawOn(canvas, date_left + self._pad, base + OFF_THE_LINE)

    def _draw_strokes(self, drawing: Drawing, base: float) -> None:
        left, bottom = self.canv.absolutePosition(0, base)
        width, height = self._sizes.sign_width, self._sizes.sign_height
        words = figure_attributes(
            f"Signature of {self._model.signed}", (left, bottom, left + width, bottom + height)
        )
        with self.canv.tagged(Element("Figure", attributes=words)):
            draw_strokes(
                self.canv,
                drawing,
                self._pad,
                base + AROUND_DRAWING,
                width - 2 * self._pad,
                height - 2 * AROUND_DRAWING,
            )

    def _draw_field(self, base: float) -> None:
        who = ", ".join(part for part in (self._model.role, self._model.name) if part)
        left, bottom = self.canv.absolutePosition(0, base)
        self.canv.place_to_sign(
            f"sign-{self._model.key}",
            f"Signature: {who}",
            (left, bottom, left + WIDTH, bottom + self._sizes.sign_height),
        )


class SealPlace(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """The field that the seal is put into, at the head of the last page; nothing is seen of it before."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """It takes no room from what is written on the page."""
        return 0, 0

    def draw(self) -> None:
        """Put the field on the page."""
        bottom = PAGE[1] - MARGIN + SEAL_ABOVE
        self.canv.place_to_sign(
            "seal",
            "Seal, by which any later change can be found",
            (MARGIN, bottom, MARGIN + WIDTH, bottom + SEAL_HEIGHT),
        )
