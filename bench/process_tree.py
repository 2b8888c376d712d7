"""What a program and all that it has started hold of the memory and have used of the processor (Linux)."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

_PROCESSES = Path("/proc")


def tells() -> bool:
    """Say whether this system tells."""
    return Path("/proc/self/statm").exists()


def memory_mib(process: int) -> float:
    """Return the resident memory of a process and of all below it; pages that they share count for each."""
    page = os.sysconf("SC_PAGE_SIZE") / 1024 / 1024
    pages = 0
    for one in _tree(process):
        with contextlib.suppress(OSError):
            pages += int((_PROCESSES / str(one) / "statm").read_text().split()[1])
    return pages * page


def processor_seconds(process: int) -> float:
    """Return the processor time that a process and all below it have used, threads that have ended counted too."""
    ticks = 0
    for one in _tree(process):
        with contextlib.suppress(OSError):
            # What stands before the last bracket is the program's name, which may hold anything.
            after_name = (_PROCESSES / str(one) / "stat").read_text().rpartition(")")[2].split()
            ticks += int(after_name[11]) + int(after_name[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _tree(process: int) -> Iterator[int]:
    yield process
    for children in (_PROCESSES / str(process) / "task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in children.read_text().split():
                yield from _tree(int(child))
