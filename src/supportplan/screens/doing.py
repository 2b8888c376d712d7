"""Work that takes a while: what is being done, in words, and a way to stop it that leaves nothing behind."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import ClassVar, Generic, TypeVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem
from supportplan.screens.notice import Question
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines

Result = TypeVar("Result")

# Called with what is being done, how much of it is done, and how much there is to do: 0 where nobody knows.
Progress = Callable[[str, int, int], None]


class _Stopped(Exception):
    """Somebody wants the work to stop; whatever does it clears up behind itself."""


class Doing(Question[Result | Problem | None], Generic[Result], inherit_bindings=False):
    """Does some work in a thread. Answers with what came of it, the problem that came up, or None where it was stopped."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", show=False)]

    def __init__(self, title: str, task: Callable[[Progress], Result]) -> None:
        super().__init__(title)
        self._do = task
        self._stopping = threading.Event()
        self._came: tuple[Result | Problem | None] | None = None
        self._answered = False

    def inside(self) -> Iterator[Widget]:
        """What is being done, and the way to stop it."""
        yield Static("One moment.", id="said", markup=False)
        yield Buttons([Option("stop", "Stop")])

    def on_mount(self) -> None:
        """Begin."""
        self._work()

    def on_unmount(self) -> None:
        """Let the work end where the program is left meanwhile."""
        self._stopping.set()

    def on_screen_resume(self) -> None:
        """Answer, where the work was done while the program was locked."""
        self._answer()

    def on_buttons_pressed(self) -> None:
        """Stop."""
        self.action_stop()

    def action_stop(self) -> None:
        """Stop as soon as the work says again how far it is."""
        self._stopping.set()
        self._say("Stopping.")

    @work
    async def _work(self) -> None:
        loop = asyncio.get_running_loop()

        def progress(doing: str, done: int, of: int) -> None:
            if self._stopping.is_set():
                raise _Stopped
            far = f"{doing}: {done * 100 // of}%" if of else f"{doing}."
            loop.call_soon_threadsafe(self._say, far)

        try:
            self._came = (await asyncio.to_thread(self._do, progress),)
        except _Stopped:
            self._came = (None,)
        except Problem as problem:
            self._came = (problem,)
        self._answer()

    def _answer(self) -> None:
        """Answer once, and only from the top: what is dismissed is whatever stands there."""
        if self._came is not None and self.app.screen is self and not self._answered:
            self._answered = True
            self.dismiss(self._came[0])

    def _say(self, words: str) -> None:
        if self.is_mounted and not (self._stopping.is_set() and words != "Stopping."):
            self.query_one("#said", Static).update(typed_lines(words))
