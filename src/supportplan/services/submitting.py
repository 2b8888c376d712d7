"""Sending a plan for a decision: it is fixed as it stands, and who has to sign it is fixed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.cases.entries import plan_records
from supportplan.domain.cases.state import Standing, state
from supportplan.domain.cases.steps import Submitted
from supportplan.domain.checks import failed
from supportplan.domain.plan import Plan, read_plan, shared
from supportplan.domain.problems import NotAllowed, NotFound
from supportplan.services.checking import check_plan
from supportplan.services.clock import today
from supportplan.services.profiles import profile_of
from supportplan.services.recording import Together, recorded_together

if TYPE_CHECKING:
    from supportplan.domain.checks.finding import Finding
    from supportplan.services.desk import Desk


class SentPlan(NamedTuple):
    """The plan of a case that was sent last: its entry, the plan, where it stands, and what people call it.

    `changed` says whether the plan on the desk is another by now.
    """

    entry: str
    plan: Plan
    standing: Standing
    version: str
    changed: bool

    @property
    def stands(self) -> bool:
        """Whether it is the plan on the desk, and no later version was made in between."""
        return not self.changed and self.standing.state != "superseded"


def sent_plan(desk: Desk) -> SentPlan | None:
    """Return the plan that was sent for a decision last, or None where none was."""
    records = desk.store.records(desk.case, blobs=False)
    where = state(records, today())
    plans = plan_records(records)
    for number, one in reversed(list(enumerate(plans, start=1))):
        standing = where.of(one.entry.id)
        if standing is not None and standing.signers:
            plan = read_plan(one.body)
            return SentPlan(one.entry.id, plan, standing, f"Version {number}", plan != shared(desk.plan))
    return None


def submit(desk: Desk) -> str:
    """Fix the plan on the desk and send it for a decision; return the entry of the plan. Waits until the disk has it.

    Raises NotAllowed with what stands in the way, such as checks that do not pass, or that it has been sent already;
    nothing is recorded then.
    """
    desk.hand_in_all()
    with recorded_together(desk.store, desk.case) as together:
        plan = _sent(desk, together)
    desk.look_again()
    return plan


def submitted_now(desk: Desk, together: Together, *, for_signing: bool = False) -> str:
    """Return the entry of the plan on the desk, sent for a decision; where that is not done yet, it is added to what is recorded.

    `for_signing` says that it is sent because somebody signs it.
    """
    sent = sent_plan(desk)
    if sent is not None and sent.stands:
        return sent.entry
    return _sent(desk, together, for_signing=for_signing)


def could_be_sent(desk: Desk) -> bool:
    """Say whether the plan on the desk is not sent as it is, and ready to be: before it is printed to be signed it should be.

    False where its scheme is not here, so that nobody can say.
    """
    sent = sent_plan(desk)
    if sent is not None and sent.stands:
        return False
    try:
        demand_ready(desk.plan)
    except (NotAllowed, NotFound):
        return False
    return True


def _sent(desk: Desk, together: Together, *, for_signing: bool = False) -> str:
    findings = demand_ready(desk.plan)
    plan = together.plan(desk.body)
    together.step(
        Submitted(
            format="supportplan/submitted",
            version=1,
            plan=plan,
            on=today(),
            signers=profile_of(desk.plan).signers,
            failed=failed(findings),
            for_signing=for_signing,
        )
    )
    return plan


def demand_ready(plan: Plan) -> tuple[Finding, ...]:
    """Return what the checks find of a plan. Raises NotAllowed, in their words, where it is not ready to be sent or signed."""
    findings = check_plan(plan)
    faults = [one.reason for one in findings if not one.passed and one.level == "blocks"]
    if faults:
        more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
        raise NotAllowed(
            f"The plan is not ready to be sent or signed. {faults[0]}{more}",
            mend="“Ready to agree?” shows what is missing, and goes to where it is put right.",
        )
    return findings
