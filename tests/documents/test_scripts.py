"""Names and texts in scripts whose letters change with their neighbours, or that are written from right to left."""

import re
import subprocess
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.documents.model import Document, LastPage, Paragraph
from supportplan.documents.pdf.directions import begins_leftward, visual_runs
from supportplan.documents.pdf.layout import STANDARD
from supportplan.documents.pdf.letters import BOLD, REGULAR, is_shaped, lacking, runs
from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.pdf.shaping import ShapedText, shaped_line
from supportplan.documents.plan.document import plan_document
from supportplan.domain.costing import cost
from supportplan.domain.payments import calendar
from tests.plans import plan_of
from tests.tag_tree import tag_tree

NAMES = {
    "Urdu": "محمد علی خان",
    "Arabic": "فاطمة الزهراء",
    "Persian": "پژمان گلی\N{ZERO WIDTH NON-JOINER}زاده",
    "Bengali": "সিয়ান খাতুন",
    "Hindi": "कृष्णा शर्मा",
    "Panjabi": "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "Gujarati": "કૃષ્ણા પટેલ",
    "Tamil": "ஸ்ரீகாந்த் முருகன்",
    "Hebrew": "רחל כהן",
}
LEFTWARD = ("Urdu", "Arabic", "Persian", "Hebrew")
each_script = pytest.mark.parametrize("script", NAMES)
# Marks by which pdftotext says where it has turned text round.
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")


@cache
def document(name: str, text: str = "Swimming with friends") -> Document:
    plan = plan_of(2, name=name, text=text)
    costing = cost(plan)
    return plan_document(plan, costing, calendar(plan, costing))


@cache
def made(name: str) -> bytes:
    return render_pdf(document(name)).pdf


def told(pdf: bytes, *options: str) -> str:
    """What pdftotext takes from the pages, by their text and what is said instead of it."""
    read = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return _TURNED.sub("", read.stdout.decode())


@each_script
def test_a_name_can_be_taken_from_the_page_as_it_was_typed(script: str) -> None:
    # Joiners have no ink: who takes text from a page never gets them.
    name = NAMES[script].replace("\N{ZERO WIDTH NON-JOINER}", "")
    words = set(told(made(NAMES[script])).replace("\N{ZERO WIDTH NON-JOINER}", "").split())
    assert set(name.split()) <= words


@pytest.mark.parametrize("script", LEFTWARD)
def test_words_that_are_written_from_the_right_stand_so(script: str) -> None:
    words = NAMES[script].replace("\N{ZERO WIDTH NON-JOINER}", "").split()
    found = re.findall(r'<word xMin="([\d.]+)".*?>(.*?)</word>', told(made(NAMES[script]), "-bbox"))
    boxes = [(float(left), word.replace("\N{ZERO WIDTH NON-JOINER}", "")) for left, word in found]
    # In a list of places, words are as they stand: their letters from left to right.
    first, last = (
        next(left for left, found in boxes if found in (word, word[::-1])) for word in (words[0], words[-1])
    )
    assert first > last


@each_script
def test_the_tags_say_what_is_read_in_the_order_it_is_read(script: str) -> None:
    heading = next(tag_tree(made(NAMES[script])).all("H1"))
    said = heading.attributes.get("/ActualText")
    assert said == (f"Support plan for {NAMES[script]}" if script in LEFTWARD else None)


@pytest.mark.parametrize(
    ("text", "glyphs"),
    [
        # Two letters and the sign that joins them are one shape.
        ("ক্ষ", 1),
        ("क्ष", 1),
    ],
)
def test_letters_that_become_one_shape_are_one(text: str, glyphs: int) -> None:
    assert sum(len(piece.glyphs) for piece in shaped_line(text, REGULAR)) == glyphs


def test_a_sign_that_keeps_letters_apart_is_heeded_and_not_drawn() -> None:
    (joined,), (apart,) = (shaped_line(text, REGULAR) for text in ("لا", "ل\N{ZERO WIDTH NON-JOINER}ا"))
    assert len(apart.glyphs) == 2
    assert {glyph.sign for glyph in joined.glyphs} != {glyph.sign for glyph in apart.glyphs}


def test_a_letter_has_another_shape_at_the_beginning_within_and_at_the_end_of_a_word() -> None:
    (piece,) = shaped_line("ههه", REGULAR)
    (alone,) = shaped_line("ه", REGULAR)
    signs = {glyph.sign for glyph in (*piece.glyphs, *alone.glyphs)}
    assert len(signs) == 4
    # Drawn from left to right, and each says for what it stands.
    assert [glyph.reads for glyph in piece.glyphs] == ["ه", "ه", "ه"]


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
@each_script
def test_every_letter_of_a_name_has_a_font(script: str, weight: str) -> None:
    assert lacking(document(NAMES[script])) == ()
    assert "\ufffd" not in "".join(text for text, _ in runs(NAMES[script], weight))


