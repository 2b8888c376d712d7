"""Setting up: what does not do is said, and one goes on in the field where it is mended."""

import asyncio
from pathlib import Path

from supportplan.screens.first_run import FirstRun
from supportplan.screens.notice import Notice
from supportplan.services.opening import is_store
from supportplan.widgets.word_fields import PassphraseField
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import shown


def test_a_passphrase_that_is_too_short_is_asked_for_anew_in_its_own_field(tmp_path: Path) -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, _):
            await opened(app, pilot, FirstRun(tmp_path / "store"))
            await pilot.press(*"Fay", "tab", "tab", *"short", "tab", *"short", "tab", "enter")
            while not isinstance(app.screen, Notice):
                await pilot.pause(0.02)
            assert "fewer than 12 characters" in shown(app)
            await pilot.press("enter", *"purple kettle")
            await pilot.pause()
            first, again = app.screen.query(PassphraseField)
            assert (first.text, again.text) == ("purple kettle", "")
            assert not is_store(tmp_path / "store")

    asyncio.run(run())
