"""What stands beside something else on a page: amounts, signatures, letters of two scripts, a seal and a heading."""

from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest
from msgspec.structs import replace

from supportplan.documents.model import Edition, Heading, Paragraph
from supportplan.documents.pdf.layout import MARGIN, PAGE, SEAL_ABOVE, layout_of
from supportplan.documents.pdf.letters import REGULAR, enlarged, face
from supportplan.documents.pdf.render import evenly, render_pdf
from supportplan.documents.plan.letter import Decided, decision_letter
from supportplan.documents.plan.words import Signer
from tests.copies import FACTS, a_decision, copy_of, source_of
from tests.plans import sample_plan
from tests.signatures import drawn


def words_of(pdf: bytes) -> list[list[dict[str, Any]]]:
    """The words of each page, with where they stand."""
    with pdfplumber.open(BytesIO(pdf)) as file:
        return [page.extract_words(extra_attrs=["size"]) for page in file.pages]


@pytest.mark.parametrize(
    ("heights", "shared"),
    [
        ([100] * 7, [3, 2, 2]),
        ([100] * 3, [3]),
        ([100] * 4, [2, 2]),
        ([140, 100, 100, 100, 100, 100, 100], [2, 3, 2]),
        ([300, 10, 10, 10], [1, 3]),
        ([400], [1]),
        ([], []),
    ],
)
def test_signatures_are_shared_out_evenly_where_they_fit(heights: list[float], shared: list[int]) -> None:
    assert evenly(heights, 300) == shared


@pytest.mark.parametrize("edition", ["large_print", "easy_read"])
def test_seven_sign_on_pages_of_about_as_many(edition: Edition) -> None:
    signers = tuple(Signer(f"role-{place}", "Social worker") for place in range(7))
    pages = words_of(render_pdf(copy_of(sample_plan(), edition, replace(FACTS, signers=signers))).pdf)
    counts = [sum(word["text"] == "Signature" for word in page) for page in pages]
    signed = [count for count in counts if count]
    assert sum(signed) == 7
    assert max(signed) - min(signed) <= 1


@pytest.mark.parametrize("edition", ["standard", "large_print", "easy_read"])
def test_a_drawn_signature_touches_neither_the_name_nor_the_line(edition: Edition) -> None:
    signer = Signer(
        "family", "Parent or carer", signed="Sam Example, drawn", on=FACTS.prepared_on, drawing=drawn()
    )
    pdf = render_pdf(copy_of(sample_plan(), edition, replace(FACTS, signers=(signer,)))).pdf
    with pdfplumber.open(BytesIO(pdf)) as file:
        page = file.pages[-1]
        (role,) = page.search("Parent or carer")
        (label,) = page.search("Signature: Sam Example, drawn")
        strokes = [curve for curve in page.curves if role["top"] < curve["top"] < label["bottom"]]
        assert strokes
        assert min(curve["top"] for curve in strokes) > role["bottom"] + 2
        assert max(curve["bottom"] for curve in strokes) < label["top"] - 2


def test_amounts_beside_one_another_stand_well_apart() -> None:
    pages = words_of(render_pdf(copy_of(sample_plan(), "letter")).pdf)
    amounts = [word for page in pages for word in page if word["text"].startswith("£")]
    beside = [
        after["x0"] - before["x1"]
        for before, after in pairwise(amounts)
        if abs(before["top"] - after["top"]) < 2 and after["x0"] > before["x1"]
    ]
    assert min(beside) >= 12


def test_what_was_asked_for_in_a_plan_sent_back_comes_after_what_can_be_done() -> None:
    decided = Decided(decision=a_decision(verdict="returned"), asked=source_of(sample_plan()), agreed=None)
    letter = decision_letter(decided)
    titles = [block.text for block in letter.blocks if isinstance(block, Heading) and block.level == 2]
    assert titles[-1] == "What was asked for"
    pages = words_of(render_pdf(letter).pdf)
    foot = PAGE[1] - layout_of("letter").foot
    assert max(word["bottom"] for word in pages[0] if word["bottom"] < foot) > foot * 0.8
    (whole,) = (page for page in pages if "Contingency" in [word["text"] for word in page])
    assert "Laptop" in [word["text"] for word in whole]


def test_a_role_stands_within_a_sentence() -> None:
    of = sample_plan()
    decided = Decided(
        decision=a_decision(verdict="refused", role="The council's team"), asked=source_of(of), agreed=None
    )
    said = [block.text for block in decision_letter(decided).blocks if isinstance(block, Paragraph)]
    assert "Who decided: Mair Morgan, the council's team, on 26 November 2026." in said


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_arabic_letters_are_as_large_as_the_letters_beside_them(weight: str) -> None:
    from uharfbuzz import Font

    def height(letter: str, font: str) -> float:
        opened = Font(face(font))
        return float(
            opened.get_glyph_extents(opened.get_nominal_glyph(ord(letter))).y_bearing / face(font).upem
        )

    arabic = f"NotoNaskhArabic-{weight}"
    by = enlarged(arabic)
    assert by * height("\N{ARABIC LETTER NOON}", arabic) >= height("x", REGULAR) * 0.99
    # Its tallest letter still has room in a line.
    assert by * height("\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}", arabic) < 1.18
    assert enlarged("NotoSansBengali-Regular") == 1


def test_the_seal_is_clear_of_the_heading() -> None:
    page = words_of(render_pdf(copy_of(sample_plan(), "standard")).pdf)[-1]
    assert min(word["top"] for word in page) - (MARGIN - SEAL_ABOVE) >= 8
