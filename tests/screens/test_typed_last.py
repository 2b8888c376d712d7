"""What was typed last counts, whatever follows it at once; until the store has it, nothing says that it is saved.

The moment that a letter waits for its painting is made an hour long here: only what follows can hand it in.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.screens import saving_place
from supportplan.screens.case_place import CasePlace
from supportplan.screens.outcome import OutcomeWords
from supportplan.screens.support import SupportEditor
from supportplan.storage.store import Store
from supportplan.widgets.bar_lines import TitleBar
from supportplan.widgets.totals_bar import TotalsBar
from supportplan.widgets.word_fields import WordsField
from tests.journeys.stores import PASSPHRASE, kept_plan, make_store
from tests.screens.every_place import opened
from tests.screens.on_screen import on, shown, until

Opened = tuple[SupportPlan, Pilot[None], OutcomeWords]

LETTER = "~"
LEADING_ON = ("escape", "tab", "ctrl+l", "ctrl+p", "ctrl+q", "f1", "f2")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The case in a store of one's own."""
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))
    monkeypatch.setattr(saving_place, "_A_MOMENT", 3600.0)
    return make_store(tmp_path)


@asynccontextmanager
async def words(home: Path, case: str) -> AsyncIterator[Opened]:
    """Open the words of the first outcome in the app."""
    app = SupportPlan(home / "store", case=case, opened=Store.unlock(home / "store", PASSPHRASE))
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, CasePlace))
        assert isinstance(app.screen, CasePlace)
        screen = OutcomeWords(app.screen.desk, app.screen.desk.plan.outcomes[0].id)
        await opened(app, pilot, screen)
        yield app, pilot, screen


def press(app: SupportPlan, *keys: str) -> None:
    """Press keys in one burst: nothing is waited for in between."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


@pytest.mark.parametrize("key", LEADING_ON)
def test_a_letter_counts_whatever_key_follows_it_at_once(key: str, tmp_path: Path, case: str) -> None:
    async def run() -> None:
        async with words(tmp_path, case) as (app, pilot, screen):
            press(app, LETTER, key)
            if key == "tab":
                press(app, LETTER)
                await until(pilot, lambda: LETTER in screen.desk.plan.outcomes[0].baseline)
            elif key == "ctrl+q":
                await until(pilot, lambda: app._exit)
            else:
                await until(pilot, lambda: app.screen is not screen and screen.desk.saved)

    asyncio.run(run())
    assert LETTER in kept_plan(tmp_path, case).outcomes[0].text


@pytest.mark.parametrize("leave", [SupportPlan.exit, lambda app: app.screen.dismiss(None)])
def test_a_letter_counts_where_the_screen_is_left_without_a_key(
    leave: Callable[[SupportPlan], object], tmp_path: Path, case: str
) -> None:
    async def run() -> None:
        async with words(tmp_path, case) as (app, pilot, screen):
            await pilot.press(LETTER)
            assert screen.desk.waits
            leave(app)

    asyncio.run(run())
    assert LETTER in kept_plan(tmp_path, case).outcomes[0].text


def test_a_letter_counts_where_a_click_follows_it_at_once(tmp_path: Path, case: str) -> None:
    async def run() -> None:
        async with words(tmp_path, case) as (app, pilot, screen):
            back = shown(app).splitlines()[-1].index("Esc")
            press(app, LETTER)
            await pilot.click(offset=(back, 39))
            await until(pilot, lambda: app.screen is not screen and screen.desk.saved)

    asyncio.run(run())
    assert LETTER in kept_plan(tmp_path, case).outcomes[0].text


def test_a_letter_is_taken_back_and_made_again_at_once(tmp_path: Path, case: str) -> None:
    async def run() -> None:
        async with words(tmp_path, case) as (app, pilot, screen):
            desk = screen.desk
            before = desk.plan
            editor = SupportEditor(desk, before.supports[0].id, at="what")
            await opened(app, pilot, editor)
            field = editor.query_one("#what", WordsField)
            press(app, LETTER, "ctrl+z")
            await until(pilot, lambda: "Taken back: Changed a support: what it is" in shown(app))
            assert desk.plan == before
            assert LETTER not in field.text
            press(app, "ctrl+y")
            await until(pilot, lambda: "Made again" in shown(app))
            assert LETTER in field.text

    asyncio.run(run())
    assert LETTER in kept_plan(tmp_path, case).supports[0].what


def test_nothing_is_said_to_be_saved_that_has_not_been_handed_in(tmp_path: Path, case: str) -> None:
    async def run() -> None:
        async with words(tmp_path, case) as (app, pilot, screen):
            assert "Saved" in shown(app).splitlines()[0]
            await pilot.press(LETTER)
            await until(pilot, lambda: LETTER in shown(app))
            assert "Saving" in shown(app).splitlines()[0]
            press(app, "escape")
            await until(pilot, lambda: app.screen is not screen and screen.desk.saved)
            await until(pilot, lambda: "Saved" in shown(app).splitlines()[0])

    asyncio.run(run())


@pytest.mark.parametrize("typed", [events.Key(LETTER, LETTER), events.Paste(LETTER)], ids=["key", "paste"])
def test_it_is_no_longer_said_to_be_saved_before_it_stands_there(
    typed: events.Key | events.Paste, tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        async with words(tmp_path, case) as (app, pilot, screen):
            letters_come, before = screen.letters_come, []

            def letters() -> None:
                letters_come()
                before.append((LETTER in shown(app), str(screen.query_one(TitleBar).render())))

            monkeypatch.setattr(screen, "letters_come", letters)
            app.post_message(typed)
            await until(pilot, lambda: LETTER in shown(app))
            ((stood, title),) = before
            assert not stood
            assert title.endswith("Saving")

    asyncio.run(run())


def test_what_the_plan_cannot_take_leaves_it_saved(
    tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving_place, "_A_MOMENT", 0.02)

    async def run() -> None:
        async with words(tmp_path, case) as (app, pilot, screen):
            desk = screen.desk
            before = desk.plan
            await opened(app, pilot, SupportEditor(desk, before.supports[0].id, at="quantity"))
            press(app, *"12,x5")
            await until(pilot, lambda: "12,x5" in shown(app))
            await until(pilot, lambda: "Saved" in shown(app).splitlines()[0])
            assert desk.plan.supports[0].what == before.supports[0].what

    asyncio.run(run())


def test_the_totals_follow_the_letters_a_moment_later_all_at_once(
    tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving_place, "_A_MOMENT", 0.02)

    async def run() -> None:
        async with words(tmp_path, case) as (app, pilot, screen):
            desk = screen.desk
            await opened(app, pilot, SupportEditor(desk, desk.plan.supports[0].id, at="quantity"))
            before = shown(app).splitlines()[-4:]
            press(app, *"12.5")
            await until(pilot, lambda: str(desk.plan.supports[0].quantity) == "12.5" and desk.saved)
            await until(pilot, lambda: shown(app).splitlines()[-4:] != before)
            assert "12.5 hours" in shown(app)
            bar = (await on(app, pilot, SupportEditor)).query_one(TotalsBar)
            assert bar._costing == desk.costing

    asyncio.run(run())
