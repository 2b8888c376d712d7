"""Leaving a case, or the program, while the disk refuses what was done last: somebody is asked first, and nothing goes unsaid."""

import asyncio
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.screens.heart import Heart
from supportplan.screens.notice import Sure
from tests.screens.every_place import practice
from tests.screens.on_screen import shown


@contextmanager
def no_file_may_grow() -> Iterator[None]:
    """Take the room from every file, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def _until(pilot: Pilot[None], app: SupportPlan, words: str) -> None:
    while words not in shown(app):
        await pilot.pause(0.02)


@pytest.mark.parametrize("way", ["escape", "ctrl+q"])
def test_who_leaves_what_the_disk_refused_is_asked_and_may_stay_until_there_is_room(way: str) -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            with no_file_may_grow():
                await pilot.press("delete")
                await _until(pilot, app, "NOT SAVED")
                await pilot.press(way)
                await _until(pilot, app, "What you did last stands")
                assert isinstance(app.screen, Sure)
                await pilot.press("enter")
                await pilot.pause()
                assert isinstance(app.screen, Heart)
            await pilot.press(way)
            while app.is_running:
                await pilot.pause(0.02)
            assert desk.saved

    asyncio.run(run())


def test_who_leaves_without_it_goes() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, _):
            with no_file_may_grow():
                await pilot.press("delete")
                await _until(pilot, app, "NOT SAVED")
                await pilot.press("escape")
                await _until(pilot, app, "Go without it")
                await pilot.press("right", "enter")
                while app.is_running:
                    await pilot.pause(0.02)

    asyncio.run(run())
