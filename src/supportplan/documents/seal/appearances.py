"""What stands in a signed field: words in the embedded fonts of every document, or a drawn signature as curves.

Each is a page of its own, of the field's size, which becomes the field's appearance.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from supportplan.documents.pdf import layout
from supportplan.documents.pdf.finish import mend_letters
from supportplan.documents.pdf.fonts import Typesetter
from supportplan.documents.pdf.ink_strokes import draw_strokes
from supportplan.documents.pdf.letters import BOLD, REGULAR, printable
from supportplan.documents.pdf.shaping import draw_pieces, shaped_line
from supportplan.domain.cases.drawing import Drawing

# Words are set as large as there is room for them, and not smaller than can be read on paper.
_LARGEST, _SMALLEST = 12.0, 6.0
_LEADING = 1.2
_PAD = 2.0
# How much of the room to sign in a drawn signature has; the words stand beside it, so that they are no smaller for it.
_DRAWN = 0.45
_BESIDE = 8.0
# A name that would have to be smaller than this to stand on one line beside a drawing goes on over several.
_SMALLEST_NAME = 9.0


class Shown(NamedTuple):
    """What a field shows: a name, words under it, a day beside them, and a drawing, which stands before the name."""

    name: str
    words: str
    on: str = ""
    drawing: Drawing | None = None


class _Setting(NamedTuple):
    """How the words of a field are set: the sizes of the name and of the rest, and its lines."""

    name: float
    words: float
    lines: Sequence[str]


def appearance(shown: Shown, width: float, height: float) -> bytes:
    """Return a PDF of one page that has a field's size, in points, with what the field shows."""
    file = BytesIO()
    setter = Typesetter()
    canvas = Canvas(
        file, pagesize=(width, height), initialFontName=REGULAR, invariant=1, pageCompression=1, lang="en-GB"
    )
    canvas.setFillColor(layout.INK)
    if shown.on:
        sizes = layout.STANDARD.sizes
        _draw(canvas, shown.on, REGULAR, _LARGEST, width - sizes.date_width, 2 * _PAD)
        width -= layout.WIDTH - sizes.sign_width
    _draw_words(canvas, setter, shown, width, height)
    canvas.showPage()
    canvas.save()
    return _mended(file.getvalue())


def _draw_words(canvas: Canvas, setter: Typesetter, shown: Shown, width: float, height: float) -> None:
    x, y, room = _PAD, height - _PAD, width - 2 * _PAD
    if shown.drawing is not None:
        drawn = room * _DRAWN
        edge = layout.AROUND_DRAWING
        draw_strokes(canvas, shown.drawing, x, edge, drawn, height - 2 * edge)
        x, room = x + drawn + _BESIDE, room - drawn - _BESIDE
        if setter.width(shown.name, BOLD, _SMALLEST_NAME) > room:
            shown = Shown("", f"{shown.name}. {shown.words}")
    setting = _fitted(setter, shown, room, y - _PAD)
    if shown.name:
        y -= setting.name
        _draw(canvas, shown.name, BOLD, setting.name, x, y)
    for line in setting.lines:
        y -= setting.words * _LEADING
        _draw(canvas, line, REGULAR, setting.words, x, y)


def _mended(drawn: bytes) -> bytes:
    """Say of each font which letters its codes are, as in every finished document."""
    from pikepdf import Pdf

    with Pdf.open(BytesIO(drawn)) as pdf:
        mend_letters(pdf)
        mended = BytesIO()
        pdf.save(mended, deterministic_id=True)
    return mended.getvalue()


def _fitted(setter: Typesetter, shown: Shown, width: float, height: float) -> _Setting:
    """Choose the largest sizes at which the name stands on one line, with the words whole under it.

    What does not fit even in the smallest is left out at its end: nothing may stand outside the field.
    """
    size = _LARGEST
    while True:
        name = size if shown.name else 0.0
        while shown.name and name > _SMALLEST and setter.width(shown.name, BOLD, name) > width:
            name -= 0.5
        lines = _lines(setter, shown.words, width, size)
        fit = int((height - name) // (size * _LEADING))
        if len(lines) <= fit or size <= _SMALLEST:
            return _Setting(name, size, lines[:fit])
        size -= 0.5


def _lines(setter: Typesetter, words: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and setter.width(longer, REGULAR, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _draw(canvas: Canvas, text: str, font: str, size: float, x: float, y: float) -> None:
    draw_pieces(canvas, shaped_line(printable(" ".join(text.split())), font), x, y, size)
