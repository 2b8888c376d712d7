"""What can be done at the end of a form, in a row: `[ Done ]   [ Remove ]`."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed

_BETWEEN = 3


class Buttons(Widget, can_focus=True):
    """A row of buttons that is one stop of the Tab key. Left and Right move, Enter or Space or a click presses.

    `tall` ones have three lines each, for who points at them with a hand that is not steady.
    """

    DEFAULT_CSS = "Buttons { height: auto; width: 1fr; color: $foreground; margin: 1 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "step(-1)", show=False),
        Binding("right,down", "step(1)", show=False),
        Binding("enter,space", "press", show=False),
    ]
    ALLOW_SELECT = False
    at: reactive[int] = reactive(0)

    class Pressed(Message):
        """A button was pressed."""

        def __init__(self, buttons: "Buttons", key: str) -> None:
            super().__init__()
            self.buttons = buttons
            self.key = key

        @property
        def control(self) -> "Buttons":
            """The row of buttons."""
            return self.buttons

    def __init__(self, buttons: Sequence[Option], *, tall: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._buttons = tuple(buttons)
        self._rows = 3 if tall else 1

    def show(self, buttons: Sequence[Option]) -> None:
        """Show these buttons; where they are others than before, with the first of them under the cursor."""
        if tuple(buttons) != self._buttons:
            self._buttons = tuple(buttons)
            self.at = 0
            self.refresh(layout=True)

    def action_step(self, step: int) -> None:
        """Move to the button before or after."""
        self.at = min(max(self.at + step, 0), len(self._buttons) - 1)

    def action_press(self) -> None:
        """Press the button under the cursor."""
        self.post_message(self.Pressed(self, self._buttons[self.at].key))

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: on the words of the button."""
        return self.content_region.offset + self._places()[self.at] + Offset(2, self._rows // 2)

    def on_click(self, event: events.Click) -> None:
        """Press the button that was clicked."""
        for number, (button, place) in enumerate(zip(self._buttons, self._places(), strict=True)):
            if (
                place.y <= event.y < place.y + self._rows
                and place.x <= event.x < place.x + len(button.words) + 4
            ):
                self.at = number
                self.action_press()

    def render(self) -> Content:
        """Paint the buttons."""
        lines: list[Content] = []
        for number, (button, place) in enumerate(zip(self._buttons, self._places(), strict=True)):
            while place.y + self._rows > len(lines):
                lines.append(Content(""))
            style = "$chosen-ink on $chosen bold" if self.has_focus and number == self.at else "$primary bold"
            for y, words in enumerate(self._drawn(button.words), start=place.y):
                lines[y] = Content.assemble(
                    lines[y], " " * (place.x - lines[y].cell_length), typed(words, style)
                )
        return Content("\n").join(lines)

    def _drawn(self, words: str) -> tuple[str, ...]:
        """Return the lines of a button."""
        middle = f"[ {words} ]"
        edge = "─" * (len(middle) - 2)
        return (middle,) if self._rows == 1 else (f"╭{edge}╮", middle, f"╰{edge}╯")

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """One line, or more where they do not fit beside one another."""
        return max((place.y for place in self._places(width)), default=0) + self._rows

    def _places(self, width: int | None = None) -> list[Offset]:
        room = self.size.width if width is None else width
        places, x, y = [], 0, 0
        for button in self._buttons:
            if x and x + len(button.words) + 4 > room:
                x, y = 0, y + self._rows
            places.append(Offset(x, y))
            x += len(button.words) + 4 + _BETWEEN
        return places
