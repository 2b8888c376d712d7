"""The rows of easy read: one idea, its picture at the left and its words beside it."""

from io import BytesIO

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader

from supportplan.documents.model import Idea, Picture
from supportplan.documents.pdf.fonts import Typesetter
from supportplan.documents.pdf.grid import Grid, Line, box
from supportplan.documents.pdf.layout import (
    BAR_AND_GAP,
    BESIDE_PICTURE,
    PAD_CARD,
    PAD_X,
    PICTURE,
    WIDTH,
    Breaks,
    Layout,
)
from supportplan.documents.pdf.paragraphs import TaggedParagraph
from supportplan.documents.pdf.structure import Element, pdf_text

# The room above and below a row.
_ROOM = 10.0


def idea_row(model: Idea, setter: Typesetter, layout: Layout) -> "IdeaRow":
    """Set a row: our sentence, the words that somebody said themselves beside a thick rule, and what we add to them."""
    left = PICTURE + BESIDE_PICTURE if model.picture else 0.0
    width = WIDTH - left if model.picture else layout.sizes.text
    # The words begin at the very edge, under the heading, and not where those of a cell would.
    edge, wide = left - PAD_X, width + PAD_X
    lines = [_line(setter, edge, wide, model.text, layout.words, Element("P"))]
    if model.own_words:
        own = _line(
            setter,
            left + BAR_AND_GAP,
            width - BAR_AND_GAP,
            model.own_words,
            layout.words,
            Element("P", Element("BlockQuote")),
        )
        lines.append(own._replace(bar=True))
    if model.more:
        lines.append(_line(setter, edge, wide, model.more, layout.words, Element("P")))
    # What is beside a picture stands at its middle, and never ends above its foot.
    spare = PICTURE - sum(line.height for line in lines) if model.picture else 0
    above = _ROOM + max(spare, 0) / 2
    lines[0] = lines[0]._replace(above=above)
    lines[-1] = lines[-1]._replace(below=above)
    return IdeaRow(lines, layout.sizes.breaks, picture=model.picture)


def _line(
    setter: Typesetter, left: float, width: float, text: str, style: ParagraphStyle, element: Element
) -> Line:
    return Line(
        (box(left, width, element, [TaggedParagraph.of(setter, text, style)]),),
        rule=0,
        pad=PAD_CARD,
        keep_with_next=True,
    )


class IdeaRow(Grid):
    """A row of easy read under a thin rule. Where it is carried over to the next page, its picture stays."""

    def __init__(self, lines: list[Line], breaks: Breaks, *, picture: Picture | None) -> None:
        first = lines[0]._replace(rule=0.5)
        super().__init__([first, *lines[1:]], breaks, together=True, space=0)
        self._picture = picture

    def split(self, width: float, height: float) -> list[Grid]:
        """Carry a long row over to the next page; it is begun only where its picture fits."""
        if self._picture is not None and height < PICTURE + 2 * _ROOM:
            return []
        parts = super().split(width, height)
        if len(parts) == 2:
            parts[0] = IdeaRow(list(parts[0].lines), self._breaks, picture=self._picture)
        return parts

    def draw(self) -> None:
        """Draw the picture, then the words."""
        if self._picture is not None:
            self._draw_picture(self._picture)
        super().draw()

    def _draw_picture(self, picture: Picture) -> None:
        canvas = self.canv
        image = ImageReader(BytesIO(picture.data))
        width, height = image.getSize()
        scale = PICTURE / max(width, height)
        wide, high = width * scale, height * scale
        left, bottom = (PICTURE - wide) / 2, self.height - _ROOM - PICTURE + (PICTURE - high) / 2
        if picture.words:
            x, y = canvas.absolutePosition(left, bottom)
            told = f"/Alt {pdf_text(picture.words)} /A <</O /Layout /Placement /Block /BBox [{x:.2f} {y:.2f} {x + wide:.2f} {y + high:.2f}]>>"
            drawn = canvas.tagged(Element("Figure", attributes=told))
        else:
            drawn = canvas.artifact()
        with drawn:
            canvas.drawImage(image, left, bottom, wide, high)
