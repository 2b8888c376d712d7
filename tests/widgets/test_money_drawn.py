"""Money on the screen: the bar of totals and the pictures. Every figure is whole, and says by a word or a sign what it is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from supportplan.domain.costing import cost
from supportplan.domain.money import show
from supportplan.domain.plan import Plan
from supportplan.widgets.bars import Bar, bar_lines, over_the_year
from supportplan.widgets.totals_bar import TotalsBar
from tests.widgets.around import alone, in_an_app

AMOUNTS = st.decimals("0", "999999.99", places=2)


@pytest.mark.parametrize("columns", [58, 78, 118])
@in_an_app
async def test_the_totals_are_whole_however_narrow_it_is(columns: int, sample: Plan) -> None:
    costing, bar = cost(sample), TotalsBar()
    async with alone(bar, columns=columns) as app:
        assert app.screen().splitlines()[0].strip("─") == ""
        bar.show(costing, sample.indicative)
        await app.pilot.pause()
        assert show(costing.totals.cash_value, costing.currency) in app.screen()
        assert "Cash" in app.screen()


@in_an_app
async def test_over_the_budget_is_said_in_a_sign_and_a_word(sample: Plan) -> None:
    costing, bar = cost(sample), TotalsBar()
    total = costing.totals.cash_value
    async with alone(bar, columns=78) as app:
        bar.show(costing, total - Decimal("0.01"))
        await app.pilot.pause()
        assert "! £0.01 OVER" in app.screen()
        bar.show(costing, total)
        await app.pilot.pause()
        assert "£0.00 left of" in app.screen()
        assert "!" not in app.screen()


@in_an_app
async def test_no_budget_is_said_and_so_is_what_is_not_costed_yet(sample: Plan) -> None:
    waiting = replace(sample, supports=(replace(sample.supports[0], quantity=None), *sample.supports[1:]))
    bar = TotalsBar()
    async with alone(bar, columns=100) as app:
        bar.show(cost(waiting), None)
        await app.pilot.pause()
        assert "No indicative budget set" in app.screen()
        assert "1 not costed yet" in app.screen()


@in_an_app
async def test_what_is_shown_as_a_sum_is_one_and_what_stands_beside_the_budget_stays(sample: Plan) -> None:
    costing, bar = cost(sample), TotalsBar()
    for columns in (60, 80, 120):
        async with alone(bar, columns=columns) as app:
            bar.show(costing, costing.totals.cash_value)
            await app.pilot.pause()
            sums, budget = app.screen().splitlines()[1:3]
            assert ("=" in sums) == ("539.61" in sums)
            assert "£11,731.26" in sums
            assert columns < 80 or "£2,160.00 in-house" in budget


@in_an_app
async def test_a_budget_of_nothing_is_not_divided_by(sample: Plan) -> None:
    bar = TotalsBar()
    async with alone(bar, columns=78) as app:
        bar.show(cost(sample), Decimal(0))
        await app.pilot.pause()
        assert "OVER £0.00" in app.screen()


@given(st.lists(AMOUNTS, min_size=1, max_size=8), st.integers(50, 130))
def test_a_bar_carries_its_figure_and_fits_its_line(amounts: list[Decimal], width: int) -> None:
    title, *lines = bar_lines(
        "By outcome", [Bar(f"Outcome {at}", one) for at, one in enumerate(amounts)], "GBP", width
    )
    assert title.plain == "By outcome"
    assert len(lines) == len(amounts)
    longest = max(amounts)
    for amount, line in zip(amounts, lines, strict=True):
        assert show(amount, "GBP") in line.plain
        assert line.cell_length <= width
        drawn = line.plain.count("█")
        assert bool(drawn) == bool(amount)
        assert amount < longest or drawn == max(text.plain.count("█") for text in lines)


def test_words_that_look_like_markup_stay_words_in_a_picture() -> None:
    _, line = bar_lines("By outcome", [Bar("[/] [red]Sam", Decimal(3))], "GBP", 80)
    assert line.plain.startswith("[/] [red]Sam")
    assert "100%" in line.plain


def test_where_there_is_no_money_yet_a_picture_says_so() -> None:
    assert [line.plain for line in bar_lines("By outcome", [], "GBP", 80)] == ["By outcome", "  nothing yet"]
    _, line = bar_lines("By outcome", [Bar("Sam", Decimal(0))], "GBP", 80)
    assert "£0.00" in line.plain
    assert "█" not in line.plain
    assert list(over_the_year([], "GBP")) == []
    assert list(over_the_year([Bar("Jan", Decimal(0))], "GBP")) == []


@given(st.lists(AMOUNTS, min_size=1, max_size=12).filter(any))
def test_the_columns_of_the_year_stand_over_their_months(amounts: list[Decimal]) -> None:
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][
        : len(amounts)
    ]
    *drawn, months, words = over_the_year([Bar(*one) for one in zip(names, amounts, strict=True)], "GBP")
    assert len(drawn) == 4
    assert months.plain.split() == names
    for name, amount in zip(names, amounts, strict=True):
        column = [line.plain[months.plain.index(name)] for line in drawn]
        assert ("█" in column) == bool(amount)
        assert column == sorted(column), "a column stands on the ground"
    dearest = names[amounts.index(max(amounts))]
    assert words.plain.strip() == f"The most is paid in {dearest}: {show(max(amounts), 'GBP')}."
