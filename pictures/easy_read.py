"""The pictures of easy read that come with the program: one for each broad topic, drawn by us, grown-up and plain.

`python -m pictures` draws them anew. They are lines of one weight on white, so that they print on any printer, and no
colour carries a meaning.
"""

from collections.abc import Callable
from io import BytesIO

import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from supportplan.documents.pdf.fonts import load_fonts
from supportplan.documents.pdf.letters import BOLD

# Drawn on a sheet of 100 x 100, from its lower left corner; as many dots as 50 mm at 300 an inch.
_SHEET = 100
_DOTS = 590
_LINE = 4.5
_GREYS = 16


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    """Return a drawing as PNG, the same bytes each time."""
    load_fonts()
    page = BytesIO()
    canvas = Canvas(page, pagesize=(_SHEET, _SHEET), invariant=1)
    canvas.setLineWidth(_LINE)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeColorRGB(0.04, 0.05, 0.05)
    canvas.setFillColorRGB(0.95, 0.95, 0.945)
    draw(canvas)
    canvas.save()
    picture = pypdfium2.PdfDocument(page.getvalue())[0].render(scale=_DOTS / _SHEET).to_pil()
    made = BytesIO()
    picture.convert("L").quantize(_GREYS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def _ink(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.04, 0.05, 0.05)


def _somebody(canvas: Canvas, x: float, foot: float, size: float) -> None:
    """Draw head and shoulders, `size` wide at the shoulders."""
    path = canvas.beginPath()
    left, right, top = x - size / 2, x + size / 2, foot + size * 0.62
    path.moveTo(left, foot)
    path.curveTo(left, top, x - size * 0.2, top, x, top)
    path.curveTo(x + size * 0.2, top, right, top, right, foot)
    path.close()
    canvas.drawPath(path, fill=1)
    canvas.circle(x, foot + size * 0.95, size * 0.27, fill=1)


def _person(canvas: Canvas) -> None:
    _somebody(canvas, 50, 14, 60)


def _help(canvas: Canvas) -> None:
    _somebody(canvas, 66, 18, 46)
    _somebody(canvas, 34, 12, 46)


def _plan(canvas: Canvas) -> None:
    canvas.roundRect(20, 8, 60, 82, 4, fill=1)
    for y, width in ((70, 36), (56, 36), (42, 36), (28, 20)):
        canvas.line(32, y, 32 + width, y)


def _dates(canvas: Canvas) -> None:
    canvas.roundRect(12, 12, 76, 68, 4, fill=1)
    canvas.line(12, 62, 88, 62)
    for x in (32, 68):
        canvas.line(x, 72, x, 90)
    _ink(canvas)
    for y in (26, 44):
        for x in (30, 50, 70):
            canvas.circle(x, y + 2, 3.4, stroke=0, fill=1)


def _important(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(50, 14)
    path.curveTo(10, 42, 4, 62, 14, 76)
    path.curveTo(24, 90, 44, 86, 50, 68)
    path.curveTo(56, 86, 76, 90, 86, 76)
    path.curveTo(96, 62, 90, 42, 50, 14)
    path.close()
    canvas.drawPath(path, fill=1)


def _yes(canvas: Canvas) -> None:
    canvas.circle(50, 50, 40, fill=1)
    canvas.setLineWidth(8)
    canvas.lines([(31, 51, 45, 36), (45, 36, 70, 66)])


def _safe(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(50, 92)
    path.curveTo(38, 82, 26, 79, 14, 79)
    path.curveTo(14, 44, 24, 20, 50, 8)
    path.curveTo(76, 20, 86, 44, 86, 79)
    path.curveTo(74, 79, 62, 82, 50, 92)
    path.close()
    canvas.drawPath(path, fill=1)
    canvas.setLineWidth(7)
    canvas.lines([(34, 51, 46, 38), (46, 38, 67, 63)])


def _bubble(canvas: Canvas, left: float, bottom: float, width: float, height: float, tail: float) -> None:
    canvas.roundRect(left, bottom, width, height, 9, fill=1)
    path = canvas.beginPath()
    path.moveTo(tail - 7, bottom)
    path.lineTo(tail - 9, bottom - 13)
    path.lineTo(tail + 7, bottom)
    canvas.drawPath(path, fill=1)


def _talking(canvas: Canvas) -> None:
    _bubble(canvas, 34, 52, 58, 38, 78)
    _bubble(canvas, 8, 22, 58, 42, 26)
    for y in (50, 37):
        canvas.line(20, y, 54, y)


def _money(canvas: Canvas) -> None:
    canvas.circle(50, 50, 41, fill=1)
    canvas.circle(50, 50, 33, fill=0)
    _ink(canvas)
    canvas.setFont(BOLD, 50)
    canvas.drawCentredString(50, 33, "£")


def _buy(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for step, (x, y) in enumerate(((16, 8), (84, 8), (78, 66), (22, 66))):
        (path.lineTo if step else path.moveTo)(x, y)
    path.close()
    canvas.drawPath(path, fill=1)
    path = canvas.beginPath()
    path.moveTo(34, 56)
    path.curveTo(34, 98, 66, 98, 66, 56)
    canvas.drawPath(path, fill=0)


def _risk(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(50, 90)
    path.lineTo(94, 12)
    path.lineTo(6, 12)
    path.close()
    canvas.drawPath(path, fill=1)
    canvas.setLineWidth(8)
    canvas.line(50, 40, 50, 62)
    _ink(canvas)
    canvas.circle(50, 25, 4.6, stroke=0, fill=1)


def _phone(canvas: Canvas) -> None:
    canvas.roundRect(28, 6, 44, 88, 7, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(28, 22, 44, 56, fill=1)
    _ink(canvas)
    canvas.circle(50, 14, 2.6, stroke=0, fill=1)


def _unhappy(canvas: Canvas) -> None:
    canvas.circle(50, 50, 40, fill=1)
    path = canvas.beginPath()
    path.moveTo(33, 31)
    path.curveTo(40, 42, 60, 42, 67, 31)
    canvas.drawPath(path, fill=0)
    _ink(canvas)
    for x in (36, 64):
        canvas.circle(x, 60, 4.6, stroke=0, fill=1)


def _again(canvas: Canvas) -> None:
    canvas.setLineWidth(7)
    _ink(canvas)
    for turn in (0, 180):
        canvas.saveState()
        canvas.translate(50, 50)
        canvas.rotate(turn)
        canvas.arc(-34, -34, 34, 34, 20, 130)
        path = canvas.beginPath()
        for step, (x, y) in enumerate(((44, 16), (21, 16), (33, -4))):
            (path.lineTo if step else path.moveTo)(x, y)
        path.close()
        canvas.setLineWidth(2)
        canvas.drawPath(path, fill=1)
        canvas.restoreState()


DRAWINGS: dict[str, Callable[[Canvas], None]] = {
    "again": _again,
    "buy": _buy,
    "dates": _dates,
    "help": _help,
    "important": _important,
    "money": _money,
    "person": _person,
    "phone": _phone,
    "plan": _plan,
    "risk": _risk,
    "safe": _safe,
    "talking": _talking,
    "unhappy": _unhappy,
    "yes": _yes,
}
