"""Handing a case over and taking it in, in the app, over the real stores of two computers."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.domain.plan import Plan
from supportplan.screens.bring_together import BringTogether
from supportplan.screens.hand_over import HandOver
from supportplan.screens.heart import Heart
from supportplan.screens.home import Home
from supportplan.screens.notice import Notice, Sure
from supportplan.screens.take_in import TakeIn
from supportplan.screens.unlock import Unlock
from supportplan.services import bundles
from supportplan.services.bundles import hand_over, look_into, take_in_bundle
from supportplan.services.cases import take_in, working_plan
from supportplan.services.desk import Desk
from supportplan.services.joining import is_apart
from supportplan.services.signing import HowSigned, sign
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from supportplan.widgets.chooser import Chooser
from supportplan.widgets.row_list import RowList
from supportplan.widgets.word_fields import PassphraseField, WordsField
from tests.screens.on_screen import on, press, shown, until
from tests.screens.test_snapshots import looks_as_it_did

PASSPHRASE = "seven small boats at anchor"
WORDS = "otter violin maple harbour quilt zebra"
SIZES = [(80, 24), (120, 40)]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bundles, "words_to_tell", lambda: WORDS)
    assert hand_over.__kwdefaults__ is not None
    monkeypatch.setitem(hand_over.__kwdefaults__, "cost", FLOOR)


@pytest.fixture
def fay(tmp_path: Path, sample: Plan) -> Path:
    """The facilitator's store, with the sample case."""
    with _made(tmp_path / "fay", "Fay Example, facilitator") as store:
        take_in(store, sample)
    return tmp_path / "fay"


@pytest.fixture
def ann(tmp_path: Path) -> Path:
    """The approver's store, which is empty."""
    _made(tmp_path / "ann", "Ann Example, approver").close()
    return tmp_path / "ann"


def _made(folder: Path, author: str) -> Store:
    return Store.create(folder, PASSPHRASE, at=now(), author=author, cost=FLOOR)[0]


def _quiet(_: str, __: int, ___: int) -> None:
    pass


def _file(folder: Path, to: Path, known_as: str = "") -> Path:
    """Hand the case of a store over, after calling the person otherwise."""
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, store.cases.page(limit=1).rows[0].case)
        if known_as:
            person = replace(desk.plan.person, known_as=known_as)
            desk.change(replace(desk.plan, person=person), "Called them so").result()
        hand_over(desk, to, WORDS, _quiet)
    return to


def _take(folder: Path, file: Path) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        take_in_bundle(store, look_into(store, file, WORDS, _quiet).bundle)


@asynccontextmanager
async def _at_home(
    folder: Path, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[SupportPlan, Pilot[None]]]:
    app = SupportPlan(folder, opened=Store.unlock(folder, PASSPHRASE))
    async with app.run_test(size=size) as pilot:
        await on(app, pilot, Home)
        await until(pilot, lambda: "Start a new plan" in shown(app))
        yield app, pilot


def _steady(text: str) -> str:
    """Take out what is another each time: the code of a computer, and the hour, also where it begins a line."""
    text = re.sub(r"\b[0-9a-f]{4}(-[0-9a-f]{4}){3}\b", "0000-0000-0000-0000", text)
    return re.sub(r"(today\s+at\s+)\d\d:\d\d", r"\g<1>00:00", text)


async def _to_the_case(app: SupportPlan, pilot: Pilot[None], place: str) -> None:
    await pilot.press("enter")
    heart = await on(app, pilot, Heart)
    heart.action_go(place)


async def _look(app: SupportPlan, pilot: Pilot[None], file: Path, words: str = WORDS) -> TakeIn:
    await pilot.press("i")
    screen = await on(app, pilot, TakeIn)
    screen.query_one("#file", WordsField).show(str(file))
    screen.query_one(PassphraseField).show(words)
    await press(app, pilot, "look")
    return screen


