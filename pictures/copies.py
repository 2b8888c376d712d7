"""The pages of the copies that the guide shows: the practice case, agreed with a change, drawn from the PDFs themselves."""

from io import BytesIO
from typing import NamedTuple

import pypdfium2
from msgspec.structs import replace
from PIL import Image

from pictures.standing import standing
from supportplan.documents.model import Edition
from supportplan.documents.pdf.render import render_pdf
from supportplan.domain.edits import with_support
from supportplan.domain.money import Quantity
from supportplan.services.clock import today
from supportplan.services.copies import case_document
from supportplan.services.deciding import GivenDecision, decide
from supportplan.services.practice import Practice
from supportplan.services.submitting import submit

# How many dots a page is wide, what lies between pages, and how many greys they are drawn in.
_WIDE = 480
_BETWEEN = 12
_GREYS = 12


class Sheet(NamedTuple):
    """Some pages of a copy, side by side: the picture's name, which copy, and which pages; -1 is the last."""

    name: str
    edition: Edition
    pages: tuple[int, ...]


SHEETS = (
    Sheet("copy-standard", "standard", (1, 3, -1)),
    Sheet("copy-money", "standard", (12, 13)),
    Sheet("copy-large-print", "large_print", (4, 5, -1)),
    Sheet("copy-easy-read", "easy_read", (1, 4, 13)),
    Sheet("copy-letter", "letter", (1, 2, 3)),
)


def drawn_sheets() -> dict[str, bytes]:
    """Draw every sheet as PNG, by its name."""
    with standing("day"):
        practice = Practice()
        try:
            desk = practice.desk()
            submit(desk)
            support = desk.plan.supports[0]
            desk.change(
                with_support(desk.plan, replace(support, quantity=Quantity("5"))), "Changed a support"
            )
            lines = {support.id: "The sixth hour is covered by the extra youth worker on Fridays."}
            decide(
                desk,
                GivenDecision(
                    "agreed_with_changes",
                    by="Mair Morgan",
                    on=today(),
                    role="Team manager",
                    reason_codes=("meets_outcomes", "reasonable_cost"),
                    lines=lines,
                ),
            )
            editions = dict.fromkeys(sheet.edition for sheet in SHEETS)
            files = {edition: render_pdf(case_document(desk, edition)).pdf for edition in editions}
        finally:
            practice.close()
    return {sheet.name: _side_by_side(files[sheet.edition], sheet.pages) for sheet in SHEETS}


def _side_by_side(pdf: bytes, pages: tuple[int, ...]) -> bytes:
    file = pypdfium2.PdfDocument(pdf)
    shown = []
    for number in pages:
        page = file[number - 1 if number > 0 else len(file) + number]
        shown.append(page.render(scale=_WIDE / page.get_width()).to_pil())
    wide, high = shown[0].size
    sheet = Image.new("RGB", (len(shown) * (wide + _BETWEEN) + _BETWEEN, high + 2 * _BETWEEN), "#b1b4b6")
    for place, page in enumerate(shown):
        sheet.paste(page, (_BETWEEN + place * (wide + _BETWEEN), _BETWEEN))
    made = BytesIO()
    sheet.convert("L").quantize(_GREYS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()
