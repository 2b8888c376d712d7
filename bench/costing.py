"""Costing a plan, which happens at every key: against one frame of a screen that is drawn 60 times a second."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.material import plan_of
from bench.measure import Effort, in_turn
from bench.table import Line
from supportplan.domain.canonical import canonical
from supportplan.domain.costing import cost
from supportplan.domain.payments import Payment, calendar
from supportplan.domain.plan import Plan, read_plan
from supportplan.services.checking import check_plan

A_FRAME = 0.016
REACH = 0.5


def measure(effort: Effort, _folder: Path) -> Iterator[Line]:
    """Cost plans of 60 and of 200 lines."""
    for lines in (60, 200):
        plan = plan_of(lines)
        body = canonical(plan)
        found = in_turn(
            {
                "cost": partial(cost, plan),
                "calendar": partial(_calendar, plan),
                "check": partial(check_plan, plan),
                "write": partial(canonical, plan),
                "read": partial(read_plan, body),
            },
            effort.rounds(200),
        )
        yield Line(
            f"costing a {lines}-line plan", found["cost"].p50, "s", "one frame of 16 ms", A_FRAME, REACH
        )
        yield Line("  the slowest of 20", found["cost"].p95, "s", "one frame of 16 ms", A_FRAME)
        yield Line("  with the payment calendar", found["calendar"].p50, "s", "one frame of 16 ms", A_FRAME)
        yield Line("  with every sign-off check", found["check"].p50, "s", "one frame of 16 ms", A_FRAME)
        yield Line("  writing its canonical bytes", found["write"].p50)
        yield Line("  reading it", found["read"].p50)


def _calendar(plan: Plan) -> tuple[Payment, ...]:
    return calendar(plan, cost(plan))
