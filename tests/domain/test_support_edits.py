"""What becomes of a support when another price is chosen for it."""

import pytest
from msgspec.structs import replace

from supportplan.domain.money import Quantity, UnitPrice
from supportplan.domain.plan import Support
from supportplan.domain.plan_money import Rate, TopUp
from supportplan.domain.support_edits import with_listed_price
from supportplan.domain.support_words import anew_words
from supportplan.domain.units import Unit

TOP_UP = TopUp(amount=UnitPrice("2"), payer="Jo")
HOUR = Rate(amount=UnitPrice("16.29"), unit="hour", item="PA", top_up=TOP_UP)
SUPPORT = Support(
    id="s", paid_by="budget", kind="recurring", quantity=Quantity("6"), unit="hour", every="week", rate=HOUR
)


def listed(unit: Unit) -> Rate:
    return Rate(amount=UnitPrice("21"), unit=unit, item="OTHER", schedule="Rates", version="1")


def test_a_price_for_the_same_unit_keeps_how_much_and_the_top_up() -> None:
    after = with_listed_price(SUPPORT, listed("hour"))
    assert after == replace(SUPPORT, rate=replace(listed("hour"), top_up=TOP_UP))
    assert anew_words(SUPPORT, after) == ""


def test_a_price_for_another_unit_leaves_both_to_be_said_anew() -> None:
    after = with_listed_price(SUPPORT, listed("week"))
    assert after == replace(SUPPORT, rate=listed("week"), unit="week", quantity=None)
    assert with_listed_price(SUPPORT, listed("year")).every == "year"
    assert with_listed_price(SUPPORT, listed("night")).every == "week"
    assert anew_words(SUPPORT, after) == "This price is for a week: say how much and the top-up anew."


@pytest.mark.parametrize("rate", [None, replace(HOUR, unit="each", item="")])
def test_what_counted_nothing_yet_counts_the_unit_of_the_price(rate: Rate | None) -> None:
    before = replace(SUPPORT, unit=None, rate=rate)
    after = with_listed_price(before, listed("week"))
    assert (after.quantity, after.unit) == (Quantity("6"), "week")
    assert anew_words(before, after) == ""


@pytest.mark.parametrize(
    ("unit", "every", "kind", "quantity"),
    [
        ("week", "week", "recurring", Quantity("1")),
        ("month", "month", "recurring", Quantity("1")),
        ("year", "year", "recurring", Quantity("1")),
        ("each", None, "one_off", None),
        ("hour", "week", "recurring", None),
    ],
)
def test_a_support_that_was_only_begun_goes_by_its_price(
    unit: Unit, every: str | None, kind: str, quantity: Quantity | None
) -> None:
    begun = replace(SUPPORT, quantity=None, unit=None, rate=None)
    after = with_listed_price(begun, listed(unit))
    assert (after.every, after.kind, after.quantity) == (every, kind, quantity)


def test_how_often_stays_where_somebody_has_said_it() -> None:
    said = replace(SUPPORT, quantity=None, unit=None, rate=None, every="holiday_week")
    assert with_listed_price(said, listed("year")).every == "holiday_week"
