"""A plan from a file, and everything that follows from it."""

from pathlib import Path

import msgspec

from supportplan.documents.reading import read_file
from supportplan.domain.canonical import MOST_BYTES
from supportplan.domain.costing import Costing, cost, demand_whole
from supportplan.domain.payments import Payment, calendar
from supportplan.domain.plan import Plan, read_plan


class Costed(msgspec.Struct, frozen=True):
    """A plan with its costing and its payment calendar."""

    plan: Plan
    costing: Costing
    payments: tuple[Payment, ...]


def load_plan(path: Path) -> Plan:
    """Read a plan document from a file; raise BadInput or NotFound."""
    return read_plan(read_file(path, most=MOST_BYTES), name=path.name)


def costed(plan: Plan) -> Costed:
    """Cost a plan and lay out its payments; what cannot be costed yet is left out and named in `waiting`."""
    costing = cost(plan)
    return Costed(plan, costing, calendar(plan, costing))


def costed_whole(plan: Plan, *, name: str = "") -> Costed:
    """Cost a plan that lacks nothing; raise CannotCost where a support does."""
    found = costed(plan)
    demand_whole(found.costing, name=name)
    return found
