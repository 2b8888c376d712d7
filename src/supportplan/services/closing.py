"""Looking at a plan again, and ending it: each with its reasons, and nothing that was signed is changed by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportplan.domain.cases.state import state
from supportplan.domain.cases.steps import Review, ReviewResult
from supportplan.domain.problems import NotAllowed
from supportplan.services.clock import today
from supportplan.services.recording import record_step, recorded_together

if TYPE_CHECKING:
    from datetime import date

    from supportplan.services.desk import Desk


def is_in_force(desk: Desk) -> bool:
    """Say whether a plan of the case is agreed and signed, and has not ended."""
    return bool(state(desk.store.records(desk.case, blobs=False), today()).in_force)


def review(desk: Desk, result: ReviewResult, *, reasons: str = "", next_due: date | None = None) -> None:
    """Record that the plan in force is looked at again: the review is begun, or it goes on, or it is to be changed.

    Raises NotAllowed where no plan is in force.
    """
    in_force = state(desk.store.records(desk.case, blobs=False), today()).in_force
    if not in_force:
        raise NotAllowed("No plan of this case is in force.", mend="A plan is reviewed once it is signed.")
    record_step(desk.store, desk.case, _review(in_force[-1].plan, result, reasons, next_due))
    desk.look_again()


def close(desk: Desk, reasons: str) -> None:
    """End the plan of a case, and every version of it that is still open, with the reasons.

    What is on the desk becomes a version first, so that what was ended can be seen. Raises NotAllowed without reasons,
    and where it has ended already; nothing is recorded then.
    """
    if not any(sign.isalnum() for sign in reasons):
        raise NotAllowed("Ending a plan needs its reasons.", where="reasons", mend="Say why it ends.")
    desk.hand_in_all()
    with recorded_together(desk.store, desk.case) as together:
        together.plan(desk.body)
        where = state(together.records, today())
        open_plans = {
            one.plan for one in (*where.in_force, *where.heads) if one.state not in ("closed", "superseded")
        }
        if not open_plans:
            raise NotAllowed("The plan has ended already.", mend="Start a new plan in this case.")
        for plan in sorted(open_plans):
            together.step(_review(plan, "ends", reasons, None))
    desk.look_again()


def _review(plan: str, result: ReviewResult, reasons: str, next_due: date | None) -> Review:
    return Review(
        format="supportplan/review",
        version=1,
        plan=plan,
        on=today(),
        result=result,
        reasons=reasons.strip(),
        next_due=next_due,
    )
