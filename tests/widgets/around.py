"""One control in a tiny app of its own: what it shows, and what it posts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from textual.app import ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from supportplan.screens.real_cursor import FollowingCursor
from supportplan.screens.themes import DAY, THEMES
from tests.screens.on_screen import shown

Given = ParamSpec("Given")
Posted = TypeVar("Posted", bound=Message)


class Tiny(FollowingCursor):
    """An app with nothing in it but the controls it was given."""

    CSS = "Screen { background: $background; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *controls: Widget) -> None:
        super().__init__()
        self._controls = controls
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DAY
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        """Put them one under the other."""
        yield from self._controls


class Alone(NamedTuple):
    """The tiny app: its pilot, and every message of the program's own that was posted, in order."""

    pilot: Pilot[None]
    messages: list[Message]

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until what they set going is done."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def click(self, x: int, y: int, control: Widget) -> None:
        """Click a control at one of its letters."""
        await self.pilot.click(control, offset=(x, y))
        await self.pilot.pause()

    def posted(self, kind: type[Posted]) -> list[Posted]:
        """Return what was posted of exactly one kind."""
        return [one for one in self.messages if type(one) is kind]

    def screen(self) -> str:
        """Return what stands on the screen."""
        return shown(self.pilot.app)

    def cursor(self) -> tuple[int, int]:
        """Return the column and the line where the terminal's own cursor stands."""
        x, y = self.pilot.app.cursor_position
        return x, y


@asynccontextmanager
async def alone(*controls: Widget, columns: int = 60, rows: int = 16) -> AsyncIterator[Alone]:
    """Open a tiny app on some controls; the first that can be typed at has the focus."""
    messages: list[Message] = []

    def note(message: Message) -> None:
        ours = type(message).__module__.startswith("supportplan.")
        if ours and all(message is not one for one in messages):
            messages.append(message)

    async with Tiny(*controls).run_test(size=(columns, rows), message_hook=note) as pilot:
        await pilot.pause()
        yield Alone(pilot, messages)


def in_an_app(test: Callable[Given, Coroutine[Any, Any, None]]) -> Callable[Given, None]:
    """Run a test that waits for an app."""

    @wraps(test)
    def run(*given: Given.args, **named: Given.kwargs) -> None:
        asyncio.run(test(*given, **named))

    return run
