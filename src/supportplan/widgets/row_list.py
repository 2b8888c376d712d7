"""The list of the whole program: rows of one or more lines, one of them under the cursor.

It paints only what is in view, so a hundred thousand rows cost no more than twenty. The terminal's own cursor follows
the row, for screen readers and braille displays; the sign before a row says where it is without any colour.
"""

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from supportplan.widgets.lines import beside, typed

_MARK = 2


class RowLine(NamedTuple):
    """One line of a row: words at the left, a figure at the right."""

    left: Content
    right: Content = Content("")


class Row(NamedTuple):
    """A row: its lines, and `key`, what it stands for. One without a key is a heading, which the cursor passes over."""

    lines: tuple[RowLine, ...]
    key: str = ""


class KeyedRows(Sequence[Row]):
    """Rows that are made when they are asked for, and know where each key stands without being gone through."""

    @abstractmethod
    def place_of(self, key: str) -> int:
        """Return the number of the row that stands for a key, or -1."""


class RowList(ScrollView, can_focus=True):
    """Rows to move through, and to choose from with Enter or a click."""

    DEFAULT_CSS = """
    RowList { height: 1fr; background: $background; color: $foreground; overflow-x: hidden; scrollbar-size-vertical: 1; }
    RowList > .row-list--at { text-style: bold; }
    RowList:focus > .row-list--at { background: $chosen; color: $chosen-ink; text-style: bold; }
    RowList:focus:ansi > .row-list--at { text-style: bold reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--at"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "to_end(-1)", show=False),
        Binding("end", "to_end(1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    ALLOW_SELECT = False

    at: reactive[int] = reactive(-1, repaint=False)
    """The number of the row under the cursor, or -1 where there is none."""

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: "RowList", key: str) -> None:
            super().__init__()
            self.rows = rows
            self.key = key

        @property
        def control(self) -> "RowList":
            """The list."""
            return self.rows

    class Chosen(Moved):
        """A row was chosen, with Enter or a click."""

    def __init__(
        self, *, id: str | None = None, height: int = 0, resting: str = ">", classes: str | None = None
    ) -> None:
        """Make an empty list. With `height` every row has so many lines, and none is asked for before it is in view.

        `resting` is the sign at the row under the cursor while the list has not the focus: another one than `>` where
        the keys do not reach it then.
        """
        super().__init__(id=id, classes=classes)
        self._resting = resting
        self._rows: Sequence[Row] = ()
        self._height = height
        self._tops: list[int] = [0]

    def show(self, rows: Sequence[Row], *, at: str | None = None) -> None:
        """Show other rows. The cursor goes to the row with the key `at`, or stays on its key, or near its place."""
        key, place = (at, self.at) if at is not None else (self.key, self.at)
        self._rows = rows
        self._tops = [] if self._height else list(accumulate((len(row.lines) for row in rows), initial=0))
        self.virtual_size = Size(self._width, self._total)
        self.set_reactive(RowList.at, self._place_of(key, place))
        self.refresh()
        self._follow()
        self._say()

    def repaint_row(self, place: int) -> None:
        """Paint one row again, after what its sequence holds there has changed."""
        self.refresh(self._region(place))

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows

    @property
    def key(self) -> str:
        """What the row under the cursor stands for; empty where there is none."""
        return self._rows[self.at].key if 0 <= self.at < len(self._rows) else ""

    def go_to(self, key: str) -> None:
        """Put the cursor on the row that stands for this."""
        self.at = self._place_of(key, self.at)

    def action_move(self, step: int) -> None:
        """Move up or down by a row, over headings."""
        self.at = self._near(self.at + step, step, else_stay=True)

    def action_page(self, step: int) -> None:
        """Move by what is in view."""
        top = self._top(max(self.at, 0)) + step * max(self.size.height - 1, 1)
        self.at = self._near(self._row_at(min(max(top, 0), self._total - 1)), step)

    def action_to_end(self, step: int) -> None:
        """Move to the first row or the last."""
        self.at = self._near(0 if step < 0 else len(self._rows) - 1, -step)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.key:
            self.post_message(self.Chosen(self, self.key))

    def validate_at(self, at: int) -> int:
        """Keep the cursor within the rows."""
        return min(max(at, -1), len(self._rows) - 1)

    def watch_at(self, before: int, at: int) -> None:
        """Show where the cursor has gone, and say so."""
        self.refresh(self._region(before))
        self.refresh(self._region(at))
        self._follow()
        self._say()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: at the beginning of the row under the cursor."""
        inside = self.content_region
        row = self._top(self.at) - round(self.scroll_y) if 0 <= self.at < len(self._rows) else 0
        return Offset(inside.x, inside.y + min(max(row, 0), max(inside.height - 1, 0)))

    def on_focus(self) -> None:
        """Paint with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """Paint without the focus."""
        self.refresh()

    def on_resize(self) -> None:
        """Fit the rows to the new width."""
        self.virtual_size = Size(self._width, self._total)
        self._follow()

    def on_click(self, event: events.Click) -> None:
        """Move to the row that was clicked, and choose it."""
        line = event.y + self.scroll_offset.y
        if 0 <= line < self._total:
            place = self._row_at(line)
            if self._rows[place].key:
                self.at = place
                self.action_choose()

    def render_line(self, y: int) -> Strip:
        """Paint one line in view."""
        width, line = self._width, y + self.scroll_offset.y
        if line >= self._total:
            return Strip.blank(width, self.rich_style)
        place = self._row_at(line)
        shown = self._rows[place].lines[line - self._top(place)]
        here = place == self.at
        sign = (">" if self.has_focus else self._resting) if here and line == self._top(place) else " "
        text = Content.assemble(typed(f"{sign} "), beside(shown.left, shown.right, max(width - _MARK, 0)))
        style = self.get_visual_style("row-list--at") if here else self.visual_style
        return Strip(text.truncate(width).render_segments(style), width)

    @property
    def room(self) -> int:
        """How wide the lines of a row are, beside the sign of the one under the cursor."""
        return max(self._width - _MARK, 0)

    @property
    def _width(self) -> int:
        """The columns that rows have, without the bar that scrolls them."""
        return self.scrollable_content_region.width

    @property
    def _total(self) -> int:
        return len(self._rows) * self._height if self._height else self._tops[-1]

    def _top(self, place: int) -> int:
        return place * self._height if self._height else self._tops[place]

    def _row_at(self, line: int) -> int:
        return line // self._height if self._height else bisect_right(self._tops, line) - 1

    def _lines_of(self, place: int) -> int:
        return self._height or self._tops[place + 1] - self._tops[place]

    def _region(self, place: int) -> Region:
        if not 0 <= place < len(self._rows):
            return Region(0, 0, 0, 0)
        return Region(0, self._top(place) - self.scroll_offset.y, self.size.width, self._lines_of(place))

    def _place_of(self, key: str, place: int) -> int:
        """Find a key; where it is gone, the row that now stands where the cursor was."""
        if key and 0 <= place < len(self._rows) and self._rows[place].key == key:
            return place
        if isinstance(self._rows, KeyedRows):
            found = self._rows.place_of(key)
        else:
            found = (
                next((number for number, row in enumerate(self._rows) if row.key == key), -1) if key else -1
            )
        return found if found >= 0 else self._near(max(place, 0), 1)

    def _near(self, place: int, step: int, *, else_stay: bool = False) -> int:
        """Return the first row from a place onwards that the cursor can stand on, or the nearest the other way."""
        last = len(self._rows) - 1
        start = min(max(place, 0), last)
        for direction in (step, -step):
            number = start
            while 0 <= number <= last:
                if self._rows[number].key:
                    return number
                number += direction
            if else_stay:
                return self.at
        return -1

    def _follow(self) -> None:
        """Bring the row into view, with the heading above it where that is the first row."""
        if 0 <= self.at < len(self._rows):
            top, lines = self._top(self.at), self._lines_of(self.at)
            first = 0 if not any(row.key for row in self._rows[: min(self.at, 3)]) and self.at < 3 else top
            self.scroll_to_region(Region(0, first, 1, top + lines - first), animate=False, force=True)

    def _say(self) -> None:
        if self.key:
            self.post_message(self.Moved(self, self.key))
