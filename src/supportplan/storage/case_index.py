"""The list of cases and the search, in pages: quick however many cases there are.

A case's place is its rank by when it was last worked on, and its row's own key: a page of the newest is read in one
sweep, and a search stops as soon as its page is full.
"""

import threading
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from supportplan.storage.connection import Readers
from supportplan.storage.search_words import Vocabulary, strictly

_COLUMNS = (
    "place, case_id, name, known_as, reference, state, updated, next_date, currency, "
    "one_off_pence, recurring_pence, cash_value_pence, total_budget_pence"
)
# Names of columns are ours; what a person typed is always a parameter.
_NEWEST = f"SELECT {_COLUMNS} FROM case_index WHERE place < ? ORDER BY place DESC LIMIT ?"  # noqa: S608
_FOUND = f"""
    SELECT {_COLUMNS} FROM (
        SELECT rowid AS found FROM case_search WHERE rowid < ? AND case_search MATCH ? ORDER BY rowid DESC LIMIT ?
    ) CROSS JOIN case_index ON place = found ORDER BY place DESC
"""  # noqa: S608
_ONE = f"SELECT {_COLUMNS} FROM case_index WHERE case_id = ?"  # noqa: S608
_TOP = 2**62


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case as the list shows it. `updated` is when it was last worked on, `next_date` when its plan is reviewed."""

    case: str
    name: str
    known_as: str
    reference: str
    state: str
    updated: str
    next_date: str | None
    currency: str
    one_off: Decimal | None
    recurring: Decimal | None
    cash_value: Decimal | None
    total_budget: Decimal | None


class After(NamedTuple):
    """Where a page ended. `loosely`: the search was for words like those typed."""

    place: int
    loosely: bool = False


class Page(msgspec.Struct, frozen=True):
    """Some cases, newest first. `after` asks for those that follow; it is None where there are none.

    `loosely` says that nothing held the words as they were typed, and that these hold words like them.
    """

    rows: tuple[CaseRow, ...]
    after: After | None
    loosely: bool = False


class CaseIndex:
    """Pages of cases, and the search."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._lock = threading.Lock()
        self._vocabulary: Vocabulary | None = None
        self._renamed = 0

    def page(self, *, limit: int = 50, after: After | None = None) -> Page:
        """Return the cases last worked on, newest first."""
        place = after.place if after else _TOP
        return _page(self._rows(_NEWEST, place, limit + 1), limit)

    def search(self, typed: str, *, limit: int = 50, after: After | None = None) -> Page:
        """Return the cases whose name or reference holds every word typed, or a longer one that begins with it.

        Where none does, those that hold words like them: `Kowlaski Zofia` finds Zofia Kowalska. Newest first.
        """
        strict = strictly(typed)
        if not strict:
            return self.page(limit=limit, after=after)
        place = after.place if after else _TOP
        if after is None or not after.loosely:
            found = self._rows(_FOUND, place, strict, limit + 1)
            if found or after:
                return _page(found, limit)
        loose = self._words().loosely(typed)
        found = self._rows(_FOUND, place, loose, limit + 1)
        return _page(found, limit, loosely=True)

    def row(self, case: str) -> CaseRow | None:
        """Return one case's row, or None."""
        found = self._rows(_ONE, case)
        return _row(found[0]) if found else None

    def count(self) -> int:
        """Return how many cases there are."""
        return int(self._rows("SELECT count(*) FROM case_index")[0][0])

    def renamed(self) -> None:
        """Note that names changed, so that the next search reads the words of the index again."""
        with self._lock:
            self._renamed += 1
            self._vocabulary = None

    def _words(self) -> Vocabulary:
        with self._lock:
            vocabulary, renamed = self._vocabulary, self._renamed
        if vocabulary is None:
            vocabulary = Vocabulary(row[0] for row in self._rows("SELECT term FROM case_word"))
            with self._lock:
                # A name that was saved meanwhile may be missing here; the next search reads again.
                if renamed == self._renamed:
                    self._vocabulary = vocabulary
        return vocabulary

    def _rows(self, sql: str, *values: str | int) -> list[Any]:
        with self._readers.connection() as driver:
            return driver.execute(sql, values).fetchall()


def _page(found: list[Any], limit: int, *, loosely: bool = False) -> Page:
    shown = found[:limit]
    after = After(shown[-1][0], loosely) if len(found) > limit else None
    return Page(tuple(map(_row, shown)), after, loosely)


def _row(found: tuple[Any, ...]) -> CaseRow:
    _, case, name, known_as, reference, state, updated, next_date, currency, *pence = found
    one_off, recurring, cash_value, total_budget = map(_pounds, pence)
    return CaseRow(
        case=case,
        name=name,
        known_as=known_as,
        reference=reference,
        state=state,
        updated=updated,
        next_date=next_date,
        currency=currency,
        one_off=one_off,
        recurring=recurring,
        cash_value=cash_value,
        total_budget=total_budget,
    )


def _pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else Decimal(pence).scaleb(-2)
