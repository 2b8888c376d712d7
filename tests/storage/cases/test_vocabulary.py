from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from supportplan.domain.search_words import words_in, words_to_find
from supportplan.storage.cases.vocabulary import Vocabulary

LETTERS = "abcdefghijklmnoprstuwyzłß"
NAMES = st.text(LETTERS, min_size=5, max_size=14)


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str]:
    """A name, and the same with one letter wrong, missing, too many, or two that changed places."""
    name = draw(NAMES)
    place = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(LETTERS))
    slip = draw(st.sampled_from(["other", "missing", "extra", "swapped"]))
    typed = {
        "other": name[:place] + letter + name[place + 1 :],
        "missing": name[:place] + name[place + 1 :],
        "extra": name[:place] + letter + name[place:],
        "swapped": name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :],
    }[slip]
    return name, typed


@given(slip=slips(), others=st.lists(NAMES, max_size=8))
def test_one_slip_of_the_pen_is_forgiven(slip: tuple[str, str], others: list[str]) -> None:
    name, typed = slip
    vocabulary = Vocabulary([*others, *words_to_find(name)])
    assert any(f'"{word}"' in vocabulary.loosely(typed) for word in words_to_find(name))


@given(st.lists(NAMES, min_size=1, max_size=8), st.data())
def test_words_that_came_later_are_found_alike(names: list[str], data: st.DataObject) -> None:
    at_once, later = Vocabulary(names), Vocabulary(names[:1])
    later.add(names)
    typed = data.draw(st.sampled_from(names))
    for ask in ("strictly", "loosely"):
        assert set(getattr(later, ask)(typed).split()) == set(getattr(at_once, ask)(typed).split())


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_text_is_a_fault_in_the_query(typed: str) -> None:
    vocabulary = Vocabulary(words_in(typed))
    with closing(dbapi2.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'ascii')")
        connection.execute("INSERT INTO t VALUES (?)", (" ".join(words_in(typed)),))
        for query in (vocabulary.strictly(typed), vocabulary.loosely(typed)):
            if query:
                connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (query,)).fetchall()


def test_numbers_are_never_forgiven() -> None:
    vocabulary = Vocabulary(["1042", "swan", "kowalska"])
    assert vocabulary.loosely("1043") == '("1043"*)'
    assert vocabulary.loosely("kowalsca1043") == '("kowalska") AND ("1043"*)'


def test_a_short_word_forgives_less_than_a_long_one() -> None:
    vocabulary = Vocabulary(["kowalska", "jo", "tom"])
    assert "kowalska" in vocabulary.loosely("kovalskaa")
    assert vocabulary.loosely("ja") == '("ja"*)'
    assert "tom" not in vocabulary.loosely("tax")


def test_a_word_that_is_still_being_typed_wrongly_finds_those_it_may_become() -> None:
    assert '"kowalska"' in Vocabulary(["kowalska", "smith"]).loosely("zofia kowla"[6:])


def test_two_slips_near_both_ends_of_a_word_are_forgiven() -> None:
    assert Vocabulary(["wisniewska", "smith"]).loosely("wixniewxka") == '("wisniewska")'


@pytest.mark.parametrize(
    "word", ["tom", "anna", "kowal", "nowak", "wojcik", "stewart", "kowalska", "fernandez"]
)
def test_letters_that_changed_places_anywhere_are_forgiven(word: str) -> None:
    for place in range(1, len(word)):
        typed = word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
        assert f'"{word}"' in Vocabulary([word, "smith"]).loosely(typed), typed


def test_of_words_that_are_like_it_the_closest_are_kept() -> None:
    others = [f"kowal{first}{second}" for first in "abcde" for second in "xyz"]
    assert '"kowalska"' in Vocabulary([*others, "kowalska"]).loosely("kowalksa")


def test_a_word_that_comes_twice_is_one_word() -> None:
    assert Vocabulary(["kowalska"] * 60).strictly("kowal") == '("kowalska")'
