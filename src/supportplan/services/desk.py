"""The case on the desk: its plan as it stands, what it costs, and what the disk has acknowledged of it."""

from concurrent.futures import Future, wait
from contextlib import suppress
from typing import NamedTuple

from supportplan.domain.canonical import canonical
from supportplan.domain.cases.left_off import LeftOff
from supportplan.domain.costing import Costing, cost
from supportplan.domain.kept_bytes import readable_bytes
from supportplan.domain.plan import Plan, read_plan, shared
from supportplan.domain.problems import BadDocument, StoreProblem
from supportplan.services.cases import next_turn, working_plan
from supportplan.services.recording import record_plan
from supportplan.services.signed import SignedSoFar, signed_so_far
from supportplan.storage.cases.case_projection import glance
from supportplan.storage.cases.drafts import Turned
from supportplan.storage.store import Store


class _Waiting(NamedTuple):
    """A change that the store has not been handed yet: the deed, and the plan before it."""

    deed: str
    goes_on: bool
    before: Plan


class Desk:
    """One case being worked on. `plan` is the plan as it stands and `costing` what it costs.

    `left` is where it would be taken up again, as far as somebody has been anywhere since it was opened.
    `saving` is resolved when the disk has what was handed in last.

    Every change is a whole new plan. What is `put` here waits until `hand_in`, so that a letter can be painted before
    all that follows from it; whatever goes on from the plan hands it in first. `saved` says whether the disk has all.
    """

    def __init__(self, store: Store, case: str, *, practice: bool = False) -> None:
        """Open a case at its draft or, where it has none, at its newest plan. Raises NotFound where it has neither.

        `practice` says that nothing in it is real, and that it goes when it is left.
        """
        self.case = case
        self.practice = practice
        self.store = store
        self._waiting: _Waiting | None = None
        self.saving: Future[None] | None = None
        self._deed = ""
        self.left: LeftOff | None = None
        self.plan: Plan = working_plan(store, case)
        self._costed: tuple[Plan, Costing] | None = None
        self._deed_began_at = self.plan
        self._is_draft = store.drafts.read(case) is not None
        self._signed = signed_so_far(store, case)
        self._may_change = False

    @property
    def costing(self) -> Costing:
        """What the plan as it stands costs; worked out once, when it is first asked for."""
        if self._costed is None or self._costed[0] is not self.plan:
            self._costed = self.plan, cost(self.plan)
        return self._costed[1]

    def change(self, plan: Plan, deed: str, *, goes_on: bool = False) -> "Future[None]":
        """Put a new plan on the desk and hand it in at once; the future is resolved when the disk has it.

        Raises as `hand_in` does.
        """
        return self._handed_in(self._put(plan, deed, goes_on=goes_on))

    def put(self, plan: Plan, deed: str, *, goes_on: bool = False) -> None:
        """Put a new plan in the place of the one on the desk, to be handed in a moment later.

        `deed` says in words what was done. With `goes_on` it is part of the last deed, as when typing in one field;
        but not of one that came to nothing, which is no deed any more: what waits is then handed in first.
        """
        self._waiting = self._put(plan, deed, goes_on=goes_on)

    def hand_in(self) -> None:
        """Hand the plan as it stands to the store, where it has not been.

        Raises BadDocument for a plan that could not be opened again, and StoreProblem where the store has been closed
        meanwhile. The desk is then as it was before.
        """
        if self._waiting is not None:
            self._handed_in(self._waiting)

    def hand_in_all(self) -> None:
        """Hand in what waits, and once more what the disk refused: else the next step would start from an older plan.

        Waits for the disk; raises what it says where it refuses.
        """
        self.hand_in()
        if self.saving is not None and not _taken(self.saving):
            # Each save holds the whole plan: once the newest is on the disk, so is all that came before.
            self.change(self.plan, self._deed).result()

    def leave_at(self, left: LeftOff) -> None:
        """Remember where the case would be taken up again, were it left now. Nothing waits for it."""
        if left != self.left:
            # A store that was locked meanwhile is let be: the place is told again when one comes back to it.
            with suppress(StoreProblem):
                self.store.left_offs.keep(self.case, left)
                self.left = left

    def undo(self) -> str | None:
        """Take the last deed back, also one from before a restart; return its words, or None where there is none.

        This waits for the disk, as `redo` and `keep` do; a screen calls them in a thread.
        """
        self.hand_in_all()
        return self._turn(self.store.drafts.undo(self.case).result())

    def redo(self) -> str | None:
        """Do again what was undone last; return its words, or None where there is nothing."""
        self.hand_in_all()
        return self._turn(self.store.drafts.redo(self.case).result())

    @property
    def signed(self) -> SignedSoFar | None:
        """How far the plan as it stands on the desk is signed; None where nobody has signed it.

        A change of it takes all their signatures away.
        """
        so_far = self._signed
        return so_far if so_far is not None and shared(self.plan) == so_far.plan else None

    def asks_before(self, plan: Plan | None = None) -> str:
        """Say what a change of a plan that is signed or has ended would mean; empty where nobody has to be asked.

        Parked notes are no part of what is signed: a `plan` that differs in them alone asks nothing.
        """
        so_far = None if self._may_change else self.signed
        if so_far is None or (plan is not None and shared(plan) == so_far.plan):
            return ""
        return so_far.before_change

    def let_change(self) -> None:
        """Take note that somebody was asked and wants to change it, until more is recorded in the case."""
        self._may_change = True

    def next_turn(self, *, back: bool) -> str:
        """Return the words of the deed that `undo`, or else `redo`, would take next; empty where there is none."""
        self.hand_in_all()
        return next_turn(self.store, self.case, back=back)

    def look_again(self) -> None:
        """Look again how far the plan is signed, after something was recorded in the case."""
        self._signed = signed_so_far(self.store, self.case)
        self._may_change = False

    @property
    def waits(self) -> bool:
        """Whether something was put on the desk that has not been handed in."""
        return self._waiting is not None

    @property
    def saved(self) -> bool:
        """Whether the disk has acknowledged every change."""
        return not self.waits and (self.saving is None or (self.saving.done() and _taken(self.saving)))

    @property
    def refused(self) -> bool:
        """Whether it is known that the newest change that was handed in is not on the disk."""
        return self.saving is not None and self.saving.done() and not _taken(self.saving)

    @property
    def body(self) -> bytes:
        """The canonical bytes of the plan as it stands, as it would be recorded: without parked notes."""
        return canonical(shared(self.plan))

    def keep(self) -> str:
        """Make the plan as it stands an entry of the case, unless its newest entry is the same; return the entry's id."""
        self.hand_in_all()
        return record_plan(self.store, self.case, self.body)

    def _put(self, plan: Plan, deed: str, *, goes_on: bool) -> _Waiting:
        before = self.plan
        if not goes_on or before == self._deed_began_at:
            self.hand_in()
            goes_on, self._deed_began_at = False, before
        elif self._waiting is not None:
            # One deed that has not been handed in goes on: it is handed in as a whole.
            goes_on, before = self._waiting.goes_on, self._waiting.before
        self.plan = plan
        return _Waiting(deed, goes_on, before)

    def _handed_in(self, waiting: _Waiting) -> "Future[None]":
        self._waiting = None
        drafts = self.store.drafts
        # What the disk did not take is no step that another could be part of.
        goes_on = waiting.goes_on and not self.refused
        try:
            body = readable_bytes(self.plan, waiting.before)
            if not self._is_draft:
                # A case that was opened at a recorded plan has nothing yet that its first deed could be taken back to.
                drafts.save(self.case, canonical(waiting.before), "Went on from the plan that was recorded")
            shown = glance(self.plan, self.costing)
            self.saving = drafts.save(self.case, body, waiting.deed, goes_on, shown=shown)
        except (BadDocument, StoreProblem):
            self.plan = waiting.before
            raise
        self._deed, self._is_draft = waiting.deed, True
        return self.saving

    def _turn(self, turned: Turned | None) -> str | None:
        if turned is None:
            return None
        self.plan = self._deed_began_at = read_plan(turned.plan)
        return turned.words


def _taken(saving: "Future[None]") -> bool:
    """Wait until the disk has answered, and say whether it took a change."""
    wait([saving])
    return not saving.cancelled() and saving.exception() is None
