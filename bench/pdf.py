"""The standard copy as PDF: against plain ReportLab with the same words, and against programs that print web pages."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.material import plan_of, sample
from bench.measure import Effort, fresh, in_turn, python
from bench.plain_html import page_of
from bench.plain_pdf import draw
from bench.plain_typst import typst_program
from bench.table import Line
from supportplan.documents.pdf.render import render_pdf
from supportplan.domain.canonical import canonical
from supportplan.domain.plan import Plan
from supportplan.services.copies import document_of

REACH = 1.3


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Draw the sample plan and one of 60 lines, again and again and in fresh processes."""
    for name, plan in (("the sample plan", sample()), ("a 60-line plan", plan_of(60))):
        document = document_of(plan)
        pages = render_pdf(document).pages, _pages(draw(document))
        found = in_turn(
            {
                "words": partial(document_of, plan),
                "ours": partial(_standard_copy, plan),
                "plain": partial(draw, document),
            },
            effort.rounds(25),
        )
        against = f"plain ReportLab ({pages[1]} pages)"
        yield Line(
            f"PDF of {name} ({pages[0]} pages), warm",
            found["ours"].p50,
            "s",
            against,
            found["plain"].p50,
            REACH,
        )
        yield Line("  of that, costing it and choosing the words", found["words"].p50)
    yield from _fresh(effort, folder)


def _standard_copy(plan: Plan) -> bytes:
    return render_pdf(document_of(plan)).pdf


def _pages(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")


def _fresh(effort: Effort, folder: Path) -> Iterator[Line]:
    """Let each program make the sample plan's PDF from a file, from its start to its end."""
    plan, page = folder / "plan.json", folder / "plan.html"
    plan.write_bytes(canonical(sample()))
    page.write_text(page_of(document_of(sample())), encoding="utf-8")
    to = folder / "plan.pdf"
    ours = fresh(*python("-m", "supportplan", "pdf", plan, "--output", to, "--replace"))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    weasyprint = shutil.which("weasyprint")
    works = {"ours": ours, **typst_program(document_of(sample()), folder)}
    if weasyprint:
        works["WeasyPrint"] = fresh(weasyprint, page, folder / "weasyprint.pdf")
    if office:
        works["LibreOffice"] = fresh(
            office,
            "--headless",
            "--convert-to",
            "pdf:writer_web_pdf_Export",
            "--outdir",
            folder / "office",
            page,
        )
    found = in_turn(works, effort.rounds(5), before=1)
    for other, install in (
        ("WeasyPrint", "pip install weasyprint"),
        ("Typst", "pip install typst"),
        ("LibreOffice", "apt install libreoffice-writer"),
    ):
        if other in found:
            yield Line(
                "PDF of the sample plan, fresh process",
                found["ours"].p50,
                "s",
                f"{other}, the same words",
                found[other].p50,
                None if other == "Typst" else 1,
            )
        else:
            yield Line(
                "PDF of the sample plan, fresh process",
                found["ours"].p50,
                "s",
                f"{other}: not installed ({install})",
            )
