"""The one thread that writes. Work is handed in from any thread; its future is resolved when the disk has it."""

import queue
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sqlcipher3 import dbapi2

from supportplan.domain.problems import DiskRefused, StoreProblem
from supportplan.storage.database.connection import Connection, demand_sealed, translate_errors
from supportplan.storage.database.engine import CoreOver

Result = TypeVar("Result")

# After so many commits a quiet moment is used to carry the write-ahead log over into the database; after so many more,
# any moment is.
_MANY_COMMITS = 200
_TOO_MANY_COMMITS = 1_000
_MOST_AT_ONCE = 64


class Transaction:
    """What a piece of work writes with: the driver for the statements of every save, SQLAlchemy for the rest.

    Both speak over one connection, so that what they write is kept, or not, together.
    """

    def __init__(self, driver: Connection, core: CoreOver) -> None:
        self.driver = driver
        self.core = core
        self.after_commit: list[Callable[[], None]] = []


class _Job(NamedTuple):
    work: Callable[[Transaction], Any]
    future: "Future[Any]"


class Writer:
    """The queue and its thread. Work that waits together is committed together: one sync of the disk serves all."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._driver = connection
        self._core = CoreOver(connection, path)
        self._path = path
        self._inode = path.stat().st_ino
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._commits = 0
        self._fault = ""
        # A daemon: a program that dies of an error must not hang here. Who leaves in good order calls close().
        self._thread = threading.Thread(target=self._run, name="supportplan-writer", daemon=True)
        self._thread.start()

    def submit(self, work: "Callable[[Transaction], Result]") -> "Future[Result]":
        """Queue work. Its future is resolved after COMMIT returned, so that the disk has acknowledged it.

        Work may be run twice (alone, when a piece it was grouped with failed), so it changes nothing but the store.
        """
        future: Future[Result] = Future()
        with self._closing:
            if self._closed:
                raise locked()
            self._queue.put(_Job(work, future))
        return future

    def flush(self) -> None:
        """Wait until all that was handed in before is settled."""
        self.submit(lambda _: None).result()

    def close(self) -> None:
        """Settle what waits, carry the log over into the database, and close.

        Raises RuntimeError where something that was to follow a commit failed, which is a fault of the program: by then
        all is settled and closed.
        """
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()
        # What a failing disk does not let us carry over stays in the log file, and is read from there.
        with suppress(dbapi2.Error):
            self._driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._driver.close()
        if self._fault:
            raise RuntimeError(f"what was to follow a commit failed: {self._fault}")

    def _run(self) -> None:
        more = True
        while more:
            waiting = [self._queue.get()]
            while len(waiting) < _MOST_AT_ONCE and not self._queue.empty():
                waiting.append(self._queue.get())
            more = None not in waiting
            jobs = [job for job in waiting if job is not None and job.future.set_running_or_notify_cancel()]
            if jobs:
                self._commit(jobs)
            self._tidy()

    def _commit(self, jobs: list[_Job]) -> None:
        transaction = Transaction(self._driver, self._core)
        try:
            with translate_errors(self._path):
                self._demand_there()
                self._driver.execute("BEGIN IMMEDIATE")
                results = [job.work(transaction) for job in jobs]
                self._core.commit()
                demand_sealed(self._driver)
                self._driver.execute("COMMIT")
        except BaseException as error:  # noqa: BLE001 - whatever it is, whoever waits for the result must hear of it
            self._roll_back()
            if len(jobs) == 1:
                jobs[0].future.set_exception(error)
            else:
                for job in jobs:
                    self._commit([job])
            return
        self._commits += 1
        for do in transaction.after_commit:
            self._follow(do)
        for job, result in zip(jobs, results, strict=True):
            job.future.set_result(result)

    def _demand_there(self) -> None:
        """Refuse to save into a file that has been taken away or replaced: it would be gone with the program."""
        try:
            there = self._path.stat().st_ino == self._inode
        except FileNotFoundError:
            there = False
        if not there:
            raise DiskRefused(
                "The file of the store is gone from its folder: nothing can be saved any more.",
                where=str(self._path),
                mend="Put it back, or leave and bring the newest backup back: supportplan restore FILE --replace",
            )

    def _follow(self, do: Callable[[], None]) -> None:
        """Do what follows a commit. What fails there takes nothing back: the work is on the disk, and says so."""
        try:
            do()
        except Exception as error:  # noqa: BLE001 - it is kept, and raised when nothing can be lost by it any more
            frame = traceback.extract_tb(error.__traceback__)[-1]
            # The error itself may carry what people wrote.
            self._fault = (
                f"{type(error).__name__} in {frame.name}, {Path(frame.filename).name}, line {frame.lineno}"
            )

    def _roll_back(self) -> None:
        # A full or failing disk has rolled back by itself already.
        with suppress(dbapi2.Error, StoreProblem):
            self._core.roll_back()
        with suppress(dbapi2.Error):
            self._driver.rollback()

    def _tidy(self) -> None:
        if self._commits < (_MANY_COMMITS if self._queue.empty() else _TOO_MANY_COMMITS):
            return
        self._commits = 0
        # Nothing is lost if this fails: what was committed stays in the log file, and the next commit says what is wrong.
        with suppress(dbapi2.Error):
            self._driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def demand_carried_over(path: Path) -> None:
    """Refuse a closed database of which a part is still in its log file, as a full disk leaves it.

    It is asked before a database is moved, which goes without its log. Raises DiskRefused.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise DiskRefused(
            "The disk did not take all of the store.",
            where=str(path.parent),
            mend="Free some space, then try again.",
        )


def locked() -> StoreProblem:
    """Return what to say to whoever comes after the store was closed, such as when it locked itself."""
    return StoreProblem("The store is locked.", mend="Unlock it first.")
