"""One program a store: a lock beside the database, and a note of who holds it."""

import json
import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from supportplan.domain.problems import StoreInUse
from supportplan.storage.database.connection import translate_errors
from supportplan.storage.database.location import PRIVATE_FILE, make_private_file

LOCK = "store.lock"
HOLDER = "in-use.json"


class StoreLock:
    """The right to open a store. The system takes it back when the program ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._holder = folder / HOLDER
        self._lock = FileLock(folder / LOCK, timeout=0, mode=PRIVATE_FILE, thread_local=False)

    def take(self) -> None:
        """Take the lock and note this program's number. Raises StoreInUse, which names the program that holds it."""
        with translate_errors(self._holder.parent):
            try:
                self._lock.acquire()
            except Timeout:
                raise StoreInUse(
                    f"{_named(self._holder)} has this store open.",
                    where=str(self._holder.parent),
                    mend="Close it there, then try again.",
                ) from None
        # The note is for whoever comes second; a full disk that does not take it must keep nobody from a plan.
        with suppress(OSError):
            self._holder.unlink(missing_ok=True)
            make_private_file(self._holder)
            self._holder.write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back, also on a disk that has become read-only."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._holder.unlink(missing_ok=True)
            self._lock.release()


def _named(holder: Path) -> str:
    try:
        number = json.loads(holder.read_text(encoding="utf-8"))["pid"]
    except (OSError, ValueError, KeyError, TypeError):
        return "Another program"
    return f"Another program (process {number})"
