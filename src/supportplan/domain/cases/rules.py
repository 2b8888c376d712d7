"""Which step a case allows next. What `allow` lets through is what `state.state` counts."""

from collections.abc import Iterable
from datetime import date

from supportplan.domain.cases.entries import Record
from supportplan.domain.cases.state import IN_FORCE, Standing, state
from supportplan.domain.cases.steps import CopyIssued, Decision, Review, Signature, Step, Submitted
from supportplan.domain.plan import answered
from supportplan.domain.problems import NotAllowed

_TURNED_DOWN = ("returned", "refused")


def allow(records: Iterable[Record], step: Step, on: date) -> None:
    """Let a step be taken, or raise NotAllowed with what stands in its way and what to do."""
    where = state(records, on)
    # A decision with changes is about the plan that was sent, and lands on the one that was made from it.
    plan = where.of(step.instead if isinstance(step, Decision) and step.instead else step.plan)
    if plan is None or where.of(step.plan) is None:
        raise NotAllowed(
            "that plan is not in this case", mend="Open the case that the plan belongs to, then try again."
        )
    if isinstance(step, CopyIssued):
        return
    if plan.state == "closed":
        raise NotAllowed("the plan has ended", mend="Start a new plan in this case.")
    if plan.state == "superseded":
        raise NotAllowed(
            "a later plan has taken this one's place", mend="Do it on the newest plan of the case."
        )
    if isinstance(step, Review):
        _allow_review(plan, step)
        return
    if where.concurrent:
        raise NotAllowed(
            "this case has plans that were made apart from one another",
            mend="Bring them together into one plan first.",
        )
    if plan.state in IN_FORCE:
        raise NotAllowed(
            "the plan is signed",
            mend="Begin a review, or make a new plan from it: a signed plan never changes.",
        )
    if isinstance(step, Submitted):
        _allow_submission(plan, step)
    elif isinstance(step, Decision):
        _allow_decision(plan, step)
    else:
        _allow_signature(plan, step)


def _allow_submission(plan: Standing, step: Submitted) -> None:
    if step.failed:
        raise NotAllowed(
            f"the plan does not pass these checks: {', '.join(step.failed)}",
            mend="Mend them, then send the plan again.",
        )
    if plan.signers and plan.state not in _TURNED_DOWN:
        raise NotAllowed("the plan has been sent already", mend="Wait for the decision, or change the plan.")


def _allow_decision(plan: Standing, step: Decision) -> None:
    if not answered(step.reasons):
        raise NotAllowed(
            "a decision needs its reasons", where="reasons", mend="Say why; the family's copy prints it."
        )
    if not plan.signers:
        raise NotAllowed("the plan has not been sent for a decision", mend="Submit it first.")
    if step.instead is not None and step.plan not in plan.earlier:
        raise NotAllowed(
            "the changed plan was not made from the one that was sent",
            where="instead",
            mend="Make the changes in a new plan that follows from it.",
        )


def _allow_signature(plan: Standing, step: Signature) -> None:
    if not plan.signers:
        raise NotAllowed(
            "the plan may still change", mend="Submit it first: people sign a plan that is fixed."
        )
    if plan.state in _TURNED_DOWN:
        raise NotAllowed(
            "the plan was not agreed",
            mend="Change the plan and submit it, or send it again with what was asked.",
        )
    if not answered(step.name):
        raise NotAllowed("a signature needs a name", where="name", mend="Write the name of who signs.")
    signer = next((one for one in plan.signers if one.role == step.role), None)
    if signer is None:
        raise NotAllowed(
            "this plan asks for no signature in that role",
            where="role",
            mend=f"Choose one of {', '.join(one.role for one in plan.signers)}.",
        )
    if step.role not in plan.awaited:
        raise NotAllowed(
            "somebody has signed in that role already", where="role", mend="Nothing more to do here."
        )
    if step.basis and not signer.may_be_represented:
        raise NotAllowed(
            "nobody may sign for somebody else in that role",
            where="basis",
            mend="Ask the one who holds the role to sign.",
        )


def _allow_review(plan: Standing, step: Review) -> None:
    if step.result == "ends":
        if not answered(step.reasons):
            raise NotAllowed("ending a plan needs its reasons", where="reasons", mend="Say why it ends.")
    elif plan.state not in IN_FORCE:
        raise NotAllowed("the plan is not in force, so there is nothing to review yet", mend="Sign it first.")
