"""Odd text in every field of every screen: shown as it was typed, kept, found again, and printed."""

import asyncio
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from supportplan.app import SupportPlan
from supportplan.screens.talk import Talk
from supportplan.services.copies import document_of, text_of, write_pdf
from supportplan.services.desk import Desk
from supportplan.services.questions import QUESTIONS
from supportplan.widgets.field import Field
from supportplan.widgets.word_fields import PassphraseField, WordsField
from tests.screens.every_place import PLACES, Make, opened, practice
from tests.screens.on_screen import shown

ODD = {
    "markup": "[/] [b]bold[/b] [@click=app.quit]go[/] [red",
    "right to left": "سارة الأحمد שרה",
    "combining marks": unicodedata.normalize("NFD", "Zoë Łódź Ṩử"),
    "wide letters": "山田太郎 さくら 한글",
    "ten thousand": "Lange Worte und kurze. " * 434 + "At the end",
}
BOXES = {name: f"{text}\n\n  second line {text[:40]}" for name, text in ODD.items()}


def _asks(key: str) -> Make:
    return lambda desk: Talk(desk, at=key)


QUESTION_PLACES = {f"talk {one.key}": _asks(one.key) for one in QUESTIONS if one.key != "people"}
EVERY = {name: make for name, make in PLACES.items() if name != "talk"} | QUESTION_PLACES
NOT_OF_THE_PLAN = {"prices", "print", "print_again", "hand_over", "take_in", "home", "new_case", "import", "backups", "verify", "bring_back", "new_passphrase", "your_name", "commands", "unlock", "first_run", "park", "sign_here"}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_text_in_every_field(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPPORTPLAN_PREFERENCES", str(tmp_path / "preferences.json"))
    found = asyncio.run(_filled(ODD[name], BOXES[name], tmp_path))
    assert found > 30


@pytest.mark.parametrize("name", ODD)
def test_odd_text_in_the_box_for_people(name: str) -> None:
    """Each line of it is a person: its words are read, and written out again."""
    line = " ".join(ODD[name].split())

    async def run() -> None:
        async with practice(100, 40) as (app, pilot, desk):
            screen = Talk(desk, at="people")
            await opened(app, pilot, screen)
            screen.query_one(TextArea).select_all()
            app.post_message(events.Paste(f"{line}, aunt\n\n{line} the second\n"))
            while len(desk.plan.people) != 2:
                await pilot.pause(0.01)
            app.pop_screen()
            await pilot.pause()
            again = Desk(desk.store, desk.case)
            assert [(one.name, one.relationship) for one in again.plan.people] == [
                (line, "aunt"),
                (f"{line} the second", ""),
            ]
            screen = Talk(again, at="people")
            await opened(app, pilot, screen)
            assert screen.query_one(TextArea).text == f"{line}, aunt\n{line} the second"
            _aligned(app, name)

    asyncio.run(run())


async def _filled(line: str, lines: str, folder: Path) -> int:
    """Put the text into every field of every screen, leave, reopen and compare; return how many fields there were."""
    fields = 0
    async with practice(100, 40) as (app, pilot, desk):
        for name, make in EVERY.items():
            await opened(app, pilot, make(desk))
            before = _figures(app.screen)
            put = await _put_into_all(app, pilot, line, lines)
            fields += len(put)
            _aligned(app, name)
            app.pop_screen()
            await pilot.pause()
            if name not in NOT_OF_THE_PLAN:
                await opened(app, pilot, make(Desk(desk.store, desk.case)))
                for key, text in put.items():
                    assert _texts(app.screen)[key] == text, (name, key)
                assert _figures(app.screen) == before, name
                app.pop_screen()
                await pilot.pause()
        again = Desk(desk.store, desk.case)
        assert again.plan == desk.plan
        for name, make in EVERY.items():
            await opened(app, pilot, make(again))
            _aligned(app, name)
            app.pop_screen()
            await pilot.pause()
        flat = " ".join(text_of(document_of(again.plan)).split())
        assert " ".join(line.split())[:200] in flat
        copy = await asyncio.to_thread(write_pdf, document_of(again.plan), folder / "plan.pdf")
        # What no font has stands there as a sign, and is reported; all else is read back out of the file.
        if copy.lacking:
            assert set("".join(copy.lacking)) <= set(unicodedata.normalize("NFC", line))
        else:
            assert _letters(line)[:200] in _letters(_printed(copy.path))
    return fields


def _printed(path: Path) -> str:
    """The text of a PDF, as another program reads it."""
    done = subprocess.run(["pdftotext", str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode()


def _letters(text: str) -> str:
    """A text without what breaks it into lines."""
    return "".join(unicodedata.normalize("NFC", text).split())


async def _put_into_all(app: SupportPlan, pilot: Pilot[None], line: str, lines: str) -> dict[str, str]:
    """Paste into each box and field that is shown, and return what each then holds."""
    put: dict[str, str] = {}
    for number, control in enumerate(_controls(app.screen)):
        if not control.display or not all(
            one.display for one in control.ancestors_with_self if hasattr(one, "display")
        ):
            continue
        control.focus()
        await pilot.pause()
        text = lines if isinstance(control, TextArea) else line
        if isinstance(control, TextArea):
            control.select_all()
        else:
            control.action_select_all()
        app.post_message(events.Paste(text))
        meant = text if isinstance(control, TextArea) else " ".join(text.split())
        while _text(control).strip() != meant.strip():
            await pilot.pause(0.01)
        await pilot.pause()
        if not isinstance(control, Input) or isinstance(control.parent, WordsField):
            put[_key(control, number)] = meant
    return put


def _controls(screen: Screen[Any]) -> list[Input | TextArea]:
    return [one for one in screen.query("Input, TextArea") if isinstance(one, Input | TextArea)]


def _key(control: Input | TextArea, number: int) -> str:
    return f"{number} {(control if isinstance(control, TextArea) else control.parent).id}"  # type: ignore[union-attr]


def _text(control: Input | TextArea) -> str:
    return control.text if isinstance(control, TextArea) else control.value


def _texts(screen: Screen[Any]) -> dict[str, str]:
    return {_key(one, number): _text(one) for number, one in enumerate(_controls(screen))}


def _figures(screen: Screen[Any]) -> dict[str, str]:
    """What the fields hold that take no words: those keep what the plan says."""
    return {
        str(one.id): one.text
        for one in screen.query("*")
        if isinstance(one, Field) and (not isinstance(one, WordsField) or isinstance(one, PassphraseField))
    }


def _aligned(app: SupportPlan, name: str) -> None:
    """Every painted line is as wide as the window, and what is typed has put no command on the screen."""
    width, height = app.size
    for strip in app.screen._compositor.render_strips()[:height]:
        assert sum(segment.cell_length for segment in strip) == width, name
    assert "\x1b" not in shown(app), name
    assert not any(
        "@click" in (segment.style.meta or {})
        for strip in app.screen._compositor.render_strips()
        for segment in strip
        if segment.style
    ), name
