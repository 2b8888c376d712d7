"""The list of cases and the search, in pages or by their places: quick however many cases there are.

A case's place is its rank by when it was last worked on, and its row's own key: a page of the newest is read in one
sweep, and a search stops as soon as its page is full.
"""

import threading
from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

import msgspec

from supportplan.domain.search_words import is_number, words_in
from supportplan.storage.cases.vocabulary import Vocabulary
from supportplan.storage.database.connection import Readers

_COLUMNS = (
    "place, case_id, name, known_as, reference, state, updated, next_date, currency, "
    "one_off_pence, recurring_pence, cash_value_pence, total_budget_pence, indicative_pence, parked, task, review_due, words"
)
# Names of columns are ours; what a person typed is always a parameter.
_NEWEST = f"SELECT {_COLUMNS} FROM case_index WHERE place < ? ORDER BY place DESC LIMIT ?"  # noqa: S608
_FOUND = f"""
    SELECT {_COLUMNS} FROM (
        SELECT rowid AS found FROM case_search WHERE rowid < ? AND case_search MATCH ? ORDER BY rowid DESC LIMIT ?
    ) CROSS JOIN case_index ON place = found ORDER BY place DESC
"""  # noqa: S608
_ONE = f"SELECT {_COLUMNS} FROM case_index WHERE case_id = ?"  # noqa: S608
_AT = f"SELECT {_COLUMNS} FROM case_index WHERE place IN "  # noqa: S608
_PLACES_FOUND = "SELECT rowid FROM case_search WHERE case_search MATCH ? ORDER BY rowid DESC"
_TOP = 2**62
_FEW = 50

