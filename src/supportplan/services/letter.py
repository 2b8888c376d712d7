"""What a decision letter is made from: the newest decision of a case, and the plans that were asked for and agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.canonical import read
from supportplan.domain.cases.entries import plan_records
from supportplan.domain.cases.state import state
from supportplan.domain.cases.steps import Decision
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import NotFound
from supportplan.services.clock import today

if TYPE_CHECKING:
    from supportplan.services.desk import Desk


class DecidedPlans(NamedTuple):
    """A decision, the plan that was asked for, the one that was agreed if one was, and who still signs that, in words.

    `version` is what people call the version that the decision ends with.
    """

    decision: Decision
    asked: Plan
    agreed: Plan | None
    awaited: tuple[str, ...]
    version: str


def newest_decision(desk: Desk) -> DecidedPlans:
    """Return the newest decision that stands in the case on the desk. Raises NotFound where nobody has decided yet."""
    given = desk.store.records(desk.case, blobs=False)
    records = {one.entry.id: one for one in given}
    plans = [one.entry.id for one in plan_records(given)]
    for standing in reversed(state(records.values(), today()).standings):
        if standing.decision is None:
            continue
        decision = read(records[standing.decision].body, Decision)
        agreed = decision.agreed_plan
        words = {signer.role: signer.words for signer in standing.signers}
        return DecidedPlans(
            decision,
            read_plan(records[decision.plan].body),
            read_plan(records[agreed].body) if agreed else None,
            tuple(words[role] for role in standing.awaited),
            f"Version {plans.index(agreed or decision.plan) + 1}",
        )
    raise nothing_decided()


def nothing_decided() -> NotFound:
    """Say that there is no decision to write about."""
    return NotFound(
        "there is no decision to write a letter about",
        where="the decision letter",
        mend="Record in the case what was decided. The letter is then made from it.",
    )
