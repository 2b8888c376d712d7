"""What the forms of an outcome and of a support put into the plan, and what they say of the money."""

import asyncio
from decimal import Decimal

from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input

from supportplan.app import SupportPlan
from supportplan.domain.checks import how_far
from supportplan.domain.edits import with_support
from supportplan.domain.plan import Support
from supportplan.screens.basics import Basics
from supportplan.screens.money_rules import MoneyRules
from supportplan.screens.outcome import OutcomeWords
from supportplan.screens.support import SupportEditor
from supportplan.screens.support_more import SupportMore
from supportplan.services.checking import check_plan
from supportplan.services.desk import Desk
from supportplan.widgets.fields import DayField, PercentField
from tests.plans import sample_plan
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import shown


def test_an_outcome_says_what_it_is_about_and_for_when() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            first = desk.plan.outcomes[0].id
            await opened(app, pilot, OutcomeWords(desk, first))
            app.screen.query_one("#domain").focus()
            await pilot.press("a")
            app.screen.query_one("#horizon").focus()
            await pilot.press("right")
            outcome = desk.plan.outcomes[0]
            assert (outcome.framework, outcome.domain, outcome.horizon) == ("spru", "autonomy", "future")

    asyncio.run(run())


def test_two_staff_at_once_cost_twice_as_much_and_the_editor_says_so() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            first = desk.plan.supports[0].id
            await opened(app, pilot, SupportEditor(desk, first))
            before = desk.costing.totals.cash_value
            await opened(app, pilot, SupportMore(desk, first))
            await _type(app, pilot, "staff", "2")
            assert desk.plan.supports[0].staff == 2
            await pilot.press("escape")
            await pilot.pause()
            more = desk.costing.totals.cash_value - before
            assert more > 5_082
            assert f"£{before:,}" in shown(app)
            assert f"£{more:,} more" in " ".join(shown(app).replace("▌", " ").split())

    asyncio.run(run())


def test_half_an_occasion_or_half_a_person_is_refused_in_words_and_never_rounded_up() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            youth_club = next(one for one in desk.plan.supports if one.every == "occasion")
            for screen, field in ((SupportEditor, "occasions"), (SupportMore, "people")):
                await opened(app, pilot, screen(desk, youth_club.id))
                await _type(app, pilot, field, "2.5")
                await pilot.press("tab")
                await pilot.pause()
                assert _of(desk, youth_club.id, field) == (38 if field == "occasions" else None)
                assert "This is a whole number from 1 to" in shown(app)
                app.pop_screen()

    asyncio.run(run())


def test_a_support_can_serve_another_outcome_and_stop_serving_one() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            support = desk.plan.supports[0]
            await opened(app, pilot, SupportMore(desk, support.id))
            app.screen.query_one("#outcome-3").focus()
            await pilot.press("space")
            assert desk.plan.outcomes[2].id in desk.plan.supports[0].outcomes
            await pilot.press("space")
            assert desk.plan.outcomes[2].id not in desk.plan.supports[0].outcomes

    asyncio.run(run())


async def _type(app: SupportPlan, pilot: Pilot[None], field: str, text: str) -> None:
    app.screen.query_one(f"#{field} Input").focus()
    await pilot.press("end", *["backspace"] * 6, *text)
    await pilot.pause()


def _of(desk: Desk, support: str, field: str) -> object:
    return next(getattr(one, field) for one in desk.plan.supports if one.id == support)


def test_hours_typed_before_the_unit_is_known_count_once_it_is() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            new = Support(id="new", outcomes=(), paid_by="budget", kind="recurring", every="week")
            desk.change(with_support(desk.plan, new), "Added a support").result()
            await opened(app, pilot, SupportEditor(desk, "new"))
            await _type(app, pilot, "quantity", "6h30")
            app.screen.query_one("#unit").focus()
            await pilot.press(*"hours")
            await pilot.pause()
            assert (_of(desk, "new", "unit"), _of(desk, "new", "quantity")) == ("hour", Decimal("6.5"))
            assert "= 6.5 hours (6h30)" in shown(app)

    asyncio.run(run())


