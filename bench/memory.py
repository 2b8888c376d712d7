"""The memory that stays taken when a store is opened, listed and searched, each in a process of its own."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.material import PASSPHRASE
from bench.measure import fresh, python

_STATUS = Path("/proc/self/status")


def resident_after_work(folder: Path, words: Sequence[str]) -> dict[str, float]:
    """Return, by what was done, how many MiB a fresh process holds; nothing where the system does not tell."""
    if not _STATUS.exists():
        return {}
    found: dict[str, float] = json.loads(fresh(*python("-m", "bench.memory", folder, *words))())
    return found


def _work(folder: Path, words: Sequence[str]) -> dict[str, float]:
    from supportplan.storage.store import Store

    found: dict[str, float] = {}
    with Store.unlock(folder, PASSPHRASE) as store:
        found["once opened"] = _resident()
        after = None
        for _ in range(20):
            after = store.cases.page(after=after).after
        found["after 20 pages"] = _resident()
        for word in words:
            store.cases.search(word)
        found["after searches, one with a typing error"] = _resident()
    return found


def _resident() -> float:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_work(Path(sys.argv[1]), sys.argv[2:])))
