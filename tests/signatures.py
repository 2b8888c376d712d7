"""A signature as a hand would write it, on a pad of any size, told finely or in whole cells."""

from math import cos, floor, pi, sin

from supportplan.domain.cases.drawing import HUNDREDTHS, Drawing

Way = list[tuple[float, float]]


def written(width: int, height: int, *, samples: int = 130) -> list[Way]:
    """Return the way of a pen, in cells: a high loop, joined loops, a line under them, and a dot."""

    def at(part: float) -> tuple[float, float]:
        # Loops as of joined letters, the first one high; x and y from 0 to 1.
        turns = 5.5
        turn = 2 * pi * turns * part
        high = 0.30 if part > 1 / turns else 0.62
        return 0.06 + 0.8 * part - 0.05 * sin(turn) * (1.6 - part), 0.72 - high * (1 - cos(turn)) / 2

    name = [at(step / samples) for step in range(samples + 1)]
    under = [(0.15 + 0.6 * step / 40, 0.84 + 0.05 * sin(step / 6)) for step in range(41)]
    dot = [(0.9, 0.3)]
    return [[(x * (width - 1), y * (height - 1)) for x, y in way] for way in (name, under, dot)]


def drawn(width: int = 118, height: int = 27, *, subcell: bool = True, samples: int = 130) -> Drawing:
    """Return the signature as a pad of a size keeps it."""

    def kept(way: Way) -> tuple[tuple[int, int], ...]:
        if subcell:
            return tuple((round(x * HUNDREDTHS), round(y * HUNDREDTHS)) for x, y in way)
        cells = dict.fromkeys((floor(x), floor(y)) for x, y in way) if len(way) == 1 else _steps(way)
        return tuple((x * HUNDREDTHS + 50, y * HUNDREDTHS + 50) for x, y in cells)

    strokes = tuple(map(kept, written(width, height, samples=samples)))
    return Drawing(width=width, height=height, subcell=subcell, strokes=strokes)


def _steps(way: Way) -> list[tuple[int, int]]:
    """Return the cells that the pen goes through as a terminal tells them: each time it comes into another."""
    cells = [(floor(x), floor(y)) for x, y in way]
    return [cell for place, cell in enumerate(cells) if not place or cell != cells[place - 1]]
