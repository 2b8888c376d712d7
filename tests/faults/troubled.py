"""A program whose disk gives it trouble: it tries again, and says what it was told.

Run as `python -m tests.faults.troubled FOLDER CODE save FIRST COUNT`, which says `saved N` or `refused PROBLEM`, or as
`... passphrase OLD NEW`, which says `opened` and `changed`.
"""

import os
import sys
from pathlib import Path

from supportplan.domain.problems import Problem
from supportplan.storage.store import Store
from tests.faults.workload import save

TRIES = 60


def say(words: str) -> None:
    """Write a line to standard output at once."""
    os.write(1, f"{words}\n".encode())


def save_all(opened: Store, first: int, count: int) -> None:
    """Make edits one after the other, each until it is on the disk, or until there is no hope."""
    number, tries = first, 0
    while number < first + count and tries < TRIES:
        tries += 1
        try:
            save(opened, number)
        except Problem as problem:
            say(f"refused {type(problem).__name__}")
            continue
        say(f"saved {number}")
        number, tries = number + 1, 0


def main() -> None:
    """Do what the command line says."""
    folder, code, work, one, other = sys.argv[1:]
    with Store.unlock(Path(folder), code) as opened:
        if work == "save":
            save_all(opened, int(one), int(other))
            return
        say("opened")
        opened.change_passphrase(one, other)
        say("changed")


if __name__ == "__main__":
    main()
