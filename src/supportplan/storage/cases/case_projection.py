"""What the list shows of a case, derived from its draft and its entries in the same transaction that changes them.

A plan, its costing and its state are loaded when one is worked out: the list itself is shown without any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from supportplan.domain.cases.entries import Record, plan_records
from supportplan.domain.cases.next_step import Task, review_day_of, task_of
from supportplan.domain.money import to_penny
from supportplan.domain.problems import BadDocument
from supportplan.domain.search_words import words_to_find
from supportplan.storage.database.clock import day_of
from supportplan.storage.database.connection import Connection
from supportplan.storage.database.writer import Transaction
from supportplan.storage.records import records_of

if TYPE_CHECKING:
    from supportplan.domain.costing import Costing
    from supportplan.domain.plan import Plan

_MOST_PENCE = 2**63 - 1


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows of a plan. A total is None where it is not known."""

    name: str
    known_as: str = ""
    reference: str = ""
    next_date: str | None = None
    currency: str = "GBP"
    one_off: Decimal | None = None
    recurring: Decimal | None = None
    cash_value: Decimal | None = None
    total_budget: Decimal | None = None
    indicative: Decimal | None = None
    parked: int = 0


def glance(plan: Plan, costing: Costing) -> Glance:
    """Take from a plan and its costing what a list shows."""
    totals = costing.totals
    return Glance(
        name=plan.person.name,
        known_as=plan.person.known_as,
        reference=plan.person.reference,
        next_date=plan.review.due.isoformat() if plan.review else None,
        currency=plan.money,
        one_off=totals.one_off,
        recurring=totals.recurring,
        cash_value=totals.cash_value,
        total_budget=totals.total_budget,
        indicative=plan.indicative,
        parked=len(plan.parked),
    )


def glance_at(raw: bytes) -> Glance:
    """Read and cost a plan for its row. Raises BadDocument."""
    from supportplan.domain.costing import cost
    from supportplan.domain.plan import read_plan

    plan = read_plan(raw)
    return glance(plan, cost(plan))


class ListedState(NamedTuple):
    """The state of a case on a day, and the next day on which it may become another by itself.

    `task` is what its entries ask of the facilitator, `review_due` the day on which the plan in force is to be reviewed.
    """

    state: str
    changes_on: str | None
    task: Task = ""
    review_due: str | None = None


STARTED = ListedState("draft", None)


def listed_state_on(records: Sequence[Record], on: date) -> ListedState:
    """Fold a case's records into its state on a day."""
    from supportplan.domain.cases.state import state

    days = {day for record in records if record.entry.kind == "plan" for day in _turning_days(record.body)}
    coming = min((day for day in days if day > on), default=None)
    where = state(records, on)
    review = review_day_of(where)
    return ListedState(
        where.state,
        coming.isoformat() if coming else None,
        task_of(where),
        review.isoformat() if review else None,
    )


def glance_of(case: str, plans: Sequence[bytes]) -> Glance:
    """Return what a list shows of a case from its plans, the newest first.

    Where the newest cannot be read, as when a newer program wrote it, the case is listed all the same: by the names of
    the newest one that can, or by its id, and without figures, for those would be another plan's.
    """
    for place, raw in enumerate(plans):
        try:
            found = glance_at(raw)
        except BadDocument:
            continue
        return (
            found
            if place == 0
            else Glance(name=found.name, known_as=found.known_as, reference=found.reference)
        )
    return Glance(name=case)


class Row(NamedTuple):
    """A case's row but for its place."""

    case: str
    glance: Glance
    listed: ListedState
    updated: str


def row_of(driver: Connection, case: str, records: Sequence[Record], updated: str, *, on: date) -> Row:
    """Work a case's row out from its draft and its entries, as it is on a day."""
    drafts = [raw for (raw,) in driver.execute("SELECT plan FROM draft WHERE case_id = ?", (case,))]
    plans = [record.body for record in reversed(plan_records(records))]
    return Row(case, glance_of(case, [*drafts, *plans]), listed_state_on(records, on), updated)


def turned(driver: Connection, on: date) -> list[str]:
    """Return the cases whose state may have become another by itself, because a day has come; those last worked on first."""
    # With the sign, the few are found by their day and then put in order; without, all cases are gone through in order.
    found = driver.execute(
        "SELECT case_id FROM case_index WHERE changes_on <= ? ORDER BY +place DESC", (on.isoformat(),)
    )
    return [case for (case,) in found]


def cases_shown_wrongly(driver: Connection) -> Iterator[str]:
    """Yield the cases of which the list says something else than the plan that it should show."""
    for case, draft, *shown in driver.execute(_SHOWN):
        try:
            plan = draft or plan_records(records_of(driver, case, blobs=False))[-1].body
            found = glance_at(plan)
        except BadDocument:
            continue  # It is listed by what can be read of it, and said apart.
        if shown != [found.name, found.known_as, found.reference, *_figures(found)]:
            yield case


