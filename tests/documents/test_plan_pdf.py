"""The standard copy, looked at in the file itself."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import combinations
from typing import NamedTuple

import msgspec
import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics

from supportplan.documents.model import Cell, Column, Document, LastPage, Row, SignatureField, Table
from supportplan.documents.pdf.columns import column_widths
from supportplan.documents.pdf.fonts import Typesetter, load_fonts
from supportplan.documents.pdf.layout import MARGIN, PAGE, STANDARD, WIDTH
from supportplan.documents.pdf.letters import BOLD, LACKING, REGULAR, runs
from supportplan.documents.pdf.render import Rendered, render_pdf
from supportplan.documents.plan.document import plan_document
from supportplan.documents.plan.words import PlanFacts, Signer
from supportplan.domain.canonical import digest
from supportplan.domain.costing import cost
from supportplan.domain.money import show
from supportplan.domain.payments import calendar
from supportplan.domain.plan import Plan
from supportplan.domain.problems import CannotWrite
from tests.plans import LONG_WORD, MARKUP, POLISH, WELSH, document_of, plan_from, plan_of, sample_plan
from tests.random_plans import plans

LONG_TEXT = ("All of it in my own words, and nothing cut. " * 300)[:10_000]
UKRAINIAN = "Оксана Ґалаґан, Ελένη, Nguyễn Thị"


def rendered(plan: Plan, facts: PlanFacts | None = None) -> Rendered:
    costing = cost(plan)
    return render_pdf(plan_document(plan, costing, calendar(plan, costing), facts))


PLANS: dict[str, Plan] = {
    "the sample": sample_plan(),
    "no support": plan_of(0),
    "one line": plan_of(1),
    "60 lines": plan_of(60),
    "long words": plan_of(7, text=LONG_WORD, name=LONG_WORD),
    "long texts": plan_of(2, text=LONG_TEXT),
    "Welsh and Polish": plan_of(8, text=f"{WELSH} {POLISH}", name=WELSH),
    "other alphabets": plan_of(8, text=UKRAINIAN, name=UKRAINIAN),
    "what looks like markup": plan_of(8, text=MARKUP, name=MARKUP),
    "very large amounts": plan_of(14, rate="1000000.00"),
}
each_plan = pytest.mark.parametrize("name", PLANS)


@cache
def made(name: str) -> Rendered:
    return rendered(PLANS[name])


@cache
def pages(name: str) -> tuple[str, ...]:
    """The text of each page as a reader extracts it."""
    document = pypdfium2.PdfDocument(made(name).pdf)
    return tuple(document[number].get_textpage().get_text_range() for number in range(len(document)))


def flat(text: str) -> str:
    return " ".join(text.split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def amounts(plan: Plan) -> Iterator[str]:
    """Every amount of the costing, as it is printed."""
    costing = cost(plan)
    for line in costing.lines:
        if line.paid_by != "nobody":
            yield show(line.amount)
            yield show(
                line.per_period if line.per_period is not None and line.paid_by == "budget" else line.amount
            )
    yield from (
        show(figure) for figure in (costing.totals.contingency, costing.contribution.result, costing.net)
    )
    yield from (show(payment.amount) for payment in calendar(plan, costing))


@each_plan
def test_the_last_page_holds_the_totals_and_the_places_to_sign(name: str) -> None:
    totals = cost(PLANS[name]).totals
    last = flat(pages(name)[-1])
    for words, figure in (
        ("Recurring for 1 September 2026 to 31 August 2027", None),
        ("One-off paid once", None),
        ("Cash value of the Individual Budget", totals.cash_value),
        ("Total budget", totals.total_budget),
    ):
        assert words in re.sub(r" £[\d,.]+", "", last)
        assert figure is None or show(figure) in last.split()
    for figure in (totals.recurring, totals.one_off, totals.in_house_value):
        assert show(figure) in last.split()
    assert len(re.findall(r"Signature Date", last)) == 3


@each_plan
def test_no_amount_is_ever_split(name: str) -> None:
    tokens = {token.strip("();:,") for page in pages(name) for token in page.split()}
    assert set(amounts(PLANS[name])) <= tokens


@each_plan
def test_all_that_people_wrote_is_printed_as_they_typed_it(name: str) -> None:
    whole = squeezed("".join(re.sub(r"[^\n]*Page \d+ of \d+", "", page) for page in pages(name)))
    plan = PLANS[name]
    for text in (plan.person.name, plan.person.about, *(outcome.text for outcome in plan.outcomes)):
        # A text over several pages has the feet of those pages within it in the extracted order.
        assert squeezed(text)[:1500] in whole


@each_plan
def test_each_page_says_whose_plan_it_is_and_which_page_of_how_many(name: str) -> None:
    found = pages(name)
    assert len(found) == made(name).pages
    costing = cost(PLANS[name])
    document = plan_document(PLANS[name], costing, calendar(PLANS[name], costing))
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in flat(page)
        assert squeezed(f"{document.person} · {document.version}") in squeezed(page)


class Word(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overprints(self, other: "Word") -> bool:
        """Whether the ink of two words meets; the fifth of a line above and below letters holds none."""
        rest = 0.2 * min(self.bottom - self.top, other.bottom - other.top)
        return (
            self.left < other.right - 0.5
            and other.left < self.right - 0.5
            and self.top < other.bottom - rest
            and other.top < self.bottom - rest
        )


@pytest.mark.parametrize(
    "name",
    [
        "the sample",
        "no support",
        "long words",
        "what looks like markup",
        "other alphabets",
        "very large amounts",
    ],
)
def test_nothing_is_overprinted_and_nothing_leaves_the_margins(name: str) -> None:
    with pdfplumber.open(BytesIO(made(name).pdf)) as document:
        for page in document.pages:
            words = [
                Word(word["text"], word["x0"], word["top"], word["x1"], word["bottom"])
                for word in page.extract_words(keep_blank_chars=False, use_text_flow=True)
            ]
            assert words
            for word in words:
                assert word.left >= MARGIN - 0.5, word
                assert word.right <= PAGE[0] - MARGIN + 0.5, word
                assert word.top >= MARGIN - 4, word
                assert word.bottom <= PAGE[1] - 20, word
                assert (
                    "of" in word.text
                    or word.bottom <= PAGE[1] - STANDARD.foot + 4
                    or word.top >= PAGE[1] - STANDARD.foot + 10
                ), word
            words.sort(key=lambda word: word.top)
            for one, other in combinations(words, 2):
                assert not one.overprints(other), (page.page_number, one, other)


def test_who_has_signed_stands_on_the_line_and_the_others_have_theirs_to_sign_on() -> None:
    facts = PlanFacts(
        signers=(
            Signer("person", "The person", signed=f"Jo {WELSH}, by typed name", on=date(2026, 11, 26)),
            Signer("approver", "For the council"),
        )
    )
    with pdfplumber.open(BytesIO(rendered(sample_plan(), facts).pdf)) as pdf:
        words = pdf.pages[-1].extract_words(keep_blank_chars=True)
    (by,) = (one for one in words if one["text"] == f"Jo {WELSH}, by typed name")
    (on,) = (one for one in words if one["text"] == "26 November 2026")
    first, second = (one for one in words if one["text"] == "Signature")
    assert abs(by["bottom"] - on["bottom"]) < 1
    assert by["x0"] == pytest.approx(first["x0"], abs=1)
    assert by["bottom"] < first["top"] < second["top"]


def test_a_header_is_on_each_page_of_a_table_and_rows_stay_whole() -> None:
    working = [flat(page) for page in pages("60 lines") if "Price off the schedule" in page]
    assert len(working) > 3
    for page in working:
        assert "What The sum" in page
    for number in range(1, 61):
        if PLANS["60 lines"].supports[number - 1].paid_by != "nobody":
            assert (
                sum(
                    bool(
                        re.search(
                            rf"Swimming with friends {number} [\d.]+ hours? x|Swimming with friends {number} £",
                            page,
                        )
                    )
                    for page in working
                )
                == 1
            )


def test_a_long_word_breaks_inside_its_cell() -> None:
    assert squeezed(LONG_WORD) in squeezed("".join(pages("long words")))
    with pdfplumber.open(BytesIO(made("long words").pdf)) as document:
        longest = max(word["x1"] - word["x0"] for page in document.pages for word in page.extract_words())
    assert longest <= 150 * mm + 0.5


def test_what_looks_like_markup_is_printed_as_typed() -> None:
    whole = flat("\n".join(pages("what looks like markup")))
    assert MARKUP in whole


def test_characters_without_a_glyph_are_shown_as_one_and_reported() -> None:
    found = rendered(plan_of(1, text="Lunch 😀 with 李 and\u200bIeuan\N{ZERO WIDTH JOINER}"))
    assert found.lacking == ("李", "😀")
    document = pypdfium2.PdfDocument(found.pdf)
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    assert f"Lunch {LACKING} with {LACKING} andIeuan" in text
    for name in PLANS:
        assert made(name).lacking == ()


@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_the_font_itself_has_all_welsh_and_polish_letters_and_its_figures_are_of_one_width(font: str) -> None:
    load_fonts()
    for letters in ("âêîôûŵŷáéíóúẃýàèìòùẁỳäëïöüẅÿ", "ąćęłńóśźż"):
        both = letters + letters.upper()
        assert runs(both, font) == [(both, font)]
    assert len({pdfmetrics.stringWidth(figure, font, 10) for figure in "0123456789"}) == 1


def test_accents_typed_as_marks_are_composed_and_line_breaks_kept() -> None:
    found = Typesetter().fragments("Wy\u0302n\r\nŁ", STANDARD.body)
    assert [piece.text for piece in found] == ["W\N{LATIN SMALL LETTER Y WITH CIRCUMFLEX}n", "", "Ł"]
    assert [hasattr(piece, "lineBreak") for piece in found] == [False, True, False]


def test_the_same_plan_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.documents.test_plan_pdf import rendered; from tests.plans import sample_plan; "
        "print(hashlib.sha256(rendered(sample_plan()).pdf).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert other.stdout.strip() == digest(made("the sample").pdf) == digest(rendered(sample_plan()).pdf)


def test_the_file_says_its_title_and_language_and_holds_its_fonts() -> None:
    reader = PdfReader(BytesIO(made("the sample").pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Support plan for Sam Example"
    assert str(reader.root_object["/Lang"]) == "en-GB"
    viewer = reader.root_object["/ViewerPreferences"]
    assert isinstance(viewer, DictionaryObject)
    assert str(viewer["/DisplayDocTitle"]) == "True"
    held = [font for page in reader.pages for font in embeddable(page) if "/FontDescriptor" in font]
    assert held
    for font in held:
        descriptor = font["/FontDescriptor"]
        assert isinstance(descriptor, DictionaryObject)
        assert "/FontFile2" in descriptor
    assert not any("Helvetica" in name for name in used_fonts(reader))


def embeddable(page: PageObject) -> Iterator[DictionaryObject]:
    """The fonts that a page may use."""
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"]
    assert isinstance(fonts, DictionaryObject)
    for name in fonts:
        font = fonts[name]
        assert isinstance(font, DictionaryObject)
        yield font


def used_fonts(reader: PdfReader) -> set[str]:
    """The fonts that the pages' words are set in."""
    found: set[str] = set()
    for page in reader.pages:
        page.extract_text(
            visitor_text=lambda _text, _cm, _tm, font, _size: found.add(str((font or {}).get("/BaseFont")))
        )
    return found - {"None"}


