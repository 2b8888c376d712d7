"""The screen of the price lists."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from pictures.standing import standing
from supportplan.domain.money import UnitPrice
from supportplan.screens.bring_in_prices import BringInPrices
from supportplan.screens.schedules import Schedules
from supportplan.services import schedules
from supportplan.services.rate_choice import rate_choice
from supportplan.services.schedule_versions import keep_schedule, list_schedules, withdraw, withdrawn
from supportplan.services.schedules import sample_schedule
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import shown, until


def test_a_price_list_is_held_against_the_one_before_it_also_where_the_clock_stood() -> None:
    older = sample_schedule()
    dearer = tuple(
        replace(row, rate=UnitPrice("17.00")) if row.item_code == "PA-STD" else row for row in older.rows
    )

    async def seen() -> str:
        async with practice(100, 30) as (app, pilot, desk):
            keep_schedule(desk.store, replace(older, label="2025-04-01", rows=dearer))
            await opened(app, pilot, Schedules(desk.store))
            return shown(app)

    with standing("day"):
        text = asyncio.run(seen())
    assert "Against 2024-04-01" in text
    assert text.count("becomes") == 1


def test_what_was_read_is_shown_with_its_prices_before_it_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(
        "Code,Service,Rate,Per,Shelf\nPA,Personal assistant,16.29,hour,A\nINS,Insurance,61,year,B\nX,Nobody,dear,hour,C\n",
        encoding="utf-8",
    )

    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, BringInPrices(desk.store))
            await pilot.press(*str(file), "tab", "tab", "tab", "enter")
            while "read" not in (said := shown(app)):
                await pilot.pause(0.02)
            assert "3 rows read, 1 of them with a problem." in said
            assert "Row 4, Rate: " in said
            assert "Personal assistant: £16.29 an hour" in said
            assert "item_code" not in said
            before = len(list_schedules(desk.store))
            await pilot.press("enter")
            while isinstance(app.screen, BringInPrices):
                await pilot.pause(0.02)
            assert len(list_schedules(desk.store)) == before + 1

    asyncio.run(run())


def test_a_large_file_says_how_far_it_is_and_is_given_up_with_nothing_kept(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    rows = "".join(f"C{at},Service number {at},16.29,hour\n" for at in range(60_000))
    file.write_text(f"Code,Service,Rate,Per\n{rows}", encoding="utf-8")

    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            before = len(list_schedules(desk.store))
            screen = BringInPrices(desk.store)
            await opened(app, pilot, screen)
            await pilot.press(*str(file), "tab", "tab", "tab", "enter")
            while "%" not in shown(app):
                assert screen._result is None, "it was read before anything was said"
                await pilot.pause(0.01)
            await pilot.press("escape")
            await pilot.pause()
            assert app.screen is not screen
            assert len(list_schedules(desk.store)) == before

    asyncio.run(run())


def test_a_long_report_can_be_paged_through_and_goes_when_another_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    rows = "".join(f"C{at},Service {at},dear,parsec\n" for at in range(9))
    file.write_text(f"Code,Service,Rate,Per\nPA,Assistant,16.29,hour\n{rows}", encoding="utf-8")

    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, BringInPrices(desk.store))
            await pilot.press(*str(file), "tab", "tab", "tab", "enter")
            while "rows read" not in shown(app):
                await pilot.pause(0.02)
            assert "Assistant: £16.29 an hour" in shown(app)
            assert "Row 11" not in shown(app)
            await pilot.press(*["pagedown"] * 9)
            await pilot.pause()
            assert "Row 11" in shown(app)
            assert "half_hour" not in shown(app)
            await pilot.press("shift+tab", "x")
            await pilot.pause()
            assert "Row 11" not in shown(app)

    asyncio.run(run())


def test_what_was_read_of_a_file_is_not_kept_where_another_was_named_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("Code,Service,Rate,Per\nPA,Assistant,16.29,hour\n", encoding="utf-8")
    read, named = threading.Event(), threading.Event()

    def slow(*given: Any, **also: Any) -> schedules.ImportResult:
        found = import_schedule(*given, **also)
        read.set()
        named.wait(30)
        return found

    import_schedule = schedules.import_schedule
    monkeypatch.setattr(schedules, "import_schedule", slow)

    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            screen = BringInPrices(desk.store)
            await opened(app, pilot, screen)
            await pilot.press(*str(file), "tab", "tab", "tab", "enter")
            await until(pilot, read.is_set)
            await pilot.press("shift+tab", "x")
            named.set()
            await app.workers.wait_for_complete(
                [one for one in app.workers if one.node is screen and not one.is_finished]
            )
            await pilot.pause()
            assert "rows read" not in shown(app)
            assert "Keep it" not in shown(app)

    asyncio.run(run())


def test_a_list_brought_in_by_mistake_is_withdrawn_and_the_one_before_it_offered_until_it_is_offered_again() -> (
    None
):
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            keep_schedule(desk.store, replace(sample_schedule(), label="mistake"))
            assert [one.label for one in rate_choice(desk.store).schedules] == ["mistake"]
            await opened(app, pilot, Schedules(desk.store))
            await pilot.press("w")
            while "withdrawn, " not in shown(app):
                await pilot.pause(0.02)
            assert [one.label for one in rate_choice(desk.store).schedules] == ["2024-04-01"]
            assert len(list_schedules(desk.store)) == 2
            await pilot.press("w")
            while "withdrawn, " in shown(app):
                await pilot.pause(0.02)
            assert not withdrawn(desk.store)
            assert [one.label for one in rate_choice(desk.store).schedules] == ["mistake"]

    asyncio.run(run())


def test_bringing_a_withdrawn_list_in_again_offers_it_again() -> None:
    async def run() -> None:
        async with practice(80, 24) as (_, _, desk):
            (version,) = list_schedules(desk.store)
            withdraw(desk.store, version.id)
            assert rate_choice(desk.store).count == 0
            assert keep_schedule(desk.store, sample_schedule()) is False
            assert rate_choice(desk.store).count == version.rows

    asyncio.run(run())
