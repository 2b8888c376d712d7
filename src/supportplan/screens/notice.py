"""What went wrong, where, and what to do about it; or a question that is asked before something is done for ever."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem
from supportplan.screens.actions import WAYS_OUT
from supportplan.screens.type_ahead import Answer, Dialog
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines


class Question(Dialog[Answer]):
    """Words in a frame in the middle of the screen, with buttons under them."""

    DEFAULT_CSS = """
    Question { align: center middle; }
    Question > Vertical { width: 66; max-width: 96%; height: auto; max-height: 96%; border: round $primary; padding: 1 2 0 2; background: $background; }
    Question Static { height: auto; margin-bottom: 1; }
    Question Buttons { margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False), *WAYS_OUT]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """Put the frame round what is said."""
        with Vertical() as frame:
            frame.border_title = typed_lines(self._title)
            yield from self.inside()

    def inside(self) -> Iterator[Widget]:
        """Make what stands in the frame."""
        yield from ()


class Notice(Question[None]):
    """A problem in plain words, kept on the screen until somebody has read it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__("This did not work")
        self._problem = problem

    def inside(self) -> Iterator[Widget]:
        """Say what, where, and what to do."""
        what = self._problem.what
        yield Static(typed_lines(what[:1].upper() + what[1:]))
        if self._problem.where:
            yield Static(typed_lines(f"Where: {self._problem.where}"))
        if self._problem.mend:
            yield Static(typed_lines(self._problem.mend))
        yield Buttons([Option("go_on", "Go on")])

    def on_buttons_pressed(self) -> None:
        """Close it."""
        self.dismiss(None)


class Said(Question[None]):
    """Something that was done and is worth a moment, kept on the screen until somebody has read it."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__(title)
        self._words = words

    def inside(self) -> Iterator[Widget]:
        """Say it."""
        yield Static(typed_lines(self._words))
        yield Buttons([Option("go_on", "Go on")])

    def on_buttons_pressed(self) -> None:
        """Close it."""
        self.dismiss(None)


class Sure(Question[bool]):
    """A question before something that cannot be undone. The safe button comes first."""

    def __init__(self, title: str, asked: str, *, yes: str, no: str = "No, go back") -> None:
        super().__init__(title)
        self._asked = asked
        self._yes = yes
        self._no = no

    def inside(self) -> Iterator[Widget]:
        """Say what will happen, and ask."""
        yield Static(typed_lines(self._asked))
        yield Buttons([Option("no", self._no), Option("yes", self._yes)])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Answer."""
        self.dismiss(event.key == "yes")
