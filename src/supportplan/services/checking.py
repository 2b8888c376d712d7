"""The sign-off checks of a plan, by the profile that it follows."""

from decimal import Decimal

from supportplan.domain.checks import check
from supportplan.domain.checks.finding import Finding
from supportplan.domain.costing import cost
from supportplan.domain.plan import Plan
from supportplan.services.profiles import profile_of


def check_plan(plan: Plan, *, indicative: Decimal | None = None) -> tuple[Finding, ...]:
    """Run every sign-off check; `indicative` is the budget that was given before the plan, if any was.

    Raises NotFound where the plan's profile is not one that this computer has.
    """
    return check(plan, cost(plan), profile_of(plan), indicative=indicative)
