"""What a person makes out on the screen: fields by their labels, rows by their mark, buttons, and where the cursor is."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BUTTON = re.compile(r"\[ (?P<words>[^\s\[\]](?:[^\[\]]*[^\s\[\]])?) \]")
_OPTION = re.compile(r"\([* ]\) ")
_LABEL_WIDTH = 19


class Spot(NamedTuple):
    """A place on the screen: the column and the line, the first of both 0."""

    x: int
    y: int


class Sight:
    """The screen as it stands at one moment."""

    def __init__(self, screen: str, cursor: tuple[int, int]) -> None:
        self.lines = screen.splitlines()
        self.cursor = Spot(*cursor)

    def __eq__(self, other: object) -> bool:
        """Compare all but the uppermost line, where a clock runs on its own."""
        return isinstance(other, Sight) and (self.lines[1:], self.cursor) == (other.lines[1:], other.cursor)

    __hash__ = None  # type: ignore[assignment] # one moment is never looked up

    @property
    def from_cursor(self) -> str:
        """What stands from the cursor on."""
        x, y = self.cursor
        return self.lines[y][x:] if y < len(self.lines) else ""

    @property
    def to_cursor(self) -> str:
        """What stands before the cursor."""
        x, y = self.cursor
        return self.lines[y][:x] if y < len(self.lines) else ""

    def find(self, words: str) -> Spot | None:
        """Return where words stand, the uppermost first."""
        return next((Spot(line.index(words), y) for y, line in enumerate(self.lines) if words in line), None)

    def field(self, label: str) -> Spot | None:
        """Return where a label stands that has a field, a choice or a few options behind it."""
        for y, line in enumerate(self.lines):
            x = line.find(label)
            behind = line[x + _LABEL_WIDTH : x + _LABEL_WIDTH + 1]
            if x >= 0 and line[x + len(label) : x + _LABEL_WIDTH].strip() == "" and behind in "[(":
                return Spot(x, y)
        return None

    def box(self, label: str) -> Spot | None:
        """Return where the first letter goes in a box that has the label in its edge."""
        for y, line in enumerate(self.lines):
            if f"╭─ {label}" in line:
                return Spot(line.index(f"╭─ {label}") + 2, y + 1)
        return None

    def in_field(self, label: str) -> bool:
        """Say whether the cursor is in what belongs to a label, over as many lines as that has."""
        if (box := self.box(label)) is not None:
            edge = next(
                (y for y, line in enumerate(self.lines) if y >= box.y and "╰" in line[: box.x]),
                len(self.lines),
            )
            return box.y <= self.cursor.y < edge
        field = self.field(label)
        if field is None or self.cursor.y < field.y or self.cursor.x < field.x + _LABEL_WIDTH:
            return False
        below = self.lines[field.y + 1 : self.cursor.y + 1]
        return all(not line[field.x : field.x + _LABEL_WIDTH].strip() for line in below)

    def options(self) -> list[Spot]:
        """Return the options of all choices among a few, in the order they are read in."""
        return [
            Spot(found.start(), y) for y, line in enumerate(self.lines) for found in _OPTION.finditer(line)
        ]

    def option(self, label: str, words: str) -> Spot | None:
        """Return where an option of a choice stands."""
        field = self.field(label)
        for x, y in self.options():
            if (
                field is not None
                and y >= field.y
                and re.match(rf"{re.escape(words)}(  |\W*$)", self.lines[y][x + 4 :])
            ):
                return Spot(x, y)
        return None

    def buttons(self) -> Iterator[tuple[str, Spot]]:
        """Yield the buttons in the order they are read in, with the place of their first letter."""
        for y, line in enumerate(self.lines):
            for found in _BUTTON.finditer(line):
                if not found["words"].endswith(" v"):
                    yield found["words"], Spot(found.start("words"), y)

    def row(self, words: str) -> Spot | None:
        """Return where a row of a list has these words at its beginning, marked or not; before them its letter may stand."""
        for y, line in enumerate(self.lines):
            found = re.search(rf"(?:^|[│ ])[> ] (?:[A-Z]  )?{re.escape(words)}", line)
            if found is not None:
                return Spot(found.end() - len(words), y)
        return None
