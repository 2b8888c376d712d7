"""The list: moving, choosing, headings, long lists, narrow ones; and a sign for where one is."""

from collections.abc import Sequence
from typing import overload

from textual.content import Content
from textual.widgets import Input

from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList
from tests.widgets.around import alone, in_an_app


def _row(words: str, figure: str = "", *, key: str | None = None) -> Row:
    return Row((RowLine(typed(words), Content(figure)),), words if key is None else key)


THREE = [_row("Apples", "£1.00"), _row("Bread", "£2.20"), _row("Cheese", "£30.00")]


@in_an_app
async def test_a_sign_says_which_row_the_cursor_is_on() -> None:
    rows = RowList()
    async with alone(rows, columns=24, rows=4) as app:
        rows.show(THREE)
        rows.focus()
        await app.pilot.pause()
        assert (
            app.screen() == "> Apples           £1.00\n  Bread            £2.20\n  Cheese          £30.00\n"
        )
        assert app.cursor() == (0, 0)
        await app.press("down", "down")
        assert (
            app.screen() == "  Apples           £1.00\n  Bread            £2.20\n> Cheese          £30.00\n"
        )
        assert app.cursor() == (0, 2)


@in_an_app
async def test_moving_says_so_and_stops_at_both_ends() -> None:
    rows = RowList()
    async with alone(rows) as app:
        rows.show(THREE)
        rows.focus()
        await app.press("up", "down", "end", "down", "home")
        assert [one.key for one in app.posted(RowList.Moved)] == ["Apples", "Bread", "Cheese", "Apples"]


@in_an_app
async def test_enter_and_a_click_choose_a_row() -> None:
    rows = RowList()
    async with alone(rows) as app:
        rows.show(THREE)
        rows.focus()
        await app.press("down", "enter")
        await app.click(5, 2, rows)
        assert [one.key for one in app.posted(RowList.Chosen)] == ["Bread", "Cheese"]
        assert rows.key == "Cheese"


@in_an_app
async def test_a_heading_is_passed_over_and_cannot_be_chosen() -> None:
    rows = RowList()
    async with alone(rows) as app:
        rows.show([_row("Food", key=""), THREE[0], _row("Drink", key=""), THREE[1], _row("End", key="")])
        rows.focus()
        await app.pilot.pause()
        assert rows.key == "Apples"
        await app.press("up")
        assert rows.key == "Apples"
        await app.press("down")
        assert rows.key == "Bread"
        await app.press("down", "end")
        assert rows.key == "Bread"
        await app.press("home")
        assert rows.key == "Apples"
        await app.click(3, 2, rows)
        assert app.posted(RowList.Chosen) == []
        assert rows.key == "Apples"


@in_an_app
async def test_an_empty_list_takes_every_key() -> None:
    rows = RowList()
    async with alone(rows) as app:
        rows.show([])
        rows.focus()
        await app.press("down", "up", "pagedown", "pageup", "home", "end", "enter")
        await app.click(3, 3, rows)
        rows.show([_row("Only words", key="")])
        await app.press("down", "up", "pagedown", "end", "enter")
        assert rows.key == ""
        assert app.posted(RowList.Chosen) == []
        assert "Only words" in app.screen()


@in_an_app
async def test_the_cursor_stays_on_what_it_stands_for_when_the_rows_change() -> None:
    rows = RowList()
    async with alone(rows) as app:
        rows.show(THREE)
        rows.focus()
        await app.press("down")
        rows.show([_row("Aniseed"), *THREE])
        assert rows.key == "Bread"
        rows.show([THREE[0], THREE[2]])
        assert rows.key in ("Apples", "Cheese")
        rows.show(THREE, at="Cheese")
        assert rows.key == "Cheese"
        rows.go_to("Apples")
        assert rows.key == "Apples"


@in_an_app
async def test_rows_of_several_lines_scroll_into_view_whole() -> None:
    rows = RowList()
    async with alone(rows, columns=30, rows=6) as app:
        rows.show(
            [Row((RowLine(Content(f"row {at}")), RowLine(Content(f"more {at}"))), str(at)) for at in range(9)]
        )
        rows.focus()
        await app.press("end")
        seen = app.screen()
        assert "> row 8" in seen
        assert "  more 8" in seen
        await app.press("pageup")
        assert f"> row {rows.key}" in app.screen()
        assert 0 < int(rows.key) < 8
        await app.press("home")
        assert app.screen().startswith("> row 0")


@in_an_app
async def test_only_what_is_in_view_is_asked_for() -> None:
    many = _Counting(100_000)
    rows = RowList(height=1)
    async with alone(rows, columns=30, rows=10) as app:
        rows.show(many)
        rows.focus()
        await app.pilot.pause()
        assert "> row 0" in app.screen()
        await app.press("end")
        assert "> row 99999" in app.screen()
        assert len(many.asked) < 200


@in_an_app
async def test_what_people_typed_is_shown_as_it_was() -> None:
    rows = RowList()
    async with alone(rows, columns=40) as app:
        rows.show([_row("[/] [red]no[/red] \x1b[31m"), _row("漢字 שלום Zoe\u0308", "£1.00")])
        await app.pilot.pause()
        assert "[/] [red]no[/red]  [31m" in app.screen()
        assert "漢字" in app.screen()
        assert "£1.00" in app.screen()


@in_an_app
async def test_a_narrow_list_cuts_the_words_and_keeps_the_figure() -> None:
    rows = RowList()
    async with alone(rows, columns=16) as app:
        rows.show([_row("A very long name of a support", "£1,234.00")])
        rows.focus()
        await app.pilot.pause()
        assert app.screen().splitlines()[0] == "> A v… £1,234.00"
        await app.pilot.resize_terminal(34, 10)
        await app.pilot.pause()
        assert app.screen().splitlines()[0] == "> A very long name of a… £1,234.00"


@in_an_app
async def test_a_change_in_one_row_is_painted_when_it_is_asked_for() -> None:
    rows = RowList()
    changing = list(THREE)
    async with alone(rows) as app:
        rows.show(changing)
        changing[1] = _row("Butter", "£9.00", key="Bread")
        rows.repaint_row(1)
        await app.pilot.pause()
        assert "Butter" in app.screen()


@in_an_app
async def test_the_list_keeps_its_place_while_something_else_has_the_focus() -> None:
    rows, other = RowList(), Input()
    async with alone(rows, other) as app:
        rows.show(THREE)
        rows.focus()
        await app.press("down", "tab")
        assert "> Bread" in app.screen()
        assert rows.key == "Bread"


class _Counting(Sequence[Row]):
    """So many rows, made when they are asked for, and which ones were."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._count))]
        self.asked.add(at)
        return _row(f"row {at}")
