"""The rows of home: made when they come into view, from cases that are fetched in blocks as they are needed."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from textual.content import Content

from supportplan.domain.days import MONTHS
from supportplan.domain.money import show
from supportplan.services.case_list import ListedCase
from supportplan.services.clock import local_moment
from supportplan.widgets.lines import fitted, typed
from supportplan.widgets.row_list import KeyedRows, Row, RowLine

if TYPE_CHECKING:
    from array import array

# So many cases are fetched at once, and so many such blocks are kept: whatever the length of the list.
BLOCK = 64
_BLOCKS_KEPT = 24

_STAGE, _NEXT, _REFERENCE, _WORKED_ON, _CASH, _VERDICT, _BUDGET = 12, 22, 10, 12, 11, 6, 11
_GAP = "  "


class Columns(NamedTuple):
    """The columns of a row, by how many cells it has: a name, stage and money always, and more where there is room."""

    name: int
    reference: bool
    following: bool

    @classmethod
    def of(cls, width: int) -> "Columns":
        """Return what fits a width."""
        reference, following = width >= 100, width >= 70
        money = _CASH + 1 + _VERDICT + (1 + _BUDGET if reference else 0) + 1
        taken = money + 2 + _STAGE + following * (2 + _NEXT) + reference * (4 + _REFERENCE + _WORKED_ON)
        return cls(max(width - taken, 10), reference, following)

    def line(
        self, name: Content, reference: str, stage: str, following: str, worked_on: str, money: "Money"
    ) -> RowLine:
        """Put the cells of a row beside one another."""
        cells = [fitted(name, self.name)]
        if self.reference:
            cells.append(fitted(typed(reference), _REFERENCE))
        cells.append(fitted(typed(stage), _STAGE))
        if self.following:
            cells.append(fitted(typed(following), _NEXT))
        if self.reference:
            cells.append(fitted(typed(worked_on), _WORKED_ON))
        budget = f" {money.budget:>{_BUDGET}}" if self.reference else ""
        return RowLine(
            Content(_GAP).join(cells), typed(f"{money.cash:>{_CASH}} {money.verdict:<{_VERDICT}}{budget}")
        )

    def head(self) -> RowLine:
        """Return the names of the columns."""
        money = Money("Cash value", "Budget", "of" if self.reference else "")
        return self.line(Content("Name"), "Reference", "Stage", "What is next", "Worked on", money)


class Money(NamedTuple):
    """What a case comes to, whether that is within its indicative budget, and that budget."""

    cash: str
    verdict: str
    budget: str


def money_of(case: ListedCase) -> Money:
    """Say what a case comes to; like the checks, it holds the cash value against the indicative budget."""
    row = case.row
    cash = show(row.cash_value, row.currency) if row.cash_value is not None else ""
    if row.indicative is None or row.cash_value is None:
        return Money(cash, "-", "-")
    return Money(
        cash, "OVER" if row.cash_value > row.indicative else "OK", show(row.indicative, row.currency)
    )


def worked_on(updated: str) -> str:
    """Write when a case was last worked on where there is little room: `23 Nov 10:00`, or the day and year."""
    moment, now = local_moment(updated), local_moment()
    month = MONTHS[moment.month - 1][:3]
    if moment.year != now.year:
        return f"{moment.day:>2} {month} {moment.year}"
    return f"{moment.day:>2} {month} {moment:%H:%M}"


class CaseRows(KeyedRows):
    """A row for each place, and some that end the list. A row's key is its case's place.

    `room` says how wide a row is when it is made. `ask` is called with the number of a block of which a row is wanted
    that is not here yet.
    """

    def __init__(
        self,
        places: "array[int]",
        first: dict[int, ListedCase],
        ends: Sequence[Row],
        room: Callable[[], int],
        ask: Callable[["CaseRows", int], None],
    ) -> None:
        self._places = places
        self._ends = ends
        self._room = room
        self._ask = ask
        self._blocks: dict[int, dict[int, ListedCase] | str | None] = {0: first}

    def __len__(self) -> int:
        return len(self._places) + len(self._ends)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        """Make a row."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        if at >= len(self._places):
            return self._ends[at - len(self._places)]
        return Row((self._line(at),), str(self._places[at]))

    def place_of(self, key: str) -> int:
        """Find a row: the places go down from the newest to the oldest."""
        for number, row in enumerate(self._ends):
            if row.key == key:
                return len(self._places) + number
        if not key.isdecimal():
            return -1
        number = bisect_left(self._places, -int(key), key=lambda place: -place)
        return number if number < len(self._places) and self._places[number] == int(key) else -1

    def case(self, key: str) -> ListedCase | None:
        """Return what is known of the case that a key stands for; None where it has not been fetched, or has gone."""
        number = self.place_of(key)
        if not 0 <= number < len(self._places):
            return None
        block = self._blocks.get(number // BLOCK)
        return block.get(self._places[number]) if isinstance(block, dict) else None

    def places_in(self, block: int) -> "array[int]":
        """Return the places of a block."""
        return self._places[block * BLOCK : (block + 1) * BLOCK]

    def take(self, block: int, found: dict[int, ListedCase] | str) -> None:
        """Take a block that was asked for, or in words why it cannot be had; the one that came longest ago is let go."""
        self._blocks[block] = found
        while len(self._blocks) > _BLOCKS_KEPT:
            del self._blocks[next(iter(self._blocks))]

    def _line(self, at: int) -> RowLine:
        number = at // BLOCK
        if number not in self._blocks:
            self._blocks[number] = None
            self._ask(self, number)
        block = self._blocks[number]
        if block is None:
            return RowLine(Content("..."))
        if isinstance(block, str):
            return RowLine(typed(block))
        case = block.get(self._places[at])
        if case is None:
            return RowLine(Content("(no longer in the list)"))
        row, step = case.row, case.step
        when = worked_on(row.updated)
        columns = Columns.of(self._room())
        return columns.line(typed(row.name), row.reference, step.stage, step.words, when, money_of(case))
