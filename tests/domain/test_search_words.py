"""One way to split a text into words for every search."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.search_words import is_number, with_single_letters, words_in, words_to_find

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Siobhán O'Connor-ŚWIT C_1042", ("siobhan", "o", "connor", "swit", "c", "1042")),
        ("Strauß STRAUẞ Strauss", ("strauss",) * 3),
        (
            "Łukasz Ørsted Đorđe Æsa Þór Işık İpek",
            ("lukasz", "orsted", "dorde", "aesa", "thor", "isik", "ipek"),
        ),
        ("Ελένη ΕΛΈΝΗΣ Ελένης", ("ελενη", "ελενησ", "ελενησ")),
        ("e\u0301 é", ("e", "e")),
        ("गुरप्रीत ਗੁਰਪ੍ਰੀਤ", ("गुरप्रीत", "ਗੁਰਪ੍ਰੀਤ")),
        ("مُحَمَّد", ("محمد",)),
        ("Oʼx O’x Oʻx O´x", ("o", "x") * 4),
        ("so\u00adft jo\u200din", ("soft", "join")),
        ("ﬁne Ｓａｍ ½", ("fine", "sam", "1", "2")),
        ("김지민", ("김지민",)),
        ("🙂 -_*", ()),
        ("C1042 C-1042 é2", ("c", "1042", "c", "1042", "e", "2")),
    ],
)
def test_a_text_is_split_into_plain_words(text: str, words: tuple[str, ...]) -> None:
    assert words_in(text) == words


@given(TEXTS)
def test_split_words_stay_as_they_are(text: str) -> None:
    words = words_in(text)
    assert words_in(" ".join(words)) == words
    assert all(word == word.casefold() and word.split() == [word] for word in words)
    assert all(is_number(word) or not any(map(is_number, word)) for word in words)


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_plain_text_is_split_by_the_same_rule_as_any_other(text: str) -> None:
    assert words_in(f"{text} é") == (*words_in(text), "e")


@given(TEXTS)
def test_a_text_is_found_under_each_of_its_words(text: str) -> None:
    assert set(words_in(text)) <= set(words_to_find(text))
    assert len(words_in(with_single_letters(text))) == len(words_in(text))


def test_words_that_only_a_sign_parts_are_one_word_too() -> None:
    assert words_to_find("Mary O'Brien, C-1042") == ("mary", "o", "brien", "obrien", "c", "1042")
    assert words_to_find("485-777 3456") == ("485", "777", "485777", "3456")
    assert words_to_find("Weiß") == ("weiss", "weis")
    assert words_to_find("") == ()


@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_texts_side_by_side_have_the_words_of_each(texts: list[str]) -> None:
    for one, other in pairwise(texts):
        assert words_in(f"{one} {other}") == (*words_in(one), *words_in(other))
