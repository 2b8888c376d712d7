"""Every copy as PDF, looked at in the file itself."""

import re
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from supportplan.documents.model import Document, Edition, Heading, Table
from supportplan.documents.pdf.layout import MARGIN, PAGE, layout_of
from supportplan.documents.pdf.render import Rendered, render_pdf
from supportplan.domain.costing import cost
from supportplan.domain.money import show
from supportplan.domain.plan import Plan
from tests.copies import EDITIONS, copy_of, said, texts
from tests.pdf_checkers import failures
from tests.plans import LONG_WORD, POLISH, WELSH, plan_of, sample_plan
from tests.tag_tree import tag_tree

GREEK, CYRILLIC, BENGALI, URDU = "Ελένη Παπαδοπούλου", "Оксана Ґалаґан", "প্রিয়া দাস", "عائشہ خان"
PLANS: dict[str, Plan] = {
    "the sample": sample_plan(),
    "one line": plan_of(1),
    "60 lines": plan_of(60),
    "words of 400 letters": plan_of(7, text=LONG_WORD, name=LONG_WORD),
    "Welsh and Polish": plan_of(8, text=f"{WELSH} {POLISH}", name=WELSH),
    "Greek": plan_of(4, name=GREEK),
    "Ukrainian": plan_of(4, name=CYRILLIC),
    "Bengali": plan_of(4, name=BENGALI),
    "Urdu": plan_of(4, name=URDU),
}
EACH = [(name, edition) for name in PLANS for edition in EDITIONS]
each = pytest.mark.parametrize(("name", "edition"), EACH, ids=str)
MONEY = re.compile(r"£[\d,]+\.\d\d")


@cache
def document(name: str, edition: Edition) -> Document:
    return copy_of(PLANS[name], edition)


@cache
def made(name: str, edition: Edition) -> Rendered:
    return render_pdf(document(name, edition))


@cache
def pages(name: str, edition: Edition) -> tuple[str, ...]:
    """The text of each page as a reader extracts it."""
    file = pypdfium2.PdfDocument(made(name, edition).pdf)
    return tuple(file[number].get_textpage().get_text_range() for number in range(len(file)))


# The checkers take seconds a file; the standard copy of every plan is given to them elsewhere.
CHECKED = [
    (name, edition)
    for name, edition in EACH
    if edition != "standard" and name in ("the sample", "one line", "words of 400 letters", "Urdu")
]


@pytest.mark.parametrize(("name", "edition"), CHECKED, ids=str)
def test_the_file_keeps_pdf_ua_1_and_pdf_a_3a(name: str, edition: Edition, tmp_path: Path) -> None:
    assert failures(made(name, edition).pdf, tmp_path) == []


@each
def test_no_amount_is_split_and_no_ordinary_word_is(name: str, edition: Edition) -> None:
    found = {token.strip("().,;:") for page in pages(name, edition) for token in page.split()}
    told = [text for text in said(document(name, edition)) if not any(one in text for one in (BENGALI, URDU))]
    for text in told:
        assert {one.strip("().,;:") for one in MONEY.findall(text)} <= found
        assert {word.strip("().,;:") for word in text.split() if len(word) < 20} <= found, text


@each
def test_nothing_is_overprinted_and_nothing_leaves_the_margins(name: str, edition: Edition) -> None:
    foot = PAGE[1] - layout_of(edition).foot
    with pdfplumber.open(BytesIO(made(name, edition).pdf)) as file:
        for page in file.pages[:12] + file.pages[-2:]:
            words = page.extract_words(use_text_flow=True)
            assert words
            for word in words:
                assert word["x0"] >= MARGIN - 0.5, word
                assert word["x1"] <= PAGE[0] - MARGIN + 0.5, word
                assert word["top"] >= MARGIN - 4, word
                assert word["bottom"] <= PAGE[1] - 20, word
                assert word["bottom"] <= foot + 4 or word["top"] >= foot + 8, word
            for one, other in combinations(sorted(words, key=lambda word: word["top"]), 2):
                assert not overprints(one, other), (page.page_number, one["text"], other["text"])


def overprints(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether the ink of two words meets; the fifth of a line above and below letters holds none."""
    rest = 0.2 * min(one["bottom"] - one["top"], other["bottom"] - other["top"])
    return (
        one["x0"] < other["x1"] - 0.5
        and other["x0"] < one["x1"] - 0.5
        and one["top"] < other["bottom"] - rest
        and other["top"] < one["bottom"] - rest
    )


@each
def test_headings_and_headers_are_tagged(name: str, edition: Edition) -> None:
    tree = tag_tree(made(name, edition).pdf)
    whole = document(name, edition)
    blocks = (*whole.blocks, *whole.last_page.totals)
    for level in (1, 2, 3):
        wanted = sum(isinstance(block, Heading) and block.level == level for block in whole.blocks)
        assert len(list(tree.all(f"H{level}"))) >= wanted
    tables = [block for block in blocks if isinstance(block, Table)]
    assert bool(tables) == (edition in ("standard", "letter"))
    tagged = list(tree.all("Table"))
    assert len(tagged) == len(tables)
    for table in tagged:
        (header,) = table.within[0].within
        assert {(cell.kind, cell.attributes["/Scope"]) for cell in header.within} == {("TH", "/Column")}
        for row in table.within[1].within:
            assert row.within[0].kind == "TH"
            assert row.within[0].attributes["/Scope"] == "/Row"


@pytest.mark.parametrize("edition", ["standard", "large_print", "easy_read"])
@pytest.mark.parametrize("name", PLANS)
def test_the_last_page_holds_the_totals_and_every_page_that_is_signed_does(
    name: str, edition: Edition
) -> None:
    totals = cost(PLANS[name]).totals
    signed = [page.split() for page in pages(name, edition) if re.search(r"Signature\s+Date", page)]
    assert signed[-1] == pages(name, edition)[-1].split()
    for page in signed:
        assert {show(figure) for figure in (totals.recurring, totals.one_off, totals.cash_value)} <= set(page)
    assert sum(page.count("Signature") for page in signed) == 3


@each
def test_letters_are_as_large_as_the_copy_promises(name: str, edition: Edition) -> None:
    least = {"standard": 12, "large_print": 18, "easy_read": 16, "letter": 12}[edition]
    with pdfplumber.open(BytesIO(made(name, edition).pdf)) as file:
        for page in file.pages[:6]:
            assert min(letter["size"] for letter in page.chars) >= least - 0.1


@pytest.mark.parametrize("name", PLANS)
def test_easy_read_is_at_most_20_pages(name: str) -> None:
    assert made(name, "easy_read").pages <= 20


@pytest.mark.parametrize(("lines", "letters"), [(30, 350), (40, 380), (30, 250), (60, 180), (12, 400)])
def test_easy_read_of_long_texts_is_at_most_20_pages(lines: int, letters: int) -> None:
    plan = plan_of(lines, text=LONG_WORD[:letters], name="Sam")
    assert render_pdf(copy_of(plan, "easy_read")).pages <= 20


def test_large_print_says_all_that_the_standard_copy_says() -> None:
    for name in PLANS:
        standard, large = document(name, "standard"), document(name, "large_print")
        told = " ".join(" ".join(said(large)).split())
        amounts = set(MONEY.findall(told))
        for text in texts((*standard.blocks, *standard.last_page.totals)):
            assert set(MONEY.findall(text)) <= amounts
        for support in PLANS[name].supports:
            assert " ".join(support.what.split()) in told
