"""Parking a note: going back keeps what was typed, and only a button lets it go."""

import asyncio

import pytest

from supportplan.screens.parked import ParkNote
from tests.screens.every_place import practice


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        (["escape"], ["Ask about the bus"]),
        (["ctrl+s"], ["Ask about the bus"]),
        (["tab", "enter"], ["Ask about the bus"]),
        (["tab", "right", "enter"], []),
    ],
)
def test_a_note_is_parked_by_every_way_but_one(keys: list[str], kept: list[str]) -> None:
    async def run() -> list[str]:
        async with practice(80, 24) as (app, pilot, desk):
            before = len(desk.plan.parked)
            await pilot.press("f2")
            while not isinstance(app.screen, ParkNote):
                await pilot.pause(0.02)
            await pilot.press(*"Ask about the bus", *keys)
            await pilot.pause()
            return [note.text for note in desk.plan.parked[before:]]

    assert asyncio.run(run()) == kept
