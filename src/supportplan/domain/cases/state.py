"""Where a case stands: `state(records, on)`, a fold of its entries. The same entries give the same state in any order.

The rules, where DESIGN leaves room:

- A step counts for the plan entry it names, and only with what it needs: a decision needs reasons, whatever it says;
  a review that ends a plan needs them too; a signature for the person needs its basis, and a role that may be
  represented. What does not count is shown with why.
- Of several decisions the one that knew of the others stands. Decisions made apart that differ cancel each other: the
  plan stays submitted, and `contested` names them. A plan sent again after a decision awaits a new one.
- Signed is what has been submitted with no check failed, has been agreed, and is signed in every role that the
  submission requires. It stands on its own entries: nothing made elsewhere takes it back.
- A later plan voids the signatures of an earlier one that is not signed. A signed plan stays in force, under review
  while a later one is made from it, and is superseded on the day when a later *signed* plan begins.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

import msgspec

from supportplan.domain.cases.entries import Record
from supportplan.domain.cases.history import History
from supportplan.domain.cases.steps import CopyIssued, Decision, Review, Signature, Submitted
from supportplan.domain.plan import Plan, answered
from supportplan.domain.profile import Signer

State = Literal[
    "draft",
    "submitted",
    "returned",
    "refused",
    "agreed",
    "agreed_with_changes",
    "signed",
    "active",
    "under_review",
    "superseded",
    "closed",
]
# In the order in which a plan comes through them.
STATES: tuple[State, ...] = get_args(State)
IN_FORCE: frozenset[State] = frozenset({"signed", "active", "under_review"})


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A signature as it stands: `void` says in words why it does not count, and is empty where it does."""

    entry: str
    signature: Signature
    void: str = ""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where one plan entry stands.

    `earlier` are the plans it was made from. `submitted_on` is the day on which it was sent. `decision` is the entry of the decision that stands, `contested` those
    that cancel each other. `signers` are those that its submission requires, none before it; `awaited` the roles that
    have not signed yet; `failed` the checks that keep the plan from becoming signed.
    """

    plan: str
    state: State
    earlier: tuple[str, ...]
    submitted_on: date | None
    decision: str | None
    contested: tuple[str, ...]
    signers: tuple[Signer, ...]
    signatures: tuple[Signed, ...]
    awaited: tuple[str, ...]
    failed: tuple[str, ...]
    review_due: date | None
    copies: tuple[str, ...]


class CaseState(msgspec.Struct, frozen=True, kw_only=True):
    """Where every plan of a case stands, earlier ones first.

    `heads` are the plans that no later plan was made from: one, or several made apart, which somebody has to bring
    together. `unread` are entries that this program cannot read.
    """

    standings: tuple[Standing, ...]
    heads: tuple[Standing, ...]
    in_force: tuple[Standing, ...]
    unread: tuple[str, ...]

    @property
    def state(self) -> State:
        """The state of the newest plan; of several made apart, the one that has come least far."""
        return min((head.state for head in self.heads), key=STATES.index, default="draft")

    @property
    def concurrent(self) -> bool:
        """Whether plans were made apart from one another and still have to be brought together."""
        return len(self.heads) > 1

    def of(self, plan: str) -> Standing | None:
        """Return where a plan entry stands."""
        return next((standing for standing in self.standings if standing.plan == plan), None)


def state(records: Iterable[Record], on: date) -> CaseState:
    """Fold a case's records into where each of its plans stands on a day."""
    history = History(records)
    cases = [_PlanCase(history, id_, plan) for id_, plan in history.every(Plan)]
    for place, one in enumerate(cases):
        # Parents come first, so whatever knew of a plan stands after it.
        one.later = [other for other in cases[place + 1 :] if history.knew(other.id, one.id)]
        one.earlier = tuple(other.id for other in cases[:place] if history.knew(one.id, other.id))
    standings = tuple(one.standing(on) for one in cases)
    return CaseState(
        standings=standings,
        heads=tuple(standing for one, standing in zip(cases, standings, strict=True) if not one.later),
        in_force=tuple(standing for standing in standings if standing.state in IN_FORCE),
        unread=history.unread,
    )


