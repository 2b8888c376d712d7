"""What is drawn and not only written: bars that compare amounts, and the places for signatures."""

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

from supportplan.documents.model import Bar, Figure, SignatureField
from supportplan.documents.pdf import layout
from supportplan.documents.pdf.fonts import Typesetter
from supportplan.documents.pdf.ink_strokes import draw_strokes
from supportplan.documents.pdf.letters import BOLD
from supportplan.documents.pdf.paragraphs import TaggedParagraph
from supportplan.documents.pdf.structure import Element, figure_attributes
from supportplan.domain.cases.drawing import Drawing

_BAR_HEIGHT = 11
_BETWEEN = 8


class Bars(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Bars one under the other, each with its label above and its amount at the right."""

    def __init__(self, figure: Figure, setter: Typesetter) -> None:
        super().__init__()
        self._figure = figure
        self._title = TaggedParagraph.of(setter, figure.title, layout.CARD_TITLE)
        self._element = Element("Figure")
        self._labels = [
            TaggedParagraph.of(setter, bar.label, layout.CELL, self._element) for bar in figure.bars
        ]
        self._amounts = max(pdfmetrics.stringWidth(bar.value, BOLD, 12) for bar in figure.bars) + 8
        self.spaceBefore = layout.GAP
        self.spaceAfter = 6

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the whole."""
        self.width = layout.WIDTH
        heights = [part.wrap(layout.WIDTH, layout.HEIGHT)[1] for part in (self._title, *self._labels)]
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
        longest = layout.WIDTH - self._amounts
        canvas.setFillColor(layout.GREY)
        canvas.rect(0, y + _BETWEEN - 2, max(longest * bar.length / 1000, 1), _BAR_HEIGHT, stroke=0, fill=1)
        canvas.setFillColor(layout.INK)
        canvas.setFont(BOLD, 12)
        canvas.drawRightString(layout.WIDTH, y + _BETWEEN, bar.value)


# How far what is written stands above its line.
_OFF_THE_LINE = 3


class SignaturePlace(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A line to sign on and a line for the date, under who signs; on them who has signed already, and when.

    Where nobody has signed there is a field over both lines, named `sign-` and the role's key. Where somebody has drawn
    their signature it stands on the line, and who they are under it.
    """

    def __init__(self, model: SignatureField, setter: Typesetter) -> None:
        super().__init__()
        self._model = model
        self._parts = [TaggedParagraph.of(setter, model.role, layout.CELL_BOLD)]
        if model.name:
            self._parts.append(TaggedParagraph.of(setter, model.name, layout.CELL))
        drawn = model.drawing is not None
        self._label = TaggedParagraph.of(
            setter, f"Signature: {model.signed}" if drawn else "Signature", layout.LABEL
        )
        self._signed = (
            TaggedParagraph.of(setter, model.signed, layout.CELL) if model.signed and not drawn else None
        )
        self._day = TaggedParagraph.of(setter, "Date", layout.LABEL)
        self._on = TaggedParagraph.of(setter, model.on, layout.CELL) if model.on else None
        self.spaceAfter = layout.BETWEEN_SIGNATURES

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the whole."""
        self.width = layout.WIDTH
        words = sum(part.wrap(layout.TEXT_WIDTH, layout.HEIGHT)[1] for part in self._parts)
        written = [
            part.wrap(width, layout.HEIGHT)[1] + _OFF_THE_LINE
            for part, width in ((self._signed, layout.SIGN_WIDTH), (self._on, layout.DATE_WIDTH))
            if part is not None
        ]
        self._day.wrap(layout.DATE_WIDTH, layout.HEIGHT)
        under = self._label.wrap(layout.SIGN_WIDTH, layout.HEIGHT)[1]
        self.height = max(words + max(layout.SIGN_HEIGHT, *written, 0) + under, 24 * mm)
        return self.width, self.height

    def draw(self) -> None:
        """Draw who signs, the two lines, and what belongs on them."""
        canvas = self.canv
        y = self.height
        for part in self._parts:
            y -= part.height
            part.drawOn(canvas, 0, y)
        base = self._label.height
        date_left = layout.WIDTH - layout.DATE_WIDTH
        with canvas.artifact():
            canvas.saveState()
            canvas.setStrokeColor(layout.INK)
            canvas.setLineWidth(1)
            canvas.line(0, base, layout.SIGN_WIDTH, base)
            canvas.line(date_left, base, layout.WIDTH, base)
            canvas.restoreState()
        self._label.drawOn(canvas, 0, 0)
        if self._model.drawing is not None:
            self._draw_strokes(self._model.drawing, base)
        elif self._signed is not None:
            self._signed.drawOn(canvas, 0, base + _OFF_THE_LINE)
        elif self._model.key:
            self._draw_field(base)
        self._day.drawOn(canvas, date_left, base - self._day.height)
        if self._on is not None:
            self._on.drawOn(canvas, date_left, base + _OFF_THE_LINE)

    def _draw_strokes(self, drawing: Drawing, base: float) -> None:
        left, bottom = self.canv.absolutePosition(0, base)
        box = (left, bottom, left + layout.SIGN_WIDTH, bottom + layout.SIGN_HEIGHT)
        words = figure_attributes(f"Signature of {self._model.signed}", box)
        with self.canv.tagged(Element("Figure", attributes=words)):
            draw_strokes(self.canv, drawing, 0, base, layout.SIGN_WIDTH, layout.SIGN_HEIGHT)

    def _draw_field(self, base: float) -> None:
        who = ", ".join(part for part in (self._model.role, self._model.name) if part)
        left, bottom = self.canv.absolutePosition(0, base)
        self.canv.place_to_sign(
            f"sign-{self._model.key}",
            f"Signature: {who}",
            (left, bottom, left + layout.WIDTH, bottom + layout.SIGN_HEIGHT),
        )


class SealPlace(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """The field that the seal is put into, at the head of the last page; nothing is seen of it before."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """It takes no room from what is written on the page."""
        return 0, 0

    def draw(self) -> None:
        """Put the field on the page."""
        bottom = layout.PAGE[1] - layout.MARGIN + layout.SEAL_ABOVE
        self.canv.place_to_sign(
            "seal",
            "Seal, by which any later change can be found",
            (layout.MARGIN, bottom, layout.MARGIN + layout.WIDTH, bottom + layout.SEAL_HEIGHT),
        )
