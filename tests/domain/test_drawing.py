"""Drawn signatures: what is kept of them, and that the curves printed of them are what was drawn, in their box."""

import json
from itertools import pairwise
from math import dist, hypot
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain import canonical
from supportplan.domain.cases import drawing
from supportplan.domain.cases.drawing import Curve, Drawing, Point, simplified, smoothed
from supportplan.domain.problems import BadDocument

WIDTH, HEIGHT = 120, 30

fine = st.tuples(st.integers(0, WIDTH * 100), st.integers(0, HEIGHT * 100))
whole = st.tuples(
    st.integers(0, WIDTH - 1).map(lambda x: x * 100 + 50),
    st.integers(0, HEIGHT - 1).map(lambda y: y * 100 + 50),
)
paths = st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000)), min_size=1, max_size=60)


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Any drawing: of points anywhere, close together, or all in one place."""
    subcell = draw(st.booleans())
    strokes = st.lists(fine if subcell else whole, min_size=1, max_size=30).map(tuple)
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        subcell=subcell,
        strokes=tuple(draw(st.lists(strokes, min_size=1, max_size=6))),
    )


@given(drawings())
def test_a_drawing_is_read_as_it_was_written(one: Drawing) -> None:
    raw = canonical.canonical(one)
    assert canonical.read(raw, Drawing) == one
    assert json.loads(raw)["strokes"] == [[list(point) for point in stroke] for stroke in one.strokes]


@given(drawings(), st.floats(10, 1000), st.floats(10, 1000))
def test_the_curves_fit_in_their_box_and_fill_it_one_way(one: Drawing, width: float, height: float) -> None:
    points = [point for curve in one.curves(width, height) for point in curve.points]
    across, down = [x for x, _ in points], [y for _, y in points]
    near = 1e-6 * max(width, height)
    assert -near <= min(across)
    assert max(across) <= width + near
    assert -near <= min(down)
    assert max(down) <= height + near
    assert min(across) == pytest.approx(0, abs=near)
    assert min(down) == pytest.approx(height - max(down), abs=near)
    wide, high = _extent(one)
    # What is smaller than a cell is not blown up; steps that are smoothed, and points left out, make it smaller.
    if one.subcell and wide > 130 and high > 230:
        assert max(across) >= width - near or max(down) - min(down) >= height - near


@given(drawings())
def test_every_stroke_is_there_and_begins_and_ends_where_it_did(one: Drawing) -> None:
    curves = one.curves(115, 14)
    assert len(curves) == len(one.strokes)
    drawn = [(x, 2 * y) for stroke in one.strokes for x, y in (stroke[0], stroke[-1])]
    shown = [end for curve in curves for end in (curve.start, _end(curve))]
    # One scale and one shift for all: the way from the first point to any other is as long as it was, times the scale.
    ways = [(dist(drawn[0], there), dist(shown[0], here)) for there, here in zip(drawn, shown, strict=True)]
    scale = max((after / before for before, after in ways if before), default=1.0)
    assert [after for _, after in ways] == pytest.approx([before * scale for before, _ in ways], abs=1e-6)


@given(fine, st.integers(1, 5), st.booleans())
def test_a_stroke_that_never_moves_is_a_dot(point: tuple[int, int], times: int, subcell: bool) -> None:
    one = Drawing(width=WIDTH, height=HEIGHT, subcell=subcell, strokes=((point,) * times,))
    assert one.curves(100, 20) == (Curve((0, 10), ()),)


@given(paths, st.floats(0.1, 100))
def test_what_is_left_out_is_within_the_tolerance_of_what_stays(
    points: list[Point], tolerance: float
) -> None:
    kept = simplified(points, tolerance)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    places, at = [], 0
    for point in kept:
        at = points.index(point, at)
        places.append(at)
    for first, last in pairwise(places):
        for point in points[first : last + 1]:
            assert _off(point, points[first], points[last]) <= tolerance * 1.0001


def test_a_straight_line_needs_its_ends_alone() -> None:
    assert simplified([(float(x), 3.0 * x) for x in range(400)], 0.5) == [(0.0, 0.0), (399.0, 1197.0)]


def test_a_long_way_that_never_runs_straight_takes_no_longer_than_its_length_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0
    apart = drawing._apart

    def counted(*points: Point) -> float:
        nonlocal asked
        asked += 1
        return apart(*points)

    monkeypatch.setattr(drawing, "_apart", counted)
    # Each split leaves all but one point on one side: the worst there is.
    worst = [(x * 10.0, 1e6 * 0.97**x * (-1) ** x) for x in range(drawing.MOST_POINTS)]
    simplified(worst, 1e-9)
    assert asked <= drawing.MOST_POINTS * drawing._PIECE


@given(paths)
def test_smoothing_moves_no_end_and_leads_nowhere_new(points: list[Point]) -> None:
    found = smoothed(points)
    assert len(found) == len(points)
    assert (found[0], found[-1]) == (points[0], points[-1])
    for way in (0, 1):
        assert min(p[way] for p in points) - 1e-9 <= min(p[way] for p in found)
        assert max(p[way] for p in found) <= max(p[way] for p in points) + 1e-9


def test_steps_of_whole_cells_are_evened_out() -> None:
    steps = [(x * 100.0, 200.0 * (x // 4)) for x in range(40)]
    off = [abs(_off(point, steps[0], (3900.0, 1950.0))) for point in smoothed(steps)[4:-4]]
    assert max(off) < 100 < max(abs(_off(point, steps[0], (3900.0, 1950.0))) for point in steps)


def test_a_cell_is_twice_as_high_as_wide() -> None:
    corner = Drawing(width=40, height=40, subcell=True, strokes=(((0, 0), (0, 1000), (1000, 1000)),))
    (curve,) = corner.curves(1000, 100)
    across, down = _end(curve)[0] - curve.start[0], _end(curve)[1] - curve.start[1]
    assert down == pytest.approx(2 * across)


A_DRAWING: dict[str, Any] = {"width": 80, "height": 20, "subcell": True, "strokes": [[[0, 0], [8000, 2000]]]}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"strokes": []}, "should not be empty"),
        ({"strokes": [[]]}, "should not be empty"),
        ({"strokes": [[[1]]]}, "should have 2 entries"),
        ({"strokes": [[[1, 2, 3]]]}, "should have 2 entries"),
        ({"strokes": [[[8001, 0]]]}, "outside its pad"),
        ({"strokes": [[[0, 2001]]]}, "outside its pad"),
        ({"strokes": [[[-1, 0]]]}, "should be at least 0"),
        ({"strokes": [[["1", "2"]]]}, "should be a whole number"),
        ({"strokes": [[[1, 2]]] * 201}, "more than 200 entries"),
        ({"strokes": [[[1, 2]] * 5000] * 3}, "more than 10,000 points"),
        ({"width": 0}, "should be at least 1"),
        ({"height": 1001}, "should be at most 1000"),
        ({"times": [1]}, "has 'times', which does not belong there"),
    ],
)
def test_what_no_pad_makes_is_refused_in_words(change: dict[str, Any], says: str) -> None:
    assert canonical.read(json.dumps(A_DRAWING).encode(), Drawing).subcell
    with pytest.raises(BadDocument, match=says):
        canonical.read(json.dumps(A_DRAWING | change).encode(), Drawing)


def _end(curve: Curve) -> Point:
    return curve.bends[-1].end if curve.bends else curve.start


def _extent(one: Drawing) -> tuple[int, int]:
    points = [(x, 2 * y) for stroke in one.strokes for x, y in stroke]
    across, down = zip(*points, strict=True)
    return max(across) - min(across), max(down) - min(down)


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a line between two others, found by trying: another way than the program's."""
    along = dist(start, end)
    if not along:
        return dist(point, start)
    low, high = 0.0, 1.0
    for _ in range(100):
        one, two = low + (high - low) / 3, high - (high - low) / 3
        if _from(point, start, end, one) < _from(point, start, end, two):
            high = two
        else:
            low = one
    return _from(point, start, end, (low + high) / 2)


def _from(point: Point, start: Point, end: Point, part: float) -> float:
    return hypot(
        point[0] - start[0] - part * (end[0] - start[0]), point[1] - start[1] - part * (end[1] - start[1])
    )
