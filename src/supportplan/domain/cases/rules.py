"""Which step a case allows next. What `allow` lets through is what `state.state` counts."""

from collections.abc import Iterable
from datetime import date

from supportplan.domain.cases.entries import Record
from supportplan.domain.cases.state import IN_FORCE, Standing, state
from supportplan.domain.cases.steps import (
    CopyIssued,
    Decision,
    Review,
    ScanAdded,
    Sealed,
    Signature,
    Step,
    Submitted,
    Views,
)
from supportplan.domain.check_code import is_check_code
from supportplan.domain.days import day_words
from supportplan.domain.plan import answered
from supportplan.domain.problems import NotAllowed

_TURNED_DOWN = ("returned", "refused")


def allow(records: Iterable[Record], step: Step, on: date) -> None:
    """Let a step be taken, or raise NotAllowed with what stands in its way and what to do."""
    records = tuple(records)
    where = state(records, on)
    # A decision with changes is about the plan that was sent, and lands on the one that was made from it.
    plan = where.of(step.instead if isinstance(step, Decision) and step.instead else step.plan)
    asked = where.of(step.plan)
    if plan is None or asked is None:
        raise NotAllowed(
            "that plan is not in this case", mend="Open the case that the plan belongs to, then try again."
        )
    if isinstance(step, CopyIssued | Sealed):
        return
    if isinstance(step, Views):
        demand_views(step)
        return
    if isinstance(step, ScanAdded):
        _allow_scan(plan, step)
        return
    if plan.state == "closed":
        raise NotAllowed("the plan has ended", mend="Start a new plan in this case.")
    if plan.state == "superseded" and not _turns_down(plan, step):
        raise NotAllowed(
            "a later plan has taken this one's place", mend="Do it on the newest plan of the case."
        )
    if isinstance(step, Review):
        _allow_review(plan, step)
        return
    if where.concurrent:
        raise NotAllowed(
            "this case has plans that were made apart from one another",
            mend="Choose the one that goes on first: “Join plans made apart”, or supportplan case join.",
        )
    if plan.state in IN_FORCE:
        raise NotAllowed(
            "the plan is signed",
            mend="Begin a review, or make a new plan from it: a signed plan never changes.",
        )
    if isinstance(step, Submitted):
        _allow_submission(plan, step)
    elif isinstance(step, Decision):
        _allow_decision(plan, step, asked.submitted_on, on)
    else:
        body = next(one.entry.doc for one in records if one.entry.id == plan.plan)
        _allow_signature(plan, step, on, body)


def demand_reasons(step: Decision) -> None:
    """Raise NotAllowed for a decision that does not say why."""
    if not step.has_reasons:
        raise NotAllowed(
            "a decision needs its reasons",
            where="reasons",
            mend="Choose one, or say it in words; the family's copy prints it.",
        )


def demand_day(day: date, sent_on: date | None, on: date, *, what: str) -> None:
    """Raise NotAllowed for a day that has not come, or on which the plan had not been sent yet."""
    if day > on:
        raise NotAllowed(f"{what} cannot have a day that is still to come", where="on", mend="Give the day.")
    if sent_on is not None and day < sent_on:
        raise NotAllowed(
            f"the plan was sent on {day_words(sent_on)}, and {what} cannot be from before",
            where="on",
            mend="Give the day on which it was made.",
        )


def _turns_down(plan: Standing, step: Step) -> bool:
    """Whether a plan that was sent, and changed since, is turned down: that says nothing about what came after it."""
    return isinstance(step, Decision) and step.verdict in _TURNED_DOWN and bool(plan.signers)


def _allow_scan(plan: Standing, step: ScanAdded) -> None:
    signed = next((one.signature for one in plan.signatures if one.entry == step.signature), None)
    if signed is None or signed.way != "ink":
        raise NotAllowed(
            "there is no such signature in ink", mend="Add the scan to a signature that was given on paper."
        )


def demand_views(step: Views) -> None:
    """Raise NotAllowed where nobody's view is written down, or a disagreement without both."""
    if not answered(step.young_person) and not answered(step.parent):
        raise NotAllowed(
            "nobody's view is written down", where="young_person", mend="Write what one of them thinks."
        )
    if step.disagree and not (answered(step.young_person) and answered(step.parent)):
        raise NotAllowed(
            "a disagreement needs both views",
            where="parent" if answered(step.young_person) else "young_person",
            mend="Write what each of them thinks, in their own words.",
        )


def _allow_submission(plan: Standing, step: Submitted) -> None:
    if step.failed:
        raise NotAllowed(
            f"the plan does not pass these checks: {', '.join(step.failed)}",
            mend="Mend them, then send the plan again.",
        )
    if plan.signers and plan.state not in _TURNED_DOWN:
        raise NotAllowed("the plan has been sent already", mend="Wait for the decision, or change the plan.")


def _allow_decision(plan: Standing, step: Decision, sent_on: date | None, on: date) -> None:
    demand_reasons(step)
    if not plan.signers:
        raise NotAllowed("the plan has not been sent for a decision", mend="Send it first.")
    if step.instead is not None and step.plan not in plan.earlier:
        raise NotAllowed(
            "the changed plan was not made from the one that was sent",
            where="instead",
            mend="Make the changes in a new plan that follows from it.",
        )
    demand_day(step.on, sent_on, on, what="a decision")


def _allow_signature(plan: Standing, step: Signature, on: date, body: str) -> None:
    """Let a signature be given. `body` is the hash of the plan's bytes, which its check code is the beginning of."""
    if not plan.signers:
        raise NotAllowed("the plan may still change", mend="Send it first: people sign a plan that is fixed.")
    if plan.state in _TURNED_DOWN:
        raise NotAllowed(
            "the plan was not agreed",
            mend="Change the plan and send it, or send it again with what was asked.",
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
    if step.paper_code and not is_check_code(step.paper_code, body):
        raise NotAllowed(
            "the check code on the paper is not that of this plan",
            where="on",
            mend="Print this plan, and have it signed; or make the plan again as the paper has it.",
        )
    # Paper with the plan's check code holds the very plan that was sent, whenever it was printed.
    sent_on = None if step.paper_code else plan.submitted_on
    demand_day(step.on, sent_on, on, what="a signature")


def _allow_review(plan: Standing, step: Review) -> None:
    if step.result == "ends":
        if not answered(step.reasons):
            raise NotAllowed("ending a plan needs its reasons", where="reasons", mend="Say why it ends.")
    elif plan.state not in IN_FORCE:
        raise NotAllowed("the plan is not in force, so there is nothing to review yet", mend="Sign it first.")
