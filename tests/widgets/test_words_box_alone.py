"""The box for what somebody says: every pasted line is kept, undo is its own, and Tab leaves it."""

from textual import events
from textual.widgets import TextArea

from supportplan.widgets.word_fields import WordsField
from supportplan.widgets.words_box import WordsBox
from tests.widgets.around import alone, in_an_app


@in_an_app
async def test_what_is_asked_stands_in_the_upper_edge_also_with_brackets_in_it() -> None:
    box = WordsBox("What does [Sam] like? [/]")
    async with alone(box) as app:
        assert "What does [Sam] like? [/]" in app.screen().splitlines()[0]
        box.ask("Anything else?")
        await app.pilot.pause()
        assert "Anything else?" in app.screen().splitlines()[0]


@in_an_app
async def test_a_paste_keeps_every_line_and_words_that_look_like_markup() -> None:
    box = WordsBox()
    async with alone(box) as app:
        app.pilot.app.post_message(events.Paste("Sam likes:\n- [/] the dog\n\n- [red]Fridays[/red]"))
        await app.pilot.pause()
        assert box.text == "Sam likes:\n- [/] the dog\n\n- [red]Fridays[/red]"
        assert "- [/] the dog" in app.screen()
        assert "- [red]Fridays[/red]" in app.screen()


@in_an_app
async def test_undo_takes_typing_back_and_redo_brings_it() -> None:
    box = WordsBox()
    async with alone(box) as app:
        await app.press(*"dogs")
        app.pilot.app.post_message(events.Paste(" and cats"))
        await app.pilot.pause()
        await app.press("ctrl+z")
        assert box.text == "dogs"
        await app.press("ctrl+y")
        assert box.text == "dogs and cats"


@in_an_app
async def test_enter_makes_a_line_and_tab_goes_on() -> None:
    box, field = WordsBox(), WordsField("Name")
    async with alone(box, field) as app:
        await app.press("a", "enter", "b", "tab")
        assert box.text == "a\nb"
        assert field.input.has_focus


@in_an_app
async def test_what_is_shown_from_outside_is_not_said_to_have_changed_and_is_typed_on_at_its_end() -> None:
    box = _Counting()
    async with alone(box) as app:
        box.show("one\ntwo")
        await app.pilot.pause()
        assert box.changes == 0
        await app.press("!")
        assert box.text == "one\ntwo!"
        assert box.changes == 1


@in_an_app
async def test_long_words_go_on_in_the_next_line_in_a_narrow_window() -> None:
    box = WordsBox()
    async with alone(box, columns=24) as app:
        box.show("Sam would like to go swimming every week")
        await app.pilot.pause()
        lines = [line.strip("│╭╮╰╯─ ") for line in app.screen().splitlines()]
        assert " ".join(line for line in lines if line) == "Sam would like to go swimming every week"


@in_an_app
async def test_letters_of_every_script_stay_as_they_were_typed() -> None:
    box = WordsBox()
    async with alone(box) as app:
        words = "Zoe\u0308 漢字 שלום مرحبا"
        app.pilot.app.post_message(events.Paste(words))
        await app.pilot.pause()
        assert box.text == words


class _Counting(WordsBox):
    """A box that counts how often it says that its text has changed."""

    changes = 0

    def on_text_area_changed(self, _: TextArea.Changed) -> None:
        self.changes += 1
