"""Choosing: one of a few, one of many, a tick. What is chosen has a sign or a word, and changing it is said once."""

import pytest

from supportplan.widgets.choice import OneOf, Option, Tick
from supportplan.widgets.chooser import Choice, Chooser
from supportplan.widgets.row_list import RowList
from tests.widgets.around import alone, in_an_app

OFTEN = [Option("week", "every week"), Option("month", "every month"), Option("once", "once")]


@in_an_app
async def test_one_of_a_few_is_marked_by_a_sign() -> None:
    often = OneOf("How often", OFTEN, value="month")
    async with alone(often, columns=70) as app:
        assert app.screen().splitlines()[0] == (
            "How often          ( ) every week  (*) every month  ( ) once"
        )


@in_an_app
async def test_the_arrows_choose_and_stop_at_the_ends() -> None:
    often = OneOf("How often", OFTEN, value="month")
    async with alone(often, columns=70) as app:
        await app.press("right", "right", "left", "left", "left")
        assert [one.key for one in app.posted(OneOf.Changed)] == ["once", "month", "week"]
        assert "(*) every week" in app.screen()
        assert app.cursor() == (20, 0)


@in_an_app
async def test_space_goes_round_and_a_click_chooses() -> None:
    often = OneOf("How often", OFTEN, value="once")
    async with alone(often, columns=70) as app:
        await app.press("space")
        assert often.value == "week"
        await app.click(40, 0, often)
        assert often.value == "month"
        await app.click(3, 0, often)
        assert often.value == "month"
        assert len(app.posted(OneOf.Changed)) == 2


@in_an_app
async def test_nothing_chosen_yet_is_shown_as_such_and_any_arrow_begins() -> None:
    for key, chosen in (("right", "week"), ("left", "once"), ("space", "week")):
        often = OneOf("How often", OFTEN)
        async with alone(often, columns=70) as app:
            assert "(*)" not in app.screen()
            await app.press(key)
            assert often.value == chosen


@in_an_app
async def test_what_is_shown_from_outside_is_not_said_to_have_changed() -> None:
    often, held = OneOf("How often", OFTEN, value="week"), Tick("The family holds it")
    choice = Choice("Counted in", OFTEN, value="week")
    async with alone(often, held, choice, columns=70) as app:
        often.show("once")
        held.show(value=True)
        choice.show("month")
        await app.pilot.pause()
        assert app.messages == []
        assert "(*) once" in app.screen()
        assert "[x] The family holds it" in app.screen()
        assert "[ every month " in app.screen()


@in_an_app
async def test_options_that_do_not_fit_go_on_in_the_next_line_under_the_first() -> None:
    often = OneOf("How often", OFTEN, value="once")
    async with alone(often, columns=38) as app:
        assert app.screen().splitlines()[:3] == [
            "How often          ( ) every week",
            "                   ( ) every month",
            "                   (*) once",
        ]
        await app.click(21, 1, often)
        assert often.value == "month"
        assert app.cursor() == (20, 1)


@in_an_app
async def test_other_options_can_be_shown_in_their_place() -> None:
    often = OneOf("How often", OFTEN, value="once")
    async with alone(often, columns=70) as app:
        often.show("year", [Option("year", "every year")])
        await app.pilot.pause()
        assert app.screen().splitlines()[0] == "How often          (*) every year"
        await app.press("right", "left", "space")
        assert app.posted(OneOf.Changed) == []


@in_an_app
async def test_a_tick_is_an_x_and_space_or_a_click_turns_it() -> None:
    held = Tick("The family holds it")
    async with alone(held) as app:
        assert app.screen().splitlines()[0].strip() == "[ ] The family holds it"
        await app.press("space")
        assert app.screen().splitlines()[0].strip() == "[x] The family holds it"
        await app.click(22, 0, held)
        assert [one.tick.value for one in app.posted(Tick.Changed)] == [False, False]
        assert held.value is False


@in_an_app
async def test_enter_goes_on_to_the_next_control() -> None:
    often, held = OneOf("How often", OFTEN), Tick("The family holds it")
    async with alone(often, held) as app:
        assert often.has_focus
        await app.press("enter")
        assert held.has_focus
        await app.press("enter")
        assert often.has_focus
        assert app.messages == []


@in_an_app
async def test_one_of_many_shows_what_is_chosen_and_says_where_nothing_is() -> None:
    choice = Choice("Counted in", OFTEN, width=12)
    async with alone(choice) as app:
        assert app.screen().splitlines()[0] == "Counted in         [ choose       v ]"
        await app.press("right")
        assert app.screen().splitlines()[0] == "Counted in         [ every week   v ]"
        assert [one.key for one in app.posted(Choice.Changed)] == ["week"]


@in_an_app
async def test_the_list_opens_at_what_is_chosen_and_answers() -> None:
    choice = Choice("Counted in", OFTEN, value="month")
    async with alone(choice) as app:
        await app.press("enter")
        assert isinstance(app.pilot.app.screen, Chooser)
        assert app.pilot.app.screen.query_one(RowList).key == "month"
        await app.press("down", "enter")
        assert choice.value == "once"
        assert choice.has_focus
        assert [one.key for one in app.posted(Choice.Changed)] == ["once"]


@pytest.mark.parametrize("keys", [["escape"], ["down", "escape"]])
@in_an_app
async def test_leaving_the_list_changes_nothing(keys: list[str]) -> None:
    choice = Choice("Counted in", OFTEN, value="week")
    async with alone(choice) as app:
        await app.press("space", *keys)
        assert choice.value == "week"
        assert app.posted(Choice.Changed) == []


@in_an_app
async def test_a_click_opens_the_list_and_another_chooses() -> None:
    choice = Choice("Counted in", OFTEN, value="week")
    async with alone(choice) as app:
        await app.click(25, 0, choice)
        await app.click(4, 2, app.pilot.app.screen.query_one(RowList))
        assert choice.value == "once"


@in_an_app
async def test_a_letter_goes_to_the_next_that_begins_so() -> None:
    choice = Choice("Counted in", OFTEN, value="once")
    async with alone(choice) as app:
        for expected in ("week", "month", "week"):
            await app.press("e")
            assert choice.value == expected
        await app.press("x")
        assert choice.value == "week"


@in_an_app
async def test_options_with_square_brackets_are_words() -> None:
    options = [Option("a", "[/] as [red]typed[/red]"), Option("b", "other")]
    choice, one_of = Choice("[/b] label", options, value="a", width=30), OneOf("[/]", options, value="a")
    async with alone(choice, one_of, Tick("[/] ticked"), columns=76) as app:
        assert app.screen().count("[/] as [red]typed[/red]") == 2
        assert "[/b] label" in app.screen()
        assert "[/] ticked" in app.screen()
        await app.press("enter")
        assert "[/b] label" in app.screen()


@in_an_app
async def test_words_typed_by_mistake_choose_nothing() -> None:
    one_of = OneOf(
        "Who pays", [Option("budget", "the budget"), Option("other", "another funder")], value="budget"
    )
    async with alone(one_of) as app:
        await app.press(*"Alexandra the Great")
        assert one_of.value == "budget"
