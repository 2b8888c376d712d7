"""The screen on which a signature is drawn: what it says, what it answers, and that nothing drawn goes unasked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import pytest
from textual.pilot import Pilot

from pictures.handwriting import written
from pictures.mouse import Mouse
from supportplan.app import SupportPlan
from supportplan.domain.cases.drawing import Drawing
from supportplan.screens.draw_signature import DrawSignature
from supportplan.screens.notice import Sure
from supportplan.services.signing import STATEMENT
from supportplan.widgets.signature_pad import SignaturePad
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import on, press, shown, until
from tests.screens.test_snapshots import KEPT, WRITE
from tests.widgets.around import in_an_app

STROKE = [(3.5, 3), (9.25, 5), (14.5, 2)]
NAME = "Sam [/] Example"


class AtTheSheet(NamedTuple):
    """The screen, opened over the practice case; `answers` are what it has answered with."""

    app: SupportPlan
    pilot: Pilot[None]
    mouse: Mouse
    answers: list[Drawing | None]

    @property
    def screen(self) -> str:
        return shown(self.app)

    @property
    def left(self) -> bool:
        return not isinstance(self.app.screen, DrawSignature)


@asynccontextmanager
async def at_the_sheet(columns: int = 80, rows: int = 24) -> AsyncIterator[AtTheSheet]:
    async with practice(columns, rows) as (app, pilot, _):
        answers: list[Drawing | None] = []
        screen = DrawSignature(NAME, "The person", STATEMENT)
        app.push_screen(screen, answers.append)
        await until(pilot, lambda: screen.painted.is_set())
        yield AtTheSheet(app, pilot, Mouse(pilot, screen.query_one(SignaturePad)), answers)


@in_an_app
async def test_it_says_who_signs_as_what_under_which_words_and_what_else_is_as_good() -> None:
    async with at_the_sheet() as at:
        said = " ".join(at.screen.split())
        assert f"{NAME} signs as: The person" in said
        assert STATEMENT in said
        assert "Nothing is drawn yet." in said
        assert "a typed name is as good" in said


@in_an_app
async def test_done_answers_with_what_is_drawn() -> None:
    async with at_the_sheet() as at:
        await at.mouse.draw(STROKE)
        await at.mouse.draw([(20.5, 2.5)])
        await press(at.app, at.pilot, "done")
        assert at.left
        (found,) = at.answers
        assert found is not None
        assert found.strokes == (((350, 300), (925, 500), (1450, 200)), ((2050, 250),))


@in_an_app
async def test_nothing_is_no_signature() -> None:
    async with at_the_sheet() as at:
        await press(at.app, at.pilot, "done")
        assert not at.left
        assert "! Nothing is drawn yet." in at.screen


@in_an_app
async def test_it_says_how_many_strokes_there_are() -> None:
    async with at_the_sheet() as at:
        await at.mouse.draw(STROKE)
        assert "1 stroke is drawn." in at.screen
        await at.mouse.draw(STROKE)
        assert "2 strokes are drawn." in at.screen
        await at.pilot.press("ctrl+z")
        assert "1 stroke is drawn." in at.screen
        await press(at.app, at.pilot, "undo_stroke")
        assert "Nothing is drawn yet." in at.screen
        await press(at.app, at.pilot, "undo_stroke")
        assert "There is no stroke to take back." in at.screen
        await at.mouse.draw(STROKE)
        await at.mouse.draw(STROKE)
        await at.pilot.press("delete")
        assert "Nothing is drawn yet." in at.screen


@pytest.mark.parametrize("key", ["escape", "go_back"])
@in_an_app
async def test_going_back_asks_nothing_where_nothing_is_drawn(key: str) -> None:
    async with at_the_sheet() as at:
        await (at.pilot.press(key) if key == "escape" else press(at.app, at.pilot, key))
        assert at.left
        assert at.answers == [None]


@in_an_app
async def test_going_back_asks_once_where_something_is_drawn_and_again_where_more_is() -> None:
    async with at_the_sheet() as at:
        await at.mouse.draw(STROKE)
        await at.pilot.press("escape")
        assert not at.left
        assert "! Not signed yet. Esc again leaves it out." in at.screen
        await at.mouse.draw(STROKE)
        await at.pilot.press("escape")
        assert not at.left
        await at.pilot.press("escape")
        assert at.answers == [None]


@in_an_app
async def test_leaving_the_program_asks_first() -> None:
    async with at_the_sheet() as at:
        await at.mouse.draw(STROKE)
        await at.pilot.press("ctrl+q")
        await on(at.app, at.pilot, Sure)
        await press(at.app, at.pilot, "no")
        await until(at.pilot, lambda: not at.left)
        assert "1 stroke is drawn." in at.screen


@in_an_app
async def test_a_window_that_changes_has_it_drawn_again_and_says_so() -> None:
    async with at_the_sheet() as at:
        await at.pilot.resize_terminal(100, 30)
        await at.pilot.pause()
        assert "!" not in at.screen.splitlines()[0]
        await at.mouse.draw(STROKE)
        await at.pilot.resize_terminal(80, 24)
        await until(at.pilot, lambda: "! The window changed: draw it again." in at.screen)
        assert "Nothing is drawn yet." in at.screen
        await press(at.app, at.pilot, "done")
        assert not at.left


@in_an_app
async def test_a_stroke_ends_where_something_comes_over_the_sheet() -> None:
    async with at_the_sheet() as at:
        await at.mouse.press(*STROKE[0])
        await at.mouse.move(STROKE[1])
        await at.pilot.press("f1")
        await until(at.pilot, lambda: at.left)
        assert "Drawing a signature" in at.screen
        await at.pilot.press("escape")
        await until(at.pilot, lambda: not at.left)
        await at.mouse.move(STROKE[2])
        await at.mouse.let_go(*STROKE[2])
        await press(at.app, at.pilot, "done")
        assert at.answers[0] is not None
        assert at.answers[0].strokes == (((350, 300), (925, 500)),)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (60, 20)])
@in_an_app
async def test_what_is_drawn_changes_nothing_round_it_and_looks_as_it_did(columns: int, rows: int) -> None:
    async with practice(columns, rows) as (app, pilot, desk):
        screen = DrawSignature(desk.plan.person.name, "The person", STATEMENT)
        await opened(app, pilot, screen)
        pad = screen.query_one(SignaturePad)
        width, height = before = pad.size
        for way in written(width, height):
            await Mouse(pilot, pad).draw(way)
        assert pad.size == before
        file = KEPT / f"draw_signature_drawn-{columns}x{rows}.txt"
        if WRITE:
            file.write_text(shown(app) + "\n", encoding="utf-8")
        assert shown(app) + "\n" == file.read_text(encoding="utf-8")
