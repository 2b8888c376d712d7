"""The mouse over a control, told in parts of a cell as some terminals do, or in whole cells."""

from collections.abc import Iterable
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widget import Widget


class Mouse:
    """A mouse over a control: places are cells from its upper left, whole or with fractions."""

    def __init__(self, pilot: Pilot[Any], control: Widget) -> None:
        self._pilot, self._control = pilot, control

    async def press(self, x: float, y: float, *, button: int = 1) -> None:
        """Press a button."""
        await self._send(events.MouseDown, x, y, button)

    async def move(self, *places: tuple[float, float], button: int = 1) -> None:
        """Move, with a button held or, where that is 0, without."""
        for x, y in places:
            await self._send(events.MouseMove, x, y, button)

    async def let_go(self, x: float, y: float, *, button: int = 1) -> None:
        """Let a button go."""
        await self._send(events.MouseUp, x, y, button)

    async def draw(self, places: Iterable[tuple[float, float]]) -> None:
        """Draw a stroke from the first place to the last."""
        first, *rest = places
        await self.press(*first)
        await self.move(*rest)
        await self.let_go(*(rest[-1] if rest else first))

    async def _send(self, kind: type[events.MouseEvent], x: float, y: float, button: int) -> None:
        left, upper = self._control.content_region.offset
        x, y = x + left, y + upper
        event = kind(None, x, y, 0, 0, button, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
        await self._pilot.app.on_event(event)
        await self._pilot.pause()
