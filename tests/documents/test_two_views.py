"""The page of both views: what it says, and that it keeps the same norms as every copy."""

from datetime import date
from pathlib import Path

import pytest

from supportplan.documents.pdf.attached import views_in
from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.plan.two_views import views_page
from supportplan.domain.canonical import canonical
from supportplan.domain.cases.steps import Views
from supportplan.domain.check_code import check_code
from tests.copies import said
from tests.pdf_checkers import failures
from tests.plans import LONG_WORD, WELSH, sample_plan


def _views(**given: object) -> Views:
    whole: dict[str, object] = {
        "format": "supportplan/views",
        "version": 1,
        "plan": "a" * 64,
        "on": date(2026, 11, 26),
        "young_person": "I do not want this.",
        "parent": "It is fine.",
    }
    return Views(**(whole | given))  # type: ignore[arg-type]  # the fields are named above


@pytest.mark.parametrize("left_out", [True, False])
def test_it_says_both_views_of_which_version_and_what_they_differ_about(left_out: bool) -> None:
    plan = sample_plan()
    views = _views(disagree=True, words="All of it.")
    told = said(views_page(plan, views, version="Version 2", by="Fay", left_out=left_out))
    for words in ("I do not want this.", "It is fine.", "All of it.", f"Version 2 · {check_code(plan)}"):
        assert words in told
    assert any("after the plan was sealed" in one for one in told) == left_out


@pytest.mark.parametrize("text", ["It is fine.", LONG_WORD * 20, f"{WELSH}\n\nand more", ""])
def test_it_keeps_the_norms_and_carries_the_views_as_data(text: str, tmp_path: Path) -> None:
    views = _views(parent=text)
    pdf = render_pdf(views_page(sample_plan(), views, version="Version 1", by="Fay", left_out=True)).pdf
    assert failures(pdf, tmp_path) == []
    assert views_in(pdf) == canonical(views)
