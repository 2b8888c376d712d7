"""A signature as a hand would write it, in the cells of a sheet of any size."""

from math import cos, pi, sin

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
