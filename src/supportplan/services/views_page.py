"""The page of both views, which is given beside a sealed plan: what is sealed never changes, what people think does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportplan.documents.plan.two_views import views_page
from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import newest_plans, plan_records
from supportplan.domain.plan import read_plan
from supportplan.domain.problems import NotFound
from supportplan.services.sealing import kept_file
from supportplan.services.views import newest_views, views_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supportplan.documents.model import Document
    from supportplan.domain.cases.entries import Record
    from supportplan.domain.cases.steps import Views
    from supportplan.services.desk import Desk

NOT_IN_THE_SEALED = (
    "Views were written down after this plan was sealed. They are not in the sealed copy: "
    "give the copy “Both views” with it."
)


def views_document(desk: Desk) -> Document:
    """Return the page of the views that were written down last, about the version that they were said of.

    Raises NotFound where none were.
    """
    records = desk.store.records(desk.case, blobs=False)
    views = newest_views(records)
    if views is None:
        raise _no_views()
    plan, version = desk.plan, "A version that has not arrived here"
    for number, one in enumerate(plan_records(records), start=1):
        if one.entry.id == views.plan:
            plan, version = read_plan(one.body), f"Version {number}"
    left_out = _are_left_out(desk, records, views, views.plan)
    return views_page(plan, views, version=version, by=desk.store.author, left_out=left_out)


def plan_of_views(desk: Desk) -> str:
    """Return the plan entry that the newest views were said of. Raises NotFound where there are none."""
    views = views_of(desk)
    if views is None:
        raise _no_views()
    return views.plan


def left_out_words(desk: Desk) -> str:
    """Say that the sealed copy of the plan on the desk lacks the newest views; nothing where it has them, or is not yet."""
    records = desk.store.records(desk.case, blobs=False)
    newest, views = newest_plans(records)[-1:], newest_views(records)
    if views is None or not newest or newest[0].body != desk.body:
        return ""
    return NOT_IN_THE_SEALED if _are_left_out(desk, records, views, newest[0].entry.id) else ""


def _no_views() -> NotFound:
    return NotFound(
        "No views are written down in this case yet.",
        mend="Write them down first: “Two views”, or views in plain mode.",
    )


def _are_left_out(desk: Desk, records: Sequence[Record], views: Views, plan: str) -> bool:
    """Whether a plan was sealed without these views: asked of the sealed file itself, whose order no clock tells."""
    sealed = kept_file(desk.store, desk.case, records, plan)
    if sealed is None:
        return False
    from supportplan.documents.pdf.attached import views_in

    return views_in(sealed.pdf) != canonical(views)
