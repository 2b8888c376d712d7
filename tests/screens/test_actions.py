"""The registry of actions: every key of every screen is in it, is sent by every terminal, and does something that is there."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from textual.binding import Binding

from supportplan.app import SupportPlan
from supportplan.screens.actions import ACTIONS, ANYWHERE, Action, actions_of, with_capitals
from supportplan.screens.case_place import CasePlace
from supportplan.screens.case_places import CASE_PLACES
from supportplan.screens.commands import HOME_WAYS, Commands, case_ways, commands_in, found
from supportplan.screens.heart import Heart
from supportplan.screens.help_words import PLACES as HELP
from supportplan.screens.parked import ParkNote
from supportplan.screens.place import Place, key_name
from supportplan.services.preferences import Preferences
from supportplan.widgets.chooser import Chooser
from supportplan.widgets.word_fields import WordsField
from supportplan.widgets.words_box import WordsBox
from tests.screens.every_place import PLACES, opened, practice
from tests.screens.on_screen import shown, until

# What every terminal sends and no browser keeps, and what nothing else needs.
_NAMED = {
    "escape", "enter", "tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "delete", "backspace",
    "space", "slash", "question_mark", "f1", "f2", "f3", "f4", "f5", "f8",
}  # fmt: skip
_WITH_CTRL = {f"ctrl+{letter}" for letter in "pqlszyb"}
# Browsers keep these for themselves: they may only stand beside another key.
_KEPT_BY_BROWSERS = {f"ctrl+{letter}" for letter in "ntw"}


def _place_screens() -> dict[str, type[Place[Any]]]:
    """Return the class of every place, by the name of its screen in the tests."""
    found: dict[str, type[Place[Any]]] = {}

    async def look() -> None:
        async with practice(80, 24) as (_, __, desk):
            for name, make in PLACES.items():
                screen = make(desk)
                if isinstance(screen, Place):
                    found[name] = type(screen)

    asyncio.run(look())
    return found


SCREENS = _place_screens()


def test_no_two_actions_have_the_same_id() -> None:
    ids = [action.id for action in ACTIONS]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_an_id_of_its_place_and_a_sentence_of_help(action: Action) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", action.id)
    assert re.fullmatch(r"[A-Z].*[.]", action.help)
    assert action.name
    assert len(action.words) <= 12
    places = {screen.place for screen in SCREENS.values()} | {ANYWHERE, "case"}
    assert action.place in places


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_key_is_one_that_every_terminal_sends(action: Action) -> None:
    keys = action.keys.split(",")
    unsafe = [key for key in keys if not _safe(key)]
    assert not [key for key in unsafe if key not in _KEPT_BY_BROWSERS]
    assert len(unsafe) < len(keys), "a browser keeps its only key"


def test_the_judge_of_keys_knows_a_bad_one() -> None:
    bad = (
        "ctrl+h",
        "ctrl+i",
        "ctrl+j",
        "ctrl+m",
        "ctrl+left_square_bracket",
        "alt+a",
        "ctrl+shift+s",
        "shift+f1",
        "f11",
        "A",
    )
    assert [key for key in bad if _safe(key)] == []


@pytest.mark.parametrize("name", SCREENS)
def test_no_key_does_two_things_in_one_place(name: str) -> None:
    does: dict[str, str] = {}
    for action in _actions_in(SCREENS[name]):
        for key in action.keys.split(","):
            assert key not in does, f"{key}: {does.get(key)} and {action.id}"
            does[key] = action.id


@pytest.mark.parametrize("name", SCREENS)
def test_what_an_action_runs_is_there(name: str) -> None:
    screen = SCREENS[name]
    ways = [*case_ways(screen.place), *HOME_WAYS] if screen.of_a_case else HOME_WAYS
    for action in [*_actions_in(screen), *ways]:
        where, _, call = action.run.partition(".")
        owner: type[object] = SupportPlan if where == "app" else screen
        assert where in ("app", "screen")
        assert callable(getattr(owner, f"action_{call.partition('(')[0]}", None)), (
            f"{action.id}: {action.run}"
        )


@pytest.mark.parametrize("name", SCREENS)
def test_every_binding_of_a_screen_comes_from_the_registry(name: str) -> None:
    known = {action.id: action for action in ACTIONS}
    for kind in (*SCREENS[name].__mro__, SupportPlan):
        if not kind.__module__.startswith("supportplan.screens.") and kind is not SupportPlan:
            continue
        for binding in kind.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding)
            assert binding.id in known, f"{kind.__name__}: {binding.key}"
            action = known[binding.id]
            dialog = action.keys.removesuffix(",question_mark")
            assert binding.key in (with_capitals(action.keys), dialog)
            assert binding.action == action.run
            assert binding.description
            assert binding.tooltip == known[binding.id].help


@pytest.mark.parametrize("name", SCREENS)
def test_every_place_has_help(name: str) -> None:
    place = SCREENS[name].place
    assert place in HELP or place in ("help", "tour")


def test_every_place_of_a_case_has_a_letter_and_words_of_its_own() -> None:
    for part in ("key", "letter", "words"):
        values = [getattr(place, part) for place in CASE_PLACES]
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("place", [one for one in CASE_PLACES if one.key != "heart"], ids=lambda one: one.key)
@pytest.mark.parametrize("way", ["letter", "name", "mouse"])
def test_every_place_of_a_case_is_reached_in_three_ways(way: str, place: Any) -> None:
    async def reached() -> str:
        async with practice(80, 30) as (app, pilot, _):
            if way == "name":
                await pilot.press("ctrl+p")
                await until(pilot, lambda: isinstance(app.screen, Commands))
                app.screen.query_one(WordsField).show(f"go {place.words.rstrip('?')}")
                app.screen.query_one(WordsField).input.action_end()
                await pilot.press("space", "enter")
            else:
                await pilot.press("g")
                await until(pilot, lambda: isinstance(app.screen, Chooser))
                if way == "letter":
                    await pilot.press(place.letter.lower())
                else:
                    lines = shown(app).splitlines()
                    row = next(at for at, line in enumerate(lines) if place.words in line)
                    await pilot.click(offset=(lines[row].index(place.words) + 1, row))
            await until(
                pilot, lambda: isinstance(app.screen, CasePlace) and not isinstance(app.screen, Heart)
            )
            return f"{type(app.screen).__module__}.{type(app.screen).__name__}"

    assert asyncio.run(reached()) == f"supportplan.screens.{place.module}.{place.screen}"


def test_commands_are_found_with_letters_left_out_and_exact_ones_come_alone() -> None:
    assert [action.id for action in found(ACTIONS, "undo")] == [
        action.id for action in ACTIONS if "undo" in f"{action.help} {action.words}".casefold()
    ]
    assert "home.schedules" in [action.id for action in found(ACTIONS, "schdls")]
    assert [action.id for action in found([*case_ways("heart")], "vrsns")] == ["go.versions"]
    assert [action.id for action in found(ACTIONS, "xylophone")] == []
    assert list(found(ACTIONS, "  ")) == list(ACTIONS)


def test_the_commands_of_a_case_name_its_other_places_and_those_beside_the_cases() -> None:
    async def names() -> list[str]:
        async with practice(80, 24) as (app, _, __):
            assert isinstance(app.screen, Heart)
            return [action.name for action in commands_in(app.screen, homes=HOME_WAYS)]

    found_names = asyncio.run(names())
    for place in CASE_PLACES:
        assert (f"Go to: {place.words}" in found_names) == (place.key != "heart")
    for words in ("Your cases", "Price lists", "Backups", "Settings"):
        assert f"Go to: {words}" in found_names
    assert "Park a note that has no place yet" in found_names
    assert "Copy the text of this place" in found_names
    assert len(set(found_names)) == len(found_names)


def test_keys_of_ones_own_are_in_the_line_the_help_the_commands_and_count() -> None:
    async def seen() -> tuple[str, str, str, bool]:
        async with practice(120, 60) as (app, pilot, _):
            app.follow(Preferences(keys={"heart.talk": "f5", "anywhere.copy": "ctrl+b"}))
            assert isinstance(app.screen, Place)
            app.screen.show_keys()
            await pilot.pause()
            line = shown(app).splitlines()[-1]
            await pilot.press("f1")
            await pilot.pause()
            help_words = shown(app)
            await pilot.press("escape", "ctrl+p")
            await until(pilot, lambda: isinstance(app.screen, Commands))
            await pilot.press(*"talk", "space", *"one")
            await pilot.pause()
            commands = shown(app)
            await pilot.press("escape", "f5")
            await pilot.pause()
            return line, help_words, commands, type(app.screen).__name__ == "Talk"

    line, help_words, commands, there = asyncio.run(seen())
    assert "F5 Talk" in line
    assert re.search(r"F5 +Talk: one question", help_words)
    assert re.search(r"Talk: one question.* F5", commands)
    assert there


@pytest.mark.parametrize("key", ["r", "R"])
def test_a_command_answers_to_its_letter_and_to_the_capital_that_the_line_of_keys_shows(key: str) -> None:
    async def there() -> bool:
        async with practice(80, 24) as (app, pilot, _):
            await pilot.press(key)
            await until(pilot, lambda: type(app.screen).__name__ == "Checks")
            return True

    assert asyncio.run(there())


def test_a_capital_that_is_somebodys_own_key_does_that_and_the_letter_does_what_it_did() -> None:
    async def seen() -> tuple[str, str]:
        async with practice(80, 24) as (app, pilot, _):
            app.follow(Preferences(keys={"heart.talk": "R"}))
            await pilot.press("R")
            await until(pilot, lambda: type(app.screen).__name__ != "Heart")
            capital = type(app.screen).__name__
            await pilot.press("escape")
            await until(pilot, lambda: type(app.screen).__name__ == "Heart")
            await pilot.press("r")
            await until(pilot, lambda: type(app.screen).__name__ != "Heart")
            return capital, type(app.screen).__name__

    assert asyncio.run(seen()) == ("Talk", "Checks")


@pytest.mark.parametrize("key", ["r", "R"])
def test_without_letters_neither_the_letter_nor_its_capital_does_anything(key: str) -> None:
    async def where() -> str:
        async with practice(80, 24) as (app, pilot, _):
            app.follow(Preferences(letters=False))
            await pilot.press(key)
            await pilot.pause(0.2)
            return type(app.screen).__name__

    assert asyncio.run(where()) == "Heart"


def test_without_letters_the_line_of_keys_shows_none_and_the_menu_takes_none() -> None:
    async def seen() -> tuple[str, bool]:
        async with practice(120, 30) as (app, pilot, _):
            app.follow(Preferences(letters=False))
            assert isinstance(app.screen, Place)
            app.screen.show_keys()
            await pilot.pause()
            line = shown(app).splitlines()[-1]
            await pilot.press("f3")
            await until(pilot, lambda: isinstance(app.screen, Chooser))
            await pilot.press("v")
            await pilot.pause()
            return line, isinstance(app.screen, Chooser)

    line, still_open = asyncio.run(seen())
    assert "Ctrl+Z Undo" in line
    assert not re.search(r"(^|  )[A-Z] [A-Z]", line)
    assert still_open


@pytest.mark.parametrize("name", [name for name, kind in SCREENS.items() if kind.of_a_case])
def test_a_note_can_be_parked_from_anywhere_in_a_case(name: str) -> None:
    async def parked() -> tuple[int, str]:
        async with practice(80, 24) as (app, pilot, desk):
            before = len(desk.plan.parked)
            await opened(app, pilot, PLACES[name](desk))
            await pilot.press("f2")
            await until(pilot, lambda: isinstance(app.screen, ParkNote))
            app.screen.query_one(WordsBox).show("[/] ring the school")
            await pilot.press("tab", "enter")
            await until(pilot, lambda: len(desk.plan.parked) > before)
            return len(desk.plan.parked) - before, desk.plan.parked[-1].text

    assert asyncio.run(parked()) == (1, "[/] ring the school")


def test_key_names_are_as_people_read_them() -> None:
    assert [key_name(key) for key in ("ctrl+s", "a", "f3", "escape", "")] == ["Ctrl+S", "A", "F3", "Esc", ""]


def _safe(key: str) -> bool:
    return key in _NAMED or key in _WITH_CTRL or re.fullmatch("[a-z]", key) is not None


def _actions_in(screen: type[Place[Any]]) -> Iterator[Action]:
    yield from actions_of(screen.place, *(("case",) if screen.of_a_case else ()), ANYWHERE)
