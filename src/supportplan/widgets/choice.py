"""Choosing one of a few, drawn in signs that need no colour: `(*) every week  ( ) every month`; and ticking `[x]`."""

import textwrap
import time
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.widget import Widget

from supportplan.widgets.field import LABEL_WIDTH
from supportplan.widgets.lines import fitted, typed

# A space that follows a letter within so many seconds is one between words.
_BETWEEN_WORDS = 1.0


class Option(NamedTuple):
    """One of the things to choose from: what it stands for, and its words."""

    key: str
    words: str


class OneOf(Widget, can_focus=True):
    """A label with the things to choose from behind it, over as many lines as they need. Arrows and Space choose."""

    DEFAULT_CSS = """
    OneOf { height: auto; width: 1fr; color: $foreground; }
    OneOf > .one-of--at { text-style: bold; }
    OneOf:focus > .one-of--at { background: $chosen; color: $chosen-ink; text-style: bold; }
    OneOf:focus:ansi > .one-of--at { text-style: bold reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-of--at"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "step(-1)", show=False),
        Binding("right,down", "step(1)", show=False),
        Binding("space", "space", show=False),
        Binding("enter", "go_on", show=False),
    ]
    ALLOW_SELECT = False

    class Changed(Message):
        """Something else was chosen."""

        def __init__(self, one_of: "OneOf", key: str) -> None:
            super().__init__()
            self.one_of = one_of
            self.key = key

        @property
        def control(self) -> "OneOf":
            """The choice."""
            return self.one_of

    def __init__(
        self,
        label: str,
        options: Sequence[Option],
        *,
        id: str | None = None,
        value: str = "",
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._options = tuple(options)
        self._typed_at = -_BETWEEN_WORDS
        self.value = value

    def show(self, value: str, options: Sequence[Option] | None = None) -> None:
        """Show another choice, and perhaps other things to choose from, without saying that it changed."""
        self.value = value
        if options is not None and tuple(options) != self._options:
            self._options = tuple(options)
            self.refresh(layout=True)
        self.refresh()

    def action_step(self, step: int) -> None:
        """Choose the one before or after."""
        keys = [option.key for option in self._options]
        at = keys.index(self.value) if self.value in keys else (-1 if step > 0 else len(keys))
        self._choose(keys[min(max(at + step, 0), len(keys) - 1)])

    def action_step_round(self) -> None:
        """Choose the next one, after the last the first."""
        keys = [option.key for option in self._options]
        at = keys.index(self.value) if self.value in keys else -1
        self._choose(keys[(at + 1) % len(keys)])

    def action_space(self) -> None:
        """Choose the next one; but not with the space between words that somebody types here by mistake."""
        if time.monotonic() - self._typed_at > _BETWEEN_WORDS:
            self.action_step_round()

    def on_key(self, event: events.Key) -> None:
        """Note that somebody types words here."""
        if event.character and event.character.isalnum():
            self._typed_at = time.monotonic()

    def action_go_on(self) -> None:
        """Go on to the next field, as with Tab."""
        self.screen.focus_next()

    def on_click(self, event: events.Click) -> None:
        """Choose the one that was clicked."""
        for option, place in zip(self._options, self._places(self.size.width), strict=True):
            lines = _broken(option, self.size.width)
            if place.y <= event.y < place.y + len(lines) and place.x <= event.x < place.x + len(lines[0]):
                self._choose(option.key)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: on what is chosen, or on the first where nothing is."""
        chosen = next((at for at, one in enumerate(self._options) if one.key == self.value), 0)
        return self.content_region.offset + self._places(self.size.width)[chosen] + Offset(1, 0)

    def render(self) -> Content:
        """Paint the label and the options."""
        width = self.size.width
        at = "$chosen-ink on $chosen bold" if self.has_focus else "bold"
        lines = [fitted(typed(self._label), LABEL_WIDTH)]
        for option, place in zip(self._options, self._places(width), strict=True):
            chosen = option.key == self.value
            mark, *rest = _broken(option, width)
            for y, words in enumerate([mark.replace("( )", "(*)", 1) if chosen else mark, *rest], place.y):
                while y >= len(lines):
                    lines.append(Content(" " * LABEL_WIDTH))
                before = " " * (place.x - lines[y].cell_length)
                lines[y] = Content.assemble(lines[y], before, typed(words, at if chosen else ""))
        return Content("\n").join(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the options need."""
        places = zip(self._options, self._places(width), strict=True)
        return max((place.y + len(_broken(option, width)) for option, place in places), default=1)

    def _places(self, width: int) -> list[Offset]:
        """Return where each option stands."""
        places, x, y = [], LABEL_WIDTH, 0
        for option in self._options:
            if x > LABEL_WIDTH and x + len(option.words) + 4 > width:
                x, y = LABEL_WIDTH, y + 1
            places.append(Offset(x, y))
            y += len(_broken(option, width)) - 1
            x += len(option.words) + 6
        return places

    def _choose(self, key: str) -> None:
        if key != self.value:
            self.show(key)
            self.post_message(self.Changed(self, key))


class Tick(Widget, can_focus=True):
    """Something that is so or not: `[x] The family holds it`."""

    DEFAULT_CSS = "Tick { height: 1; width: 1fr; color: $foreground; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", show=False),
        Binding("enter", "go_on", show=False),
    ]
    ALLOW_SELECT = False

    class Changed(Message):
        """It was ticked, or the tick was taken away."""

        def __init__(self, tick: "Tick") -> None:
            super().__init__()
            self.tick = tick

        @property
        def control(self) -> "Tick":
            """The tick."""
            return self.tick

    def __init__(self, words: str, *, id: str | None = None, value: bool = False) -> None:
        super().__init__(id=id)
        self._words = words
        self.value = value

    def show(self, *, value: bool) -> None:
        """Show it ticked or not, without saying that it changed."""
        self.value = value
        self.refresh()

    def action_turn(self) -> None:
        """Tick it, or take the tick away."""
        self.show(value=not self.value)
        self.post_message(self.Changed(self))

    def action_go_on(self) -> None:
        """Go on to the next field, as with Tab."""
        self.screen.focus_next()

    def on_click(self) -> None:
        """Tick it, or take the tick away."""
        self.action_turn()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: on the tick."""
        return self.content_region.offset + Offset(LABEL_WIDTH + 1, 0)

    def render(self) -> Content:
        """Paint the tick and its words."""
        style = "$chosen-ink on $chosen bold" if self.has_focus else ""
        return Content.assemble(
            " " * LABEL_WIDTH, typed(f"[{'x' if self.value else ' '}] {self._words}", style)
        )


def _broken(option: Option, width: int) -> list[str]:
    """Break an option's words, with the sign before them, into lines of what is left of a width behind the label."""
    room = max(width - LABEL_WIDTH, 12)
    return textwrap.wrap(f"( ) {option.words}", room, subsequent_indent="    ")
