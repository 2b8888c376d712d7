"""The screen of the price lists."""

import asyncio

from msgspec.structs import replace

from pictures.standing import standing
from supportplan.domain.money import UnitPrice
from supportplan.screens.schedules import Schedules
from supportplan.services.schedule_versions import keep_schedule
from supportplan.services.schedules import sample_schedule
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import shown


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
