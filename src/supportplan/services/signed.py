"""How far the plan of a case is signed as it stands, or that it has ended: what anybody ought to know before a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.cases.entries import newest_plans
from supportplan.domain.days import day_words
from supportplan.domain.plan import Plan, read_plan
from supportplan.services.clock import today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from supportplan.domain.cases.entries import Record
    from supportplan.storage.store import Store


class SignedSoFar(NamedTuple):
    """A plan that somebody has signed: in how many of its roles, and whether it is agreed too, and so in force.

    `ended` is the day on which it ended, where it has.
    """

    plan: Plan
    given: int
    required: int
    signed: bool
    ended: date | None = None

    @property
    def words(self) -> str:
        """How far it is, in a few words."""
        if self.ended is not None:
            return f"Ended {self.ended:%-d %b %Y}"
        return "Signed" if self.signed else f"Signed by {self.given} of {self.required}"

    @property
    def before_change(self) -> str:
        """What a change of it would mean, for whoever is about to make one."""
        if self.ended is not None:
            return (
                f"The plan ended on {day_words(self.ended)}. A change begins a new version, which has to be agreed and "
                "signed again."
            )
        if self.signed:
            return (
                "The plan is agreed and signed by all. A change makes a new version, which has to be agreed and signed "
                "again. Until then the signed one stays in force."
            )
        return f"{self.words}. A change makes a new version, which has to be signed again."


def signed_so_far(store: Store, case: str) -> SignedSoFar | None:
    """Return the newest recorded plan of a case where a signature of it counts or it has ended; else None."""
    records = store.records(case, blobs=False)
    newest = newest_plans(records)[-1:]
    if not newest:
        return None
    from supportplan.domain.cases.state import IN_FORCE, state

    where = state(records, today()).of(newest[0].entry.id)
    ended = _ended_on(records, newest[0], today()) if where and where.state == "closed" else None
    if where is None or (ended is None and all(one.void for one in where.signatures)):
        return None
    given = len(where.signers) - len(where.awaited)
    return SignedSoFar(read_plan(newest[0].body), given, len(where.signers), where.state in IN_FORCE, ended)


def _ended_on(records: Sequence[Record], newest: Record, on: date) -> date:
    """Return the day on which a plan that is closed ended: by what was written down, or else its own last day."""
    from supportplan.domain.cases.history import History
    from supportplan.domain.cases.steps import Review

    ends = [
        body.on
        for _, body in History(records).every(Review)
        if body.plan == newest.entry.id and body.result == "ends"
    ]
    return max(ends) if ends else min(read_plan(newest.body).period.end, on)
