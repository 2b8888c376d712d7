"""The working copy of each case's plan, with the steps that undo and redo walk. All of it survives a restart.

Every edit is a splice between the canonical bytes before and after it, with the deed in words. The plan as it stands
is kept whole beside the steps, so that opening a case reads one row.
"""

from concurrent.futures import Future
from typing import NamedTuple

import msgspec

from supportplan.domain.problems import NotFound
from supportplan.storage.cases.case_projection import CaseProjection, Glance, glance_at
from supportplan.storage.cases.splice import Splice, splice_between
from supportplan.storage.database.clock import Clock
from supportplan.storage.database.connection import Connection, Readers
from supportplan.storage.database.writer import Transaction, Writer

STEPS_KEPT = 1_000


class Draft(msgspec.Struct, frozen=True):
    """A case's plan as it stands: its canonical bytes, and when they were saved."""

    plan: bytes
    at: str


class Deed(msgspec.Struct, frozen=True):
    """One edit in words, and when it was made. One that is not `done` has been undone and can be redone."""

    words: str
    at: str
    done: bool


class Turned(msgspec.Struct, frozen=True):
    """What undoing or redoing came to: the plan as it stands now, and the deed that was undone or redone."""

    plan: bytes
    words: str


class _DraftRow(NamedTuple):
    plan: bytes
    step: int


class Drafts:
    """Saving, undoing and redoing. What is handed back as a future is resolved when the disk has it."""

    def __init__(self, writer: Writer, readers: Readers, projection: CaseProjection, clock: Clock) -> None:
        self._writer = writer
        self._readers = readers
        self._projection = projection
        self._clock = clock

    def read(self, case: str) -> Draft | None:
        """Return a case's draft, or None."""
        with self._readers.connection() as driver:
            found = driver.execute("SELECT plan, at FROM draft WHERE case_id = ?", (case,)).fetchone()
        return Draft(*found) if found else None

    def history(self, case: str) -> tuple[Deed, ...]:
        """Return the edits that can be undone and redone, oldest first."""
        with self._readers.connection() as driver:
            found = driver.execute(
                "SELECT deed, draft_step.at, number <= step FROM draft_step JOIN draft USING (case_id) "
                "WHERE case_id = ? ORDER BY number",
                (case,),
            ).fetchall()
        return tuple(Deed(words, at, bool(done)) for words, at, done in found)

    def save(
        self,
        case: str,
        plan: bytes,
        deed: str,
        merge_with_last: bool = False,
        *,
        shown: Glance | None = None,
    ) -> "Future[None]":
        """Keep a plan's canonical bytes as the case's draft. The first begins it; each later one is an edit.

        With `merge_with_last` the edit becomes part of the last one, as when typing goes on in the same field; not
        after an undo. An edit after an undo lets go of what could be redone.

        The future raises BadDocument where the bytes are no plan. They are not looked at with `shown`, what the list
        shows of them: who has costed the plan already has it as a value, and made sure that it can be read again
        (`domain.kept_bytes`).
        """
        at = self._clock()

        def work(transaction: Transaction) -> None:
            glance = shown or glance_at(plan)
            _keep(transaction.driver, case, plan, deed, at, merge=merge_with_last)
            self._projection.draft_saved(transaction, case, glance, at)

        return self._writer.submit(work)

    def follow(self, transaction: Transaction, case: str, plan: bytes, deed: str) -> None:
        """Let a draft go on from a plan that is taken in, within the same transaction; a case without one has none after."""
        at = self._clock()
        if _draft_row(transaction.driver, case) is not None:
            _keep(transaction.driver, case, plan, deed, at, merge=False)
            self._projection.draft_saved(transaction, case, glance_at(plan), at)

    def undo(self, case: str) -> "Future[Turned | None]":
        """Take the last edit back. None where there is nothing to undo. The future raises NotFound without a draft."""
        return self._writer.submit(lambda transaction: self._turn(transaction, case, back=True))

    def redo(self, case: str) -> "Future[Turned | None]":
        """Make the edit again that was undone last. None where there is none."""
        return self._writer.submit(lambda transaction: self._turn(transaction, case, back=False))

    def _turn(self, transaction: Transaction, case: str, *, back: bool) -> Turned | None:
        driver, at = transaction.driver, self._clock()
        row = _draft_row(driver, case)
        if row is None:
            raise NotFound("This case has no draft.", mend="Begin one from its plan.")
        number = row.step if back else row.step + 1
        found = driver.execute(
            "SELECT deed, start, removed, inserted FROM draft_step WHERE case_id = ? AND number = ?",
            (case, number),
        ).fetchone()
        if found is None:
            return None
        words, *parts = found
        splice = Splice(*parts)
        plan = splice.taken_out(row.plan) if back else splice.put_in(row.plan)
        _put(driver, case, plan, number - 1 if back else number, at)
        self._projection.draft_saved(transaction, case, glance_at(plan), at)
        return Turned(plan, words)


def _draft_row(driver: Connection, case: str) -> _DraftRow | None:
    found = driver.execute("SELECT plan, step FROM draft WHERE case_id = ?", (case,)).fetchone()
    return _DraftRow(*found) if found else None


def _keep(driver: Connection, case: str, plan: bytes, deed: str, at: str, *, merge: bool) -> None:
    row = _draft_row(driver, case)
    if row is None:
        driver.execute("INSERT INTO draft (case_id, plan, step, at) VALUES (?, ?, 0, ?)", (case, plan, at))
        return
    if plan == row.plan:
        return
    undone = driver.execute("DELETE FROM draft_step WHERE case_id = ? AND number > ?", (case, row.step))
    before, number = row.plan, row.step + 1
    if merge and row.step and not undone.rowcount:
        before, number = _without_last(driver, case, row), row.step
    if plan == before:
        # What was typed has been taken out again: there is nothing to undo.
        _put(driver, case, plan, number - 1, at)
        return
    splice = splice_between(before, plan)
    driver.execute(
        "INSERT INTO draft_step (case_id, number, deed, at, start, removed, inserted) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (case, number, deed, at, *splice),
    )
    _put(driver, case, plan, number, at)
    if number > STEPS_KEPT:
        driver.execute(
            "DELETE FROM draft_step WHERE case_id = ? AND number <= ?", (case, number - STEPS_KEPT)
        )


def _without_last(driver: Connection, case: str, row: _DraftRow) -> bytes:
    """Take the last step away, and return the plan as it was before it."""
    parts = driver.execute(
        "DELETE FROM draft_step WHERE case_id = ? AND number = ? RETURNING start, removed, inserted",
        (case, row.step),
    ).fetchall()
    return Splice(*parts[0]).taken_out(row.plan) if parts else row.plan


def _put(driver: Connection, case: str, plan: bytes, step: int, at: str) -> None:
    driver.execute("UPDATE draft SET plan = ?, step = ?, at = ? WHERE case_id = ?", (plan, step, at, case))
