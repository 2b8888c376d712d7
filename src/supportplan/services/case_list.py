"""The list of cases as home shows it: which cases there are, by their places, and more about those that are in view."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from supportplan.domain.cases.left_off import LeftOff as LeftOff
from supportplan.domain.cases.next_step import NextStep, Task, next_step
from supportplan.services.clock import today

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from supportplan.domain.cases.state import State
    from supportplan.services.desk import Desk
    from supportplan.storage.cases.case_index import CaseRow
    from supportplan.storage.cases.case_index import Kept as Kept
    from supportplan.storage.store import Store


class ListedCase(NamedTuple):
    """A case in the list: its row, where it stands today and what comes next, and where it was left."""

    row: CaseRow
    step: NextStep
    left: LeftOff | None


class Listing(NamedTuple):
    """The places of the cases that are listed, newest first; `first` are the topmost of them, by their places.

    `total` counts all cases of the store, `waiting` those that wait for the facilitator today. `loosely` says that
    nothing held the words as they were typed, and that these hold words like them. `at` is the place of the case that
    was asked for, where it has one.
    """

    places: array[int]
    first: dict[int, ListedCase]
    total: int
    waiting: int
    loosely: bool
    at: int | None


def list_places(store: Store, *, search: str, kept: Kept, first: int, case: str = "") -> Listing:
    """Return the places of all cases of a kind, or of those among them that hold the words; `case` is to be found too."""
    on = today()
    if case:
        # What was changed in it a moment ago may still be on its way to the disk, and decides its place.
        store.flush()
    found = store.cases.places(search, kept=kept, on=on)
    return Listing(
        places=found.places,
        first=cases_at(store, found.places[:first]),
        total=store.cases.count(),
        waiting=store.cases.waiting(on),
        loosely=found.loosely,
        at=store.cases.place(case) if case else None,
    )


def begin_listing(store: Store, *, first: int) -> Listing:
    """Return the cases last worked on, as many as can be in view, by one light look; `list_places` has the others."""
    places = store.cases.newest_places(first)
    waiting = store.cases.waiting(today())
    return Listing(places, cases_at(store, places), store.cases.count(), waiting, loosely=False, at=None)


def cases_at(store: Store, places: Sequence[int]) -> dict[int, ListedCase]:
    """Return the cases at some places. One that has gone from its place meanwhile is left out."""
    on = today()
    rows = store.cases.rows_at(places)
    left = store.left_offs.of([row.case for row in rows.values()])
    return {place: ListedCase(row, _step(row, on), left.get(row.case)) for place, row in rows.items()}


def open_case(store: Store, case: str) -> tuple[Desk, LeftOff | None]:
    """Put a case on the desk, and say where it was left. Raises NotFound."""
    from supportplan.services.desk import Desk

    return Desk(store, case), left_off(store, case)


def left_off(store: Store, case: str) -> LeftOff | None:
    """Return where a case was left, or None where it never was."""
    return store.left_offs.of([case]).get(case)


def _step(row: CaseRow, on: date) -> NextStep:
    return next_step(
        cast("State", row.state),
        on=on,
        task=cast("Task", row.task),
        review_due=date.fromisoformat(row.review_due) if row.review_due else None,
        parked=row.parked,
        # A plan that can be read has always been costed.
        readable=not (row.one_off is row.recurring is row.cash_value is row.total_budget is None),
    )
