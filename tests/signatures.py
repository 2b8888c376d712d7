"""A signature as a pad of any size keeps it, told finely or in whole cells."""

from math import floor

from pictures.handwriting import Way, written
from supportplan.domain.cases.drawing import HUNDREDTHS, Drawing


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
