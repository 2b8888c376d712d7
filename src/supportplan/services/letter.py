"""What a decision letter is made from: the newest decision of a case, and the plans that were asked for and agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.cases.entries import plan_records
from supportplan.domain.cases.state import state
from supportplan.domain.cases.steps import Decision
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import NotFound
from supportplan.services.clock import today
from supportplan.services.deciding import standing_decision

if TYPE_CHECKING:
    from supportplan.services.desk import Desk


class DecidedPlans(NamedTuple):
    """A decision, the plan that was asked for, the one that was agreed if one was, and who still signs that, in words.

    `entry` is the plan that the decision ends with, and `version` what people call it.
    """

    decision: Decision
    asked: Plan
    agreed: Plan | None
    awaited: tuple[str, ...]
    entry: str
    version: str


def newest_decision(desk: Desk) -> DecidedPlans:
    """Return the newest decision that stands in the case on the desk. Raises NotFound where nobody has decided yet."""
    standing = standing_decision(desk)
    if standing is None:
        raise nothing_decided()
    decision = standing.decision
    records = desk.store.records(desk.case, blobs=False)
    plans = {one.entry.id: read_plan(one.body) for one in plan_records(records)}
    ends_with = decision.agreed_plan or decision.plan
    where = state(records, today()).of(ends_with)
    awaited = where.awaited if where else ()
    return DecidedPlans(
        decision,
        plans[decision.plan],
        plans[decision.agreed_plan] if decision.agreed_plan else None,
        tuple(one.words for one in (where.signers if where else ()) if one.role in awaited),
        ends_with,
        f"Version {list(plans).index(ends_with) + 1}",
    )


def nothing_decided() -> NotFound:
    """Say that there is no decision to write about."""
    return NotFound(
        "there is no decision to write a letter about",
        where="the decision letter",
        mend="Record in the case what was decided. The letter is then made from it.",
    )
