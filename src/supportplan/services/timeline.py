"""What happened in a case: who did what when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportplan.domain.cases.timeline import Happening as Happening
from supportplan.domain.cases.timeline import timeline
from supportplan.services.clock import today

if TYPE_CHECKING:
    from supportplan.storage.store import Store


def timeline_of(store: Store, case: str) -> tuple[Happening, ...]:
    """Return what happened in a case, in an order in which everything comes after what it follows from."""
    return timeline(store.records(case, blobs=False), today())
