"""How far the plan of a case is signed as it stands: what anybody ought to know before they change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.cases.entries import newest_plans
from supportplan.domain.plan import Plan, read_plan
from supportplan.services.clock import today

if TYPE_CHECKING:
    from supportplan.storage.store import Store


class SignedSoFar(NamedTuple):
    """A plan that somebody has signed: in how many of its roles, and whether it is agreed too, and so in force."""

    plan: Plan
    given: int
    required: int
    signed: bool

    @property
    def words(self) -> str:
        """How far it is, in a few words."""
        return "Signed" if self.signed else f"Signed by {self.given} of {self.required}"


def signed_so_far(store: Store, case: str) -> SignedSoFar | None:
    """Return the newest recorded plan of a case where somebody has signed it and no such signature is void; else None."""
    records = store.records(case, blobs=False)
    newest = newest_plans(records)[-1:]
    if not newest:
        return None
    from supportplan.domain.cases.state import IN_FORCE, state

    where = state(records, today()).of(newest[0].entry.id)
    if where is None or all(one.void for one in where.signatures):
        return None
    given = len(where.signers) - len(where.awaited)
    return SignedSoFar(read_plan(newest[0].body), given, len(where.signers), where.state in IN_FORCE)
