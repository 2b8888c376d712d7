"""Choosing from a list by typing the beginning of an option, or of a word within it."""

import pytest

from supportplan.widgets.choice import Option
from supportplan.widgets.chooser import _Begun

EVERY = [
    Option("week", "a week"),
    Option("fortnight", "a fortnight"),
    Option("term_week", "a term week"),
    Option("holiday_week", "a holiday week"),
    Option("occasion", "an occasion"),
    Option("once", "once"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hol", "holiday_week"),
        ("a h", "holiday_week"),
        ("a term", "term_week"),
        ("an", "occasion"),
        ("o", "once"),
        ("oc", "occasion"),
        ("x", "week"),
    ],
)
def test_the_option_is_found_by_its_beginning_before_one_with_such_a_word(typed: str, found: str) -> None:
    begun, at = _Begun(), "week"
    for letter in typed:
        assert letter != " " or begun.goes_on_with(letter)
        at = begun.found(letter, EVERY, at) or at
    assert at == found


def test_a_space_by_itself_goes_on_with_nothing() -> None:
    assert not _Begun().goes_on_with(" ")
