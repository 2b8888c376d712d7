"""A restoring that is killed: just before it moves or removes the first file, the second one, and so on.

Run as `python -m tests.faults.killed_restore BACKUP FOLDER PASSPHRASE NUMBER`.
"""

import os
import signal
import sys
from pathlib import Path

from supportplan.storage.backups.backup import restore

MOVES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}


def main() -> None:
    """Restore a backup in the place of a store, and be killed before the move of that number."""
    backup, folder, passphrase, number = sys.argv[1:]
    left = int(number)

    def kill_at_move(event: str, _: tuple[object, ...]) -> None:
        nonlocal left
        if event in MOVES:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(kill_at_move)
    restore(Path(backup), Path(folder), passphrase, at="2026-11-24T08:00:00Z", replace=True)


if __name__ == "__main__":
    main()
