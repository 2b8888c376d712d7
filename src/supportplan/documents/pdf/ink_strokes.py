"""A drawn signature on the page: Bézier curves with round ends, sharp at any size of print."""

from collections.abc import Iterator

from reportlab.pdfgen.canvas import Canvas

from supportplan.documents.pdf.layout import INK
from supportplan.domain.cases.drawing import Curve, Drawing, Point

LINE_WIDTH = 1.3


def curve_operators(drawing: Drawing, width: float, height: float) -> bytes:
    """Return the PDF operators that draw a signature in a box of a size in points, its lower left corner at 0, 0.

    The ink stays within the box, the width of its line counted in. The graphics state is left as it was.
    """
    colour = " ".join(_number(part) for part in INK.rgb())
    return f"q 1 J 1 j {LINE_WIDTH} w {colour} RG\n{_paths(drawing, width, height)}Q\n".encode("ascii")


def draw_strokes(canvas: Canvas, drawing: Drawing, x: float, y: float, width: float, height: float) -> None:
    """Draw a signature on a canvas, in a box of a size in points whose lower left corner is given."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.addLiteral(curve_operators(drawing, width, height).decode("ascii"))
    canvas.restoreState()


def _paths(drawing: Drawing, width: float, height: float) -> str:
    edge = LINE_WIDTH / 2
    curves = drawing.curves(width - LINE_WIDTH, height - LINE_WIDTH)
    # A page is measured from its foot upwards, a drawing from its head downwards.
    return "".join(line for curve in curves for line in _path(curve, edge, height - edge))


def _path(curve: Curve, left: float, upper: float) -> Iterator[str]:
    """Yield the operators of one stroke; one that never moves is a line of no length, whose round ends make a dot."""

    def place(point: Point) -> str:
        return f"{_number(left + point[0])} {_number(upper - point[1])}"

    yield f"{place(curve.start)} m\n"
    for bend in curve.bends:
        yield f"{' '.join(map(place, bend))} c\n"
    if not curve.bends:
        yield f"{place(curve.start)} l\n"
    yield "S\n"


def _number(value: float) -> str:
    """Write a number to a hundredth of a point, as short as it goes; a colour to three places would look no different."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
