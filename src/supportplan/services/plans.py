"""A plan from a file, and everything that follows from it."""

from pathlib import Path

import msgspec

from supportplan.documents.reading import read_file
from supportplan.domain.canonical import MOST_BYTES
from supportplan.domain.costing import Costing, cost_whole
from supportplan.domain.payments import Payment, calendar
from supportplan.domain.plan import Plan, read_plan


class Costed(msgspec.Struct, frozen=True):
    """A whole plan with its costing and its payment calendar."""

    plan: Plan
    costing: Costing
    payments: tuple[Payment, ...]


def load_plan(path: Path) -> Plan:
    """Read a plan document from a file; raise BadInput or NotFound."""
    return read_plan(read_file(path, most=MOST_BYTES), name=path.name)


def costed(plan: Plan, *, name: str = "") -> Costed:
    """Cost a plan and lay out its payments; raise CannotCost where a support lacks something."""
    costing = cost_whole(plan, name=name)
    return Costed(plan, costing, calendar(plan, costing))
