"""The price list: words in any order, initials, missing letters; nothing found; and a price of one's own with its reason."""

import asyncio
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from supportplan.app import SupportPlan
from supportplan.domain.plan import Plan, Support
from supportplan.domain.plan_money import Rate
from supportplan.screens.prices import Prices
from supportplan.screens.schedules import Schedules
from supportplan.screens.support import SupportEditor
from supportplan.services.schedule_versions import list_schedules, offer, withdraw
from supportplan.widgets.field import Field
from supportplan.widgets.fields import QuantityField
from supportplan.widgets.row_list import RowList
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import shown, until


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("standard agency", "Home care agency, standard rate"),
        ("rate home", "Home care agency, standard rate"),
        ("pa", "Personal assistant, standard rate"),
        ("pasr", "Personal assistant, standard rate"),
        ("PERS ass", "Personal assistant, standard rate"),
        ("persnal", "Personal assistant, standard rate"),
        ("agncy", "Home care agency, standard rate"),
        ("yuoth clib", "Youth club, extra worker for inclusion"),
        ("insurance employers'", "Employers' liability insurance"),
        ("dbs", "Enhanced check of a personal assistant (DBS)"),
        ("NIGHT-INHOUSE", "Night at the council's short breaks house"),
    ],
)
def test_a_price_is_found_by_what_comes_to_mind(typed: str, first: str) -> None:
    assert asyncio.run(_first_found(typed)) == first


async def _first_found(typed: str) -> str:
    async with practice(80, 24) as (app, pilot, desk):
        await opened(app, pilot, Prices(desk))
        await _type(pilot, typed)
        rows = app.screen.query_one(RowList)
        assert rows.at == 0, "the best is under the cursor"
        return rows.rows[0].lines[0].left.plain


def test_where_nothing_is_called_so_a_price_of_ones_own_is_pointed_to_and_enter_does_nothing() -> None:
    async def seen() -> tuple[str, bool]:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, Prices(desk))
            await _type(pilot, "[/] helicopter")
            await pilot.press("enter", "down", "pagedown", "enter")
            return shown(app), isinstance(app.screen, Prices)

    screen, still_there = asyncio.run(seen())
    assert "No price has such a name. Go back, and type a price of your own." in screen
    assert "0 of 7" in screen
    assert "[/] helicopter" in screen
    assert still_there


def test_the_row_under_the_cursor_says_where_it_is_from_and_that_it_is_an_example() -> None:
    async def seen() -> str:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, Prices(desk))
            await _type(pilot, "pa")
            return shown(app)

    screen = asyncio.run(seen())
    assert "PA-STD, Coventry direct payment rates (example), 2024-04-01" in screen
    assert "A dated example: ask for this year's price list." in screen
    assert "£16.29" in screen


def test_other_words_put_the_cursor_on_the_best_again() -> None:
    async def place() -> tuple[int, int]:
        async with practice(80, 24) as (app, pilot, desk):
            await opened(app, pilot, Prices(desk))
            rows = app.screen.query_one(RowList)
            await pilot.press("down", "down")
            before = rows.at
            await _type(pilot, "a")
            return before, rows.at

    assert asyncio.run(place()) == (2, 0)


def test_what_was_moved_to_and_is_gone_already_is_passed_over() -> None:
    async def still_there() -> bool:
        async with practice(80, 24) as (app, pilot, desk):
            screen = Prices(desk)
            await opened(app, pilot, screen)
            rows = screen.query_one(RowList)
            # As when a letter is typed while the move before it is still on its way.
            rows.post_message(RowList.Moved(rows, "6"))
            rows.post_message(RowList.Chosen(rows, "6"))
            screen._search("payroll")
            await pilot.pause()
            return app.screen is screen

    assert asyncio.run(still_there())


