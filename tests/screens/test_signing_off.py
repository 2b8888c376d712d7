"""Sending, deciding, signing, both views and ending on screen: what is refused is said at its field, what is typed is kept."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.domain.cases.drawing import Drawing
from supportplan.domain.cases.state import state
from supportplan.domain.check_code import check_code
from supportplan.screens import closing, deciding, sign_here, views
from supportplan.screens.case_places import open_place
from supportplan.screens.closing import Closing
from supportplan.screens.deciding import Deciding
from supportplan.screens.draw_signature import DrawSignature
from supportplan.screens.keys_passphrase import KeysPassphrase
from supportplan.screens.notice import Sure
from supportplan.screens.print_and_open import PrintAndOpen
from supportplan.screens.save_as import SaveAs
from supportplan.screens.sheet import Sheet
from supportplan.screens.sign_here import SignHere
from supportplan.screens.signing import AboutSignature, AddScan, Signatures
from supportplan.screens.timeline import Timeline
from supportplan.screens.views import TwoViews
from supportplan.services import key_files
from supportplan.services.clock import today
from supportplan.services.copies import case_document
from supportplan.services.deciding import GivenDecision, decide
from supportplan.services.desk import Desk
from supportplan.services.device_keys import make_keys
from supportplan.services.half_typed import half_typed, keep_half_typed
from supportplan.services.signing import HowSigned, sign, signings
from supportplan.services.submitting import submit
from supportplan.services.timeline import timeline_of
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf
from supportplan.widgets.fields import DayField
from supportplan.widgets.row_list import RowList
from supportplan.widgets.word_fields import WordsField
from supportplan.widgets.words_box import WordsBox
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import on, press, shown, until
from tests.services.test_lifecycle import jpeg, less

Doing = Callable[[SupportPlan, Pilot[None], Desk], Awaitable[None]]


def in_practice(do: Doing, columns: int = 80, rows: int = 30) -> None:
    async def run() -> None:
        async with practice(columns, rows) as (app, pilot, desk):
            await do(app, pilot, desk)

    asyncio.run(run())


def at(desk: Desk) -> str:
    return state(desk.store.records(desk.case), today()).state


async def choose(app: SupportPlan, pilot: Pilot[None], verdict: str) -> None:
    one_of = app.screen.query_one("#verdict", OneOf)
    one_of._choose(verdict)
    await pilot.pause()


def test_a_plan_is_sent_and_refused_with_a_reason_and_what_was_typed_meanwhile_is_kept() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(app, pilot, open_place("deciding", desk))
        await press(app, pilot, "send")
        await on(app, pilot, Sure)
        await press(app, pilot, "yes")
        await on(app, pilot, Deciding)
        await until(pilot, lambda: "was sent on" in shown(app))
        await choose(app, pilot, "refused")
        await press(app, pilot, "record")
        await until(pilot, lambda: "    ! Say who decided." in shown(app))
        app.screen.query_one("#by", WordsField).show("Pat Panel")
        await press(app, pilot, "record")
        await until(pilot, lambda: "! A decision needs its reasons." in shown(app))
        assert app.screen.focused is app.screen.query_one("#reasons", WordsBox)
        await pilot.press(*"too dear")
        # Half typed, and left with Esc: nothing is lost.
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, Deciding))
        assert at(desk) == "submitted"
        await opened(app, pilot, open_place("deciding", desk))
        await until(pilot, lambda: "As you left it" in shown(app))
        assert app.screen.query_one("#reasons", WordsBox).text == "too dear"
        app.screen.query_one("#on", DayField).show(f"{today() + timedelta(days=3):%d/%m/%Y}")
        await press(app, pilot, "record")
        await until(pilot, lambda: "still to come" in shown(app))
        app.screen.query_one("#on", DayField).show("today")
        rows = app.screen.query_one("#reason_codes", RowList)
        rows.focus()
        await pilot.press("enter")
        await until(pilot, lambda: "[x] More information is needed" in shown(app))
        await press(app, pilot, "record")
        await until(pilot, lambda: "Refused by Pat Panel" in shown(app))
        assert at(desk) == "refused"
        # It is recorded, and so no longer half typed; the plan can be sent again.
        assert "As you left it" not in shown(app)
        assert "Send it for a decision" in shown(app)

    in_practice(do)


def test_agreed_with_changes_shows_both_sums_and_why_one_support_is_another() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        submit(desk)
        await opened(app, pilot, open_place("deciding", desk))
        await choose(app, pilot, "agreed_with_changes")
        assert "no" in shown(app)
        assert "Make the agreed changes in it first" in " ".join(shown(app).split())
        app.pop_screen()
        await pilot.pause()
        less(desk)
        await opened(app, pilot, open_place("deciding", desk))
        await choose(app, pilot, "agreed_with_changes")
        await until(pilot, lambda: "asked £5,082.48, agreed £4,235.40" in shown(app))
        assert "-£847.08" in shown(app)
        app.screen.query_one("#lines", RowList).focus()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press(*"School", "escape")
        await until(pilot, lambda: "why: School" in shown(app))
        app.screen.query_one("#by", WordsField).show("Pat Panel")
        app.screen.query_one("#reasons", WordsBox).show("School gives one hour.")
        await press(app, pilot, "record")
        await until(pilot, lambda: "Agreed with changes by Pat Panel" in shown(app))
        assert at(desk) == "agreed_with_changes"
        assert "why: School" in shown(app)

    in_practice(do, rows=40)


def test_the_top_line_says_how_many_have_signed_and_all_about_a_signature_is_shown() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(app, pilot, open_place("signing", desk))
        assert "Signed" not in shown(app).splitlines()[0]
        await pilot.press("enter")
        await on(app, pilot, SignHere)
        assert app.screen.query_one("#name", WordsField).text == ""
        assert "Typed by whoever signs." in shown(app)
        await pilot.press(*"Sam Example")
        await pilot.press("escape")
        await until(pilot, lambda: "Not signed yet" in shown(app))
        await press(app, pilot, "sign")
        await on(app, pilot, Signatures)
        await until(pilot, lambda: "Signed by 1 of 3" in shown(app))
        await pilot.press("enter")
        await on(app, pilot, AboutSignature)
        # The same code as stands on every page of the printed plan.
        said = " ".join(shown(app).replace("│", " ").split())
        code = str(case_document(desk).version).rpartition(" ")[2]
        assert f"Check code, as on every page of the plan that was signed: {code}" in said
        await pilot.press("enter")
        sign(desk, "facilitator", HowSigned("Fran Example"))
        sign(desk, "approver", HowSigned("Pat Panel"))
        decide(desk, GivenDecision("agreed", "Pat Panel", today(), reasons="It fits."))
        await opened(app, pilot, open_place("signing", desk))
        assert "Signed  Saved" in shown(app).splitlines()[0]

    in_practice(do)


def test_a_signature_in_ink_asks_who_saw_it_and_refuses_a_scan_that_is_none(tmp_path: Path) -> None:
    scan = tmp_path / "s.jpg"
    scan.write_text("A letter", encoding="utf-8")

    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        submit(desk)
        sent = desk.store.records(desk.case)
        await opened(app, pilot, SignHere(desk, signings(desk)[0]))
        app.screen.query_one("#way", OneOf)._choose("ink")
        await until(pilot, lambda: "Seen by" in shown(app))
        app.screen.query_one("#name", WordsField).show("Sam Example")
        app.screen.query_one("#seen_by", WordsField).show("Fran Example")
        app.screen.query_one("#scan", WordsField).show(str(scan))
        await press(app, pilot, "sign")
        await until(pilot, lambda: "neither a JPEG" in shown(app))
        # Nothing is lost, nothing is recorded; without the scan it is.
        assert app.screen.query_one("#name", WordsField).text == "Sam Example"
        assert desk.store.records(desk.case) == sent
        app.screen.query_one("#scan", WordsField).show("")
        await press(app, pilot, "sign")
        await until(pilot, lambda: not isinstance(app.screen, SignHere))
        assert signings(desk)[0].valid
        # The scan that came later is added to it.
        scan.write_bytes(jpeg())
        await opened(app, pilot, open_place("signing", desk))
        await pilot.press("enter")
        await on(app, pilot, AboutSignature)
        await press(app, pilot, "scan")
        await on(app, pilot, AddScan)
        app.screen.query_one("#scan", WordsField).show(str(scan))
        await press(app, pilot, "add")
        await until(pilot, lambda: "The scan is added." in shown(app))
        assert signings(desk)[0].scan is not None

    in_practice(do)


def test_in_ink_it_is_said_which_check_code_the_paper_has_to_have_where_the_plan_is_not_sent() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(app, pilot, SignHere(desk, signings(desk)[0]))
        app.screen.query_one("#way", OneOf)._choose("ink")
        await until(pilot, lambda: "The plan has not been sent" in shown(app))
        assert "Print the plan" in shown(app)
        submit(desk)
        app.screen.query_one("#way", OneOf)._choose("typed")
        app.screen.query_one("#way", OneOf)._choose("ink")
        await until(pilot, lambda: "not been sent" not in shown(app))

    in_practice(do)


def test_a_second_press_while_the_first_is_at_work_does_nothing_and_it_is_signed_and_sealed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    asked: list[str] = []

    def slowly(desk: Desk, role: str, given: HowSigned) -> str:
        asked.append(role)
        begun.set()
        go_on.wait(30)
        return sign(desk, role, given)

    monkeypatch.setattr(sign_here, "sign", slowly)

    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(app, pilot, open_place("signing", desk))
        await pilot.press("enter")
        sheet = await on(app, pilot, SignHere)
        sheet.query_one("#name", WordsField).show("Sam Example")
        buttons = sheet.query_one(Buttons)
        # Both before the screen has had a moment to answer; and then the other button, and Esc.
        buttons.post_message(Buttons.Pressed(buttons, "sign"))
        buttons.post_message(Buttons.Pressed(buttons, "sign"))
        await until(pilot, begun.is_set)
        buttons.post_message(Buttons.Pressed(buttons, "no"))
        sheet.action_go_back()
        await pilot.pause()
        assert app.screen is sheet
        assert "One moment" in shown(app)
        go_on.set()
        await until(pilot, lambda: isinstance(app.screen, Signatures) and "Signed." in shown(app))
        assert asked == ["person"]
        await until(pilot, lambda: "sealed" in [one.entry.kind for one in desk.store.records(desk.case)])

    try:
        in_practice(do)
    finally:
        go_on.set()


@pytest.mark.parametrize(
    ("which", "module", "work"),
    [("decision", deciding, "decide"), ("views", views, "write_down"), ("review", closing, "review")],
)
def test_a_second_press_while_the_first_is_at_work_records_nothing_more(
    which: str, module: ModuleType, work: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    times: list[str] = []
    does = getattr(module, work)

    def slowly(*given: object, **named: object) -> object:
        times.append(work)
        begun.set()
        go_on.wait(30)
        return does(*given, **named)

    monkeypatch.setattr(module, work, slowly)

    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        submit(desk)
        if which == "review":
            for role in ("person", "facilitator", "approver"):
                sign(desk, role, HowSigned(f"Somebody {role}"))
            decide(desk, GivenDecision("agreed", "Pat", today(), reasons="It fits."))
        await opened(app, pilot, open_place(module.__name__.rpartition(".")[2], desk))
        sheet = app.screen
        assert isinstance(sheet, Sheet)
        if which == "decision":
            await choose(app, pilot, "refused")
            sheet.query_one("#by", WordsField).show("Pat Panel")
            sheet.query_one("#reasons", WordsBox).show("Too dear.")
        elif which == "views":
            sheet.query_one("#young_person", WordsBox).show("I like it.")
        else:
            sheet.query_one("#result", OneOf)._choose("begun")
        await pilot.pause()
        buttons = sheet.query_one(Buttons)
        buttons.post_message(Buttons.Pressed(buttons, "record"))
        await until(pilot, begun.is_set)
        buttons.post_message(Buttons.Pressed(buttons, "record"))
        await pilot.pause(0.1)
        go_on.set()
        await until(pilot, lambda: not sheet.at_work)
        assert times == [work]
        recorded: list[str] = [one.entry.kind for one in desk.store.records(desk.case)]
        assert recorded.count(which) == 1
        assert app.screen is sheet

    try:
        in_practice(do)
    finally:
        go_on.set()


def test_after_a_refusal_the_button_signs_again() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        submit(desk)
        await opened(app, pilot, SignHere(desk, signings(desk)[0]))
        app.screen.query_one("#name", WordsField).show("Sam Example")
        app.screen.query_one("#way", OneOf)._choose("ink")
        await until(pilot, lambda: "Seen by" in shown(app))
        app.screen.query_one("#on", DayField).show(f"{today() + timedelta(days=2):%d/%m/%Y}")
        app.screen.query_one("#seen_by", WordsField).show("Fran Example")
        await press(app, pilot, "sign")
        await until(pilot, lambda: "still to come" in shown(app))
        app.screen.query_one("#on", DayField).show(f"{today():%d/%m/%Y}")
        await press(app, pilot, "sign")
        await until(pilot, lambda: signings(desk)[0].valid)

    in_practice(do)


def test_a_signature_is_drawn_on_its_sheet() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(app, pilot, SignHere(desk, signings(desk)[0]))
        app.screen.query_one("#name", WordsField).show("Sam Example")
        app.screen.query_one("#way", OneOf)._choose("drawn")
        await until(pilot, lambda: "Draw the signature" in shown(app))
        await press(app, pilot, "sign")
        sheet = await on(app, pilot, DrawSignature)
        drawing = Drawing(width=40, height=8, subcell=False, strokes=(((50, 50), (950, 450)),))
        sheet.dismiss(drawing)
        await until(pilot, lambda: not isinstance(app.screen, SignHere | DrawSignature))
        signed = signings(desk)[0].signature
        assert signed is not None
        assert (signed.way, signed.drawing) == ("drawn", drawing)

    in_practice(do)


def test_both_views_are_kept_while_half_typed_and_ending_needs_a_reason() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(app, pilot, open_place("views", desk))
        await pilot.press(*"I like it", "escape")
        await until(pilot, lambda: not isinstance(app.screen, TwoViews))
        await opened(app, pilot, open_place("views", desk))
        assert "I like it" in shown(app)
        await press(app, pilot, "record")
        await until(pilot, lambda: "Both views are written down" in shown(app))
        app.pop_screen()
        await opened(app, pilot, open_place("closing", desk))
        app.screen.query_one("#result", OneOf)._choose("ends")
        await press(app, pilot, "record")
        await until(pilot, lambda: "Ending a plan needs its reasons" in shown(app))
        app.screen.query_one("#reasons", WordsBox).show("Sam moved away")
        await press(app, pilot, "record")
        await on(app, pilot, Sure)
        await press(app, pilot, "yes")
        await on(app, pilot, Closing)
        await until(pilot, lambda: at(desk) == "closed")
        await opened(app, pilot, open_place("timeline", desk))
        await on(app, pilot, Timeline)
        assert "The plan was ended" in shown(app)

    in_practice(do)


def test_a_plan_that_was_signed_on_paper_before_it_was_sent_is_recorded_once_its_check_code_is_compared() -> (
    None
):
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(app, pilot, open_place("signing", desk))
        await pilot.press("enter")
        form = await on(app, pilot, SignHere)
        form.query_one("#name", WordsField).show("Sam Example")
        form.query_one("#way", OneOf)._choose("ink")
        code = check_code(desk.plan)
        await until(pilot, lambda: code in shown(app))
        form.query_one("#on", DayField).show("yesterday")
        form.query_one("#seen_by", WordsField).show("Fran")
        await press(app, pilot, "sign")
        await on(app, pilot, Sure)
        assert code in shown(app)
        await press(app, pilot, "no")
        await until(pilot, lambda: app.screen is form)
        assert at(desk) == "draft"
        await press(app, pilot, "sign")
        await on(app, pilot, Sure)
        await press(app, pilot, "yes")
        await until(pilot, lambda: isinstance(app.screen, Signatures))
        assert signings(desk)[0].valid
        assert at(desk) == "submitted"

    in_practice(do)


def test_where_the_keys_stay_closed_it_says_that_the_signature_is_not_sealed_and_seals_it_later() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        make_keys(desk.store, passphrase="one of our own")
        key_files._told.pop(desk.store)
        await opened(app, pilot, open_place("signing", desk))
        await pilot.press("enter")
        form = await on(app, pilot, SignHere)
        form.query_one("#name", WordsField).show("Sam Example")
        await press(app, pilot, "sign")
        await on(app, pilot, KeysPassphrase)
        await pilot.press("enter")
        await until(pilot, lambda: "Signed, but not sealed yet: the keys" in shown(app))
        await until(pilot, lambda: "Enter: seal it now" in shown(app))
        assert any("Signed, but not sealed yet." in one.more for one in timeline_of(desk.store, desk.case))
        await opened(app, pilot, PrintAndOpen(desk))
        await press(app, pilot, "save")
        await on(app, pilot, SaveAs)
        await press(app, pilot, "save")
        await on(app, pilot, KeysPassphrase)
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing was printed or saved" in shown(app))
        await opened(app, pilot, open_place("signing", desk))
        await until(pilot, lambda: "Enter: seal it now" in shown(app))
        await pilot.press("end", "enter")
        await on(app, pilot, KeysPassphrase)
        await pilot.press(*"one of our own", "enter")
        await until(
            pilot,
            lambda: (
                not any(
                    "Signed, but not sealed yet." in one.more for one in timeline_of(desk.store, desk.case)
                )
            ),
        )
        await until(pilot, lambda: isinstance(app.screen, Signatures) and "seal it now" not in shown(app))

    in_practice(do)


def test_what_was_typed_for_a_signature_is_there_again_after_the_window_was_killed_and_goes_with_esc() -> (
    None
):
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(app, pilot, open_place("signing", desk))
        await pilot.press("enter")
        await on(app, pilot, SignHere)
        await press(app, pilot, "sign")
        await until(pilot, lambda: "Type the full name first" in shown(app))
        await pilot.press(*"Sam Ex")
        await until(pilot, lambda: "Type the full name first" not in shown(app))
        await until(pilot, lambda: half_typed(desk, "sign_here person").get("name") == "Sam Ex")
        await pilot.press("escape", "escape")
        await on(app, pilot, Signatures)
        assert half_typed(desk, "sign_here person") == {}
        keep_half_typed(desk, "sign_here person", {"name": "Sam Ex", "present": "Grandad"})
        await until(pilot, lambda: "present" in half_typed(desk, "sign_here person"))
        await pilot.press("enter")
        form = await on(app, pilot, SignHere)
        await until(pilot, lambda: "As you left it" in shown(app))
        assert form.query_one("#present", WordsField).text == "Grandad"
        await pilot.press(*"ample")
        await press(app, pilot, "sign")
        await until(pilot, lambda: signings(desk)[0].valid)
        assert half_typed(desk, "sign_here person") == {}
        history = "\n".join(one.words for one in timeline_of(desk.store, desk.case))
        assert "Version 1 was fixed for signing and sent" in history

    in_practice(do)
