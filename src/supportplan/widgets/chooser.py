"""Choosing one of many: a field that shows what is chosen, and a list over the screen to choose another from."""

import time
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget

from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.field import LABEL_WIDTH
from supportplan.widgets.lines import fitted, typed
from supportplan.widgets.row_list import Row, RowLine, RowList

_NONE_YET = "choose"
_NARROWEST, _EDGES = 50, 4
# Letters that follow one another within so many seconds are one word.
_IN_ONE_GO = 1.0


class Chooser(ModalScreen[str | None]):
    """The list to choose from. Answers with the key of what was chosen, or None."""

    DEFAULT_CSS = """
    Chooser { align: center middle; }
    Chooser > Vertical { width: auto; min-width: 36; max-width: 90%; height: auto; max-height: 90%; border: round $primary; background: $background; }
    Chooser RowList { height: auto; max-height: 67vh; max-width: 100%; }
    Chooser Buttons { margin: 0 2; width: 50; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        # A dialog hides the keys of the app: those that lead out count here too.
        Binding("ctrl+q", "app.leave", show=False, id="anywhere.quit"),
        Binding("ctrl+l", "app.lock", show=False, id="anywhere.lock"),
    ]

    def __init__(self, title: str, options: Sequence[Option], value: str, *, letters: bool = False) -> None:
        """Make the list. With `letters` a letter chooses the first option whose words begin with it."""
        super().__init__()
        self._letters = letters
        self._asked = title
        self._options = options
        self._value = value
        self._begun = _Begun()

    def compose(self) -> ComposeResult:
        """Put the list in a frame."""
        with Vertical() as frame:
            frame.border_title = typed(self._asked)
            rows = RowList()
            # All words are read where the window has room for them.
            rows.styles.width = max(_NARROWEST, *(len(one.words) + _EDGES for one in self._options))
            yield rows
            yield Buttons([Option("back", "Back")])

    def on_mount(self) -> None:
        """Show what there is to choose from."""
        rows = [Row((RowLine(typed(option.words)),), option.key) for option in self._options]
        self.query_one(RowList).show(rows, at=self._value)

    def on_key(self, event: events.Key) -> None:
        """Choose by its letter; or go to the words that begin with what is typed in one go."""
        letter = event.character or ""
        if not letter.isalnum() and not self._begun.goes_on_with(letter):
            return
        if self._letters:
            chosen = [one.key for one in self._options if one.words.casefold().startswith(letter.casefold())]
            if chosen:
                event.stop()
                self.dismiss(chosen[0])
        elif (found := self._begun.found(letter, self._options, self.query_one(RowList).key)) is not None:
            event.stop()
            self.query_one(RowList).go_to(found)

    def on_buttons_pressed(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Answer."""
        self.dismiss(event.key)


class _Begun:
    """What has been typed in one go of the words of an option; the same letter again goes to the next such one.

    An option that begins with it comes before one of which a later word does.
    """

    def __init__(self) -> None:
        self._letters = ""
        self._typed_at = 0.0

    def found(self, letter: str, options: Sequence[Option], value: str) -> str | None:
        """Return the key of the option that begins with what is typed, from the one with the key `value` on."""
        moment = time.monotonic()
        begun = self._letters if moment - self._typed_at < _IN_ONE_GO else ""
        self._letters, self._typed_at = begun + letter.casefold(), moment
        again = set(self._letters) == {letter.casefold()}
        beginning = letter.casefold() if again else self._letters
        keys = [option.key for option in options]
        at = keys.index(value) + again if value in keys else 0
        turned = [*options[at:], *options[:at]]
        whole = (one.key for one in turned if one.words.casefold().startswith(beginning))
        # "hol" is meant to find "every holiday week".
        within = (one.key for one in turned if f" {beginning}" in f" {one.words.casefold()}")
        return next(whole, next(within, None))

    def goes_on_with(self, letter: str) -> bool:
        """Whether it is the space between two words of what is being typed."""
        return letter == " " and bool(self._letters) and time.monotonic() - self._typed_at < _IN_ONE_GO


class Choice(Widget, can_focus=True):
    """What is chosen, on one line: `Counted in  [ hours   v ]`. Enter opens the list, the arrows go through it."""

    DEFAULT_CSS = "Choice { height: 1; width: 1fr; color: $foreground; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter,down", "open", show=False),
        Binding("space", "space", show=False),
    ]
    ALLOW_SELECT = False

    class Changed(Message):
        """Something else was chosen."""

        def __init__(self, choice: "Choice", key: str) -> None:
            super().__init__()
            self.choice = choice
            self.key = key

        @property
        def control(self) -> "Choice":
            """The field."""
            return self.choice

    def __init__(
        self,
        label: str,
        options: Sequence[Option],
        *,
        id: str | None = None,
        value: str = "",
        width: int = 24,
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._options = tuple(options)
        self._width = width
        self._begun = _Begun()
        self.value = value

    def show(self, value: str, options: Sequence[Option] | None = None) -> None:
        """Show another choice, and perhaps other things to choose from, without saying that it changed."""
        self.value = value
        self._options = self._options if options is None else tuple(options)
        self.refresh()

    def action_step(self, step: int) -> None:
        """Choose the one before or after."""
        keys = [option.key for option in self._options]
        at = keys.index(self.value) if self.value in keys else (-1 if step > 0 else len(keys))
        self._choose(keys[min(max(at + step, 0), len(keys) - 1)])

    def action_open(self) -> None:
        """Open the list."""
        self.app.push_screen(Chooser(self._label, self._options, self.value), self._chosen)

    def on_click(self) -> None:
        """Open the list."""
        self.action_open()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: on what is chosen."""
        return self.content_region.offset + Offset(LABEL_WIDTH + 2, 0)

    def on_key(self, event: events.Key) -> None:
        """Go to the choice that begins with what is typed in one go; the same letter again goes to the next such one."""
        if event.character and event.character.isalnum():
            self._go_on_with(event.character)

    def action_space(self) -> None:
        """Open the list; or go on with what is being typed, where it is the space between two of its words."""
        if self._begun.goes_on_with(" "):
            self._go_on_with(" ")
        else:
            self.action_open()

    def _go_on_with(self, letter: str) -> None:
        found = self._begun.found(letter, self._options, self.value)
        if found is not None:
            self._choose(found)

    def render(self) -> Content:
        """Paint the label and what is chosen."""
        words = next((option.words for option in self._options if option.key == self.value), _NONE_YET)
        style = "$chosen-ink on $chosen bold" if self.has_focus else ""
        room = max(self.size.width - LABEL_WIDTH - len("[  v ]"), 1)
        return Content.assemble(
            fitted(typed(self._label), LABEL_WIDTH),
            typed(f"[ {fitted(typed(words), min(self._width, room)).plain} v ]", style),
        )

    def _chosen(self, key: str | None) -> None:
        if key is not None:
            self._choose(key)

    def _choose(self, key: str) -> None:
        if key != self.value:
            self.show(key)
            self.post_message(self.Changed(self, key))
