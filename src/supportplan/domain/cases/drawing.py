"""A signature drawn by hand: the strokes as they were drawn on a pad of cells, and the curves that are printed of them.

When each point was drawn is not kept: how fast a hand moves is a trait of the person, and the plan has no need of it.
"""

from collections.abc import Iterator, Sequence
from math import dist, hypot, sqrt
from typing import Annotated, NamedTuple

from msgspec import Meta

from supportplan.domain.canonical import Document

MOST_CELLS, MOST_STROKES, MOST_POINTS = 1_000, 200, 10_000
# A place on the pad is counted in hundredths of a cell; a cell of a terminal is about twice as high as wide.
HUNDREDTHS = 100
_CELL_HEIGHT = 2

# How far a curve may pass from what was drawn, in hundredths of a cell's width.
_TOLERANCE = 12.0
# A pointer that is told in whole cells wavers by half a cell, which is smoothed out first.
_PASSES_OF_SMOOTHING = 3
# Strokes are simplified in pieces of so many points, so that none, however odd, takes long.
_PIECE = 500

Point = tuple[float, float]
Cells = Annotated[int, Meta(ge=1, le=MOST_CELLS)]
Place = Annotated[int, Meta(ge=0, le=MOST_CELLS * HUNDREDTHS)]
Stroke = Annotated[tuple[tuple[Place, Place], ...], Meta(min_length=1, max_length=MOST_POINTS)]


class Bend(NamedTuple):
    """One cubic Bézier segment, from where the one before ended: its two control points, and its end."""

    leaving: Point
    arriving: Point
    end: Point


class Curve(NamedTuple):
    """What one stroke is drawn as. Without bends it is a dot."""

    start: Point
    bends: tuple[Bend, ...]

    @property
    def points(self) -> Iterator[Point]:
        """Every point that the curve is made of; it lies within them."""
        yield self.start
        for bend in self.bends:
            yield from bend


class Drawing(Document, frozen=True, kw_only=True):
    """Strokes on a pad of `width` times `height` cells, each a list of points [x, y] in hundredths of a cell from the upper left.

    `subcell` says whether the pointer was told finer than in whole cells; where it was not, points are the middles of cells.
    """

    width: Cells
    height: Cells
    subcell: bool
    strokes: Annotated[tuple[Stroke, ...], Meta(min_length=1, max_length=MOST_STROKES)]

    def __post_init__(self) -> None:
        """Demand that all points are on the pad, and no more of them than a signature can have."""
        if sum(map(len, self.strokes)) > MOST_POINTS:
            raise ValueError(f"has more than {MOST_POINTS:,} points, which no signature has")
        right, lower = self.width * HUNDREDTHS, self.height * HUNDREDTHS
        if any(x > right or y > lower for stroke in self.strokes for x, y in stroke):
            raise ValueError("has a point outside its pad")

    def curves(self, width: float, height: float) -> tuple[Curve, ...]:
        """Return the drawing as curves in a box of a size, measured from its upper left corner, with y growing downward.

        It is made as large as fits with its proportions kept, stands at the left, and in the middle of the height.
        """
        drawn = [_curve(self._outline(stroke)) for stroke in self.strokes]
        across, down = zip(*(point for curve in drawn for point in curve.points), strict=True)
        left, upper = min(across), min(down)
        wide, high = max(across) - left, max(down) - upper
        # What is smaller than a cell, such as a single dot, is not blown up.
        scale = min(width / max(wide, HUNDREDTHS), height / max(high, _CELL_HEIGHT * HUNDREDTHS))
        above = (height - high * scale) / 2

        def placed(point: Point) -> Point:
            return (point[0] - left) * scale, (point[1] - upper) * scale + above

        return tuple(
            Curve(placed(curve.start), tuple(Bend(*map(placed, bend)) for bend in curve.bends))
            for curve in drawn
        )

    def _outline(self, stroke: Sequence[tuple[int, int]]) -> list[Point]:
        """Return the points that matter of a stroke, in hundredths of a cell's width both ways."""
        points = _moving([(float(x), float(y * _CELL_HEIGHT)) for x, y in stroke])
        if not self.subcell:
            points = smoothed(points)
        return simplified(points, _TOLERANCE)


def smoothed(points: Sequence[Point]) -> list[Point]:
    """Even out steps: each point becomes the mean of itself and its neighbours, three times over. The ends stay."""
    found = list(points)
    for _ in range(_PASSES_OF_SMOOTHING):
        found = [
            *found[:1],
            *(
                ((before[0] + here[0] + after[0]) / 3, (before[1] + here[1] + after[1]) / 3)
                for before, here, after in zip(found, found[1:], found[2:], strict=False)
            ),
            *found[1:][-1:],
        ]
    return found


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Leave out points that a straight line between their neighbours passes within the tolerance (Ramer, Douglas, Peucker).

    The ends stay.
    """
    kept = {0, len(points) - 1}
    todo = [
        (first, min(first + _PIECE, len(points) - 1)) for first in range(0, max(len(points) - 1, 1), _PIECE)
    ]
    while todo:
        first, last = todo.pop()
        kept |= {first, last}
        far, at = max(
            ((_apart(points[place], points[first], points[last]), place) for place in range(first + 1, last)),
            default=(0.0, 0),
        )
        if far > tolerance:
            todo += [(first, at), (at, last)]
    return [points[place] for place in sorted(kept)]


def _moving(points: Sequence[Point]) -> list[Point]:
    """Leave out each point that is where the one before is."""
    return [point for place, point in enumerate(points) if not place or point != points[place - 1]]


def _apart(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the straight line between two others, which ends at them."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    from_x, from_y = point[0] - start[0], point[1] - start[1]
    length = along_x * along_x + along_y * along_y
    part = min(max((from_x * along_x + from_y * along_y) / length, 0), 1) if length else 0
    return hypot(from_x - part * along_x, from_y - part * along_y)


def _curve(points: Sequence[Point]) -> Curve:
    """Lead a curve through all points: a centripetal Catmull-Rom spline, which makes no loops of its own, as Bézier segments."""
    found = _moving(points)
    around = [found[0], *found, found[-1]]
    bends = (
        Bend(_control(before, start, end), _control(after, end, start), end)
        for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False)
    )
    return Curve(found[0], tuple(bends))


def _control(before: Point, here: Point, there: Point) -> Point:
    """Return the control point beside `here`, on the way from it to `there`; `before` is its neighbour on the other side."""
    near, far = sqrt(dist(before, here)), sqrt(dist(here, there))
    if not near:
        return here[0] + (there[0] - here[0]) / 3, here[1] + (there[1] - here[1]) / 3
    x, y = (
        at + (near * near * (to - at) + far * far * (at - come)) / (3 * near * (near + far))
        for come, at, to in zip(before, here, there, strict=True)
    )
    return x, y
