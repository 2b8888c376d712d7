"""What people type for money and days is read as they mean it, or refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.days import day_words, moment_words
from supportplan.domain.money import show
from supportplan.domain.problems import BadInput
from supportplan.domain.typed import typed_amount, typed_day, typed_name


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("£13,000", "13000.00"),
        ("13000", "13000.00"),
        (" 13000.5 ", "13000.50"),
        ("GBP 1,250.00", "1250.00"),
        ("0", "0.00"),
    ],
)
def test_amounts(typed: str, amount: str) -> None:
    assert f"{typed_amount(typed, where='--indicative'):.2f}" == amount


@pytest.mark.parametrize(
    "typed",
    ["", "quote", "lots", "-5", "13.000,00", "1,3000", "1.234", "€500", "13k", "1e4", "9" * 30, "£", "١٣"],
)
def test_what_is_no_amount_is_refused_with_the_remedy(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        typed_amount(typed, where="--indicative")
    assert refused.value.where == "--indicative"
    assert refused.value.mend


@given(st.integers(0, 99_999_999))
def test_what_we_print_can_be_typed(pence: int) -> None:
    amount = typed_amount(f"{pence // 100}.{pence % 100:02}", where="x")
    assert typed_amount(show(amount), where="x") == amount


@pytest.mark.parametrize(
    "typed", ["2026-09-01", "01/09/2026", "1.9.2026", "1 September 2026", "1st Sept 2026"]
)
def test_days(typed: str) -> None:
    assert typed_day(typed, where="--start") == date(2026, 9, 1)


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "31/02/2026", "09/13/2026", "1/9/26", "46266", "20260901", "9999-12-31", "1066-10-14"],
)
def test_what_is_no_day_is_refused_with_the_remedy(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        typed_day(typed, where="--start")
    assert refused.value.mend


@given(st.dates(date(1990, 1, 1), date(2150, 1, 1)))
def test_days_that_we_print_can_be_typed(day: date) -> None:
    assert typed_day(day_words(day), where="x") == day


def test_a_moment_in_words() -> None:
    assert moment_words("2026-09-01T09:30:00Z") == "1 September 2026, 09:30 UTC"


@pytest.mark.parametrize("currency", ["USD", "AUD", "NZD", "CAD"])
def test_a_dollar_is_that_of_the_plan(currency: str) -> None:
    assert typed_amount("$13,000", where="--indicative", currency=currency) == 13000
    with pytest.raises(BadInput, match="another currency"):
        typed_amount("$13,000", where="--indicative", currency="GBP")


@pytest.mark.parametrize("said", ["45)", "(45", "£45)"])
def test_half_a_bracket_is_no_amount(said: str) -> None:
    with pytest.raises(BadInput):
        typed_amount(said, where="--indicative")


@pytest.mark.parametrize("name", ["مهدی\u200cزاده", "शर्\u200dमा", "മോഹന്\u200d", "ශ්\u200dරී", "Zoë O'Brien"])
def test_a_name_may_hold_what_joins_its_letters(name: str) -> None:
    assert typed_name(f" {name}  Example", "The name") == f"{name} Example"


@pytest.mark.parametrize(
    "name", ["", "...", "\u200c", "\u200d\u200c", "\u3164", "\u200cSam", "Sam\u200c", "Sa\u200c\u200cm", "Sam\u200b", "Sam\x1b[2J"]
)  # fmt: skip
def test_a_name_that_nobody_sees_or_that_holds_what_nobody_means_is_refused(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        typed_name(name, "The name")
    assert refused.value.where == "The name"


def test_a_name_may_hold_a_picture_made_of_several() -> None:
    family = "Sam \N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    assert typed_name(family, "A name") == family
    with pytest.raises(BadInput):
        typed_name("Sam \N{ZERO WIDTH JOINER}", "A name")