class _PlanCase:
    """One plan entry with everything that names it."""

    def __init__(self, history: History, id_: str, plan: Plan) -> None:
        self.id = id_
        self.plan = plan
        self.later: list[_PlanCase] = []
        self.earlier: tuple[str, ...] = ()
        submitted = {entry: body for entry, body in history.every(Submitted) if body.plan == id_}
        self._submitted = [submitted[entry] for entry in history.newest(submitted)]
        self._decided(history, submitted)
        self._reviews(history)
        self._signatures = [(entry, body) for entry, body in history.every(Signature) if body.plan == id_]
        self._copies = tuple(entry for entry, body in history.every(CopyIssued) if body.plan == id_)
        self.signed = self._is_signed()

    def _decided(self, history: History, submitted: Iterable[str]) -> None:
        counting = {
            entry: body
            for entry, body in history.every(Decision)
            if body.has_reasons and (body.plan == self.id or self._is_instead(history, body))
        }
        standing = [
            entry
            for entry in history.newest(counting)
            if counting[entry].plan != self.id or not any(history.knew(again, entry) for again in submitted)
        ]
        agree = len({(counting[entry].verdict, counting[entry].agreed_plan) for entry in standing}) == 1
        # Decisions made apart that say the same are one; the first of them by its id speaks for them.
        self.decision = min(standing) if agree else None
        self._verdict = counting[self.decision] if self.decision else None
        self._contested = () if agree else tuple(sorted(standing))

    def _is_instead(self, history: History, decision: Decision) -> bool:
        """Whether a decision agrees to this plan in place of one that it was made from."""
        return decision.instead == self.id and any(
            entry == decision.plan and history.knew(self.id, entry) for entry, _ in history.every(Plan)
        )

    def _reviews(self, history: History) -> None:
        counting = {
            entry: body
            for entry, body in history.every(Review)
            if body.plan == self.id and (body.result != "ends" or answered(body.reasons))
        }
        newest = [counting[entry] for entry in history.newest(counting)]
        self._results = {review.result for review in newest}
        planned = self.plan.review.due if self.plan.review else None
        self._due = min((review.next_due for review in newest if review.next_due), default=planned)

    def _signers(self) -> dict[str, Signer]:
        """The signers that the submission requires; of submissions made apart, all of them, by the stricter rule."""
        found: dict[str, Signer] = {}
        for body in self._submitted:
            for signer in body.signers:
                if signer.role not in found or not signer.may_be_represented:
                    found[signer.role] = signer
        return found

    @property
    def _failed(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for body in self._submitted for name in body.failed))

    @property
    def _agreed(self) -> bool:
        return self._verdict is not None and self._verdict.agreed_plan == self.id

    def _fault(self, signature: Signature) -> str:
        """Say why a signature does not count by itself, whatever became of the plan."""
        signer = self._signers().get(signature.role)
        if self._submitted and signer is None:
            return "No signature in this role is asked for."
        if signature.basis and signer is not None and not signer.may_be_represented:
            return "Nobody may sign for somebody else in this role."
        return ""

    def _awaited(self) -> tuple[str, ...]:
        given = {body.role for _, body in self._signatures if not self._fault(body)}
        return tuple(role for role in self._signers() if role not in given)

    def _is_signed(self) -> bool:
        return bool(self._submitted) and not self._failed and self._agreed and not self._awaited()

    def _state(self, on: date) -> State:
        if "ends" in self._results and len(self._results) == 1:
            return "closed"
        if not self.signed:
            return "superseded" if self.later else self._before_signing()
        if any(other.signed and other.plan.period.start <= on for other in self.later):
            return "superseded"
        if on > self.plan.period.end:
            return "closed"
        if self._results - {"continues"} or any(not other.signed and not other.later for other in self.later):
            return "under_review"
        return "active" if on >= self.plan.period.start else "signed"

    def _before_signing(self) -> State:
        if self._verdict is not None:
            return self._verdict.verdict
        return "submitted" if self._submitted else "draft"

    def standing(self, on: date) -> Standing:
        """Say where the plan stands on a day."""
        changed = "The plan was changed after it." if self.later and not self.signed else ""
        return Standing(
            plan=self.id,
            state=self._state(on),
            earlier=self.earlier,
            submitted_on=min((body.on for body in self._submitted), default=None),
            decision=self.decision,
            contested=self._contested,
            signers=tuple(self._signers().values()),
            signatures=tuple(
                Signed(entry=entry, signature=body, void=changed or self._fault(body))
                for entry, body in self._signatures
            ),
            awaited=self._awaited(),
            failed=self._failed,
            review_due=self._due,
            copies=self._copies,
        )
