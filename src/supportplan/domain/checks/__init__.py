"""The sign-off checks: what keeps a plan from being signed, and what is worth a thought, question by question."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from supportplan.domain.allocation import indicative as indicative_budget
from supportplan.domain.checks import answers, dates
from supportplan.domain.checks.finding import Check, Finding, Subject
from supportplan.domain.checks.limits import LIMITS
from supportplan.domain.checks.money import MONEY
from supportplan.domain.costing import Costing
from supportplan.domain.plan import Plan
from supportplan.domain.profile import Profile

CHECKS: tuple[Check, ...] = (
    *answers.PERSON,
    *dates.BIRTH,
    *answers.OUTCOMES,
    *answers.SUPPORTS,
    *MONEY,
    *LIMITS,
    *dates.PERIOD,
    *dates.PAYMENTS,
    *answers.MANAGED,
    *answers.IN_CONTROL,
    *answers.ACTION_PLAN,
    *dates.REVIEW,
)


def check(
    plan: Plan, costing: Costing, profile: Profile, *, indicative: Decimal | None = None
) -> tuple[Finding, ...]:
    """Run every check on a plan and its costing, in the order of the seven questions.

    A check that passes gives one finding that says so; one that does not, a finding for each place. `indicative` is
    the budget that was given before the plan; without it, the plan says what it was, or a top-slice in it does.
    """
    indicative = plan.indicative if indicative is None else indicative
    if indicative is None and plan.contingency is not None and plan.contingency.top_slice is not None:
        cut = plan.contingency.top_slice
        indicative = indicative_budget(cut.points, cut.net, plan.money).result
    subject = Subject(plan, costing, profile, indicative)
    return tuple(finding for one in CHECKS for finding in one.find(subject))


def failed(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the names of the checks that keep the plan from being signed, each once, in order."""
    return tuple(dict.fromkeys(one.check for one in findings if not one.passed and one.level == "blocks"))


def how_far(findings: Sequence[Finding]) -> str:
    """Say how many findings are done, and what the rest means: sign-off waits for some, and not for advice.

    Findings are counted, not checks: as many as stand in the list.
    """
    needed = sum(not one.passed and one.level == "blocks" for one in findings)
    advice = sum(not one.passed and one.level == "advice" for one in findings)
    done = f"{len(findings) - needed - advice} of {len(findings)} are done."
    thought = f" {advice} {'is' if advice == 1 else 'are'} worth a thought." if advice else ""
    if needed:
        return f"{done} Sign-off waits for {needed}.{thought} You can print now and finish later."
    return f"{done} Everything that sign-off needs is there.{thought}"
