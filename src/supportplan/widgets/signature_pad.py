"""A sheet to sign on with mouse or trackpad: what is drawn is shown in braille dots, two by four a cell, and kept as strokes."""

from collections.abc import Iterator
from typing import Protocol

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from supportplan.domain.cases.drawing import HUNDREDTHS, MOST_POINTS, MOST_STROKES, Drawing, smoothed
from supportplan.widgets.lines import typed

_ACROSS, _DOWN = 2, 4
_NO_DOTS = 0x2800
# The bit of each dot in a braille sign, by its column and line.
_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
# Where the line to sign on stands, in parts of the height, and how far from the sheet's sides it ends.
_LINE = 0.75
_MARGIN = 2


class _Pointer(Protocol):
    """Where the mouse is in a widget: in cells, with fractions where the terminal tells them."""

    @property
    def pointer_x(self) -> float: ...

    @property
    def pointer_y(self) -> float: ...


class SignaturePad(Widget):
    """A sheet to sign on. A stroke lasts as long as the button is held and the pointer is on the sheet.

    Where the terminal tells the pointer's place finer than in whole cells, so are the points. A signature that is begun
    when the sheet changes its size is taken away: it would not be what was drawn.
    """

    DEFAULT_CSS = "SignaturePad { width: 1fr; height: 1fr; background: $background; color: $foreground; }"
    ALLOW_SELECT = False

    class Changed(Message):
        """There are more or fewer strokes than before."""

    class Cancelled(Message):
        """The sheet has another size now, and what was drawn on it is gone."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        # In cells, as the mouse told it.
        self._strokes: list[list[tuple[float, float]]] = []
        self._subcell = False
        self._held = False
        self._on_sheet = False
        self._dots: dict[tuple[int, int], int] = {}
        self._sheet = Size(0, 0)

    @property
    def strokes(self) -> int:
        """How many strokes are drawn."""
        return len(self._strokes)

    @property
    def full(self) -> bool:
        """Whether there are as many strokes or points as a signature may have. No more are taken then."""
        return len(self._strokes) >= MOST_STROKES or sum(map(len, self._strokes)) >= MOST_POINTS

    @property
    def drawing(self) -> Drawing | None:
        """What is drawn; None where that is nothing."""
        if not self._strokes:
            return None
        width, height = self.size
        return Drawing(
            width=width,
            height=height,
            subcell=self._subcell,
            strokes=tuple(
                tuple(
                    (
                        min(round(x * HUNDREDTHS), width * HUNDREDTHS),
                        min(round(y * HUNDREDTHS), height * HUNDREDTHS),
                    )
                    for x, y in map(self._place, stroke)
                )
                for stroke in self._strokes
            ),
        )

    def undo(self) -> None:
        """Take the last stroke back."""
        self._let_go()
        if self._strokes:
            self._strokes.pop()
            self._redraw()
            self.post_message(self.Changed())

    def clear(self) -> None:
        """Take all strokes away."""
        self._let_go()
        if self._strokes:
            self._strokes.clear()
            self._redraw()
            self.post_message(self.Changed())

    def on_mount(self) -> None:
        """Follow whether the window has the keyboard."""
        self.watch(self.app, "app_focus", self._window_left, init=False)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a stroke, and follow the mouse wherever it goes."""
        if event.button == 1:
            self.capture_mouse()
            self._held = True
            self._follow(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Lead the stroke on; where the button was let go outside the window, end it."""
        if self._held and event.button != 1:
            self._let_go()
        elif self._held:
            self._follow(event)

    def on_mouse_up(self) -> None:
        """End the stroke where it was led to: of where the button was let go not every terminal tells the fractions."""
        self._let_go()

    def on_mouse_release(self) -> None:
        """End the stroke where the mouse goes to somebody else, such as a question over the sheet."""
        self._let_go()

    def on_resize(self) -> None:
        """Take a signature away that was begun on a sheet of another size."""
        if self.size == self._sheet:
            return
        self._sheet = self.size
        if self._strokes:
            self.clear()
            self.post_message(self.Cancelled())

    def render_line(self, y: int) -> Strip:
        """Paint a line of cells: dots where something is drawn, and else the line to sign on."""
        line = Content.assemble(*self._cells(y))
        return Strip(line.render_segments(self.visual_style)).adjust_cell_length(
            self.size.width, self.rich_style
        )

    def _cells(self, y: int) -> Iterator[Content]:
        lined = range(_MARGIN, self.size.width - _MARGIN) if y == int(self.size.height * _LINE) else ()
        for x in range(self.size.width):
            dots = self._dots.get((x, y), 0)
            yield (
                typed(chr(_NO_DOTS + dots)) if dots else Content.styled("─" if x in lined else " ", "$muted")
            )

    def _follow(self, pointer: _Pointer) -> None:
        """Lead the stroke to where the pointer is; off the sheet it ends, and where the pointer comes back another begins."""
        x, y = pointer.pointer_x, pointer.pointer_y
        if not self._subcell and (x % 1 or y % 1):
            self._subcell = True
            self._redraw()
        if not (0 <= x < self.size.width and 0 <= y < self.size.height):
            self._on_sheet = False
        elif not self.full:
            if self._on_sheet:
                self._lead_to((x, y))
            else:
                self._on_sheet = True
                self._strokes.append([(x, y)])
                self._ink((x, y), (x, y))
                self.post_message(self.Changed())

    def _lead_to(self, point: tuple[float, float]) -> None:
        stroke = self._strokes[-1]
        if point != stroke[-1]:
            self._ink(stroke[-1], point)
            stroke.append(point)
            if self.full:
                self.post_message(self.Changed())

    def _window_left(self, focused: bool) -> None:
        """End a stroke when another window takes over: that the button is let go there is not told."""
        if not focused:
            self._let_go()

    def _let_go(self) -> None:
        """End the stroke that is being drawn, if one is; one that was told in whole cells is shown as smooth as it is printed."""
        if self._held and not self._subcell:
            self._redraw()
        self._held = self._on_sheet = False
        self.release_mouse()

    def _place(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return where a point is: told in whole cells, in the middle of its cell."""
        half = 0.0 if self._subcell else 0.5
        return point[0] + half, point[1] + half

    def _redraw(self) -> None:
        """Draw all strokes anew."""
        self._dots.clear()
        for stroke in self._strokes:
            points = stroke if self._subcell else smoothed(stroke)
            for start, end in zip(points, points[1:] or points, strict=False):
                self._ink(start, end)
        self.refresh()

    def _ink(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a straight line of dots between two points, ends and all."""
        (x, y), (to_x, to_y) = self._place(start), self._place(end)
        steps = max(1, round(max(abs(to_x - x) * _ACROSS, abs(to_y - y) * _DOWN)))
        lines = set()
        for step in range(steps + 1):
            across = int((x + (to_x - x) * step / steps) * _ACROSS)
            down = int((y + (to_y - y) * step / steps) * _DOWN)
            cell = (across // _ACROSS, down // _DOWN)
            self._dots[cell] = self._dots.get(cell, 0) | _BITS[across % _ACROSS][down % _DOWN]
            lines.add(cell[1])
        for line in lines:
            self.refresh(Region(0, line, self.size.width, 1))
