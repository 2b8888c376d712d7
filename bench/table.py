"""The table of what was measured."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Unit = Literal["s", "MiB", "modules", "bytes"]


class Line(NamedTuple):
    """A line: what was measured, what it is held against, and the ratio that is to be reached, where there is one.

    A line without `beside` is for information. `paired` is the median of the ratios within each round, where the rounds
    of both were run in turn and belong together; it says more than the ratio of two medians.
    """

    what: str
    figure: float
    unit: Unit = "s"
    against: str = ""
    beside: float | None = None
    reach: float | None = None
    note: str = ""
    paired: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times as much it takes as what it is held against."""
        if self.paired is not None:
            return self.paired
        return self.figure / self.beside if self.beside else None

    @property
    def reached(self) -> str:
        """`yes` or `no` where there is something to reach."""
        if self.reach is None or self.ratio is None:
            return ""
        return "yes" if self.ratio <= self.reach else "no"


HEADER = ("what", "figure", "against", "figure", "ratio", "reach", "reached")
_RIGHT = (False, True, False, True, True, True, False)


def plain_table(lines: Iterable[Line]) -> str:
    """Write the table for a terminal; the notes stand under it."""
    lines = list(lines)
    rows = [HEADER, *(cells(line) for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    drawn = [_drawn(row, widths) for row in rows]
    drawn.insert(1, "  ".join("-" * width for width in widths))
    notes = [f"{line.what}: {line.note}" for line in lines if line.note]
    return "\n".join([*drawn, *(["", *notes] if notes else [])])


def cells(line: Line) -> tuple[str, ...]:
    """Return the texts of a line's cells."""
    return (
        line.what,
        shown(line.figure, line.unit),
        line.against,
        "" if line.beside is None else shown(line.beside, line.unit),
        "" if line.ratio is None else f"{line.ratio:.2f}",
        "" if line.reach is None else f"{line.reach:g}",
        line.reached,
    )


def shown(figure: float, unit: Unit) -> str:
    """Write a figure in a size that a person reads."""
    if unit == "MiB":
        return f"{figure:.1f} MiB"
    if unit == "bytes":
        return f"{figure:,.0f} B"
    if unit == "modules":
        return f"{figure:.0f}"
    return f"{figure:.2f} s" if figure >= 1 else f"{figure * 1000:.{2 if figure < 0.1 else 0}f} ms"


def answer(line: Line) -> dict[str, object]:
    """Return a line as JSON has it: times in seconds."""
    return {**line._asdict(), "ratio": line.ratio, "reached": line.reached or None}


def _drawn(row: Sequence[str], widths: Sequence[int]) -> str:
    put = (
        text.rjust(width) if right else text.ljust(width)
        for text, width, right in zip(row, widths, _RIGHT, strict=True)
    )
    return "  ".join(put).rstrip()
