"""Taking a step in a case: one road for all of them, so that nothing is recorded that the case does not allow."""

from supportplan.domain.canonical import canonical, read
from supportplan.domain.cases.entries import EntryKind, record
from supportplan.domain.cases.rules import allow
from supportplan.domain.cases.steps import CopyIssued, Decision, Review, Signature, Step, Submitted
from supportplan.services.clock import today
from supportplan.storage.database.clock import now
from supportplan.storage.store import Store

_KINDS: dict[type[Step], EntryKind] = {
    Submitted: "submitted",
    Decision: "decision",
    Signature: "signature",
    Review: "review",
    CopyIssued: "copy_issued",
}


def take_step(store: Store, case: str, step: Step) -> str:
    """Record a step of a case if the case allows it, wait until the disk has it, and return the entry's id.

    Raises NotAllowed with what stands in its way, and BadDocument for a step that nobody could read again.
    """
    allow(store.records(case), step, today())
    body = canonical(step)
    read(body, type(step))
    made = record(
        body,
        case=case,
        kind=_KINDS[type(step)],
        author=store.author,
        device=store.device,
        at=now(),
        parents=(step.plan,),
    )
    store.append([made]).result()
    return made.entry.id
