"""The case on the desk: its plan as it stands, what it costs, and what the disk has acknowledged of it."""

from concurrent.futures import Future, wait
from contextlib import suppress

from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import plan_records, record
from supportplan.domain.cases.left_off import LeftOff
from supportplan.domain.costing import Costing, cost
from supportplan.domain.kept_bytes import readable_bytes
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import StoreProblem
from supportplan.services.cases import working_plan
from supportplan.services.signed import signed_plan
from supportplan.storage.cases.case_projection import glance
from supportplan.storage.cases.drafts import Turned
from supportplan.storage.database.clock import now
from supportplan.storage.store import Store


class Desk:
    """One case being worked on. `plan` is the plan as it stands and `costing` what it costs.

    `left` is where it would be taken up again, as far as somebody has been anywhere since it was opened.

    Every change is a whole new plan, handed to the store at once; `saved` says whether the disk has all of them.
    """

    def __init__(self, store: Store, case: str) -> None:
        """Open a case at its draft or, where it has none, at its newest plan. Raises NotFound where it has neither."""
        self.case = case
        self.store = store
        self._saving: Future[None] | None = None
        self._deed = ""
        self.left: LeftOff | None = None
        self.plan: Plan = working_plan(store, case)
        self.costing: Costing = cost(self.plan)
        self._deed_began_at = self.plan
        self._is_draft = store.drafts.read(case) is not None
        self._signed = signed_plan(store, case)

    def change(self, plan: Plan, deed: str, *, goes_on: bool = False) -> "Future[None]":
        """Put a new plan in the place of the one on the desk; the future is resolved when the disk has it.

        `deed` says in words what was done. With `goes_on` it is part of the last deed, as when typing in one field;
        but not of one that came to nothing, which is no deed any more. Raises BadDocument for a plan that could not be
        opened again, and leaves the desk as it is.
        """
        body = readable_bytes(plan, self.plan)
        costing = cost(plan)
        goes_on = goes_on and self.plan != self._deed_began_at and not self._refused()
        if not self._is_draft:
            # A case that was opened at a recorded plan has nothing yet that its first deed could be taken back to.
            self.store.drafts.save(self.case, self.body, "Went on from the plan that was recorded")
        saving = self.store.drafts.save(self.case, body, deed, goes_on, shown=glance(plan, costing))
        # Only what was handed in is shown: a store that has been closed meanwhile has raised by now.
        if not goes_on:
            self._deed_began_at = self.plan
        self.plan, self.costing, self._saving, self._deed = plan, costing, saving, deed
        self._is_draft = True
        return saving

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
        self._hand_in_what_was_refused()
        return self._turn(self.store.drafts.undo(self.case).result())

    def redo(self) -> str | None:
        """Do again what was undone last; return its words, or None where there is nothing."""
        self._hand_in_what_was_refused()
        return self._turn(self.store.drafts.redo(self.case).result())

    @property
    def is_signed(self) -> bool:
        """Whether somebody has signed the plan as it stands on the desk: a change of it takes their signature away."""
        return self._signed is not None and self.plan == self._signed

    def note_signature(self) -> None:
        """Note that the plan as it stands has been signed."""
        self._signed = self.plan

    @property
    def saved(self) -> bool:
        """Whether the disk has acknowledged every change."""
        return self._saving is None or (self._saving.done() and _taken(self._saving))

    @property
    def body(self) -> bytes:
        """The canonical bytes of the plan as it stands."""
        return canonical(self.plan)

    def keep(self) -> str:
        """Make the plan as it stands an entry of the case, unless its newest entry is the same; return the entry's id."""
        self._hand_in_what_was_refused()
        body = self.body
        plans = plan_records(self.store.records(self.case))
        newest = plans[-1] if plans else None
        if newest is not None and newest.body == body:
            return newest.entry.id
        kept = record(
            body,
            case=self.case,
            kind="plan",
            author=self.store.author,
            device=self.store.device,
            at=now(),
            parents=(newest.entry.id,) if newest else (),
        )
        self.store.append([kept]).result()
        return kept.entry.id

    def _refused(self) -> bool:
        """Whether it is known that the newest change is not on the disk."""
        return self._saving is not None and self._saving.done() and not _taken(self._saving)

    def _hand_in_what_was_refused(self) -> None:
        """Save once more what the disk refused: else the next step would start from an older plan, and lose this one."""
        if self._saving is not None and not _taken(self._saving):
            # Each save holds the whole plan: once the newest is on the disk, so is all that came before.
            self.change(self.plan, self._deed).result()

    def _turn(self, turned: Turned | None) -> str | None:
        if turned is None:
            return None
        self._show(read_plan(turned.plan))
        return turned.words

    def _show(self, plan: Plan) -> None:
        self.plan = self._deed_began_at = plan
        self.costing = cost(plan)


def _taken(saving: "Future[None]") -> bool:
    """Wait until the disk has answered, and say whether it took a change."""
    wait([saving])
    return not saving.cancelled() and saving.exception() is None