def test_the_outline_leads_to_each_part() -> None:
    reader = PdfReader(BytesIO(made("the sample").pdf))

    def titles(entries: list[object]) -> Iterator[str]:
        for entry in entries:
            if isinstance(entry, list):
                yield from titles(entry)
            else:
                yield str(getattr(entry, "title", ""))

    found = list(titles(list(reader.outline)))
    assert found[0] == "Support plan for Sam Example"
    assert "What it costs" in found
    assert found[-1] == "The totals, and who agrees to them"


def test_a_heading_that_needs_more_than_a_page_is_still_in_the_outline() -> None:
    plan = sample_plan()
    named = msgspec.structs.replace(plan, person=msgspec.structs.replace(plan.person, name=LONG_TEXT))
    reader = PdfReader(BytesIO(rendered(named, PlanFacts()).pdf))
    assert str(getattr(reader.outline[0], "title", "")).startswith("Support plan for All of it")


def test_where_signers_are_many_each_of_their_pages_has_the_totals() -> None:
    signers = tuple(
        Signer(f"role{number}", f"Signer number {number}", "Name of " * 40) for number in range(12)
    )
    document = pypdfium2.PdfDocument(rendered(sample_plan(), PlanFacts(signers=signers)).pdf)
    found = [flat(document[number].get_textpage().get_text_range()) for number in range(len(document))]
    signed = [page for page in found if "Signature Date" in page]
    assert len(signed) > 1
    assert found[-len(signed) :] == signed
    assert sum(page.count("Signature Date") for page in signed) == 12
    for page in signed:
        assert "£11,731.26" in page
        assert "£13,891.26" in page
    assert "Total budget" in flat(found[-1])


