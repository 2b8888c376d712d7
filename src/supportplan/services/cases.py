"""The cases in the store: found, taken in, and their plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import plan_records
from supportplan.domain.plan import Plan, read_plan, shared
from supportplan.domain.problems import BadInput, NotAllowed, NotFound
from supportplan.services.signed import signed_so_far

if TYPE_CHECKING:
    from supportplan.domain.cases.entries import Record
    from supportplan.storage.cases.case_index import CaseRow as CaseRow
    from supportplan.storage.store import Store


class CaseList(NamedTuple):
    """Some cases, those last worked on first, of all that there are.

    `loosely` says that nothing held the words as they were typed, and that these hold words like them.
    """

    rows: tuple[CaseRow, ...]
    total: int
    loosely: bool


class Overview(NamedTuple):
    """Where a case stands: its plan, its state, its records, and how many edits can be undone and redone."""

    case: str
    plan: Plan
    state: str
    records: tuple[Record, ...]
    to_undo: int
    to_redo: int


def list_cases(store: Store, *, search: str = "", most: int) -> CaseList:
    """Return the cases last worked on, or those whose name or reference holds the words searched for."""
    page = store.cases.search(search, limit=most) if search else store.cases.page(limit=most)
    return CaseList(page.rows, store.cases.count(), page.loosely)


def overview(store: Store, case: str) -> Overview:
    """Say where a case stands. Raises NotFound."""
    row = store.cases.row(case)
    done = [deed.done for deed in store.drafts.history(case)]
    return Overview(
        case=case,
        plan=working_plan(store, case),
        state=row.state if row else "draft",
        records=store.records(case, blobs=False),
        to_undo=sum(done),
        to_redo=len(done) - sum(done),
    )


def find_case(store: Store, beginning: str) -> str:
    """Return the id of the one case whose id begins so; raise NotFound or BadInput."""
    if not beginning.strip():
        raise BadInput(
            "No case is named.", mend="Give the start of its id, as `supportplan case list` shows it."
        )
    if store.cases.row(beginning) is not None:
        return beginning
    found = store.cases.beginning(beginning)
    if not found:
        raise NotFound(
            "There is no such case in the store.",
            where=f"case {beginning}",
            mend="`supportplan case list` shows the cases there are.",
        )
    if len(found) > 1:
        raise BadInput("Several cases begin so.", where=f"case {beginning}", mend="Give more of the id.")
    return found[0]


def working_plan(store: Store, case: str) -> Plan:
    """Return the plan of a case as it stands: its draft, or else its newest entry. Raises NotFound."""
    draft = store.drafts.read(case)
    if draft is not None:
        return read_plan(draft.plan, name=f"case {case}")
    newest = _newest_record(store, case)
    if newest is None:
        raise NotFound(
            "There is no plan in this case.",
            where=f"case {case}",
            mend="`supportplan case list` shows the cases there are.",
        )
    return read_plan(newest, name=f"case {case}")


def take_in(store: Store, plan: Plan, *, replace: bool = False, sure: bool = False) -> None:
    """Keep a plan that came from a file as the draft of its case, and wait until the disk has it.

    Where the case holds another plan already, `replace` is needed; undo brings the earlier one back. Where that
    one is signed or has ended, somebody has to be `sure`, too. Raises NotAllowed.
    """
    body = canonical(plan)
    draft = store.drafts.read(plan.case)
    before = draft.plan if draft else _newest_record(store, plan.case)
    if before is not None and before != body and not replace:
        raise NotAllowed(
            "The store holds another plan for this case.",
            where=f"case {plan.case}",
            mend="Add --replace to put this one in its place; undo brings the earlier one back.",
        )
    if before is not None and before != body and not sure:
        demand_changeable(store, plan.case)
    if draft is None and before is not None:
        store.drafts.save(plan.case, before, "Went on from the plan that was recorded").result()
    store.drafts.save(plan.case, body, "Took a plan in from a file").result()


def _newest_record(store: Store, case: str) -> bytes | None:
    plans = plan_records(store.records(case, blobs=False))
    return plans[-1].body if plans else None


def next_turn(store: Store, case: str, *, back: bool) -> str:
    """Return the words of the edit that `undo`, or else `redo`, would take next; empty where there is none."""
    edits = [edit.words for edit in store.drafts.history(case) if edit.done is back]
    return (edits[-1] if back else edits[0]) if edits else ""


def demand_changeable(store: Store, case: str, *, would: str = "") -> None:
    """Raise NotAllowed where the plan as it stands is signed or has ended. `would` says what the change would be."""
    so_far = signed_so_far(store, case)
    if so_far is not None and shared(working_plan(store, case)) == so_far.plan:
        raise NotAllowed(
            " ".join(filter(None, (so_far.before_change, would))),
            where=f"case {case}",
            mend="Nothing was changed. Add --yes to change it all the same.",
        )


def undo(store: Store, case: str, *, sure: bool = False) -> str | None:
    """Take the last edit of a case's draft back; return its words, or None where there is nothing to undo.

    Raises NotAllowed for a plan that is signed or has ended, unless somebody is `sure`; so does `redo`.
    """
    if not sure and (next_words := next_turn(store, case, back=True)):
        demand_changeable(store, case, would=f"It would take back: {next_words}.")
    turned = store.drafts.undo(case).result()
    return turned.words if turned else None


def redo(store: Store, case: str, *, sure: bool = False) -> str | None:
    """Make the edit again that was undone last; return its words, or None where there is nothing."""
    if not sure and (next_words := next_turn(store, case, back=False)):
        demand_changeable(store, case, would=f"It would make again: {next_words}.")
    turned = store.drafts.redo(case).result()
    return turned.words if turned else None
