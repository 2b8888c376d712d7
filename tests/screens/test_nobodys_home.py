"""A file in the home of nobody, as in `~fya/rates.csv`, is answered in words wherever a file is asked for."""

import asyncio

import pytest

from supportplan.screens.backups import Backups
from supportplan.screens.bring_back import BringBack
from supportplan.screens.bring_in_prices import BringInPrices
from supportplan.screens.save_as import SaveAs
from supportplan.services.opening_files import documents_folder
from supportplan.widgets.word_fields import PassphraseField, WordsField
from tests.screens.every_place import Make, opened, practice
from tests.screens.on_screen import press, shown, until

ASKING: dict[str, tuple[Make, str]] = {
    "back_up": (lambda desk: Backups(desk.store), "#to"),
    "check": (lambda desk: BringBack(desk.store.folder, 1), "#file"),
    "look": (lambda desk: BringInPrices(desk.store), "#file"),
    "save": (lambda _: SaveAs(documents_folder() / "plan.pdf", "Save"), "#file"),
}


@pytest.mark.parametrize("button", ASKING)
def test_the_home_of_nobody_is_no_end_of_the_program(button: str) -> None:
    make, field = ASKING[button]

    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            screen = make(desk)
            await opened(app, pilot, screen)
            screen.query_one(field, WordsField).show("~nobody-of-this-name/file")
            for secret in screen.query(PassphraseField):
                secret.show("three words of mine")
            await press(app, pilot, button)
            await until(pilot, lambda: "nobody of that name" in shown(app))

    asyncio.run(run())
