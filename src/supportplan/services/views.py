"""The views of the young person and of the parent, written down as each of them says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from supportplan.domain.cases.history import History
from supportplan.domain.cases.rules import demand_views
from supportplan.domain.cases.steps import Views
from supportplan.services.clock import today
from supportplan.services.recording import recorded_together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supportplan.domain.cases.entries import Record
    from supportplan.services.desk import Desk


class GivenViews(NamedTuple):
    """Both views as they are said; `disagree` that they differ, and `words` about what."""

    young_person: str = ""
    parent: str = ""
    disagree: bool = False
    words: str = ""


def views_of(desk: Desk) -> Views | None:
    """Return the views that were written down last in the case, or None where none were."""
    return newest_views(desk.store.records(desk.case, blobs=False))


def newest_views(records: Iterable[Record]) -> Views | None:
    """Return the views that were written down last in a case, or None where none were."""
    return next((one for _, one in reversed(list(History(records).every(Views)))), None)


def write_down(desk: Desk, given: GivenViews) -> None:
    """Record both views of the plan on the desk, which becomes a version for it. Waits until the disk has it.

    Raises NotAllowed where there is no view, or a disagreement without both; nothing is recorded then.
    """
    step = Views(
        format="supportplan/views",
        version=1,
        plan="0" * 64,
        on=today(),
        young_person=given.young_person.strip(),
        parent=given.parent.strip(),
        disagree=given.disagree,
        words=given.words.strip() if given.disagree else "",
    )
    demand_views(step)
    desk.hand_in_all()
    with recorded_together(desk.store, desk.case) as together:
        together.step(replace(step, plan=together.plan(desk.body)))
