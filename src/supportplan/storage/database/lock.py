"""One program a store: a lock beside the database, and a note of who holds it."""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from supportplan.domain.problems import StoreInUse
from supportplan.storage.database.connection import translate_errors
from supportplan.storage.database.location import PRIVATE_FILE, make_private_file

LOCK = "store.lock"
HOLDER = "in-use.json"


class StoreLock:
    """The right to open a store. The system takes it back when the program ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK
        self._holder = folder / HOLDER
        self._held: int | None = None

    def take(self) -> None:
        """Take the lock and note this program's number. Raises StoreInUse, which names the program that holds it."""
        with translate_errors(self._holder.parent):
            file = os.open(self._path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
            try:
                free = _hold(file)
            except BaseException:
                os.close(file)
                raise
        if not free:
            os.close(file)
            raise StoreInUse(
                f"{_named(self._holder)} has this store open.",
                where=str(self._holder.parent),
                mend="Close it there, then try again.",
            )
        self._held = file
        # The note is for whoever comes second; a full disk that does not take it must keep nobody from a plan.
        with suppress(OSError):
            self._holder.unlink(missing_ok=True)
            make_private_file(self._holder)
            self._holder.write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back, also on a disk that has become read-only."""
        if self._held is not None:
            with suppress(OSError):
                self._holder.unlink(missing_ok=True)
            # Nobody else has this file open: the system lets go of the lock with it.
            os.close(self._held)
            self._held = None


if sys.platform == "win32":
    import msvcrt

    def _hold(file: int) -> bool:
        """Hold a file as long as it is open; False where another program does."""
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def _hold(file: int) -> bool:
        """Hold a file as long as it is open; False where another program does."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _named(holder: Path) -> str:
    try:
        number = json.loads(holder.read_text(encoding="utf-8"))["pid"]
    except (OSError, ValueError, KeyError, TypeError):
        return "Another program"
    return f"Another program (process {number})"
