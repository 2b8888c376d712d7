"""What a facilitator has to do next in a case, and whether it waits for them: from its entries, its notes and the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from supportplan.domain.days import short_day_words

if TYPE_CHECKING:
    from supportplan.domain.cases.state import CaseState, State

Task = Literal["", "unread", "apart", "contested", "returned", "refused", "mend", "sign", "copy"]
TASKS: tuple[Task, ...] = get_args(Task)

_STAGES: dict[State, str] = {
    "draft": "Draft",
    "submitted": "To be agreed",
    "returned": "Sent back",
    "refused": "Refused",
    "agreed": "Agreed",
    "agreed_with_changes": "Agreed",
    "signed": "Signed",
    "active": "In force",
    "under_review": "Under review",
    "superseded": "Replaced",
    "closed": "Ended",
}
_TO_DO: dict[Task, str] = {
    "unread": "Update the program",
    "apart": "Join the two versions",
    "contested": "Two decisions: which?",
    "returned": "Change it, send again",
    "refused": "Talk about the refusal",
    "mend": "Mend it, send again",
    "sign": "Collect the signatures",
    "copy": "Give the family a copy",
}
_OTHERWISE: dict[State, str] = {
    "draft": "Go on with the plan",
    "submitted": "Wait for the decision",
    "agreed_with_changes": "Wait for the new plan",
    "under_review": "Finish the new plan",
}


class NextStep(NamedTuple):
    """A case's stage and what comes next, both in plain words, and whether that waits for the facilitator.

    The words fit a column of a list: the stage 12 cells, what comes next 22.
    """

    stage: str
    words: str
    waits: bool


def task_of(where: CaseState) -> Task:
    """Return what the entries of a case ask of the facilitator; nothing where they wait for somebody else."""
    if where.unread:
        return "unread"
    if where.concurrent:
        return "apart"
    if not where.heads:
        return ""
    (head,) = where.heads
    if head.contested:
        return "contested"
    if head.state in ("returned", "refused"):
        return "returned" if head.state == "returned" else "refused"
    if head.state in ("submitted", "agreed", "agreed_with_changes"):
        return "mend" if head.failed else "sign" if head.awaited else ""
    if head.state in ("signed", "active") and not head.copies:
        return "copy"
    return ""


def review_day_of(where: CaseState) -> date | None:
    """Return the day on which the plan in force is to be reviewed; of several, the first of their days."""
    return min((one.review_due for one in where.in_force if one.review_due), default=None)


def next_step(
    state: State,
    *,
    on: date,
    task: Task = "",
    review_due: date | None = None,
    parked: int = 0,
    readable: bool = True,
) -> NextStep:
    """Say where a case stands on a day and what comes next; what is most pressing comes first."""
    stage = _STAGES[state]
    if not readable:
        return NextStep("Not readable", "See supportplan doctor", waits=False)
    if task not in ("", "copy"):
        return NextStep(stage, _TO_DO[task], waits=True)
    if review_due is not None and review_due <= on:
        return NextStep("Review due", f"Review due {short_day_words(review_due)}", waits=True)
    if task == "copy":
        return NextStep(stage, _TO_DO[task], waits=True)
    if parked:
        return NextStep(stage, f"Place {parked} parked note{'s' if parked > 1 else ''}", waits=True)
    if review_due is not None:
        return NextStep(stage, f"Review {short_day_words(review_due)}", waits=False)
    return NextStep(stage, _OTHERWISE.get(state, ""), waits=False)
