"""The seal, one signature and the check of a sealed plan, beside what other programs take to draw the same plan at all."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.material import sample
from bench.measure import Effort, Work, fresh, in_turn, python
from bench.plain_html import page_of
from bench.plain_pdf import draw
from bench.plain_typst import typst_drawing
from bench.table import Line
from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.seal import examiner, examining, sealing
from supportplan.documents.seal.appearances import Shown
from supportplan.documents.seal.keys import Keys, as_pem, issue_certificate, make_root, request_certificate
from supportplan.domain.canonical import digest
from supportplan.services.copies import document_of

_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_NEWEST = "a" * 64
_ROLES = ("person", "facilitator", "approver")


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Seal, sign and check the sample plan, again and again; check it once more as the command does, from its start."""
    document, keys = document_of(sample()), _keys()
    drawn = render_pdf(document).pdf
    sealed = sealing.seal(drawn, keys, newest=digest(drawn), at=_NOON)
    signed = sealed
    for role in _ROLES:
        signed = _sign(signed, keys, role)
    task = examining.Task(pdf=signed, roots=(as_pem(keys.root),))
    works: dict[str, Work] = {
        "drawn": partial(render_pdf, document),
        "plain": partial(draw, document),
        "sealed": partial(sealing.seal, drawn, keys, newest=_NEWEST, at=_NOON),
        "signed": partial(_sign, sealed, keys, "person"),
        "checked": partial(examiner.answer, task),
    }
    if (typst := typst_drawing(document)) is not None:
        works["typst"] = typst
    found = in_turn(works, effort.rounds(15))
    plain, words = found["plain"].p50, "plain ReportLab draws the plan"
    yield Line("the plan's PDF, tagged and finished, warm", found["drawn"].p50, "s", words, plain, 1.3)
    for name, what in (
        ("sealed", "its seal"),
        ("signed", "one signature"),
        ("checked", "a check of 4 signatures"),
    ):
        yield Line(f"{what}, warm", found[name].p50, "s", words, plain)
    if "typst" in found:
        yield Line("for comparison: typst draws the plan, warm", found["typst"].p50, "s", words, plain)
    else:
        yield Line(
            "for comparison: the same words drawn", plain, "s", "Typst: not installed (pip install typst)"
        )
    yield from _fresh(effort, folder, signed, keys)


def _fresh(effort: Effort, folder: Path, signed: bytes, keys: Keys) -> Iterator[Line]:
    plan, root, page = folder / "signed.pdf", folder / "root.pem", folder / "plan.html"
    plan.write_bytes(signed)
    root.write_bytes(as_pem(keys.root))
    page.write_text(page_of(document_of(sample())), encoding="utf-8")
    works = {"ours": fresh(*python("-m", "supportplan", "verify", plan, "--without-store", "--root", root))}
    weasyprint = shutil.which("weasyprint")
    if weasyprint:
        works["weasyprint"] = fresh(weasyprint, page, folder / "weasyprint.pdf")
    found = in_turn(works, effort.rounds(5), before=1)
    what = "`supportplan verify`, fresh process"
    if "weasyprint" in found:
        yield Line(what, found["ours"].p50, "s", "WeasyPrint draws the plan", found["weasyprint"].p50)
    else:
        yield Line(what, found["ours"].p50, "s", "WeasyPrint: not installed (pip install weasyprint)")


def _keys() -> Keys:
    root = make_root("Example Brokers", on=_NOON)
    private, request = request_certificate("a laptop")
    return Keys(private, issue_certificate(root, request, on=_NOON), root.certificate)


def _sign(pdf: bytes, keys: Keys, role: str) -> bytes:
    one = sealing.Signed(
        role, "Jo Example", "a" * 64, "I agree.", Shown("Jo Example", "By typed name.", "23 November 2026")
    )
    return sealing.sign(pdf, keys, one, at=_NOON)
