"""Reading rows out of a damaged database: around what cannot be read, and never the same damage twice.

After a page that fails its seal, a connection is not trusted any more, so each failure costs a fresh one; the search
halves the numbers between what was read and the end, and loses only the rows of damaged pages.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlcipher3 import dbapi2

from supportplan.domain.problems import StoreDamaged
from supportplan.storage.database.connection import demand_sealed, open_keyed

_GREATEST = 2**62
# How far beyond a row that cannot be read another one is looked for: farther than a page holds rows.
_NEARBY = (0, 97, 997)


class DamagedDatabase:
    """A database that may fail at any row."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._connection = open_keyed(path, key, read_only=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def value(self, query: str, given: tuple[Any, ...] = ()) -> Any:
        """Return the first value of a query's first row; None where there is none, or it cannot be read."""
        try:
            found = self._connection.execute(query, given).fetchone()
            demand_sealed(self._connection)
        except (dbapi2.DatabaseError, StoreDamaged):
            self._open_again()
            return None
        return found[0] if found else None

    def rows(self, query: str, given: tuple[Any, ...], low: int, high: int) -> Iterator[tuple[Any, ...]]:
        """Return the rows whose number lies between two, and can be read.

        The query takes what is given and the two numbers, in this order; its first column is the row's number, by
        which its rows are ordered.
        """
        waiting = [(low, high)]
        while waiting:
            start, end = waiting.pop()
            # The end of a range is seen only on the page that follows, which may be the damaged one.
            alone = " LIMIT 1" if start == end else ""
            try:
                for row in self._connection.execute(f"{query}{alone}", (*given, start, end)):
                    demand_sealed(self._connection)
                    start = row[0] + 1
                    yield row
            except (dbapi2.DatabaseError, StoreDamaged):
                self._open_again()
                if start < end:
                    middle = (start + end) // 2
                    waiting += [(middle + 1, end), (start, middle)]

    def last_number(self, table: str, number: str = "rowid") -> int:
        """Return the greatest number of a table's rows that can be read; 0 where none can."""
        greatest = f"SELECT max({number}) FROM {table} WHERE {number} <= ?"  # noqa: S608 - our own names
        found = self.value(greatest, (_GREATEST,))
        if found is not None:
            return int(found)
        # The end of the table is damaged, or there are no rows: halve until the last one that can be read is found. A
        # damaged page in the middle must not be taken for the end, so a little beyond it is tried too.
        low, high = 0, _GREATEST
        while low < high:
            middle = (low + high + 1) // 2
            readable = (self.value(greatest, (middle + more,)) for more in _NEARBY)
            if any(found is not None for found in readable):
                low = middle
            else:
                high = middle - 1
        return int(self.value(greatest, (low,)) or 0)

    def _open_again(self) -> None:
        self._connection.close()
        self._connection = open_keyed(self._path, self._key, read_only=True)
