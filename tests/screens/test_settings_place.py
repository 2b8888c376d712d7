"""The settings of somebody's own store: who they are, where it lives, a new passphrase, a backup; and the ways by name."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.domain.plan import Plan
from supportplan.domain.problems import WrongPassphrase
from supportplan.screens.backups import Backups
from supportplan.screens.commands import Commands
from supportplan.screens.heart import Heart
from supportplan.screens.home import Home
from supportplan.screens.notice import Notice
from supportplan.screens.passphrase import NewPassphrase
from supportplan.screens.schedules import Schedules
from supportplan.screens.settings import Settings
from supportplan.screens.unlock import Unlock
from supportplan.screens.your_name import YourName
from supportplan.services.cases import take_in
from supportplan.services.desk import Desk
from supportplan.services.signing import HowSigned, sign, signings
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.row_list import RowList
from supportplan.widgets.word_fields import PassphraseField, WordsField
from tests.screens.on_screen import on, press, shown, until

SECRET, NEW = "the passphrase of before", "another passphrase of now"


@pytest.fixture
def folder(tmp_path: Path, sample: Plan, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with one case."""
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))
    store, _ = Store.create(tmp_path / "store", SECRET, at=now(), author="Fran, [/] broker", cost=FLOOR)
    with store:
        take_in(store, sample)
    return tmp_path / "store"


def test_the_settings_say_who_one_is_and_where_the_plans_live(folder: Path) -> None:
    async def seen() -> str:
        async with _home(folder) as (app, pilot):
            await pilot.press("s")
            await on(app, pilot, Settings)
            return shown(app)

    screen = asyncio.run(seen())
    assert "Your name on plans: Fran, [/] broker." in screen
    assert "Your plans live in" in screen
    assert "Hold Shift to select text with the mouse." in screen


def test_the_name_is_changed_and_what_is_signed_keeps_the_one_before(folder: Path, sample: Plan) -> None:
    with Store.unlock(folder, SECRET) as store:
        sign(Desk(store, sample.case), "facilitator", HowSigned("Fran of before"))

    async def seen() -> tuple[str, str]:
        async with _home(folder) as (app, pilot):
            await pilot.press("s")
            await on(app, pilot, Settings)
            await press(app, pilot, "name")
            asked = await on(app, pilot, YourName)
            assert asked.query_one("#role", WordsField).text == "[/] broker"
            asked.query_one("#name", WordsField).show("...")
            await press(app, pilot, "change")
            await on(app, pilot, Notice)
            await pilot.press("enter")
            asked = await on(app, pilot, YourName)
            asked.query_one("#name", WordsField).show("Fran Newname")
            await press(app, pilot, "change")
            await on(app, pilot, Settings)
            settings = shown(app)
            await pilot.press("escape")
            await on(app, pilot, Home)
            return settings, shown(app)

    settings, home = asyncio.run(seen())
    assert "Your name on plans: Fran Newname, [/] broker." in settings
    assert "Your name is changed." in settings
    assert "Fran Newname" in home.splitlines()[0]
    with Store.unlock(folder, SECRET) as store:
        desk = Desk(store, sample.case)
        assert store.author == "Fran Newname, [/] broker"
        assert [one.name for one in signings(desk) if one.valid] == ["Fran of before"]
        assert {one.entry.author for one in store.records(sample.case)} == {"Fran, [/] broker"}
        sign(desk, "person", HowSigned("Sam Example"))
        assert store.records(sample.case)[-1].entry.author == "Fran Newname, [/] broker"


def test_the_passphrase_is_changed_and_the_old_one_opens_it_no_more(folder: Path) -> None:
    async def seen() -> str:
        async with _home(folder) as (app, pilot):
            await _change(app, pilot, SECRET, NEW, NEW)
            await on(app, pilot, Settings)
            return shown(app)

    assert "The passphrase is changed." in asyncio.run(seen())
    with pytest.raises(WrongPassphrase):
        Store.unlock(folder, SECRET)
    Store.unlock(folder, NEW).close()


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("not this one at all", NEW, NEW, "The first one is not your passphrase"),
        (SECRET, NEW, "something else", "The two new ones differ."),
        (SECRET, "short", "short", "!"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(
    old: str, new: str, again: str, says: str, folder: Path
) -> None:
    async def seen() -> tuple[str, str]:
        async with _home(folder) as (app, pilot):
            await _change(app, pilot, old, new, again)
            await until(pilot, lambda: "! " in shown(app))
            assert isinstance(app.screen, NewPassphrase)
            return shown(app), app.screen.query_one("#new", PassphraseField).text

    screen, kept = asyncio.run(seen())
    assert says in screen
    assert kept == new
    Store.unlock(folder, SECRET).close()


def test_back_it_up_now_leads_to_the_backups(folder: Path) -> None:
    async def there() -> bool:
        async with _home(folder) as (app, pilot):
            await pilot.press("s")
            await on(app, pilot, Settings)
            app.screen.query_one("#do", Buttons).focus()
            await pilot.press("right", "enter")
            return isinstance(await on(app, pilot, Backups), Backups)

    assert asyncio.run(there())


@pytest.mark.parametrize(
    ("words", "there"),
    [("your cases", Home), ("price lists", Schedules), ("bckups", Backups), ("go settings", Settings)],
)
def test_what_stands_beside_the_cases_is_reached_by_name_from_inside_one(
    words: str, there: type[Home], folder: Path
) -> None:
    async def reached() -> tuple[int, int]:
        async with _home(folder) as (app, pilot):
            await pilot.press("enter")
            await on(app, pilot, Heart)
            inside = len(app.screen_stack)
            await pilot.press("ctrl+p")
            await on(app, pilot, Commands)
            app.screen.query_one(WordsField).show(words)
            await pilot.press("end", "space", "enter")
            await on(app, pilot, there)
            reached_at = len(app.screen_stack)
            if there is not Home:
                await pilot.press("escape")
                await on(app, pilot, Heart)
            return inside, reached_at

    inside, reached_at = asyncio.run(reached())
    assert reached_at == (inside - 1 if there is Home else inside + 1)


@asynccontextmanager
async def _home(folder: Path) -> AsyncIterator[tuple[SupportPlan, Pilot[None]]]:
    app = SupportPlan(folder)
    async with app.run_test(size=(110, 34)) as pilot:
        unlock = await on(app, pilot, Unlock)
        unlock.query_one(PassphraseField).show(SECRET)
        await pilot.press("enter")
        home = await on(app, pilot, Home)
        await until(pilot, lambda: len(home.query_one(RowList).rows) > 1)
        yield app, pilot


async def _change(app: SupportPlan, pilot: Pilot[None], old: str, new: str, again: str) -> None:
    await pilot.press("s")
    await on(app, pilot, Settings)
    app.screen.query_one("#do", Buttons).focus()
    await pilot.press("enter")
    asked = await on(app, pilot, NewPassphrase)
    for name, text in (("old", old), ("new", new), ("again", again)):
        asked.query_one(f"#{name}", PassphraseField).show(text)
    asked.query_one(Buttons).focus()
    await pilot.press("right", "right", "enter")
    await pilot.pause()
