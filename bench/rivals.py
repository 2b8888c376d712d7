"""Other programs of the kind, measured where they are installed: posting, harlequin and bagels.

Each is looked for on the PATH, and in the environment that SUPPORTPLAN_BENCH_POSTING, SUPPORTPLAN_BENCH_HARLEQUIN or
SUPPORTPLAN_BENCH_BAGELS names: a folder that `python -m venv` made. They are opened empty, in a home of their own.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.visits import Program, visit

# The words by which somebody sees that the program can be used.
_READY = {"posting": "Enter a URL", "harlequin": "memory db", "bagels": "Welcome to Bagels!"}
_ARGUMENTS = {"posting": (), "harlequin": ("--no-download-tzdata", ":memory:"), "bagels": ()}
_TYPED = {"posting": "~localhostapi", "harlequin": "~selectfromvisits", "bagels": ""}


def rivals(home: Path) -> Mapping[str, Program]:
    """Return those that are installed and come up, by their names; each has its files under `home`."""
    found = {}
    for name, program in _installed(home):
        try:
            visit(program)
        except RuntimeError as trouble:
            sys.stderr.write(f"{name} is left out: {str(trouble).splitlines()[0]}\n")
        else:
            found[name] = program
    return found


def _installed(home: Path) -> Iterator[tuple[str, Program]]:
    for name, ready in _READY.items():
        named = os.environ.get(f"SUPPORTPLAN_BENCH_{name.upper()}")
        command = shutil.which(name, path=str(Path(named) / "bin")) if named else shutil.which(name)
        if command is not None:
            place = home / name
            place.mkdir(parents=True, exist_ok=True)
            environment = {
                "HOME": str(place),
                "PYTHONPATH": "",
                **{
                    f"XDG_{kind}_HOME": str(place / kind.lower())
                    for kind in ("CONFIG", "DATA", "CACHE", "STATE")
                },
            }
            yield name, Program((command, *_ARGUMENTS[name]), ready, environment, typed=_TYPED[name])
