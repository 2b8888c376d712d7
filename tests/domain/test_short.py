"""What somebody wrote fits its line, and steers nothing."""

from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.short import printable, shortened


def test_a_text_is_put_on_one_line_and_cut_with_a_sign() -> None:
    assert shortened("a\nb  c", 5) == "a b c"
    assert shortened("abcdef", 5) == "abcd…"
    assert shortened("abc def", 5) == "abc…"


@given(st.text(), st.integers(1, 20))
def test_a_text_is_never_longer_than_its_place(text: str, most: int) -> None:
    found = shortened(text, most)
    assert len(found) <= most
    assert found == " ".join(found.split())


@given(st.text())
def test_nothing_that_is_shown_steers_a_terminal(text: str) -> None:
    found = printable(text)
    assert found.replace("\u200c", "").isprintable()
    assert len(found) <= len(text)
    assert printable(found) == found


def test_what_parts_or_joins_letters_makes_no_gap_between_them() -> None:
    assert printable("مهدی\u200cزاده") == "مهدی\u200cزاده"
    assert printable("शर्\u200dमा") == "शर्मा"
    assert printable("a\u200c b\u200d") == "a  b "


def test_what_cannot_be_shown_may_be_made_to_show() -> None:
    assert printable("a\x1b[2J\n", "?") == "a?[2J?"