def test_what_no_font_has_is_known_before_anything_is_drawn() -> None:
    found = document("李 小龙", "Dinner with 李 and \U0001f600, ᐃᓄᒃ")
    assert lacking(found) == render_pdf(found).lacking == tuple(sorted("李小龙\U0001f600ᐃᓄᒃ"))
    assert told(render_pdf(found).pdf).count("\ufffd") >= 3


def order(line: str, *, leftward: bool = False) -> str:
    """A line as it stands on the page from left to right."""
    return "".join(
        line[run.start : run.end][:: -1 if run.leftward else 1]
        for run in visual_runs(line, leftward=leftward)
    )


@pytest.mark.parametrize(
    ("line", "leftward", "stands"),
    [
        ("plain words, 25% of £1", False, "plain words, 25% of £1"),
        ("אבג", False, "גבא"),
        ("for אבג דהו here", False, "for והד גבא here"),
        ("אבג Tom דהו", True, "והד Tom גבא"),
        # Numbers are read from the left among letters that are not.
        ("אבג 12 דהו", True, "והד 12 גבא"),
        ("אבג 1,250.50 דהו", True, "והד 1,250.50 גבא"),
        # Brackets belong to the text that they stand in, also where what is in them is of another direction.
        ("to (אבג) 25, then", False, "to (גבא) 25, then"),
        ("אבג (Tom) דהו", True, "והד )Tom( גבא"),
        # A sign at the end ends the text, on its side.
        ("אבג!", True, "!גבא"),
        ("אבג!", False, "גבא!"),
    ],
)
def test_a_line_stands_in_the_order_that_unicode_says(line: str, leftward: bool, stands: str) -> None:
    assert order(line, leftward=leftward) == stands


@given(st.text(st.sampled_from("ab אבمح12.,()[]%-\u0301"), max_size=30), st.booleans())
def test_every_letter_of_a_line_stands_on_it_once(line: str, leftward: bool) -> None:
    places = [place for run in visual_runs(line, leftward=leftward) for place in range(run.start, run.end)]
    assert sorted(places) == list(range(len(line)))


@given(st.text(st.sampled_from("abc 12,.()"), max_size=30))
def test_a_text_without_letters_from_the_right_is_left_as_it_is(line: str) -> None:
    assert order(line) == line
    assert not begins_leftward(line)
    assert not is_shaped(line)


@given(st.text(st.sampled_from("سلامমাটি ক্ab"), min_size=1, max_size=200), st.integers(40, 400))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, width: int) -> None:
    laid_out = ShapedText(text, STANDARD.body)
    # The style leaves room at the right, so that lines are not too long to read.
    laid_out.wrap(width + STANDARD.body.rightIndent)
    lines = laid_out._lines
    assert all(line.width * STANDARD.body.fontSize / 1000 <= width + 0.01 for line in lines)
    read = "".join(piece.text for line in lines for piece in line.pieces)
    assert sorted(read.replace(" ", "")) == sorted(text.replace(" ", ""))


def test_a_name_stands_over_the_english_words_about_it_and_a_text_at_its_right() -> None:
    def lefts(text: str) -> list[float]:
        laid_out = ShapedText(text, STANDARD.words)
        laid_out.wrap(200)
        return [laid_out._left(line) for line in laid_out._lines]

    name = NAMES["Urdu"]
    assert lefts(f"{name}\nAgency") == [0, 0]
    assert lefts(name) == [0]
    assert all(left > 0 for left in lefts(f"{name}\n{name}"))
    *running, english = lefts(f"{name} {name} {name} {name}\nAgency")
    assert len(running) > 1
    assert all(left > 0 for left in running)
    assert english == 0


def test_a_long_text_goes_on_on_the_next_page_and_none_of_it_is_lost() -> None:
    sentence = "میں ہر ہفتے اپنے دوستوں کے ساتھ تیراکی کرنا چاہتا ہوں۔ "
    whole = Document(
        title="T",
        language="en-GB",
        subject="",
        author="",
        person="Sam",
        version="1",
        blocks=(Paragraph(sentence * 120),),
        last_page=LastPage((), ()),
    )
    found = render_pdf(whole)
    assert found.pages > 2
    assert told(found.pdf).count("تیراکی") == 120
    (paragraph,) = tag_tree(found.pdf).within
    assert paragraph.attributes["/ActualText"] == sentence * 120
