"""Widgets on a screen: each is styled, put in its place and asked about its part of every painting."""

import asyncio

import pytest

from supportplan.screens.heart import Heart
from tests.screens.every_place import PLACES, opened, practice

# The most is 23, in the basics of a plan; a field counts as two, with what is typed in.
MOST = 25


@pytest.mark.parametrize("place", PLACES)
def test_a_screen_shows_few_widgets(place: str) -> None:
    shown = asyncio.run(_shown(place))
    assert 0 < len(shown) <= MOST, shown


async def _shown(place: str) -> list[str]:
    async with practice(100, 40) as (app, pilot, desk):
        if place != Heart.place:
            await opened(app, pilot, PLACES[place](desk))
        return [
            one.css_identifier
            for one in app.screen.query("*")
            if all(around.display for around in one.ancestors_with_self if around is not app)
        ]
