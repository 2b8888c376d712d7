"""Asking on a line, on many lines, and for one of several choices."""

import pytest

from supportplan.domain.problems import BadInput
from supportplan.plain.asker import Leave, Option, chosen
from tests.plain.conftest import Conversation

OPTIONS = [Option("week", "a week"), Option("fortnight", "a fortnight"), Option("once", "once")]


@pytest.mark.parametrize(
    ("typed", "key"),
    [("1", "week"), ("2.", "fortnight"), ("A WEEK", "week"), ("a f", "fortnight"), ("once", "once"), ("o", "once")],
)  # fmt: skip
def test_a_choice_is_meant_by_its_number_its_words_or_their_beginning(typed: str, key: str) -> None:
    assert chosen(OPTIONS, typed) == key


@pytest.mark.parametrize("typed", ["0", "4", "a", "", "²", "9" * 5000, "a weekly"])
def test_what_means_no_choice_or_several_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        chosen(OPTIONS, typed)


def test_long_words_end_with_an_empty_line() -> None:
    talk = Conversation(["First line", "second line", "", "next answer"])
    assert talk.asker.lines("What matters? ") == "First line\nsecond line"
    assert talk.asker.line("And? ") == "next answer"


def test_a_plus_adds_to_what_is_there() -> None:
    assert Conversation(["+", "and more", ""]).asker.lines("? ", before="Much") == "Much\nand more"


def test_words_that_were_typed_before_the_end_still_count_and_then_it_is_the_end() -> None:
    talk = Conversation(["Half a story"])
    assert talk.asker.lines("What matters? ") == "Half a story"
    with pytest.raises(Leave):
        talk.asker.line("And? ")


def test_a_yes_where_a_name_is_meant_is_asked_about_once() -> None:
    talk = Conversation(["yes", "Sam Example", "No", "No", "Yes Example"])
    assert talk.asker.name("Full name? ") == "Sam Example"
    assert "Is “yes” a name?" in str(talk)
    # There are people who are called so.
    assert talk.asker.name("Full name? ") == "No"
    assert talk.asker.name("Full name? ") == "Yes Example"