Kept = Literal["all", "waiting", "drafts", "signed"]
# What waits for the facilitator is what `domain.cases.next_step` says so of; each part is answered by an index alone.
_WAITING = """
    SELECT place FROM case_index WHERE task <> '' UNION SELECT place FROM case_index WHERE parked > 0
    UNION SELECT place FROM case_index WHERE review_due IS NOT NULL AND review_due <= ?
"""
_PLACES: dict[Kept, str] = {
    "all": "SELECT place FROM case_index INDEXED BY case_by_state ORDER BY place DESC",
    "waiting": f"{_WAITING} ORDER BY place DESC",
    "drafts": "SELECT place FROM case_index WHERE state = 'draft' ORDER BY place DESC",
    "signed": "SELECT place FROM case_index WHERE state IN ('signed', 'active', 'under_review') ORDER BY place DESC",
}


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A case as the list shows it. `updated` is when it was last worked on, `next_date` when its plan is reviewed.

    `task` is what its entries ask of the facilitator, `parked` how many notes have no place in the plan yet, and
    `review_due` the day on which the plan in force is to be reviewed.
    """

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
    indicative: Decimal | None = None
    parked: int = 0
    task: str = ""
    review_due: str | None = None


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


class Places(NamedTuple):
    """The places of some cases, newest first: all of them, at eight bytes each. `loosely` as in a page."""

    places: "array[int]"
    loosely: bool = False


class CaseIndex:
    """Pages of cases, and the search."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._lock = threading.Lock()
        self._vocabulary: Vocabulary | None = None
        # Words that came into the index before it was read.
        self._came: set[str] = set()

    def page(self, *, limit: int = 50, after: After | None = None) -> Page:
        """Return the cases last worked on, newest first."""
        place = after.place if after else _TOP
        return _page(self._rows(_NEWEST, place, limit + 1), limit)

    def search(self, typed: str, *, limit: int = 50, after: After | None = None) -> Page:
        """Return the cases whose name or reference holds every word typed, or a longer one that begins with it.

        Where none does, those that hold words like them: `Kowlaski Zofia` finds Zofia Kowalska. Newest first.
        """
        if not words_in(typed):
            return self.page(limit=limit, after=after)
        if after is None or not after.loosely:
            found = self._as_typed(typed, after, limit)
            if found or after:
                return _page(found, limit)
        return _page(self._found(self._words().loosely(typed), after, limit), limit, loosely=True)

    def places(self, typed: str = "", *, kept: Kept = "all", on: date) -> Places:
        """Return the places of all cases of a kind, or of those among them that the words find, as `search` does."""
        if not words_in(typed):
            return Places(self._kept(kept, on))
        found, loosely = self._places_as_typed(typed), False
        if not found:
            query = self._words().loosely(typed)
            found, loosely = self._places(_PLACES_FOUND, query) if query else found, True
        if kept != "all":
            of_kind = set(self._kept(kept, on))
            found = array("q", (place for place in found if place in of_kind))
        return Places(found, loosely)

    def newest_places(self, most: int) -> "array[int]":
        """Return the places of the cases last worked on."""
        return self._places("SELECT place FROM case_index ORDER BY place DESC LIMIT ?", most)

    def rows_at(self, places: Sequence[int]) -> dict[int, CaseRow]:
        """Return the rows at some places. One that has gone from its place meanwhile is left out."""
        found = self._rows(f"{_AT}({', '.join('?' * len(places))})", *places)
        return {row[0]: _row(row) for row in found}

    def place(self, case: str) -> int | None:
        """Return a case's place, or None."""
        found = self._rows("SELECT place FROM case_index WHERE case_id = ?", case)
        return int(found[0][0]) if found else None

    def waiting(self, on: date) -> int:
        """Return how many cases wait for the facilitator on a day."""
        return len(self._kept("waiting", on))

    def row(self, case: str) -> CaseRow | None:
        """Return one case's row, or None."""
        found = self._rows(_ONE, case)
        return _row(found[0]) if found else None

    def beginning(self, start_of_id: str, *, limit: int = 2) -> tuple[str, ...]:
        """Return the ids of some cases whose id begins so."""
        found = self._rows(
            "SELECT case_id FROM case_index WHERE substr(case_id, 1, length(?1)) = ?1 LIMIT ?2",
            start_of_id,
            limit,
        )
        return tuple(row[0] for row in found)

    def count(self) -> int:
        """Return how many cases there are."""
        return int(self._rows("SELECT count(*) FROM case_index")[0][0])

    def named(self, words: Iterable[str]) -> None:
        """Note words that came into the index."""
        with self._lock:
            if self._vocabulary is None:
                self._came.update(words)
            else:
                self._vocabulary.add(words)

    def _words(self) -> Vocabulary:
        """Return the words of the index: read once, and kept up from then on."""
        found = self._vocabulary
        if found is None:
            # Those that begin with a digit come first in the index, and are not wanted. The lock is not held
            # meanwhile: the writer may come by.
            read = Vocabulary(row[0] for row in self._rows("SELECT term FROM case_word WHERE term >= ':'"))
            with self._lock:
                found = self._vocabulary or read
                found.add(self._came)
                self._came.clear()
                self._vocabulary = found
        return found

    def _as_typed(self, typed: str, after: After | None, limit: int) -> list[Any]:
        """Find the cases that hold every word; where few hold a number that was typed, by looking at these alone.

        Of `C-1042` the number tells the most, and the letter, with which all references may begin, nearly nothing.
        """
        few = self._by_number(typed, after, limit)
        return few if few is not None else self._found(self._words().strictly(typed), after, limit)

    def _places_as_typed(self, typed: str) -> "array[int]":
        few = self._by_number(typed, None, _FEW)
        if few is not None:
            return array("q", (row[0] for row in few))
        query = self._words().strictly(typed)
        return self._places(_PLACES_FOUND, query) if query else array("q")

    def _by_number(self, typed: str, after: After | None, limit: int) -> list[Any] | None:
        """Find the cases by the longest number typed, where no more than so many hold it; else None."""
        words = words_in(typed)
        number = max(filter(is_number, words), key=len, default="")
        if not number or len(words) == 1:
            return None
        holding = self._found(f'"{number}"*', after, limit)
        if len(holding) > limit:
            return None
        return [row for row in holding if all(f" {word}" in f" {row[-1]}" for word in words)]

    def _found(self, query: str, after: After | None, limit: int) -> list[Any]:
        return self._rows(_FOUND, after.place if after else _TOP, query, limit + 1) if query else []

    def _kept(self, kept: Kept, on: date) -> "array[int]":
        return self._places(_PLACES[kept], *((on.isoformat(),) if kept == "waiting" else ()))

    def _places(self, sql: str, *values: str | int) -> "array[int]":
        with self._readers.connection() as driver:
            return array("q", (place for (place,) in driver.execute(sql, values)))

    def _rows(self, sql: str, *values: str | int) -> list[Any]:
        with self._readers.connection() as driver:
            return driver.execute(sql, values).fetchall()


def _page(found: list[Any], limit: int, *, loosely: bool = False) -> Page:
    shown = found[:limit]
    after = After(shown[-1][0], loosely) if len(found) > limit else None
    return Page(tuple(map(_row, shown)), after, loosely)


def _row(found: tuple[Any, ...]) -> CaseRow:
    _, case, name, known_as, reference, state, updated, next_date, currency, *rest = found
    *pence, parked, task, review_due, _ = rest
    one_off, recurring, cash_value, total_budget, indicative = map(_pounds, pence)
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
        indicative=indicative,
        parked=parked,
        task=task,
        review_due=review_due,
    )


def _pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else Decimal(pence).scaleb(-2)
