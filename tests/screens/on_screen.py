"""The app without a terminal: what stands on its screen as text, waiting for that, and pressing its buttons."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from supportplan.widgets.buttons import Buttons

Expected = TypeVar("Expected", bound=Screen)  # type: ignore[type-arg] # whatever it answers with


def shown(app: App[Any]) -> str:
    """Return what is painted, line by line, without colours and without spaces at the ends."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip) for strip in strips[:height]]
    return "\n".join(line[:width].rstrip() for line in lines)


async def until(pilot: Pilot[None], there: Callable[[], bool]) -> None:
    """Wait until something is so, and all that it set going is done."""
    async with asyncio.timeout(30):
        while not there():
            await pilot.pause(0.02)
    await pilot.pause()


async def on(app: App[Any], pilot: Pilot[None], kind: type[Expected]) -> Expected:
    """Wait for a screen of a kind to be on top, and return it."""
    await until(pilot, lambda: isinstance(app.screen, kind) and app.screen.is_mounted)
    assert isinstance(app.screen, kind)
    return app.screen


async def press(app: App[Any], pilot: Pilot[None], key: str) -> None:
    """Press a button of the screen on top, wherever it stands."""
    for buttons in app.screen.query(Buttons):
        for at, option in enumerate(buttons._buttons):
            if option.key == key:
                buttons.focus()
                step = "right" if at > buttons.at else "left"
                await pilot.press(*[step] * abs(at - buttons.at), "enter")
                await pilot.pause()
                return
    raise LookupError(key)
