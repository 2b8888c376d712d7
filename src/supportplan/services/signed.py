"""Whether the plan of a case is signed as it stands: what anybody ought to know before they change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportplan.domain.cases.entries import plan_records
from supportplan.domain.plan import Plan, read_plan
from supportplan.services.clock import today

if TYPE_CHECKING:
    from supportplan.storage.store import Store


def signed_plan(store: Store, case: str) -> Plan | None:
    """Return the newest recorded plan of a case where somebody has signed it and no such signature is void; else None."""
    records = store.records(case, blobs=False)
    plans = plan_records(records)
    if not plans:
        return None
    from supportplan.domain.cases.state import state

    where = state(records, today()).of(plans[-1].entry.id)
    signed = where is not None and any(not one.void for one in where.signatures)
    return read_plan(plans[-1].body) if signed else None
