"""What is drawn and not only written: bars that compare amounts, and the places for signatures."""

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Paragraph

from supportplan.documents.model import Figure, SignatureField
from supportplan.documents.pdf import layout
from supportplan.documents.pdf.fonts import BOLD, Typesetter

_BAR_HEIGHT = 11
_BETWEEN = 8


class Bars(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Bars one under the other, each with its label above and its amount at the right."""

    def __init__(self, figure: Figure, setter: Typesetter) -> None:
        super().__init__()
        self._figure = figure
        self._title = Paragraph(setter.markup(figure.title, BOLD), layout.CARD_TITLE)
        self._labels = [
            Paragraph(setter.markup(bar.label, layout.CELL.fontName), layout.CELL) for bar in figure.bars
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
        """Draw from the top down."""
        canvas = self.canv
        y = self.height - self._title.height
        self._title.drawOn(canvas, 0, y)
        y -= 4
        canvas.saveState()
        canvas.setStrokeColor(layout.INK)
        for bar, label in zip(self._figure.bars, self._labels, strict=True):
            y -= label.height
            label.drawOn(canvas, 0, y)
            y -= _BAR_HEIGHT + _BETWEEN
            longest = layout.WIDTH - self._amounts
            canvas.setFillColor(layout.GREY)
            canvas.rect(
                0, y + _BETWEEN - 2, max(longest * bar.length / 1000, 1), _BAR_HEIGHT, stroke=0, fill=1
            )
            canvas.setFillColor(layout.INK)
            canvas.setFont(BOLD, 12)
            canvas.drawRightString(layout.WIDTH, y + _BETWEEN, bar.value)
        canvas.restoreState()


# How far what is written stands above its line.
_OFF_THE_LINE = 3


class SignaturePlace(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A line to sign on and a line for the date, under who signs; on them who has signed already, and when."""

    def __init__(self, model: SignatureField, setter: Typesetter) -> None:
        super().__init__()
        self._parts = [Paragraph(setter.markup(model.role, BOLD), layout.CELL_BOLD)]
        if model.name:
            self._parts.append(Paragraph(setter.markup(model.name, layout.CELL.fontName), layout.CELL))
        self._written = [
            (Paragraph(setter.markup(words, layout.CELL.fontName), layout.CELL), left, width)
            for words, left, width in (
                (model.signed, 0, layout.SIGN_WIDTH),
                (model.on, layout.WIDTH - layout.DATE_WIDTH, layout.DATE_WIDTH),
            )
            if words
        ]
        self.spaceAfter = layout.BETWEEN_SIGNATURES

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size of the whole."""
        self.width = layout.WIDTH
        words = sum(part.wrap(layout.TEXT_WIDTH, layout.HEIGHT)[1] for part in self._parts)
        written = [part.wrap(width, layout.HEIGHT)[1] + _OFF_THE_LINE for part, _, width in self._written]
        self.height = max(words + max(layout.SIGN_HEIGHT, *written, 0) + layout.LABEL.leading, 24 * mm)
        return self.width, self.height

    def draw(self) -> None:
        """Draw who signs, the two lines, and what belongs on them."""
        canvas = self.canv
        y = self.height
        for part in self._parts:
            y -= part.height
            part.drawOn(canvas, 0, y)
        base = layout.LABEL.leading
        for part, left, _ in self._written:
            part.drawOn(canvas, left, base + _OFF_THE_LINE)
        date_left = layout.WIDTH - layout.DATE_WIDTH
        canvas.saveState()
        canvas.setStrokeColor(layout.INK)
        canvas.setLineWidth(1)
        canvas.line(0, base, layout.SIGN_WIDTH, base)
        canvas.line(date_left, base, layout.WIDTH, base)
        canvas.setFillColor(layout.GREY)
        canvas.setFont(layout.LABEL.fontName, layout.LABEL.fontSize)
        canvas.drawString(0, base - 12.5, "Signature")
        canvas.drawString(date_left, base - 12.5, "Date")
        canvas.restoreState()
