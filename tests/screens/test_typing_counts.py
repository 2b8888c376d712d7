"""What is typed counts, each field's typing as its own deed; nothing that shows the plan again writes over it."""

import asyncio
from collections.abc import Callable

from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from supportplan.domain.edits import with_note
from supportplan.domain.plan import ParkedNote
from supportplan.screens.basics import Basics
from supportplan.screens.parked import filed
from supportplan.screens.risks import RiskForm
from supportplan.screens.support import SupportEditor
from supportplan.screens.talk import Talk
from supportplan.widgets.words_box import WordsBox
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import shown


def test_letters_that_are_on_their_way_are_not_written_over_where_the_plan_is_shown_again() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            support, risk = desk.plan.supports[0], desk.plan.risks[0]
            for screen in (RiskForm(desk, risk.id), Talk(desk)):
                await opened(app, pilot, screen)
                box = screen.query(WordsBox).first()
                box.insert("In the water. ", (0, 0))
                screen.show_plan()
                await pilot.pause()
                assert box.text.startswith("In the water. ")
                app.pop_screen()
            assert desk.plan.risks[0].text == f"In the water. {risk.text}"
            editor = SupportEditor(desk, support.id)
            await opened(app, pilot, editor)
            editor.query_one("#what Input", Input).insert("Early: ", 0)
            editor.show_plan()
            await pilot.pause()
            assert desk.plan.supports[0].what == f"Early: {support.what}"

    asyncio.run(run())


def test_typing_that_changes_nothing_at_first_is_no_part_of_the_deed_before_it() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            editor = SupportEditor(desk, desk.plan.supports[0].id)
            await opened(app, pilot, editor)
            before = desk.plan.supports[0].what
            note = ParkedNote(id="note", text="Ask about the bus pass.")
            editor.change(with_note(desk.plan, note), "Parked a note")
            editor.change(filed(desk.plan, note, "good_week"), "Filed a note")
            # A space at the end of the words changes nothing yet.
            await pilot.press("end", "space", "x", "g")
            assert desk.plan.supports[0].what == f"{before} xg"
            assert await asyncio.to_thread(desk.undo) == "Changed a support: what it is"
            assert desk.plan.supports[0].what == before
            assert note.text in desk.plan.person.good_week

    asyncio.run(run())


def test_each_field_of_a_form_is_taken_back_by_itself() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, Basics(desk))
            before = desk.plan
            app.screen.query_one("#date_of_birth Input").focus()
            # Its first letters are no day, and change nothing: fields are gone through faster than a deed ends.
            await pilot.press(*"2 may 2011", "tab", "tab", *"1 october 2026", "tab", *"31 august 2027")
            await pilot.pause()
            assert f"{desk.plan.period.end}" == "2027-08-31"
            taken = []
            while desk.plan != before:
                taken.append(await asyncio.to_thread(desk.undo))
            assert taken == [
                "Changed when the plan ends",
                "Changed when the plan starts",
                "Changed the date of birth",
            ]

    asyncio.run(run())


def test_a_figure_that_stands_in_a_field_is_replaced_by_typing_and_words_are_gone_on_with() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, SupportEditor(desk, desk.plan.supports[0].id))
            before = desk.plan.supports[0].what
            await pilot.press(*" too")
            assert desk.plan.supports[0].what == f"{before} too"
            app.screen.query_one("#quantity Input").focus()
            await pilot.press("7")
            assert desk.plan.supports[0].quantity == 7

    asyncio.run(run())


def test_a_letter_that_comes_just_as_the_last_key_has_come_to_rest_is_not_left_behind() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            form = RiskForm(desk, desk.plan.risks[0].id)
            await opened(app, pilot, form)
            box = form.query(WordsBox).first()
            box.focus()
            await pilot.pause()
            for letters in range(1, 40):
                await app.on_event(events.Key("end", None))
                while app._dealing is not None and not app._dealing.done():
                    await asyncio.sleep(0)
                await app.on_event(events.Key("x", "x"))
                await pilot.pause()
                assert box.text.count("x") == letters

    asyncio.run(run())


def test_what_the_plan_could_not_take_is_named_once_before_it_is_left_out() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            form = Basics(desk)
            await opened(app, pilot, form)
            form.query_one("#date_of_birth Input", Input).focus()
            await pilot.press(*"banana", "tab", "escape")
            await pilot.pause()
            assert app.screen is form
            assert "Date of birth: not taken. Esc again leaves it out." in shown(app)
            assert "[banana " in shown(app)
            await pilot.press("escape")
            await pilot.pause()
            assert app.screen is not form

    asyncio.run(run())


def test_undo_takes_back_what_could_not_be_taken_before_any_deed() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            form = Basics(desk)
            await opened(app, pilot, form)
            form.query_one("#start Input", Input).focus()
            await pilot.press(*"1 october 2026", "tab", *"1 may 2020", "tab")
            await pilot.pause()
            assert "! The plan ends before it starts." in shown(app)
            await pilot.press("ctrl+z")
            await pilot.pause()
            assert "Taken back: what could not be taken." in shown(app)
            assert f"{desk.plan.period.start} {desk.plan.period.end}" == "2026-10-01 2027-09-30"
            assert "[30/09/2027" in shown(app)
            await pilot.press("ctrl+z")
            await _until(pilot, lambda: f"{desk.plan.period.start}" == "2026-09-01")

    asyncio.run(run())


def test_undo_in_the_talk_takes_back_the_last_deed_and_says_which_one() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            for key in ("good_week", "people"):
                talk = Talk(desk, at=key)
                await opened(app, pilot, talk)
                box = talk.query_one(WordsBox)
                before, plan = box.text, desk.plan
                await pilot.press("end", "x", "backspace", *"\nAunt Meg")
                await pilot.pause()
                talk.change(with_note(desk.plan, ParkedNote(id=key, text="Pasta")), "Parked a note")
                await pilot.press("ctrl+z")
                await _until(pilot, lambda: "Taken back: Parked a note" in shown(app))
                assert box.text.endswith("Aunt Meg")
                await pilot.press("ctrl+z")
                await _until(pilot, lambda: "Taken back: Wrote down" in shown(app))
                assert (box.text, desk.plan) == (before, plan)
                await pilot.press("ctrl+y")
                await _until(pilot, lambda: "Made again: Wrote down" in shown(app))
                assert box.text.endswith("Aunt Meg")
                await pilot.press("ctrl+z")
                await _until(pilot, lambda plan=plan: desk.plan == plan)  # type: ignore[misc]
                app.pop_screen()

    asyncio.run(run())


def test_up_and_down_go_through_the_fields() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            form = Basics(desk)
            await opened(app, pilot, form)
            await pilot.press("down", "down", "up")
            assert form.focused is form.query_one("#known_as Input")

    asyncio.run(run())


async def _until(pilot: Pilot[None], so: Callable[[], bool]) -> None:
    while not so():
        await pilot.pause(0.02)
