"""Where each case was left: a bookmark in the encrypted store. It is no part of a plan, and no step of undoing."""

import threading
from collections.abc import Sequence

from supportplan.domain.canonical import canonical, read
from supportplan.domain.cases.left_off import LeftOff
from supportplan.domain.problems import BadDocument, StoreProblem
from supportplan.storage.database.connection import Readers
from supportplan.storage.database.writer import Transaction, Writer

_KEY = "left_off."
_PUT = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class LeftOffs:
    """The bookmarks. Keeping one never waits, and however fast they come, at most one write stands in the queue."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers
        self._lock = threading.Lock()
        self._waiting: dict[str, LeftOff] = {}
        self._queued = False

    def keep(self, case: str, left: LeftOff) -> None:
        """Remember where a case was left. Nobody is told whether the disk took it: the next one tries again.

        Raises StoreProblem where the store is closed.
        """
        with self._lock:
            self._waiting[case] = left
            queued, self._queued = self._queued, True
        if not queued:
            try:
                self._writer.submit(self._write)
            except StoreProblem:
                with self._lock:
                    self._queued = False
                raise

    def of(self, cases: Sequence[str]) -> dict[str, LeftOff]:
        """Return where some cases were left: those of them that have been looked at."""
        keys = [f"{_KEY}{case}" for case in cases]
        asked = f"SELECT key, value FROM setting WHERE key IN ({', '.join('?' * len(keys))})"  # noqa: S608 - only marks
        with self._readers.connection() as driver:
            found = driver.execute(asked, keys).fetchall()
        kept = {key.removeprefix(_KEY): left for key, raw in found if (left := _read(raw)) is not None}
        with self._lock:
            return kept | {case: self._waiting[case] for case in cases if case in self._waiting}

    def _write(self, transaction: Transaction) -> None:
        with self._lock:
            waiting = dict(self._waiting)
            self._queued = False
        values = [(f"{_KEY}{case}", canonical(left).decode()) for case, left in waiting.items()]
        transaction.driver.executemany(_PUT, values)
        transaction.after_commit.append(lambda: self._written(waiting))

    def _written(self, written: dict[str, LeftOff]) -> None:
        with self._lock:
            for case, left in written.items():
                if self._waiting.get(case) == left:
                    del self._waiting[case]


def _read(raw: str) -> LeftOff | None:
    try:
        return read(raw.encode(), LeftOff)
    except BadDocument:
        return None  # A newer program wrote it, in another way.
