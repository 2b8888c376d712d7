"""The cases in the store: found, taken in, and their plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import plan_records
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import BadInput, NotAllowed, NotFound

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


def take_in(store: Store, plan: Plan, *, replace: bool = False) -> None:
    """Keep a plan that came from a file as the draft of its case, and wait until the disk has it.

    Where the case holds another plan already, `replace` is needed; undo brings the earlier one back. Raises NotAllowed.
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
    if draft is None and before is not None:
        store.drafts.save(plan.case, before, "Went on from the plan that was recorded").result()
    store.drafts.save(plan.case, body, "Took a plan in from a file").result()


def _newest_record(store: Store, case: str) -> bytes | None:
    plans = plan_records(store.records(case, blobs=False))
    return plans[-1].body if plans else None


def undo(store: Store, case: str) -> str | None:
    """Take the last edit of a case's draft back; return its words, or None where there is nothing to undo."""
    turned = store.drafts.undo(case).result()
    return turned.words if turned else None


def redo(store: Store, case: str) -> str | None:
    """Make the edit again that was undone last; return its words, or None where there is nothing."""
    turned = store.drafts.redo(case).result()
    return turned.words if turned else None
