"""What follows from a plan: its costing and its payments."""

from typing import Any

import msgspec

from supportplan.documents.costing_json import costing_json
from supportplan.domain.costing import Costing, cost, demand_whole
from supportplan.domain.payments import Payment, calendar
from supportplan.domain.plan import Plan


class Costed(msgspec.Struct, frozen=True):
    """A plan with its costing and its payment calendar."""

    plan: Plan
    costing: Costing
    payments: tuple[Payment, ...]

    def answer(self) -> dict[str, Any]:
        """Return what the command line answers as JSON."""
        return costing_json(self.costing, self.payments)


def costed(plan: Plan) -> Costed:
    """Cost a plan and lay out its payments; what cannot be costed yet is left out and named in `waiting`."""
    costing = cost(plan)
    return Costed(plan, costing, calendar(plan, costing))


def costed_whole(plan: Plan, *, name: str = "") -> Costed:
    """Cost a plan that lacks nothing; raise CannotCost where a support does."""
    found = costed(plan)
    demand_whole(found.costing, name=name)
    return found
