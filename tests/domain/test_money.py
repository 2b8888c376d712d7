from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.money import (
    Amount,
    Percent,
    Quantity,
    UnitPrice,
    Weeks,
    instalments,
    plain,
    show,
    to_penny,
)
from supportplan.domain.problems import BadFigure

pounds = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("exact", "printed"), [("2.125", "2.13"), ("2.135", "2.14"), ("2.145", "2.15"), ("0.0049", "0.00")]
)
def test_half_a_penny_goes_up(exact: str, printed: str) -> None:
    assert to_penny(Decimal(exact)) == Decimal(printed)


def test_a_thousand_pounds_in_twelve() -> None:
    assert instalments(Decimal(1000), 12) == (Decimal("83.37"), *[Decimal("83.33")] * 11)


@given(pounds, st.integers(1, 52))
def test_instalments_add_up_to_the_penny(total: Decimal, count: int) -> None:
    first, *others = instalments(total, count)
    assert first + sum(others) == total
    assert len({*others}) <= 1
    assert all(Decimal(0) <= first - each < Decimal("0.01") * count for each in others)


def test_a_total_is_not_split_into_nothing() -> None:
    with pytest.raises(ValueError, match="at least one"):
        instalments(Decimal(1), 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "+1",
        "-1",
        "-0",
        "01",
        ".5",
        "5.",
        "1e3",
        "1,000",
        "£1",
        "NaN",
        "Infinity",
        "1_0",
        "١",
        "0x1",
        "1" * 41,
    ],
)
def test_only_plain_decimals_are_figures(text: str) -> None:
    with pytest.raises(BadFigure, match="should be a quantity"):
        Quantity(text)


@pytest.mark.parametrize("value", [1, 1.5, None, True, Decimal(1), ["1"]])
def test_only_texts_are_figures(value: object) -> None:
    with pytest.raises(BadFigure, match="in quotes"):
        Quantity(value)


@pytest.mark.parametrize(
    ("kind", "fits", "too_fine", "too_much"),
    [
        (Amount, "1000000000.00", "1.005", "1000000000.01"),
        (UnitPrice, "1000000.0000", "1.00005", "1000000.0001"),
        (Quantity, "0.0001", "0.00001", "1000001"),
        (Percent, "100", "1.00001", "100.1"),
        (Weeks, "52.142857", "52.1428571", "601"),
    ],
)
def test_figures_have_bounds(kind: type[Amount], fits: str, too_fine: str, too_much: str) -> None:
    assert str(kind(fits)) == fits
    with pytest.raises(BadFigure, match="decimal places"):
        kind(too_fine)
    with pytest.raises(BadFigure, match="at most"):
        kind(too_much)


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("1058.72", "£1,058.72"),
        ("0", "£0.00"),
        ("16.295", "£16.295"),
        ("16.2950", "£16.295"),
        ("5", "£5.00"),
        ("-624", "-£624.00"),
    ],
)
def test_money_is_shown_as_people_read_it(figure: str, shown: str) -> None:
    assert show(Decimal(figure)) == shown


def test_another_currency_is_named() -> None:
    assert show(Decimal("12.5"), "PLN") == "PLN12.50"


@pytest.mark.parametrize(
    ("figure", "shown"), [("6", "6"), ("6.50", "6.5"), ("100", "100"), ("1000", "1,000"), ("0.25", "0.25")]
)
def test_numbers_are_shown_without_needless_noughts(figure: str, shown: str) -> None:
    assert plain(Decimal(figure)) == shown
