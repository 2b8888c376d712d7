"""Locking by itself, with a dialog open or over the practice case: the screen is cleared, and each goes on in its own store."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from supportplan.app import SupportPlan
from supportplan.screens.heart import Heart
from supportplan.screens.home import Home
from supportplan.screens.new_case import NewCase
from supportplan.screens.unlock import Unlock
from supportplan.widgets.row_list import RowList
from tests.journeys.stores import PASSPHRASE, make_store
from tests.screens.on_screen import shown, until


def test_an_idle_lock_covers_a_dialog_and_gives_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))
    make_store(tmp_path)
    asyncio.run(_with_a_dialog(tmp_path / "store"))


def test_the_practice_case_stays_out_of_the_store_after_locking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))
    make_store(tmp_path)
    asyncio.run(_with_the_practice_case(tmp_path / "store"))


async def _with_a_dialog(folder: Path) -> None:
    app = SupportPlan(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await _unlocked(app, pilot, Home)
        await pilot.press("n", *"Alex", "space", *"Exa")
        await until(pilot, lambda: app.focused is not None and "Alex Exa" in shown(app))
        await _idle(app, pilot)
        assert "Alex" not in shown(app)
        await _unlocked(app, pilot, NewCase)
        assert app.screen.query(Input).first().value == "Alex Exa"
        await pilot.press(*"mple", "tab", "tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, Heart))


async def _with_the_practice_case(folder: Path) -> None:
    app = SupportPlan(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await _unlocked(app, pilot, Home)
        await until(pilot, lambda: app.screen.query_one(RowList).key != "")
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(app.screen, Heart))
        await _idle(app, pilot)
        await _unlocked(app, pilot, Heart)
        assert isinstance(app.screen, Heart)
        assert app.screen.desk.store is not app.store
        assert app.screen.desk.store.folder != folder


async def _idle(app: SupportPlan, pilot: Pilot[None]) -> None:
    """Let nobody touch the program for longer than it waits."""
    app.lock_after = 1
    app._touched -= 10
    app._lock_when_idle()
    await until(pilot, lambda: isinstance(app.screen, Unlock))
    await pilot.pause()
    # Nobody comes for a while, and then somebody tries to get past the lock without the passphrase.
    app._lock_when_idle()
    await pilot.pause()
    await pilot.press("escape", "up", "enter", "escape")
    await pilot.pause()
    assert isinstance(app.screen, Unlock)


async def _unlocked(app: SupportPlan, pilot: Pilot[None], then: type[object]) -> None:
    """Type the passphrase, and wait for the screen behind."""
    await until(pilot, lambda: isinstance(app.screen, Unlock))
    await pilot.press(*("space" if sign == " " else sign for sign in PASSPHRASE), "enter")
    await until(pilot, lambda: isinstance(app.screen, then))