def test_advice_is_not_said_to_be_done() -> None:
    plan = replace(
        sample_plan(),
        outcomes=(replace(sample_plan().outcomes[0], framework="ascot"), *sample_plan().outcomes[1:]),
    )
    said = how_far(check_plan(plan))
    assert said.startswith(
        "52 of 53 are done. Everything that sign-off needs is there. 1 is worth a thought."
    )
    assert "Sign-off waits for" in how_far(check_plan(replace(plan, review=None)))


def test_the_beginning_of_what_cannot_be_read_is_never_costed() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            first = desk.plan.supports[0].id
            await opened(app, pilot, SupportEditor(desk, first))
            before = desk.plan.supports[0]
            await _type(app, pilot, "quantity", "7x")
            await pilot.press("tab")
            await _type(app, pilot, "price", "1.240,50")
            await pilot.press("tab")
            await pilot.pause()
            assert desk.plan.supports[0] == before
            assert "! That is not a number" in shown(app)
            assert "! That is not an amount of money" in shown(app)

    asyncio.run(run())


def test_the_beginning_of_an_amount_that_cannot_be_read_is_no_budget() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, MoneyRules(desk))
            await _type(app, pilot, "indicative", "12,00")
            assert desk.plan.indicative is None
            await _type(app, pilot, "percent", "101")
            assert str(desk.plan.contingency.percent) == "5"  # type: ignore[union-attr]

    asyncio.run(run())


def test_an_emptied_figure_of_the_money_rules_counts_and_says_what_it_came_to() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, MoneyRules(desk))
            await _type(app, pilot, "percent", "")
            assert desk.costing.totals.contingency == 0
            await _type(app, pilot, "percent", "7")
            assert desk.costing.totals.contingency > 0
            await _type(app, pilot, "percent", "")
            await pilot.press("tab")
            await pilot.pause()
            assert app.screen.query_one("#percent", PercentField).text == "0"
            await _type(app, pilot, "pay_first", "2 nov 2026")
            app.screen.query_one("#pay_first Input", Input).value = ""
            await pilot.pause()
            assert desk.plan.payments is not None
            assert desk.plan.payments.first == desk.plan.period.start
            await pilot.press("tab")
            await pilot.pause()
            assert app.screen.query_one("#pay_first", DayField).text == f"{desk.plan.period.start:%d/%m/%Y}"

    asyncio.run(run())


def test_a_day_that_can_be_taken_but_cannot_be_meant_is_said_at_its_field_once_it_is_left() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, Basics(desk, at="review"))
            await pilot.press(*"1 may 2020")
            await pilot.pause(0.1)
            assert "before the plan has begun" not in shown(app)
            await pilot.press("tab")
            await pilot.pause(0.1)
            assert "! The review is due before the plan has begun." in shown(app)
            await pilot.press("shift+tab", *f"{desk.plan.period.end:%d/%m/%Y}", "tab")
            await pilot.pause(0.1)
            assert "before the plan has begun" not in shown(app)
            await pilot.press(*"70", "tab")
            await pilot.pause(0.1)
            assert "! Term and holiday weeks make" in shown(app)

    asyncio.run(run())


def test_a_support_whose_day_is_outside_the_plan_says_so_and_may_be_undone_away() -> None:
    async def run() -> None:
        async with practice(80, 24) as (app, pilot, desk):
            first = desk.plan.supports[0].id
            await opened(app, pilot, SupportMore(desk, first))
            app.screen.query_one("#start", DayField).focus()
            await pilot.press(*f"{desk.plan.period.start.replace(year=2019):%d/%m/%Y}", "tab")
            await pilot.pause(0.1)
            assert "! Support 1 has a date outside the plan's period." in shown(app)

    asyncio.run(run())
