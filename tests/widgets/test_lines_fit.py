"""Lines have the width they were given, whatever people type; and a figure at the right is never cut."""

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from supportplan.widgets.lines import ELLIPSIS, beside, fitted, typed

# Letters with accents put on by themselves, letters two columns wide, letters that run from right to left, joiners.
_SIGNS = "ab [/]£" + "e\u0301n\u0303" + "漢字カナ" + "שלוםمرحبا" + "\u200d\u200b\ufe0f" + "\x1b\x07\t\n\r\x9b"
WORDS = st.text(st.sampled_from(_SIGNS), max_size=40) | st.text(max_size=40)


@given(WORDS, st.integers(0, 60))
def test_a_line_is_as_wide_as_its_place(words: str, width: int) -> None:
    line = fitted(typed(words), width)
    assert line.cell_length == width
    assert "\n" not in line.plain


@given(WORDS, st.integers(1, 60))
def test_what_fits_is_not_cut_and_what_is_cut_says_so(words: str, width: int) -> None:
    whole, line = typed(words), fitted(typed(words), width)
    if whole.cell_length <= width:
        assert line.plain == whole.plain + " " * (width - whole.cell_length)
    else:
        assert ELLIPSIS in line.plain


@given(WORDS, st.sampled_from(["£1.00", "£12,345.67", "-£3.10"]), st.integers(12, 80))
def test_the_figure_at_the_right_stays_whole(words: str, figure: str, width: int) -> None:
    line = beside(typed(words), Content(figure), width)
    assert line.cell_length == width
    assert line.plain.endswith(figure)


@given(WORDS, WORDS, st.integers(0, 30))
def test_two_texts_are_never_wider_than_their_line(left: str, right: str, width: int) -> None:
    assert beside(typed(left), typed(right), width).cell_length == width


@given(st.text())
def test_no_sign_that_steers_a_terminal_gets_through(words: str) -> None:
    shown = typed(words).plain
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in shown)


def test_words_that_look_like_markup_stay_as_they_were_typed() -> None:
    for words in ("[/]", "[red]", "a [bold]b[/bold]", "[@click=app.leave]x[/]", r"\[", "$error"):
        assert typed(words).plain == words
        assert not typed(words).spans


def test_a_wide_letter_is_not_halved() -> None:
    assert fitted(typed("漢字漢字"), 4).plain == "漢 …"
    assert fitted(typed("漢字"), 4).plain == "漢字"
    assert fitted(typed("漢"), 3).plain == "漢 "


def test_an_accent_that_was_typed_by_itself_stays_on_its_letter() -> None:
    assert fitted(typed("Zoe\u0308 B"), 8).plain == "Zoe\u0308 B   "
    assert fitted(typed("Zoe\u0308 Brown"), 4).plain.startswith("Zoe\u0308")


def test_words_from_right_to_left_keep_their_order() -> None:
    assert fitted(typed("שלום"), 6).plain == "שלום  "
