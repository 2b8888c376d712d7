"""Drawn signatures on the page: in their box whatever was drawn, seen as ink, and beside who drew them."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from PIL import Image
from reportlab.lib.units import mm

from supportplan.documents.pdf.ink_strokes import LINE_WIDTH, curve_operators
from supportplan.documents.pdf.layout import AROUND_DRAWING, MARGIN, PAGE, STANDARD
from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.plan.document import plan_document
from supportplan.documents.plan.words import PlanFacts, Signer
from supportplan.documents.text import render_text
from supportplan.domain.cases.drawing import Drawing
from supportplan.domain.costing import cost
from supportplan.domain.payments import calendar
from tests.domain.test_drawing import drawings
from tests.pdf_checkers import failures
from tests.plans import sample_plan
from tests.signatures import drawn

SIGN_WIDTH, SIGN_HEIGHT = STANDARD.sizes.sign_width, STANDARD.sizes.sign_height

SIGNED = Signer("person", "The person", signed="Sam Example, drawn", on=date(2026, 11, 24), drawing=drawn())
UNSIGNED = Signer("facilitator", "The facilitator", "Fay Other")


@given(drawings())
def test_all_ink_stays_in_the_box(one: Drawing) -> None:
    raw = curve_operators(one, SIGN_WIDTH, SIGN_HEIGHT).decode("ascii")
    points = [
        tuple(map(float, point))
        for operands in re.findall(r"^([-\d. ]+) [mlc]$", raw, re.MULTILINE)
        for point in re.findall(r"(\S+) (\S+)", operands)
    ]
    edge = LINE_WIDTH / 2 - 0.006
    assert len(points) >= len(one.strokes)
    assert all(edge <= x <= SIGN_WIDTH - edge and edge <= y <= SIGN_HEIGHT - edge for x, y in points)
    assert raw.count("S\n") == len(one.strokes)
    assert (raw[:2], raw[-2:]) == ("q ", "Q\n")


@pytest.mark.parametrize("subcell", [True, False], ids=["finely told", "told in cells"])
def test_a_drawn_signature_is_ink_on_its_line_and_says_who_drew_it(subcell: bool) -> None:
    empty, signed = (
        _last_page(PlanFacts(signers=(first, UNSIGNED)))
        for first in (
            Signer("person", "The person", signed="Sam Example, drawn"),
            msgspec.structs.replace(SIGNED, drawing=drawn(subcell=subcell)),
        )
    )
    text = signed.get_textpage().get_text_range()
    assert "Sam Example, drawn" in text
    assert "24 November 2026" in text
    assert _ink(signed) > _ink(empty) + 500


def test_what_is_drawn_stands_upright_in_its_box() -> None:
    up = Drawing(width=100, height=40, subcell=True, strokes=(((0, 3000), (1000, 0), (2000, 3000)),))
    page = _last_page(PlanFacts(signers=(Signer("person", "P", signed="P, drawn", drawing=up),)))
    (path,) = [one for one in page.get_objects() if _is_curved(one)]
    left, lower, right, upper = path.get_bounds()
    assert left == pytest.approx(MARGIN, abs=2)
    assert upper - lower == pytest.approx(SIGN_HEIGHT - 2 * AROUND_DRAWING, abs=2)
    assert right - left == pytest.approx((upper - lower) * 20 / 60, abs=3)
    picture = _picture(page)
    scale = picture.height / PAGE[1]
    row = round((PAGE[1] - upper + 3) * scale) * picture.width
    dark = [x / scale for x, shade in enumerate(picture.tobytes()[row : row + picture.width]) if shade < 100]
    assert dark, "nothing is drawn at the head of the box"
    assert all(abs(x - (left + right) / 2) < 5 for x in dark), "its point is at the head"


def test_who_cannot_see_it_is_told_whose_signature_it_is_and_the_file_keeps_its_rules(tmp_path: Path) -> None:
    pdf = _printed(PlanFacts(signers=(SIGNED, UNSIGNED)))
    assert failures(pdf, tmp_path) == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        figures = [
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Dictionary)
            and one.get("/S") == "/Figure"
            and str(one.get("/Alt")) == "Signature of Sam Example, drawn"
        ]
        assert len(figures) == 1
        left, lower, right, upper = map(float, figures[0].A.BBox)
    assert (right - left, upper - lower) == pytest.approx((115 * mm, 14 * mm), abs=0.02)
    page = _last_page(PlanFacts(signers=(SIGNED, UNSIGNED)))
    bounds = [one.get_bounds() for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    # The bounds of a path count the bends that it has as if they were pointed.
    near = 4 * LINE_WIDTH
    inside = [
        box
        for box in bounds
        if left - near <= box[0]
        and box[2] <= right + near
        and lower - near <= box[1]
        and box[3] <= upper + near
    ]
    # The line to sign on runs along the foot of the box.
    assert len(inside) == len(drawn().strokes) + 1


def test_the_text_copy_says_that_it_was_drawn() -> None:
    plan = sample_plan()
    costing = cost(plan)
    document = plan_document(plan, costing, calendar(plan, costing), PlanFacts(signers=(SIGNED,)))
    assert "Signature: Sam Example, drawn  Date: 24 November 2026" in render_text(document)


def _printed(facts: PlanFacts) -> bytes:
    plan = sample_plan()
    costing = cost(plan)
    return render_pdf(plan_document(plan, costing, calendar(plan, costing), facts)).pdf


def _last_page(facts: PlanFacts) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(_printed(facts))
    return document[len(document) - 1]


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    picture: Image.Image = page.render(scale=2).to_pil()
    return picture.convert("L")


def _ink(page: pypdfium2.PdfPage) -> int:
    return sum(_picture(page).histogram()[:100])


def _is_curved(one: pypdfium2.PdfObject) -> bool:
    left, lower, right, upper = one.get_bounds()
    path: bool = one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
    return path and upper - lower > 10 * mm and right - left < 100 * mm