@pytest.mark.parametrize("size", SIZES)
def test_the_words_are_shown_once_the_file_is_written(
    fay: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    async def seen() -> tuple[str, str]:
        async with _at_home(fay, size) as (app, pilot):
            await _to_the_case(app, pilot, "hand_over")
            screen = await on(app, pilot, HandOver)
            screen.query_one("#to", WordsField).show("sam")
            await press(app, pilot, "write")
            await until(pilot, lambda: app.screen is screen and "by another way" in shown(app))
            said = shown(app)
            app.action_lock()
            unlock = await on(app, pilot, Unlock)
            unlock.query_one(PassphraseField).show(PASSPHRASE)
            await pilot.press("enter")
            await on(app, pilot, HandOver)
            return said, shown(app)

    said, unlocked = asyncio.run(seen())
    assert WORDS in said
    assert WORDS not in unlocked
    looks_as_it_did(f"hand_over_done-{size[0]}x{size[1]}", _steady(said))
    assert (tmp_path / "sam.supportplan").exists()


@pytest.mark.parametrize("size", SIZES)
def test_what_is_in_it_is_shown_before_it_is_taken_in_and_then_it_is_opened(
    fay: Path, ann: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = _file(fay, tmp_path / "sam.supportplan")

    async def seen() -> str:
        async with _at_home(ann, size) as (app, pilot):
            await _look(app, pilot, Path(file.name))
            await until(pilot, lambda: "It brings: 1 version" in shown(app))
            said = shown(app)
            assert app.store is not None
            assert app.store.cases.count() == 0
            await press(app, pilot, "take")
            heart = await on(app, pilot, Heart)
            assert heart.plan == _plan_of(fay)
            return said

    said = asyncio.run(seen())
    looks_as_it_did(f"take_in_offer-{size[0]}x{size[1]}", _steady(said))


def _plan_of(folder: Path) -> Plan:
    with Store.unlock(folder, PASSPHRASE) as store:
        return working_plan(store, store.cases.page(limit=1).rows[0].case)


def test_wrong_words_and_another_file_are_said_and_nothing_is_offered(
    fay: Path, ann: Path, tmp_path: Path
) -> None:
    file = _file(fay, tmp_path / "sam.supportplan")
    other = tmp_path / "plan.pdf"
    other.write_bytes(b"%PDF-1.7")

    async def seen() -> list[str]:
        said = []
        async with _at_home(ann) as (app, pilot):
            for path, words in (
                (file, "otter violin maple harbour quilt yacht"),
                (other, WORDS),
                (tmp_path / "no", WORDS),
            ):
                screen = await _look(app, pilot, path, words)
                await on(app, pilot, Notice)
                said.append(shown(app))
                await pilot.press("enter")
                await on(app, pilot, TakeIn)
                assert not screen.query_one("#offered").display
                await pilot.press("escape")
                await on(app, pilot, Home)
            return said

    wrong, foreign, missing = asyncio.run(seen())
    assert "These are not the words that open this file." in wrong
    assert "This is not a hand-over file of supportplan." in foreign
    assert "There is no such file" in missing


def test_what_was_offered_is_offered_no_more_after_going_back_or_the_lock(
    fay: Path, ann: Path, tmp_path: Path
) -> None:
    file = _file(fay, tmp_path / "sam.supportplan")

    async def seen() -> None:
        async with _at_home(ann) as (app, pilot):
            screen = await _look(app, pilot, file)
            await until(pilot, lambda: "It brings: 1 version" in shown(app))
            await press(app, pilot, "back")
            await until(pilot, lambda: "It brings" not in shown(app))
            await press(app, pilot, "look")
            await until(pilot, lambda: "It brings: 1 version" in shown(app))
            app.action_lock()
            unlock = await on(app, pilot, Unlock)
            unlock.query_one(PassphraseField).show(PASSPHRASE)
            await pilot.press("enter")
            await on(app, pilot, TakeIn)
            assert "It brings" not in shown(app)
            assert screen.query_one(PassphraseField).text == ""

    asyncio.run(seen())


def test_changes_of_what_was_sent_are_asked_about(fay: Path, ann: Path, tmp_path: Path) -> None:
    with Store.unlock(fay, PASSPHRASE) as store:
        desk = Desk(store, store.cases.page(limit=1).rows[0].case)
        sign(desk, "person", HowSigned("Sam Example"))
        person = replace(desk.plan.person, known_as="Sammy")
        desk.change(replace(desk.plan, person=person), "Called them so").result()

    async def seen() -> None:
        async with _at_home(fay) as (app, pilot):
            await _to_the_case(app, pilot, "hand_over")
            screen = await on(app, pilot, HandOver)
            for key, name in (("escape", "a"), ("down", "b")):
                screen.query_one("#to", WordsField).show(str(tmp_path / name))
                await press(app, pilot, "write")
                await on(app, pilot, Chooser)
                assert "they have to be signed again" in shown(app)
                await pilot.press(key, *(["enter"] if key == "down" else []))
                await on(app, pilot, HandOver)
            await until(pilot, lambda: "by another way" in shown(app))

    asyncio.run(seen())
    assert not (tmp_path / "a.supportplan").exists()
    _take(ann, tmp_path / "b.supportplan")
    assert _plan_of(ann).person.known_as != "Sammy"
    assert _plan_of(fay).person.known_as == "Sammy"


def test_a_case_that_was_open_is_opened_anew_after_it_was_taken_in(
    fay: Path, ann: Path, tmp_path: Path
) -> None:
    _take(ann, _file(fay, tmp_path / "there.supportplan"))
    back = _file(ann, tmp_path / "back.supportplan", "Sammy")

    async def seen() -> None:
        async with _at_home(fay) as (app, pilot):
            await pilot.press("enter")
            before = await on(app, pilot, Heart)
            await app.action_visit("take_in")
            screen = await on(app, pilot, TakeIn)
            screen.query_one("#file", WordsField).show(str(back))
            screen.query_one(PassphraseField).show(WORDS)
            await press(app, pilot, "look")
            await until(pilot, lambda: "goes on from the new version" in shown(app))
            await press(app, pilot, "take")
            await until(pilot, lambda: isinstance(app.screen, Heart) and app.screen is not before)
            assert isinstance(app.screen, Heart)
            assert app.screen.plan.person.known_as == "Sammy"
            assert before not in app.screen_stack

    asyncio.run(seen())


def test_who_takes_in_a_plan_that_was_made_apart_comes_to_the_choice(
    fay: Path, ann: Path, tmp_path: Path
) -> None:
    _take(ann, _file(fay, tmp_path / "there.supportplan"))
    back = _file(ann, tmp_path / "back.supportplan", "Sammy")
    # Entries are dated to the second, and Fay's is to be the later one.
    time.sleep(1.1)
    _file(fay, tmp_path / "kept.supportplan", "Samuel")

    async def seen() -> str:
        async with _at_home(fay) as (app, pilot):
            await _look(app, pilot, back)
            await until(pilot, lambda: "apart from one another" in shown(app))
            await press(app, pilot, "take")
            await on(app, pilot, BringTogether)
            await until(pilot, lambda: "differ" in shown(app))
            return shown(app)

    looks_as_it_did("together_apart-80x24", asyncio.run(seen()))


@pytest.mark.parametrize("size", SIZES)
def test_versions_made_apart_stand_side_by_side_and_one_goes_on(
    fay: Path, ann: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    _take(ann, _file(fay, tmp_path / "there.supportplan"))
    back = _file(ann, tmp_path / "back.supportplan", "Sammy")
    _file(fay, tmp_path / "kept.supportplan", "Samuel")
    _take(fay, back)

    async def seen() -> str:
        async with _at_home(fay, size) as (app, pilot):
            assert "Join the two versions" in shown(app)
            await _to_the_case(app, pilot, "together")
            screen = await on(app, pilot, BringTogether)
            await until(pilot, lambda: "differ" in shown(app))
            said = shown(app)
            rows = screen.query_one(RowList)
            while "Go on with" not in shown(app):
                await pilot.press("enter")
                await on(app, pilot, Sure)
                if "by Ann Example, approver?" in shown(app):
                    break
                await press(app, pilot, "no")
                await on(app, pilot, BringTogether)
                rows.action_move(1)
            await press(app, pilot, "yes")
            await until(pilot, lambda: "There is one plan only" in shown(app))
            assert screen.plan.person.known_as == "Sammy"
            return said

    said = asyncio.run(seen())
    assert "Sammy" in said
    assert "Samuel" in said
    with Store.unlock(fay, PASSPHRASE) as store:
        assert not is_apart(store, store.cases.page(limit=1).rows[0].case)
