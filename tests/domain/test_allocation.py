"""The sums of a resource allocation system: FIELD 5, and what always holds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.allocation import Case, calibrate, indicative, points_funded, pot
from supportplan.domain.money import Quantity, UnitPrice
from supportplan.domain.plan_money import TopSlice
from supportplan.domain.problems import BadInput


@pytest.mark.parametrize(
    ("price", "amount", "words"),
    [
        ("71.00", "7100.00", "100 points x £71.00 = £7,100.00"),
        ("55.00", "5500.00", "100 points x £55.00 = £5,500.00"),
        ("10.00", "1000.00", "100 points x £10.00 = £1,000.00"),
    ],
)
def test_gloucestershire_100_points(price: str, amount: str, words: str) -> None:
    found = indicative(Quantity("100"), UnitPrice(price))
    assert found.result == Decimal(amount)
    assert str(found) == words


def test_the_pot_of_a_top_slice() -> None:
    found = pot(TopSlice(points=Quantity("100"), gross=UnitPrice("71"), net=UnitPrice("55")))
    assert found.result == Decimal("1600.00")
    assert str(found) == "100 points x (£71.00 - £55.00) = £1,600.00"


def test_newcastle_a_million_at_92_pounds() -> None:
    assert points_funded(Decimal(1_000_000), Decimal(92)) == Decimal("10869.57")
    with pytest.raises(BadInput):
        points_funded(Decimal(1), Decimal(0))


def test_calibration_shows_what_leaving_people_out_does() -> None:
    found = calibrate(
        [
            Case(spend=Decimal(9_200), points=Decimal(100)),
            Case(spend=Decimal(4_600), points=Decimal(50)),
            Case(spend=Decimal(50_000), points=Decimal(150), excluded="Very high need"),
        ]
    )
    assert (found.included.people, found.everybody.people) == (2, 3)
    assert found.included.price == Decimal("92.00")
    assert found.everybody.price == Decimal("212.67")
    assert (found.everybody.spend, found.everybody.points) == (Decimal(63_800), Decimal(300))


def test_a_price_point_needs_points() -> None:
    with pytest.raises(BadInput, match="no points") as caught:
        calibrate([Case(spend=Decimal(1), points=Decimal(1), excluded="Left out")])
    assert caught.value.mend


AMOUNTS = st.decimals(0, 1_000_000, places=2)


@given(spends=st.lists(st.tuples(AMOUNTS, st.integers(1, 500)), min_size=1, max_size=20))
def test_a_price_point_gives_the_spending_back(spends: list[tuple[Decimal, int]]) -> None:
    found = calibrate(Case(spend=spend, points=Decimal(points)) for spend, points in spends).included
    again = indicative(found.points, found.price).result
    # The price is rounded to the penny, so a point is out by half a penny at most.
    assert abs(again - found.spend) <= found.points * Decimal("0.005") + Decimal("0.005")


@given(
    points=st.decimals(0, 1_000, places=2).map(lambda value: Quantity(f"{value:f}")),
    gross=st.decimals(50, 100, places=2),
    cut=st.decimals(0, 50, places=2),
)
def test_net_budget_and_pot_make_the_gross_budget(points: Quantity, gross: Decimal, cut: Decimal) -> None:
    slice_ = TopSlice(points=points, gross=UnitPrice(f"{gross:f}"), net=UnitPrice(f"{gross - cut:f}"))
    parts = indicative(points, slice_.net).result + pot(slice_).result
    assert abs(parts - indicative(points, slice_.gross).result) <= Decimal("0.01")
