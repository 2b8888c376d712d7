"""The row of buttons: one stop of Tab, moved through with the arrows, pressed with Enter, Space or a click."""

import pytest

from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from tests.widgets.around import alone, in_an_app

THREE = [Option("done", "Done"), Option("remove", "Remove"), Option("no", "Not now")]


@in_an_app
async def test_buttons_stand_in_brackets() -> None:
    async with alone(Buttons(THREE)) as app:
        assert app.screen().splitlines()[1] == "[ Done ]   [ Remove ]   [ Not now ]"


@pytest.mark.parametrize("key", ["enter", "space"])
@in_an_app
async def test_a_key_presses_the_one_under_the_cursor(key: str) -> None:
    async with alone(Buttons(THREE)) as app:
        assert app.cursor() == (2, 1)
        await app.press("right", "right", "right", "left", key)
        assert [one.key for one in app.posted(Buttons.Pressed)] == ["remove"]
        assert app.cursor() == (13, 1)


@in_an_app
async def test_the_first_is_pressed_where_nobody_moved() -> None:
    async with alone(Buttons(THREE)) as app:
        await app.press("left", "enter")
        assert [one.key for one in app.posted(Buttons.Pressed)] == ["done"]


@in_an_app
async def test_a_click_presses_and_a_click_between_does_not() -> None:
    buttons = Buttons(THREE)
    async with alone(buttons) as app:
        await app.click(26, 0, buttons)
        await app.click(9, 0, buttons)
        await app.click(50, 0, buttons)
        assert [one.key for one in app.posted(Buttons.Pressed)] == ["no"]


@in_an_app
async def test_what_does_not_fit_goes_on_below_and_can_be_clicked_there() -> None:
    buttons = Buttons(THREE)
    async with alone(buttons, columns=24) as app:
        assert app.screen().splitlines()[1:3] == ["[ Done ]   [ Remove ]", "[ Not now ]"]
        await app.click(3, 1, buttons)
        assert [one.key for one in app.posted(Buttons.Pressed)] == ["no"]
        assert app.cursor() == (2, 2)


@in_an_app
async def test_words_in_square_brackets_are_words() -> None:
    async with alone(Buttons([Option("x", "Send to [/] Sam")])) as app:
        assert "[ Send to [/] Sam ]" in app.screen()


@in_an_app
async def test_tall_buttons_have_three_lines_and_each_of_them_presses() -> None:
    buttons = Buttons(THREE, tall=True)
    async with alone(buttons, columns=24) as app:
        assert app.screen().splitlines()[1:7] == [
            "╭──────╮   ╭────────╮",
            "[ Done ]   [ Remove ]",
            "╰──────╯   ╰────────╯",
            "╭─────────╮",
            "[ Not now ]",
            "╰─────────╯",
        ]
        assert app.cursor() == (2, 2)
        for y in range(6):
            await app.click(3, y, buttons)
        assert [one.key for one in app.posted(Buttons.Pressed)] == ["done"] * 3 + ["no"] * 3
        assert app.cursor() == (2, 5)
