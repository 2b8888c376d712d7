"""Opening a case where it was left: nothing of the places on the way is painted, for which somebody would type."""

import asyncio
from typing import Any

from supportplan.domain.cases.left_off import LeftOff
from supportplan.screens.basics import Basics
from supportplan.screens.home import Home
from tests.screens.every_place import opened, practice


def test_only_the_place_that_was_left_is_painted() -> None:
    async def run() -> list[str]:
        async with practice(80, 24) as (app, pilot, desk):
            desk.store.left_offs.keep(desk.case, LeftOff(place="basics", words="Name, days and review"))
            desk.store.flush()
            await opened(app, pilot, Home(desk.store))
            painted: list[str] = []
            paint = app._display

            def note(screen: Any, renderable: Any) -> None:
                if renderable is not None and not app._batch_count:
                    painted.append(type(screen).__name__)
                paint(screen, renderable)

            app._display = note  # type: ignore[method-assign]
            await pilot.press("enter")
            while not isinstance(app.screen, Basics):
                await pilot.pause(0.02)
            await app.screen.painted.wait()
            await pilot.pause()
            return painted

    painted = asyncio.run(run())
    assert "Basics" in painted
    assert "Heart" not in painted