class CaseProjection:
    """Writes the rows. `named` is given the words of a name after the commit that brought it into the index."""

    def __init__(self, named: Callable[[Iterable[str]], None]) -> None:
        self._named = named

    def draft_saved(self, transaction: Transaction, case: str, shown: Glance, at: str) -> None:
        """Show a case as its draft says it is."""
        self._put(transaction, case, shown, None, at)

    def entries_added(self, transaction: Transaction, case: str, records: Sequence[Record], at: str) -> None:
        """Show a case as its entries say it is; its draft, where it has one, says what the plan is."""
        self.put(transaction, row_of(transaction.driver, case, records, at, on=day_of(at)))

    def put(self, transaction: Transaction, row: Row) -> None:
        """Write a case's row and make it the one last worked on."""
        self._put(transaction, *row)

    def _put(
        self, transaction: Transaction, case: str, shown: Glance, listed: ListedState | None, updated: str
    ) -> None:
        """Write a case's row; without a state it keeps the one it has."""
        top, was, *kept = transaction.driver.execute(_PRESENT, (case,)).fetchone()
        names = (shown.name, shown.known_as, shown.reference)
        listed = listed or (ListedState(*kept[3:]) if was is not None else STARTED)
        # While one case is worked on, most saves change neither its place nor its names: the index of words and the
        # order stay as they are.
        if (was, *kept) == (top, *names, *listed):
            transaction.driver.execute(_UPDATE_FIGURES, (updated, *_figures(shown), top))
            return
        place = top if was is not None and was == top else (top or 0) + 1
        write = _INSERT if was is None else _UPDATE
        words = words_to_find(" ".join(names))
        values = (place, *names, " ".join(words), *listed, updated, *_figures(shown), case)
        transaction.driver.execute(write, values)
        if was is None or tuple(kept[:3]) != names:
            transaction.after_commit.append(lambda: self._named(words))

    def restate(self, transaction: Transaction, case: str, listed: ListedState) -> None:
        """Change a case's state alone: a day came, and nobody worked on it."""
        transaction.driver.execute(_RESTATE, (*listed, case))

    def refigure(self, transaction: Transaction, case: str, shown: Glance) -> None:
        """Change a case's figures alone: the list has learnt to show more of it, and nobody worked on it."""
        transaction.driver.execute(_REFIGURE, (*_figures(shown), case))

    def rebuild(self, transaction: Transaction, rows: Iterable[Row]) -> None:
        """Replace all rows, those last worked on last."""
        transaction.driver.execute("DELETE FROM case_index")
        for row in sorted(rows, key=lambda row: (row.updated, row.case)):
            self.put(transaction, row)


_SHOWN = """
    SELECT case_id, draft.plan, name, known_as, reference, next_date, currency,
    one_off_pence, recurring_pence, cash_value_pence, total_budget_pence, indicative_pence, parked
    FROM case_index LEFT JOIN draft USING (case_id)
    WHERE draft.plan IS NOT NULL
    OR EXISTS (SELECT 1 FROM entry WHERE entry.case_id = case_index.case_id AND entry.kind = 'plan')
"""
_FIGURES = (
    "next_date", "currency", "one_off_pence", "recurring_pence", "cash_value_pence", "total_budget_pence",
    "indicative_pence", "parked",
)  # fmt: skip
_LISTED = ("state", "changes_on", "task", "review_due")
_FIELDS = ("place", "name", "known_as", "reference", "words", *_LISTED, "updated", *_FIGURES)
# Names of columns are ours; what a person wrote is always a parameter.
_INSERT = (
    f"INSERT INTO case_index ({', '.join(_FIELDS)}, case_id) VALUES ({', '.join('?' * (len(_FIELDS) + 1))})"  # noqa: S608
)


def _setting(fields: Iterable[str], key: str) -> str:
    return f"UPDATE case_index SET {', '.join(f'{field} = ?' for field in fields)} WHERE {key} = ?"  # noqa: S608


_UPDATE = _setting(_FIELDS, "case_id")
_UPDATE_FIGURES = _setting(("updated", *_FIGURES), "place")
_REFIGURE = _setting(_FIGURES, "case_id")
_RESTATE = _setting(_LISTED, "case_id")
_PRESENT = """
    SELECT (SELECT max(place) FROM case_index), place, name, known_as, reference, state, changes_on, task, review_due
    FROM (SELECT 1) LEFT JOIN case_index ON case_id = ?
"""


def _figures(shown: Glance) -> tuple[str | int | None, ...]:
    amounts = (shown.one_off, shown.recurring, shown.cash_value, shown.total_budget, shown.indicative)
    return (shown.next_date, shown.currency, *(_pence(amount) for amount in amounts), shown.parked)


def _pence(amount: Decimal | None) -> int | None:
    """Whole pence; None beyond what a column holds, for a list only shows them."""
    pence = None if amount is None else int(to_penny(amount).scaleb(2))
    return pence if pence is None or pence <= _MOST_PENCE else None


def _turning_days(raw: bytes) -> tuple[date, ...]:
    from supportplan.domain.plan import read_plan

    try:
        period = read_plan(raw).period
    except BadDocument:
        return ()
    return (period.start, period.end + timedelta(days=1)) if period.end < date.max else (period.start,)
