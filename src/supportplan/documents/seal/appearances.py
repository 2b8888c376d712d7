"""What stands in a signed field: words in the embedded fonts of every document, or a drawn signature as curves.

Each is a page of its own, of the field's size, which becomes the field's appearance.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from supportplan.documents.pdf import layout
from supportplan.documents.pdf.fonts import BOLD, REGULAR, Typesetter

# Words are set as large as there is room for them, and not smaller than can be read on paper.
_LARGEST, _SMALLEST = 12.0, 6.0
_LEADING = 1.2
_PAD = 2.0


class Shown(NamedTuple):
    """What a field shows: a name, words under it, and the operators that draw a signature in place of the name."""

    name: str
    words: str = ""
    curves: str = ""


def appearance(shown: Shown, width: float, height: float) -> bytes:
    """Return a PDF of one page that has a field's size, in points, with what the field shows."""
    file = BytesIO()
    setter = Typesetter()
    canvas = Canvas(
        file, pagesize=(width, height), initialFontName=REGULAR, invariant=1, pageCompression=1, lang="en-GB"
    )
    name_size, words_size, lines = _fitted(setter, shown, width - 2 * _PAD, height - 2 * _PAD)
    canvas.setFillColor(layout.INK)
    y = height - _PAD - name_size
    if shown.curves:
        canvas._code.append(shown.curves)
    elif shown.name:
        _draw(canvas, setter, shown.name, BOLD, name_size, y)
    for line in lines:
        y -= words_size * _LEADING
        _draw(canvas, setter, line, REGULAR, words_size, y)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _fitted(
    setter: Typesetter, shown: Shown, width: float, height: float
) -> tuple[float, float, Sequence[str]]:
    """Choose the largest sizes at which the name stands on one line with the words whole under it."""
    size = _LARGEST
    while True:
        name = size
        while shown.name and setter.width(shown.name, BOLD, name) > width and name > _SMALLEST:
            name -= 0.5
        lines = _lines(setter, shown.words, width, size)
        if name + len(lines) * size * _LEADING <= height or size <= _SMALLEST:
            return name, size, lines
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


def _draw(canvas: Canvas, setter: Typesetter, text: str, font: str, size: float, y: float) -> None:
    words = canvas.beginText(_PAD, y)
    for run, of in setter.plain(text, font):
        words.setFont(of, size)
        words.textOut(run)
    canvas.drawText(words)
