"""A window that is too small says so, and what was worked on comes back with its size, whatever stood in between."""

import asyncio

import pytest

from supportplan.domain.problems import BadInput
from supportplan.screens.heart import Heart
from supportplan.screens.notice import Notice
from supportplan.screens.place import Place
from supportplan.screens.too_small import TooSmall
from tests.screens.every_place import practice
from tests.screens.on_screen import on


@pytest.mark.parametrize("once_more", [False, True], ids=["grows", "shrinks once more, and grows"])
def test_a_window_that_changes_under_a_problem_is_covered_by_nothing_in_the_end(once_more: bool) -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, _):
            heart = app.screen
            assert isinstance(heart, Place)
            await pilot.resize_terminal(40, 10)
            await on(app, pilot, TooSmall)
            heart.say_problem(BadInput("The disk is full."))
            await on(app, pilot, Notice)
            if once_more:
                await pilot.resize_terminal(41, 10)
                await on(app, pilot, TooSmall)
            await pilot.resize_terminal(80, 24)
            await on(app, pilot, Notice)
            await pilot.press("enter")
            await on(app, pilot, Heart)
            assert app.screen is heart

    asyncio.run(run())
