"""The sheet to sign on: strokes as they are drawn, in parts of cells and in whole ones, and what ends them."""

import pytest
from textual.containers import Vertical

from pictures.handwriting import written
from pictures.mouse import Mouse
from supportplan.domain.cases import drawing
from supportplan.widgets import signature_pad
from supportplan.widgets.signature_pad import SignaturePad
from tests.widgets.around import alone, in_an_app

FINE = [(2.25, 3.5), (4.75, 5.125), (9.5, 2.0)]
WHOLE = [(2, 3), (4, 5), (9, 2)]


@in_an_app
async def test_nothing_is_drawn_until_the_button_is_held() -> None:
    pad = SignaturePad()
    async with alone(pad) as app:
        await Mouse(app.pilot, pad).move(*FINE, button=0)
        assert (pad.strokes, pad.drawing) == (0, None)


@in_an_app
async def test_a_stroke_told_finely_is_kept_as_finely() -> None:
    pad = SignaturePad()
    async with alone(pad, columns=60, rows=16) as app:
        mouse = Mouse(app.pilot, pad)
        await mouse.press(*FINE[0])
        await mouse.move(*FINE[1:])
        # As Textual tells it where the button was let go outside the window.
        await mouse.let_go(9, 2)
        found = pad.drawing
        assert found is not None
        assert (found.width, found.height, found.subcell) == (60, 16, True)
        assert found.strokes == (((225, 350), (475, 512), (950, 200)),)


@in_an_app
async def test_a_stroke_told_in_cells_goes_through_their_middles() -> None:
    pad = SignaturePad()
    async with alone(pad) as app:
        await Mouse(app.pilot, pad).draw(WHOLE)
        found = pad.drawing
        assert found is not None
        assert not found.subcell
        assert found.strokes == (((250, 350), (450, 550), (950, 250)),)


@in_an_app
async def test_a_press_alone_is_a_dot() -> None:
    pad = SignaturePad()
    async with alone(pad) as app:
        await Mouse(app.pilot, pad).draw([(5.5, 5.25)])
        assert pad.drawing is not None
        assert pad.drawing.strokes == (((550, 525),),)
        assert app.screen().splitlines()[5][5] == "⠐"


@in_an_app
async def test_what_is_drawn_is_seen_in_dots() -> None:
    pad = SignaturePad()
    async with alone(pad, columns=12, rows=4) as app:
        await Mouse(app.pilot, pad).draw([(0.0, 0.0), (11.9, 0.0), (11.9, 3.9)])
        assert app.screen().splitlines() == [
            "⠉" * 11 + "⢹",
            " " * 11 + "⢸",
            " " * 11 + "⢸",
            "  ────────" + " ⢸",
        ]


@in_an_app
async def test_other_buttons_draw_nothing() -> None:
    pad = SignaturePad()
    async with alone(pad) as app:
        mouse = Mouse(app.pilot, pad)
        await mouse.press(3, 3, button=3)
        await mouse.move(*WHOLE, button=3)
        await mouse.let_go(9, 2, button=3)
        assert pad.strokes == 0


@in_an_app
async def test_a_stroke_ends_at_the_edge_and_another_begins_where_the_pointer_comes_back() -> None:
    pad = SignaturePad()
    async with alone(pad, columns=20, rows=10) as app:
        mouse = Mouse(app.pilot, pad)
        await mouse.press(15.5, 5)
        await mouse.move((19.5, 5), (22, 6), (25, 3), (18.5, 2), (17.5, 2))
        await mouse.let_go(17.5, 2)
        assert pad.drawing is not None
        assert pad.drawing.strokes == (((1550, 500), (1950, 500)), ((1850, 200), (1750, 200)))


@in_an_app
async def test_the_mouse_is_followed_over_what_stands_beside_the_sheet() -> None:
    pad = SignaturePad()
    async with alone(Vertical(pad), SignaturePad(id="other"), columns=20, rows=10) as app:
        mouse = Mouse(app.pilot, pad)
        await mouse.press(5, 2)
        await mouse.move((5, 8), (6, 2))
        await mouse.let_go(6, 2)
        assert pad.strokes == 2
        assert app.pilot.app.query_one("#other", SignaturePad).strokes == 0
        assert app.pilot.app.mouse_captured is None


