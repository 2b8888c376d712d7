"""Days as people say them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.days import day_words
from supportplan.domain.problems import BadInput
from supportplan.domain.said_days import WEEKDAYS, day_said_back, said_day

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("23/11/2026", date(2026, 11, 23)),
        ("23/11/26", date(2026, 11, 23)),
        ("1 april", date(2027, 4, 1)),
        ("1st April 2027", date(2027, 4, 1)),
        ("1st of april", date(2027, 4, 1)),
        ("April 1", date(2027, 4, 1)),
        ("12/3/27", date(2027, 3, 12)),
        ("3.2.41", date(2041, 2, 3)),
        ("today", MONDAY),
        ("Tomorrow", date(2026, 11, 24)),
        ("tue", date(2026, 11, 24)),
        ("mon", date(2026, 11, 30)),
        ("next tue", date(2026, 12, 1)),
        ("next monday", date(2026, 11, 30)),
        ("this thurs", date(2026, 11, 26)),
        ("in 6 weeks", date(2027, 1, 4)),
        ("in a month", date(2026, 12, 23)),
        ("in 3 months", date(2027, 2, 23)),
        ("2026-12-01", date(2026, 12, 1)),
        ("29 feb", date(2028, 2, 29)),
        ("23 nov", MONDAY),
        ("22 nov", date(2027, 11, 22)),
        ("  31   Dec ", date(2026, 12, 31)),
    ],
)
def test_days_are_read_as_people_say_them(said: str, meant: date) -> None:
    assert said_day(said, MONDAY) == meant


@pytest.mark.parametrize(
    "said", ["31/2/2027", "11/23/2026", "x", "", "32/1/2027", "mo", "1 apples", "20261123", "0/1/27"]
)
def test_what_is_no_day_is_refused_with_what_to_type(said: str) -> None:
    with pytest.raises(BadInput) as refused:
        said_day(said, MONDAY)
    assert refused.value.mend


def test_the_american_order_is_never_turned_round_unasked() -> None:
    with pytest.raises(BadInput, match="day comes first") as refused:
        said_day("11/23/2026", MONDAY)
    assert "23/11/2026" in refused.value.mend


@pytest.mark.parametrize(("said", "meant"), [("1/5/09", date(2009, 5, 1)), ("1 may 41", date(1941, 5, 1))])
def test_a_birthday_lies_in_the_past(said: str, meant: date) -> None:
    assert said_day(said, MONDAY, past=True) == meant


def test_a_birthday_needs_its_year() -> None:
    with pytest.raises(BadInput, match="year is missing"):
        said_day("1 may", MONDAY, past=True)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_what_is_said_back_is_read_as_the_same_day(day: date, today: date) -> None:
    assert said_day(day_words(day), today) == day
    assert said_day(f"{day.day}/{day.month}/{day.year}", today) == day
    assert day_said_back(day).startswith(WEEKDAYS[day.weekday()])


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_day_or_refused(said: str) -> None:
    with suppress(BadInput):
        assert isinstance(said_day(said, MONDAY), date)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_without_a_year_it_is_the_next_such_day(today: date) -> None:
    for later in (today, today + timedelta(days=1), today + timedelta(days=300)):
        assert said_day(f"{later.day}/{later.month}", today) == later
