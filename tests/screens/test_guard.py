"""A plan that people have signed, or that has ended, is not changed before somebody was asked."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date

from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.screens.case_places import open_place
from supportplan.screens.guard import Guard
from supportplan.screens.heart import Heart
from supportplan.screens.notice import Sure
from supportplan.screens.outcome import OutcomeWords
from supportplan.screens.sign_here import SignHere
from supportplan.screens.talk import Talk
from supportplan.services.clock import today
from supportplan.services.closing import close
from supportplan.services.desk import Desk
from supportplan.services.signing import HowSigned, sign, signings
from supportplan.services.submitting import submit
from supportplan.widgets.choice import OneOf
from supportplan.widgets.word_fields import WordsField
from supportplan.widgets.words_box import WordsBox
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import on, press, shown, until
from tests.services.test_lifecycle import less

Doing = Callable[[SupportPlan, Pilot[None], Desk], Awaitable[None]]


def in_practice(do: Doing) -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await do(app, pilot, desk)

    asyncio.run(run())


def said(app: SupportPlan) -> str:
    return " ".join(shown(app).replace("│", " ").split())


def test_letters_typed_into_a_signed_plan_ask_first_and_do_not_answer() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        sign(desk, "person", HowSigned("Sam Example"))
        before = desk.plan
        await opened(app, pilot, open_place("talk", desk))
        box = app.screen.query_one(WordsBox)
        stood = box.text
        await pilot.press("z", "space", "y", "space")
        await on(app, pilot, Guard)
        assert "Signed by 1 of 3. A change makes a new version, which has to be signed again." in said(app)
        await pilot.press("enter")
        await on(app, pilot, Talk)
        await pilot.pause()
        assert desk.plan == before
        assert "Signed by 1 of 3" in shown(app).splitlines()[0]
        assert box.text == stood
        await pilot.press("z")
        await on(app, pilot, Guard)
        await press(app, pilot, "yes")
        await on(app, pilot, Talk)
        await pilot.press("y")
        await until(pilot, lambda: desk.plan != before)
        assert desk.signed is None
        assert isinstance(app.screen, Talk)
        await until(pilot, lambda: len(box.text) == len(stood) + 2)

    in_practice(do)


def test_undo_after_signing_says_what_it_would_take_back() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        less(desk)
        sign(desk, "person", HowSigned("Sam Example"))
        before = desk.plan
        await pilot.press("ctrl+z")
        await on(app, pilot, Guard)
        assert "This would take back: Took an hour." in said(app)
        await press(app, pilot, "no")
        await on(app, pilot, Heart)
        assert desk.plan == before
        await pilot.press("ctrl+z")
        await on(app, pilot, Guard)
        await press(app, pilot, "yes")
        await until(pilot, lambda: desk.plan != before)
        await on(app, pilot, Heart)
        # Made again it is what was signed; whoever was asked once is not asked again.
        await pilot.press("ctrl+y")
        await until(pilot, lambda: desk.plan == before)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: desk.plan != before)

    in_practice(do)


def test_a_plan_that_ended_says_so_at_the_top_and_does_not_come_back_by_itself() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        submit(desk)
        sign(desk, "person", HowSigned("Sam Example"))
        close(desk, "They moved away.")
        before = desk.plan
        await opened(app, pilot, open_place("signing", desk))
        day: date = today()
        assert f"Ended {day:%-d %b %Y}" in shown(app).splitlines()[0]
        assert "Signed by" not in shown(app).splitlines()[0]
        await pilot.press("escape")
        await on(app, pilot, Heart)
        await opened(app, pilot, open_place("closing", desk))
        assert "The plan ended on" in said(app)
        assert "the signed one stays in force" not in said(app)
        assert not app.screen.query(OneOf)
        await pilot.press("escape")
        await on(app, pilot, Heart)
        await pilot.press("a")
        await on(app, pilot, Guard)
        assert "The plan ended on" in said(app)
        await pilot.press("enter")
        await on(app, pilot, Heart)
        assert desk.plan == before
        await pilot.press("a")
        await on(app, pilot, Guard)
        await press(app, pilot, "yes")
        await on(app, pilot, OutcomeWords)

    in_practice(do)


def test_another_name_than_the_persons_is_asked_about_before_it_signs() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(app, pilot, open_place("signing", desk))
        await pilot.press("enter")
        await on(app, pilot, SignHere)
        await pilot.press(*"yes")
        await press(app, pilot, "sign")
        await on(app, pilot, Sure)
        assert f"This is the plan of {desk.plan.person.name}. Sign as “yes”?" in said(app)
        await press(app, pilot, "no")
        await on(app, pilot, SignHere)
        assert not any(one.valid for one in signings(desk))
        await press(app, pilot, "sign")
        await on(app, pilot, Sure)
        await press(app, pilot, "yes")
        await until(pilot, lambda: any(one.valid for one in signings(desk)))

    in_practice(do)


def test_a_name_that_cannot_be_printed_says_so_before_it_is_recorded() -> None:
    async def do(app: SupportPlan, pilot: Pilot[None], desk: Desk) -> None:
        await opened(
            app, pilot, SignHere(desk, next(one for one in signings(desk) if one.signer.role == "approver"))
        )
        app.screen.query_one("#name", WordsField).show("Pat \N{PARTY POPPER}")
        await press(app, pilot, "sign")
        await on(app, pilot, Sure)
        assert "\N{PARTY POPPER} cannot be printed: in its place stands" in said(app)
        await press(app, pilot, "no")
        await on(app, pilot, SignHere)
        assert not any(one.valid for one in signings(desk))

    in_practice(do)