def a_table(amount: str) -> Document:
    table = Table(
        "T",
        (Column("What"), Column("One", "amount"), Column("Two", "amount"), Column("Three", "amount")),
        (Row((Cell("a"), *(Cell(amount),) * 3)),),
    )
    return Document(
        title="T",
        language="en-GB",
        subject="",
        author="",
        person="Sam",
        version="1",
        blocks=(table,),
        last_page=LastPage((), (SignatureField("Sam"),)),
    )


def test_amounts_get_the_room_they_need_and_words_the_rest() -> None:
    for amount in (Decimal("0.01"), Decimal("1000000000.00")):
        table = a_table(show(amount)).blocks[0]
        assert isinstance(table, Table)
        widths = column_widths(table, Typesetter(), STANDARD)
        assert sum(widths) == pytest.approx(WIDTH)
        assert min(widths[1:]) > pdfmetrics.stringWidth(show(amount), BOLD, 12) + 10


def test_an_amount_that_no_page_holds_is_refused_and_never_split() -> None:
    with pytest.raises(CannotWrite, match="too long for the width") as caught:
        render_pdf(a_table(show(Decimal("9" * 25))))
    assert "9" not in str(caught.value)


def test_the_largest_figures_a_plan_can_hold_are_printed_whole() -> None:
    raw = document_of(3)
    for support in raw["supports"]:
        support |= {"quantity": "1000000", "staff": 1000, "people": 1}
        support["rate"]["amount"] = "1000000"
    plan = plan_from(raw)
    document = pypdfium2.PdfDocument(rendered(plan).pdf)
    tokens = {
        token
        for number in range(len(document))
        for token in document[number].get_textpage().get_text_range().split()
    }
    assert show(cost(plan).totals.cash_value) in tokens
    assert {show(line.amount) for line in cost(plan).lines} <= tokens


@settings(max_examples=15)
@given(plans())
def test_any_plan_can_be_printed_with_its_totals_on_the_last_page(plan: Plan) -> None:
    found = rendered(plan)
    document = pypdfium2.PdfDocument(found.pdf)
    last = document[len(document) - 1].get_textpage().get_text_range().split()
    totals = cost(plan).totals
    assert {show(figure, plan.money) for figure in (totals.cash_value, totals.total_budget)} <= set(last)
