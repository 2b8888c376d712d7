"""Quantities and prices as people say them."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.money import show
from supportplan.domain.problems import BadInput
from supportplan.domain.said_amounts import (
    quantity_said_back,
    said_amount,
    said_count,
    said_percent,
    said_price,
    said_quantity,
)
from supportplan.domain.said_days import said_day


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("6", "6"),
        ("7.5", "7.5"),
        (".5", "0.5"),
        ("007", "7"),
        ("1,240", "1240"),
        ("6h30", "6.5"),
        ("6 hours", "6"),
        ("6:15", "6.25"),
        ("6h3", "6.05"),
        (" 2 h ", "2"),
    ],
)
def test_hours_are_read_as_people_say_them(said: str, meant: str) -> None:
    assert said_quantity(said, "hour") == Decimal(meant)


@pytest.mark.parametrize(
    "said", ["", ".", "x", "-1", "6h61", "6h20", "1,24", "6.12345", "1000001", "1e3", "٣"]
)
def test_what_is_no_quantity_is_refused_with_what_to_type(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        said_quantity(said, "hour")
    assert refused.value.what.endswith(".")
    assert refused.value.mend.endswith(".")


def test_only_hours_are_typed_with_an_h() -> None:
    with pytest.raises(BadInput):
        said_quantity("6h30", "mile")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("15.10", "15.10"), ("£1,240", "1240"), ("45p", "0.45"), ("16.295", "16.295"), ("£ 5", "5")],
)
def test_prices_are_read_as_people_say_them(said: str, meant: str) -> None:
    assert said_price(said) == Decimal(meant)


@pytest.mark.parametrize("said", ["", "five", "€5", "16.123456", "1,24", "-5"])
def test_what_is_no_price_is_refused(said: str) -> None:
    with pytest.raises(BadInput):
        said_price(said)


def test_an_amount_has_no_part_of_a_penny() -> None:
    with pytest.raises(BadInput, match="At most 2 figures"):
        said_amount("16.295")


@pytest.mark.parametrize(("said", "meant"), [("5", "5"), ("5%", "5"), ("2.5 %", "2.5"), ("100", "100")])
def test_percentages(said: str, meant: str) -> None:
    assert said_percent(said) == Decimal(meant)


def test_more_than_all_is_refused() -> None:
    with pytest.raises(BadInput, match="more than 100"):
        said_percent("101")


def test_hours_are_said_back_in_minutes_too() -> None:
    assert quantity_said_back(Decimal("6.5"), "hour") == "6.5 hours (6h30)"
    assert quantity_said_back(Decimal(6), "hour") == "6 hours"
    assert quantity_said_back(Decimal("0.5"), "day") == "0.5 days"


@given(st.decimals(0, 1_000_000, places=2))
def test_what_is_shown_is_read_as_the_same_amount(amount: Decimal) -> None:
    assert said_amount(show(amount)) == amount


@given(st.integers(0, 999), st.integers(0, 19))
def test_hours_and_minutes_are_exact(hours: int, threes: int) -> None:
    assert said_quantity(f"{hours}h{threes * 3:02}", "hour") * 60 == hours * 60 + threes * 3


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(said: str) -> None:
    for read in (said_quantity, said_price, said_amount, said_percent):
        with suppress(BadInput):
            assert read(said) >= 0


@given(st.text(max_size=24) | st.from_regex(r"[0-9]{1,12}([.:h][0-9]{0,6})?%?", fullmatch=True))
def test_what_is_refused_is_refused_in_a_line_that_fits_under_a_field(said: str) -> None:
    for read in (
        lambda: said_quantity(said, "hour"),
        lambda: said_count(said, most=1_000),
        lambda: said_price(said),
        lambda: said_amount(said),
        lambda: said_percent(said),
        lambda: said_day(said, date(2026, 11, 23)),
        lambda: said_day(said, date(2026, 11, 23), past=True),
    ):
        words = ""
        try:
            read()
        except BadInput as problem:
            words = f"! {problem.what} {problem.mend}"
        assert len(words) <= 59
