"""The terminal's cursor stands on the row with the mark, in every list, however one comes to it: screen readers follow it."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.services.desk import Desk
from supportplan.services.signing import HowSigned, sign
from supportplan.widgets.chooser import Choice
from supportplan.widgets.row_list import RowList
from tests.screens.every_place import PLACES, opened, practice
from tests.screens.on_screen import shown

WAYS = ("down", "down", "end", "up", "home", "pagedown", "pageup", "end")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20)])
def test_the_cursor_follows_the_mark_on_every_list(
    columns: int, rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))
    seen = asyncio.run(_all(columns, rows))
    assert {"heart", "home", "prices", "checks", "commands", "versions", "schedules", "parked", "risks", "signing", "chooser"} <= seen  # fmt: skip


async def _all(columns: int, rows: int) -> set[str]:
    seen: set[str] = set()
    async with practice(columns, rows) as (app, pilot, desk):
        sign(desk, "facilitator", HowSigned("Pat Example"))
        for name, make in PLACES.items():
            await opened(app, pilot, make(desk))
            for number in range(len(app.screen.query(RowList))):
                await _follow(app, pilot, number, f"{name} {number}")
                seen.add(name)
            app.pop_screen()
            await pilot.pause()
        await opened(app, pilot, PLACES["support"](Desk(desk.store, desk.case)))
        app.screen.query(Choice).last().action_open()
        await pilot.pause()
        await _follow(app, pilot, 0, "chooser")
        seen.add("chooser")
        app.pop_screen()
        await pilot.pause()
    return seen


async def _follow(app: SupportPlan, pilot: Pilot[None], number: int, name: str) -> None:
    """Go through a list by its keys and with the mouse, and look each time where the cursor is."""
    rows = [*app.screen.query(RowList)][number]
    if not rows.region.height or not rows.key:
        return
    rows.focus()
    await pilot.pause()
    _stands(app, rows, f"{name} when it is entered")
    for key in WAYS:
        await pilot.press(key)
        await pilot.pause()
        _stands(app, rows, f"{name} after {key}")
    for line in sorted({0, 3, rows.content_region.height - 1}):
        with rows.prevent(RowList.Chosen):
            await pilot.click(rows, offset=(3, line))
        await pilot.pause()
        _stands(app, rows, f"{name} after a click on line {line}")


def _stands(app: SupportPlan, rows: RowList, when: str) -> None:
    """The cursor is in the column and on the line of the mark, or at its side in a row that is higher than the list."""
    inside = rows.content_region
    column, line = app.cursor_position
    assert inside.contains(column, line), when
    painted = shown(app).splitlines()[line].ljust(app.size.width)
    assert painted[column : column + 2] == "> ", f"{when}: {painted!r} at {column}"