@pytest.mark.parametrize("how", ["let go outside", "window left", "mouse taken"])
@in_an_app
async def test_a_stroke_whose_end_is_not_told_ends_tidily(how: str) -> None:
    pad = SignaturePad()
    async with alone(pad) as app:
        mouse = Mouse(app.pilot, pad)
        await mouse.press(2.5, 3)
        await mouse.move((4.5, 3))
        if how == "let go outside":
            await mouse.move((8.5, 8), button=0)
        elif how == "window left":
            app.pilot.app.app_focus = False
        else:
            app.pilot.app.capture_mouse(None)
        await app.pilot.pause()
        await mouse.move((12.5, 9))
        assert pad.drawing is not None
        assert pad.drawing.strokes == (((250, 300), (450, 300)),)
        assert app.pilot.app.mouse_captured is None
        await mouse.draw(FINE)
        assert pad.strokes == 2


@in_an_app
async def test_strokes_are_taken_back_one_by_one_and_all_at_once() -> None:
    pad = SignaturePad()
    async with alone(pad) as app:
        mouse = Mouse(app.pilot, pad)
        empty = app.screen()
        await mouse.draw(FINE)
        one = app.screen()
        await mouse.draw([(20.5, 3), (30.5, 8)])
        assert app.screen() != one
        pad.undo()
        await app.pilot.pause()
        assert (app.screen(), pad.strokes) == (one, 1)
        await mouse.draw([(20.5, 3), (30.5, 8)])
        pad.clear()
        await app.pilot.pause()
        assert (app.screen(), pad.strokes, pad.drawing) == (empty, 0, None)
        pad.undo()
        assert pad.strokes == 0
        assert len(app.posted(SignaturePad.Changed)) == 5


@in_an_app
async def test_another_size_takes_the_signature_away_and_says_so() -> None:
    pad = SignaturePad()
    async with alone(pad, columns=60, rows=16) as app:
        mouse = Mouse(app.pilot, pad)
        await app.pilot.resize_terminal(70, 20)
        await app.pilot.pause()
        assert app.posted(SignaturePad.Cancelled) == []
        await mouse.draw(FINE)
        await mouse.press(1.5, 1)
        await mouse.move((5.5, 1))
        await app.pilot.resize_terminal(60, 16)
        await app.pilot.pause()
        await mouse.move((6.5, 1), (7.5, 2))
        await mouse.let_go(7.5, 2)
        assert (pad.strokes, pad.drawing) == (0, None)
        assert len(app.posted(SignaturePad.Cancelled)) == 1
        await mouse.draw(FINE)
        assert pad.drawing is not None
        assert (pad.drawing.width, pad.drawing.height) == (60, 16)


@in_an_app
async def test_a_sheet_takes_as_much_as_a_signature_may_have_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signature_pad, "MOST_POINTS", 6)
    pad = SignaturePad()
    async with alone(pad) as app:
        mouse = Mouse(app.pilot, pad)
        await mouse.draw(FINE)
        await mouse.draw([(x + 0.5, 5) for x in range(30)])
        assert pad.full
        await mouse.draw(FINE)
        assert pad.drawing is not None
        assert [len(stroke) for stroke in pad.drawing.strokes] == [3, 3]
        pad.undo()
        await mouse.draw(FINE[:2])
        assert [len(stroke) for stroke in pad.drawing.strokes] == [3, 2]


@in_an_app
async def test_a_signature_as_long_as_any_is_followed_whole() -> None:
    pad = SignaturePad()
    async with alone(pad, columns=118, rows=27) as app:
        mouse = Mouse(app.pilot, pad)
        ways = written(118, 27, samples=250)
        for way in ways:
            await mouse.draw(way)
        assert pad.drawing is not None
        assert [len(stroke) for stroke in pad.drawing.strokes] == [len(way) for way in ways]
        assert sum(map(len, ways)) < drawing.MOST_POINTS / 10
