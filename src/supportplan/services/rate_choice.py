"""Choosing a price from the schedules of costs in the store: the newest version of each, searched as it is typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.schedules.schedule import Row, to_rate
from supportplan.services.schedule_versions import withdrawn

if TYPE_CHECKING:
    from supportplan.domain.plan_money import Rate
    from supportplan.domain.schedules.schedule import Schedule
    from supportplan.storage.store import Store


class Priced(NamedTuple):
    """A row of a schedule of costs, and what its schedule is called."""

    row: Row
    schedule: str
    label: str
    dated_example: bool


class RateChoice:
    """The rows that can be chosen from."""

    def __init__(self, schedules: tuple[Schedule, ...]) -> None:
        from supportplan.domain.schedules.search import RateIndex

        rows = [(row, schedule) for schedule in schedules for row in schedule.rows]
        self.schedules = schedules
        self.count = len(rows)
        self._index = RateIndex(row for row, _ in rows)
        self._of = {id(row): schedule for row, schedule in rows}

    def search(self, words: str, *, on: date, most: int = 60) -> tuple[Priced, ...]:
        """Return the rows that fit the words and are valid on a day, the best first."""
        return tuple(self._priced(row) for row in self._index.search(words, on=on, most=most))

    def rate(self, priced: Priced, currency: str) -> Rate:
        """Copy a row into a rate that a plan keeps. Raises BadInput for a row by quote, or in another currency."""
        return to_rate(priced.row, self._of[id(priced.row)], currency=currency)

    def _priced(self, row: Row) -> Priced:
        schedule = self._of[id(row)]
        return Priced(row, schedule.name, schedule.label, schedule.dated_example)


def rate_choice(store: Store) -> RateChoice:
    """Read the newest version of every schedule in the store, of those that are not withdrawn.

    For some thousand rows this takes a moment.
    """
    newest: dict[str, str] = {}
    out = withdrawn(store)
    for version in store.rates.versions():
        if version.id not in out:
            newest.setdefault(version.name, version.id)
    return RateChoice(tuple(store.rates.schedule(one) for one in newest.values()))
