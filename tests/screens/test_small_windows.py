"""A window that is too small says so, and what was worked on comes back with its size, whatever stood in between."""

import asyncio

from supportplan.domain.problems import BadInput
from supportplan.screens.heart import Heart
from supportplan.screens.notice import Notice
from supportplan.screens.place import Place
from supportplan.screens.too_small import TooSmall
from tests.screens.every_place import practice
from tests.screens.on_screen import on


def test_a_window_that_grows_under_a_problem_is_not_called_too_small_afterwards() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, _):
            heart = app.screen
            assert isinstance(heart, Place)
            await pilot.resize_terminal(40, 10)
            await on(app, pilot, TooSmall)
            heart.say_problem(BadInput("The disk is full."))
            await on(app, pilot, Notice)
            await pilot.resize_terminal(80, 24)
            await pilot.press("enter")
            await on(app, pilot, Heart)
            assert app.screen is heart

    asyncio.run(run())


def test_a_window_that_shrinks_once_more_under_a_problem_is_covered_by_nothing_in_the_end() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, _):
            heart = app.screen
            assert isinstance(heart, Place)
            await pilot.resize_terminal(40, 10)
            await on(app, pilot, TooSmall)
            heart.say_problem(BadInput("The disk is full."))
            await on(app, pilot, Notice)
            await pilot.resize_terminal(41, 10)
            await on(app, pilot, TooSmall)
            await pilot.resize_terminal(80, 24)
            await on(app, pilot, Notice)
            await pilot.press("enter")
            await on(app, pilot, Heart)
            assert app.screen is heart

    asyncio.run(run())
