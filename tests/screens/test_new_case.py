"""A new plan on screen: what is missing is said, and goes as soon as it is typed."""

import asyncio

from supportplan.screens.new_case import NewCase
from supportplan.widgets.word_fields import WordsField
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import press, shown, until


def test_begin_without_a_name_says_what_is_missing() -> None:
    async def said() -> str:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, NewCase(desk.store))
            await press(app, pilot, "begin")
            await until(pilot, lambda: "Type the person's name first." in shown(app))
            await pilot.press("S")
            await until(pilot, lambda: "Type the person's name first." not in shown(app))
            return app.screen.query_one("#name", WordsField).text

    assert asyncio.run(said()) == "S"
