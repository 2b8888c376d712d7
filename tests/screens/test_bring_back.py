"""Bringing a backup back in the app, over real stores: on a new laptop, over what is there, stopped, refused, and failing."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from supportplan.app import SupportPlan
from supportplan.domain.money import Amount
from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadInput, StoreProblem
from supportplan.screens.backups import Backups
from supportplan.screens.bring_back import BringBack
from supportplan.screens.doing import Doing, Progress
from supportplan.screens.first_run import FirstRun
from supportplan.screens.heart import Heart
from supportplan.screens.home import Home
from supportplan.screens.money_rules import MoneyRules
from supportplan.screens.notice import Notice, Said, Sure
from supportplan.screens.unlock import Unlock
from supportplan.services import keeping
from supportplan.services.case_list import left_off
from supportplan.services.cases import take_in, working_plan
from supportplan.services.clock import new_id
from supportplan.services.desk import Desk
from supportplan.storage.backups.progress import silent
from supportplan.storage.database.clock import now
from supportplan.storage.database.lock import StoreLock
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.row_list import RowList
from supportplan.widgets.word_fields import PassphraseField, WordsField
from tests.screens.every_place import practice
from tests.screens.on_screen import on, press, shown, until

OLD, NEW = "the passphrase of before", "another passphrase of now"
Expected = TypeVar("Expected", bound=Screen)  # type: ignore[type-arg] # whatever it answers with


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))


@pytest.fixture
def backup(tmp_path: Path, sample: Plan) -> Path:
    """A backup of another laptop, with one case in it."""
    file = tmp_path / "stick.backup"
    with _made(tmp_path / "before", OLD) as store:
        take_in(store, _called(sample, "Sam from before"))
        store.back_up(file, progress=silent)
    return file


@pytest.fixture
def folder(tmp_path: Path, sample: Plan) -> Path:
    """The store of this laptop, with two cases in it."""
    with _made(tmp_path / "store", NEW) as store:
        take_in(store, _called(sample, "Ali of now"))
        take_in(store, _called(sample, "Bo of now"))
    return tmp_path / "store"


def test_a_new_laptop_begins_from_a_backup(backup: Path, tmp_path: Path) -> None:
    async def seen() -> str:
        async with _app(tmp_path / "new") as (app, pilot):
            await on(app, pilot, FirstRun)
            await press(app, pilot, "backup")
            await _ask(app, pilot, backup, OLD)
            await on(app, pilot, Sure)
            assert "There is nothing there yet, so nothing is replaced." in shown(app)
            await press(app, pilot, "yes")
            await on(app, pilot, Said)
            await pilot.press("enter")
            await _cases(app, pilot)
            return shown(app)

    assert "Sam from before" in asyncio.run(seen())


def test_what_comes_back_takes_the_place_of_what_is_there_and_that_is_kept(
    backup: Path, folder: Path
) -> None:
    async def seen() -> tuple[str, str, str]:
        async with _unlocked(folder) as (app, pilot):
            await _to_bring_back(app, pilot)
            await _ask(app, pilot, backup, OLD)
            sure = await on(app, pilot, Sure)
            asked = " ".join(shown(app).replace("│", "").split())
            assert sure.query_one(Buttons).at == 0
            await pilot.press("right", "enter")
            await on(app, pilot, Said)
            said = shown(app)
            await pilot.press("enter")
            await _cases(app, pilot)
            assert len(app.screen_stack) == 2
            assert app.store is not None
            return asked, said, shown(app)

    asked, said, cases = asyncio.run(seen())
    assert "2 cases" in asked
    assert "It is not thrown away" in asked
    assert "with 1 case." in asked
    kept = next(folder.glob("set-aside-*"))
    assert "is kept in" in said
    assert "Sam from before" in cases
    assert "of now" not in cases
    assert len(list(kept.iterdir())) >= 2, "its keys and its data"
    Store.unlock(folder, OLD).close()


def test_the_safe_button_comes_first_and_changes_nothing(backup: Path, folder: Path) -> None:
    async def still_open() -> bool:
        async with _unlocked(folder) as (app, pilot):
            before = app.store
            await _to_bring_back(app, pilot)
            await _ask(app, pilot, backup, OLD)
            await on(app, pilot, Sure)
            await pilot.press("enter")
            await on(app, pilot, BringBack)
            return app.store is before

    assert asyncio.run(still_open())
    assert not list(folder.glob("set-aside-*"))
    Store.unlock(folder, NEW).close()


def test_checking_only_asks_nothing_and_says_what_it_found(backup: Path, folder: Path) -> None:
    async def seen() -> str:
        async with _unlocked(folder) as (app, pilot):
            await _to_bring_back(app, pilot)
            await _ask(app, pilot, backup, OLD, button="check")
            await until(pilot, lambda: "The backup is whole and opens" in shown(app))
            return shown(app)

    assert "with 1 case." in " ".join(asyncio.run(seen()).split())


@pytest.mark.parametrize("harm", ["passphrase", "bytes", "another file", "no file"])
def test_what_cannot_be_brought_back_is_said_and_the_store_stays_open(
    harm: str, backup: Path, folder: Path
) -> None:
    if harm == "bytes":
        data = bytearray(backup.read_bytes())
        data[len(data) // 2] ^= 1
        backup.write_bytes(data)
    elif harm == "another file":
        backup.write_bytes(b"%PDF-1.7 a plan")
    elif harm == "no file":
        backup.unlink()

    async def seen() -> str:
        async with _unlocked(folder) as (app, pilot):
            before = app.store
            await _to_bring_back(app, pilot)
            await _ask(app, pilot, backup, "not this one" if harm == "passphrase" else OLD)
            await on(app, pilot, Notice)
            said = shown(app)
            await pilot.press("enter")
            screen = await on(app, pilot, BringBack)
            assert screen.query_one("#file", WordsField).text == str(backup)
            assert app.store is before
            return said

    assert "This did not work" in asyncio.run(seen())
    Store.unlock(folder, NEW).close()


def test_where_it_fails_after_all_the_store_of_before_is_opened_again(backup: Path, folder: Path) -> None:
    async def seen() -> str:
        async with _unlocked(folder) as (app, pilot):
            await _to_bring_back(app, pilot)
            await _ask(app, pilot, backup, OLD)
            await on(app, pilot, Sure)
            backup.unlink()
            await press(app, pilot, "yes")
            await on(app, pilot, Notice)
            await pilot.press("enter")
            unlock = await on(app, pilot, Unlock)
            unlock.query_one(PassphraseField).show(NEW)
            await pilot.press("enter")
            await _cases(app, pilot)
            return shown(app)

    assert "Ali of now" in asyncio.run(seen())


def test_where_it_comes_back_but_does_not_open_that_is_said_and_it_is_asked_for_again(
    backup: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_program = StoreLock(folder)
    # What is done last of restoring; then, before the store is opened, another program opens it.
    monkeypatch.setattr(keeping, "forget", lambda _: another_program.take())

    async def seen() -> tuple[str, str]:
        async with _unlocked(folder) as (app, pilot):
            await _to_bring_back(app, pilot)
            await _ask(app, pilot, backup, OLD)
            await on(app, pilot, Sure)
            await press(app, pilot, "yes")
            await on(app, pilot, Said)
            said = " ".join(shown(app).replace("│", "").split())
            another_program.release()
            await pilot.press("enter")
            unlock = await on(app, pilot, Unlock)
            assert len(app.screen_stack) == 2
            unlock.query_one(PassphraseField).show(OLD)
            await pilot.press("enter")
            await _cases(app, pilot)
            return said, shown(app)

    said, cases = asyncio.run(seen())
    assert "Your backup is in place, but not open" in said
    assert "Brought back: 1 case" in said
    assert "is kept in" in said
    assert "It opens with the passphrase that the backup was made under" in said
    assert "Sam from before" in cases


def test_nothing_of_a_case_that_was_open_reaches_what_came_back(
    backup: Path, tmp_path: Path, sample: Plan
) -> None:
    folder = tmp_path / "same"
    with _made(folder, NEW) as store:
        take_in(store, sample)
        store.back_up(tmp_path / "same.backup", progress=silent)

    async def left_behind() -> Desk:
        async with _unlocked(folder) as (app, pilot):
            await pilot.press("enter")
            heart = await on(app, pilot, Heart)
            heart.action_go("money")
            rules = await on(app, pilot, MoneyRules)
            changed = replace(sample, indicative=Amount("1.00"))
            rules.change(changed, "Changed the indicative budget")
            await app.action_visit("backups")
            await on(app, pilot, Backups)
            await press(app, pilot, "bring_back")
            await _ask(app, pilot, tmp_path / "same.backup", NEW)
            await on(app, pilot, Sure)
            await press(app, pilot, "yes")
            await on(app, pilot, Said)
            await pilot.press("enter")
            await _cases(app, pilot)
            assert len(app.screen_stack) == 2
            assert heart.desk.store is not app.store
            with pytest.raises(StoreProblem):
                heart.desk.change(changed, "Saved too late")
            return heart.desk

    desk = asyncio.run(left_behind())
    assert desk.plan.indicative == Amount("1.00")
    with Store.unlock(folder, NEW) as back:
        assert working_plan(back, sample.case) == sample
        assert left_off(back, sample.case) is None


def test_a_typed_passphrase_is_gone_when_the_lock_comes_also_from_behind_a_question(
    backup: Path, folder: Path
) -> None:
    async def seen() -> tuple[list[str], str]:
        async with _unlocked(folder) as (app, pilot):
            await _to_bring_back(app, pilot)
            await press(app, pilot, "show")
            await _ask(app, pilot, backup, OLD)
            await on(app, pilot, Sure)
            app.action_lock()
            unlock = await on(app, pilot, Unlock)
            typed = [field.value for screen in app.screen_stack for field in screen.query(Input)]
            unlock.query_one(PassphraseField).show(NEW)
            await pilot.press("enter")
            await on(app, pilot, Sure)
            await press(app, pilot, "yes")
            await on(app, pilot, BringBack)
            return typed, shown(app)

    typed, said = asyncio.run(seen())
    assert str(backup) in typed
    assert OLD not in typed
    assert "! Type the file and its passphrase first." in said
    assert not list(folder.glob("set-aside-*"))


def test_nothing_is_begun_before_the_file_and_the_passphrase_are_there(folder: Path) -> None:
    async def seen() -> str:
        async with _unlocked(folder) as (app, pilot):
            screen = await _to_bring_back(app, pilot)
            await press(app, pilot, "bring")
            assert app.screen is screen
            return shown(app)

    assert "! Type the file and its passphrase first." in asyncio.run(seen())


def test_in_the_practice_plan_it_is_said_that_there_is_no_store_to_bring_into() -> None:
    async def seen() -> str:
        async with practice(80, 24) as (app, pilot, desk):
            app.push_screen(Backups(desk.store))
            await pilot.pause()
            await press(app, pilot, "bring_back")
            return shown(app)

    assert "! The practice plan has no store of its own" in asyncio.run(seen())


def test_work_is_said_in_words_and_stops_when_somebody_wants_it_to() -> None:
    def for_ever(progress: Progress) -> str:
        while True:
            progress("Reading back", 1, 4)
            time.sleep(0.01)  # work, of which somebody hears now and then

    async def came() -> tuple[str, object]:
        answers: list[object] = []
        async with practice(80, 24) as (app, pilot, _):
            app.push_screen(Doing("Checking", for_ever), answers.append)
            await until(pilot, lambda: "Reading back: 25%" in shown(app))
            said = shown(app)
            await pilot.press("escape")
            await until(pilot, lambda: bool(answers))
            return said, answers[0]

    said, answer = asyncio.run(came())
    assert "[ Stop ]" in said
    assert answer is None


def test_work_that_ends_behind_another_screen_answers_when_that_is_gone() -> None:
    async def came() -> object:
        answers: list[object] = []
        async with practice(80, 24) as (app, pilot, _):
            go = asyncio.Event()
            loop = asyncio.get_running_loop()

            def waiting(progress: Progress) -> str:
                asyncio.run_coroutine_threadsafe(go.wait(), loop).result()
                return "done"

            doing = Doing("Checking", waiting)
            app.push_screen(doing, answers.append)
            await pilot.pause()
            over = Notice(BadInput("Something else.", mend="Read it."))
            app.push_screen(over)
            await pilot.pause()
            go.set()
            await until(pilot, lambda: doing._came is not None)
            await pilot.pause()
            assert app.screen is over
            assert answers == []
            await pilot.press("enter")
            await until(pilot, lambda: bool(answers))
            return answers[0]

    assert asyncio.run(came()) == "done"


def _made(folder: Path, secret: str) -> Store:
    store, _ = Store.create(folder, secret, at=now(), author="Fran", cost=FLOOR)
    return store


def _called(plan: Plan, name: str) -> Plan:
    person = replace(plan.person, name=name, known_as=name)
    return replace(plan, case=new_id(), person=person)


@asynccontextmanager
async def _app(folder: Path) -> AsyncIterator[tuple[SupportPlan, Pilot[None]]]:
    app = SupportPlan(folder)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        yield app, pilot


@asynccontextmanager
async def _unlocked(folder: Path) -> AsyncIterator[tuple[SupportPlan, Pilot[None]]]:
    async with _app(folder) as (app, pilot):
        unlock = await on(app, pilot, Unlock)
        unlock.query_one(PassphraseField).show(NEW)
        await pilot.press("enter")
        await _cases(app, pilot)
        yield app, pilot


async def _to_bring_back(app: SupportPlan, pilot: Pilot[None]) -> BringBack:
    await pilot.press("b")
    await on(app, pilot, Backups)
    await press(app, pilot, "bring_back")
    return await on(app, pilot, BringBack)


async def _ask(
    app: SupportPlan, pilot: Pilot[None], file: Path, secret: str, *, button: str = "bring"
) -> None:
    screen = await on(app, pilot, BringBack)
    screen.query_one("#file", WordsField).show(str(file))
    screen.query_one("#secret", PassphraseField).show(secret)
    await press(app, pilot, button)


async def _cases(app: SupportPlan, pilot: Pilot[None]) -> None:
    home = await on(app, pilot, Home)
    await until(pilot, lambda: len(home.query_one(RowList).rows) > 1)
    await pilot.pause()
