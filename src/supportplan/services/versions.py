"""The versions of a case's plan: every one that was recorded, and the draft as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.cases.entries import plan_records
from supportplan.domain.plan import Plan, read_plan, shared
from supportplan.services.clock import today

if TYPE_CHECKING:
    from supportplan.services.desk import Desk


class Version(NamedTuple):
    """A version: its number, when it was recorded and by whom, and the plan. The draft has no entry yet."""

    number: int
    entry: str
    at: str
    author: str
    plan: Plan

    @property
    def name(self) -> str:
        """What people call it."""
        return _called(self.number, draft=not self.entry)


def newest_name(desk: Desk) -> str:
    """Return what people call the version that is on the desk: a draft until it has been sent to be agreed."""
    from supportplan.domain.cases.state import state

    records = desk.store.records(desk.case, blobs=False)
    kept = plan_records(records)
    if not kept or kept[-1].body != desk.body:
        return _called(len(kept) + 1, draft=True)
    where = state(records, today()).of(kept[-1].entry.id)
    return _called(len(kept), draft=where is None or where.state == "draft")


def versions_of(desk: Desk) -> tuple[Version, ...]:
    """Return all versions of the case on the desk, the newest first; the draft only where it differs from the newest."""
    found = [
        Version(number, one.entry.id, one.entry.at, one.entry.author, read_plan(one.body))
        for number, one in enumerate(plan_records(desk.store.records(desk.case, blobs=False)), start=1)
    ]
    if not found or found[-1].plan != shared(desk.plan):
        found.append(Version(len(found) + 1, "", "", desk.store.author, desk.plan))
    return tuple(reversed(found))


def _called(number: int, *, draft: bool) -> str:
    return f"Version {number}, draft" if draft else f"Version {number}"
