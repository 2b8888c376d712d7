"""A plan from a file may follow a scheme that this computer has not: every place of it can be worked in all the same."""

import asyncio

import pytest
from msgspec.structs import replace

from supportplan.screens.basics import Basics
from supportplan.services.profiles import profile_names
from supportplan.widgets.chooser import Choice
from tests.screens.every_place import PLACES, opened, practice

# Who signs is read before that question is asked: this says so itself.
OPENED = [name for name in PLACES if name != "sign_here"]


@pytest.mark.parametrize("place", OPENED)
def test_every_place_opens(place: str) -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            make = PLACES[place]
            desk.change(replace(desk.plan, profile="somebody-elses"), "Took a plan in").result()
            await opened(app, pilot, make(desk))

    asyncio.run(run())


def test_another_scheme_can_be_chosen() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            desk.change(replace(desk.plan, profile="somebody-elses"), "Took a plan in").result()
            form = Basics(desk)
            await opened(app, pilot, form)
            form.query_one("#profile", Choice).focus()
            await pilot.press("right")
            await pilot.pause()
            assert desk.plan.profile in profile_names()

    asyncio.run(run())
