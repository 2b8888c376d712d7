"""From anywhere in a case one can go to any other place of it: nothing goes with the place unsaid, and Esc leads home."""

import asyncio

import pytest
from textual.widgets import Input

from supportplan.screens.basics import Basics
from supportplan.screens.budget import Budget
from supportplan.screens.checks import Checks
from supportplan.screens.heart import Heart
from supportplan.screens.outcome import OutcomeWords
from supportplan.screens.risks import Risks
from supportplan.screens.support import SupportEditor
from supportplan.screens.support_more import SupportMore
from tests.screens.every_place import Make, opened, practice
from tests.screens.on_screen import on, shown, until

NESTED: dict[str, list[Make]] = {
    "checks": [Checks],
    "support": [lambda desk: SupportEditor(desk, desk.plan.supports[0].id)],
    "more": [
        lambda desk: SupportEditor(desk, desk.plan.supports[0].id),
        lambda desk: SupportMore(desk, desk.plan.supports[0].id),
    ],
    "mending": [Checks, Basics],
    "outcome": [Checks, lambda desk: OutcomeWords(desk, desk.plan.outcomes[0].id)],
}


@pytest.mark.parametrize("nested", NESTED)
def test_outcomes_and_supports_are_gone_to_from_however_deep(nested: str) -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            heart = app.screen
            for make in NESTED[nested]:
                await opened(app, pilot, make(desk))
            await pilot.press("f3", "o")
            await on(app, pilot, Heart)
            assert app.screen is heart

    asyncio.run(run())


@pytest.mark.parametrize("nested", NESTED)
def test_esc_leads_from_another_place_to_outcomes_and_supports(nested: str) -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            heart = app.screen
            for make in NESTED[nested]:
                await opened(app, pilot, make(desk))
            await pilot.press("f3", "b")
            await on(app, pilot, Budget)
            await pilot.press("escape")
            await on(app, pilot, Heart)
            assert app.screen is heart

    asyncio.run(run())


def test_an_outcome_that_was_begun_and_left_for_another_place_without_words_does_not_stay() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            before = desk.plan.outcomes
            await pilot.press("a")
            await on(app, pilot, OutcomeWords)
            await pilot.press("f3", "e")
            await on(app, pilot, Risks)
            await pilot.press("escape")
            await on(app, pilot, Heart)
            assert desk.plan.outcomes == before

    asyncio.run(run())


def test_a_support_that_was_begun_and_left_from_deep_inside_does_not_stay_nor_take_the_other_place_with_it() -> (
    None
):
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            before = desk.plan.supports
            await pilot.press("tab", "a")
            await on(app, pilot, SupportEditor)
            await pilot.press("f8")
            await on(app, pilot, SupportMore)
            await pilot.press("f3", "b")
            await until(pilot, lambda: desk.plan.supports == before)
            await pilot.pause(0.2)
            assert isinstance(app.screen, Budget)
            await pilot.press("escape")
            await on(app, pilot, Heart)

    asyncio.run(run())


def test_what_the_plan_could_not_take_is_named_once_before_one_goes_elsewhere() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            form = Basics(desk)
            await opened(app, pilot, form)
            form.query_one("#date_of_birth Input", Input).focus()
            await pilot.press(*"banana", "f3", "r")
            await on(app, pilot, Basics)
            assert "Date of birth: not taken. Go there again, and it is left out." in shown(app)
            await pilot.press("f3", "r")
            await on(app, pilot, Checks)

    asyncio.run(run())
