"""A field of one line: what is asked, what was typed, and under it what was understood or what to mend.

What is typed is kept as it is, whatever becomes of it. A field complains only when it is left; while somebody types
it says back what it has understood so far.
"""

from abc import abstractmethod
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

from supportplan.domain.problems import BadInput
from supportplan.widgets.lines import fitted, typed, wrapped

Value = TypeVar("Value")

LABEL_WIDTH = 19
# Lines that a complaint may take.
_MOST_LINES = 6


class _Typed(Input):
    """The part of a field that is typed in. Pasted lines are joined: none is dropped."""

    # It keeps its size, however long the text: with Textual's own, every letter puts all fields in their places anew.
    virtual_size = Reactive(Size(0, 0), layout=False)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: on the place of the next letter, not one behind it as Textual has it."""
        x, y = super().cursor_screen_offset
        return Offset(x - 1, y) if self.cursor_at_end else Offset(x, y)

    def _on_paste(self, event: events.Paste) -> None:
        if event.text:
            start, end = sorted((self.selection.start, self.selection.end))
            self.replace(" ".join(event.text.split()), start, end)
        event.prevent_default()
        event.stop()


class Field(Widget, Generic[Value]):
    """A field that reads what is typed in it as a value."""

    DEFAULT_CSS = """
    Field { height: auto; width: 1fr; color: $foreground; }
    Field > Input { margin: 0 1 0 20; background: $field; color: $foreground; padding: 0; }
    Field > Input:focus { background: $field; background-tint: transparent; }
    Field:ansi > Input { text-style: none; }
    """

    renewed: ClassVar[bool] = True
    """Whether what is typed on coming into the field takes the place of what stands there, as with a day or a price."""

    class Changed(Message):
        """What was typed has changed; the field's `value` and `problem` say what it came to."""

        def __init__(self, field: "Field[Any]") -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> "Field[Any]":
            """The field."""
            return self.field

    class Left(Changed):
        """The field was left, with Tab, Enter or the mouse."""

    class Entered(Changed):
        """Enter was pressed in the field."""

    def __init__(
        self,
        label: str,
        *,
        id: str | None = None,
        width: int | None = None,
        hint: str = "",
        notes: bool = True,
        classes: str | None = None,
    ) -> None:
        """Make a field. `width` is how many letters are in view, `hint` stands under it while it is empty.

        Without `notes` nothing is ever said under it, and it is one line high.
        """
        super().__init__(id=id, classes=classes)
        self._label = label
        self._hint = hint
        self._notes = notes
        self._complaining = False
        self._caution = ""
        self._said: tuple[Value | None, str] = (None, "")
        self._heard = ""
        self._painted = ("", "")
        self._high = 1
        self.input = _Typed(compact=True, select_on_focus=self.renewed)
        self.input.cursor_blink = False
        if width is not None:
            self.input.styles.width = width

    @abstractmethod
    def read(self, text: str) -> Value:
        """Read what was typed. Raises BadInput in words that can stand under the field."""

    def say_back(self, value: Value) -> str:  # noqa: ARG002 - a field that echoes says how
        """Say what was understood; nothing where that would only repeat it."""
        return ""

    @property
    def value(self) -> Value | None:
        """What was understood; None where nothing was, or nothing was typed."""
        return self._said[0]

    @property
    def problem(self) -> str:
        """What is wrong with what was typed, and what to do about it; empty where nothing is."""
        return self._said[1]

    @property
    def label(self) -> str:
        """What is asked."""
        return self._label

    @property
    def text(self) -> str:
        """What was typed, as it was."""
        return self.input.value

    def show(self, text: str) -> None:
        """Put a text into the field without saying that it changed."""
        if text != self.input.value:
            with self.prevent(Input.Changed):
                self.input.value = text
            self.input.cursor_position = len(text)
            if self.renewed and self.input.has_focus:
                # As on coming into it: what is typed next takes its place.
                self.input.action_select_all()
        self._heard = text
        self._complaining = False
        self._understand()

    def heard(self) -> None:
        """Note that what stands here has been taken up: only then may `follow` put something else in its place."""
        self._heard = self.text

    def follow(self, text: str) -> None:
        """Show what is so now, but leave alone what means the same, what is being typed, and what could not be read.

        Letters that were typed a moment ago, and are still on their way to who takes them up, are never written over.
        """
        if self.text != self._heard:
            return
        if not self._means(text) and not (self.input.has_focus and self.problem):
            self.show(text)

    def _means(self, text: str) -> bool:
        try:
            return (self.read(text) if text.strip() else None) == self.value
        except BadInput:
            return False

    def understand_anew(self) -> None:
        """Read the text again, after what it depends on has changed."""
        self._understand()

    def refuse(self, problem: str, *, at_once: bool = False) -> None:
        """Say that what was typed can be read, but not be taken as things stand; `at_once`, before the field is left."""
        self._said = (None, problem)
        self._complaining = self._complaining or at_once
        self._repaint()

    def caution(self, words: str) -> None:
        """Say, once the field is left, what is odd about a value that can be taken all the same."""
        if words != self._caution:
            self._caution = words
            self._repaint()

    def compose(self) -> ComposeResult:
        """Put in what is typed in."""
        yield self.input

    def focus(self, scroll_visible: bool = True) -> "Field[Value]":
        """Put the cursor into the field."""
        self.input.focus(scroll_visible)
        return self

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the edge at the right, however narrow it is."""
        self.input.styles.max_width = max(event.size.width - LABEL_WIDTH - 2, 1)
        # The edge is painted where what is typed in ends, which has its new width only then.
        self.call_after_refresh(self.refresh)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back what is understood so far."""
        event.stop()
        self._complaining = False
        self._read_anew()
        if self._notes and self._note() != self._painted:
            # The letter is painted first.
            self.call_after_refresh(self._repaint)
        self.post_message(self.Changed(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Say that Enter was pressed."""
        event.stop()
        self.post_message(self.Entered(self))

    def on_descendant_blur(self) -> None:
        """Say what is wrong, if anything is."""
        self._complaining = True
        self._repaint()
        self.post_message(self.Left(self))

    def render(self) -> Content:
        """Paint the label, the edges of the field, and the note under it."""
        width = self.size.width
        room = min(self.input.size.width, max(width - LABEL_WIDTH - 2, 0))
        line = Content.assemble(fitted(typed(self._label), LABEL_WIDTH), "[", " " * room, "]")
        if not self._notes:
            return line
        self._painted = self._note()
        indent = " " * (LABEL_WIDTH + 1)
        under = [Content.assemble(indent, note).truncate(max(width, 0)) for note in self._note_lines(width)]
        return Content("\n").join([line, *under])

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """One line, and one for the note; more for a complaint that is longer."""
        self._high = len(self._note_lines(width)) if self._notes else 0
        return 1 + self._high

    def _repaint(self) -> None:
        """Paint it anew; where the note needs another number of lines, what stands under it moves."""
        high = len(self._note_lines(self.size.width)) if self._notes and self.is_mounted else self._high
        self.refresh(layout=high != self._high)
        if high > self._high and self.input.has_focus:
            self.call_after_refresh(self.scroll_visible, animate=False)

    def _note_lines(self, width: int) -> list[Content]:
        """Return the note, line by line: what is wrong is said whole, what was understood in one line."""
        note, style = self._note()
        words, room = typed(note, style), max(width - LABEL_WIDTH - 1, 1)
        if note.startswith("! ") and words.cell_length > room:
            return wrapped(words, room, _MOST_LINES)
        return [words.truncate(room, ellipsis=True)]

    def _note(self) -> tuple[str, str]:
        if self._complaining and self.problem:
            return f"! {self.problem}", "$error bold"
        if self._caution and self.text and not self.input.has_focus:
            return f"! {self._caution}", "$warning bold"
        if self.value is not None and (echo := self.say_back(self.value)):
            return f"= {echo}", "$muted"
        return ("" if self.text else self._hint), "$muted"

    def _understand(self) -> None:
        self._read_anew()
        self._repaint()

    def _read_anew(self) -> None:
        text = self.input.value
        try:
            self._said = (self.read(text) if text.strip() else None, "")
        except BadInput as problem:
            self._said = (None, f"{problem.what} {problem.mend}".strip())
