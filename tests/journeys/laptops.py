"""Two laptops with stores of their own, worked at in the real program only, and what is carried between them on a stick.

Each has its own clock: the second one's is days ahead, by libfaketime (Debian: `faketime`), which the program knows
nothing of.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.journeys.at_terminal import ROOT, Terminal, terminal
from tests.journeys.hands import ByKeys
from tests.journeys.stores import PASSPHRASE

CELL = (9, 18)


class Answered(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


class Laptop:
    """A laptop with a store of its own, and whoever works on it; `days` is how far its clock is ahead."""

    def __init__(self, home: Path, author: str) -> None:
        self.home, self.days = home, 0
        self.folder = home / "store"
        home.mkdir()
        (home / "passphrase.txt").write_text(PASSPHRASE, encoding="utf-8")
        store, _ = Store.create(self.folder, PASSPHRASE, at=now(), author=author, cost=FLOOR)
        store.close()

    def does(self, *arguments: object) -> Answered:
        """Run a command on this laptop, in a process of its own."""
        ran = subprocess.run(
            [sys.executable, "-m", "supportplan", *map(str, arguments)],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=os.environ
            | self._clock()
            | {
                "PYTHONPATH": str(ROOT / "src"),
                "SUPPORTPLAN_STORE": str(self.folder),
                "SUPPORTPLAN_PREFERENCES": str(self.home / "preferences.json"),
                "SUPPORTPLAN_PASSPHRASE_FILE": str(self.home / "passphrase.txt"),
            },
        )
        assert "Traceback" not in ran.stdout + ran.stderr, ran.stderr
        return Answered(ran.returncode, ran.stdout, ran.stderr)

    def did(self, *arguments: object) -> str:
        """Run a command on this laptop that has to be done; return its result."""
        answered = self.does(*arguments)
        assert answered.code == 0, answered.err + answered.out
        return answered.out

    @contextmanager
    def works(self, *arguments: str) -> Iterator[tuple[Terminal, ByKeys]]:
        """Open the app in a terminal that tells the mouse in pixels, unlock it, and leave it at the end."""
        with terminal(
            *arguments, home=self.home, columns=120, rows=40, cell=CELL, environment=self._clock()
        ) as screen:
            hand = ByKeys(screen)
            hand.sees("supportplan is locked")
            hand.fill_secret("Passphrase", PASSPHRASE)
            screen.type("Enter")
            hand.sees("Find" if not arguments else "Outcomes and supports")
            yield screen, hand
            screen.type("C-q")
            screen.gone()

    def open(self) -> Store:
        """Open the store, to look into it."""
        return Store.unlock(self.folder, PASSPHRASE)

    def _clock(self) -> dict[str, str]:
        if not self.days:
            return {}
        return {
            "LD_PRELOAD": _libfaketime(),
            "FAKETIME": f"+{self.days}d",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


@cache
def _libfaketime() -> str:
    found = [*Path("/usr/lib").glob("**/faketime/libfaketimeMT.so.1")]
    if not found:
        pytest.skip("libfaketime is not installed: apt install faketime")
    return str(found[0])