def test_enter_takes_the_price_into_the_support_and_escape_takes_none() -> None:
    async def rates() -> tuple[Rate | None, Rate | None, Rate | None]:
        async with practice(80, 24) as (app, pilot, desk):
            support = desk.plan.supports[0].id
            await opened(app, pilot, SupportEditor(desk, support))
            before = _rate(desk.plan, support)
            await pilot.press("f4")
            await _settled(app, pilot)
            await pilot.press("escape")
            await pilot.pause()
            left = _rate(desk.plan, support)
            await pilot.press("f4")
            await _settled(app, pilot)
            await _type(pilot, "agency")
            await pilot.press("enter")
            await pilot.pause()
            return before, left, _rate(desk.plan, support)

    before, left, taken = asyncio.run(rates())
    assert left == before
    assert taken is not None
    assert (taken.item, taken.amount, taken.unit) == ("AGENCY-STD", Decimal("21.36"), "hour")


def test_a_price_for_another_unit_empties_how_much_says_so_and_goes_there() -> None:
    async def seen() -> tuple[Support, str, str, object]:
        async with practice(80, 40) as (app, pilot, desk):
            support = desk.plan.supports[0].id
            await opened(app, pilot, SupportEditor(desk, support))
            await pilot.press("f4")
            await _settled(app, pilot)
            await _type(pilot, "payroll")
            await pilot.press("enter")
            await pilot.pause()
            field = app.screen.query_one("#quantity", QuantityField)
            return desk.plan.supports[0], field.text, shown(app), app.focused is field.input

    support, typed, said, there = asyncio.run(seen())
    assert (support.unit, support.quantity, typed) == ("week", None, "")
    assert "! This price is for a week: say how much anew." in said
    assert "Not costed yet: it is not said how many" in said
    assert there


@pytest.mark.parametrize("reason_first", [True, False])
def test_a_price_of_ones_own_keeps_its_reason_whichever_is_typed_first(reason_first: bool) -> None:
    async def rate() -> Rate | None:
        async with practice(80, 40) as (app, pilot, desk):
            support = desk.plan.supports[0].id
            editor = SupportEditor(desk, support)
            await opened(app, pilot, editor)
            await _fill(pilot, editor, "price", "")
            words = [("reason", "[/] nobody nearer"), ("price", "17.50")]
            for name, text in words if reason_first else reversed(words):
                await _fill(pilot, editor, name, text)
            return _rate(desk.plan, support)

    own = asyncio.run(rate())
    assert own is not None
    assert (own.item, own.amount, own.reason) == ("", Decimal("17.50"), "[/] nobody nearer")


async def _fill(pilot: Pilot[None], editor: SupportEditor, name: str, text: str) -> None:
    field = next(one for one in editor.query(Field) if one.id == name)  # type: ignore[type-abstract] # whichever it is
    field.focus()
    await pilot.press("end", "ctrl+u")
    await _type(pilot, text)


async def _type(pilot: Pilot[None], text: str) -> None:
    names = {
        " ": "space",
        "'": "apostrophe",
        "-": "minus",
        "[": "left_square_bracket",
        "/": "slash",
        "]": "right_square_bracket",
        ".": "full_stop",
    }
    await pilot.press(*(names.get(sign, sign) for sign in text))
    await pilot.pause()


async def _settled(app: SupportPlan, pilot: Pilot[None]) -> None:
    while not isinstance(app.screen, Prices) or not app.screen.query_one(RowList).key:
        await pilot.pause(0.02)


def _rate(plan: Plan, support: str) -> Rate | None:
    return next(one.rate for one in plan.supports if one.id == support)


def test_a_list_that_was_brought_in_meanwhile_is_offered_on_coming_back() -> None:
    async def run() -> None:
        async with practice(100, 24) as (app, pilot, desk):
            (version,) = list_schedules(desk.store)
            withdraw(desk.store, version.id)
            prices = Prices(desk)
            await opened(app, pilot, prices)
            assert "No price is offered here." in shown(app)
            await opened(app, pilot, Schedules(desk.store))
            offer(desk.store, version.id)
            await pilot.press("escape")
            await until(pilot, lambda: "Personal assistant" in shown(app))
            assert app.screen is prices

    asyncio.run(run())
