"""Measuring: works that are compared run in turn, so that whatever else the computer does strikes all of them alike."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

Work = Callable[[], object]


class Effort(NamedTuple):
    """How much is measured: the share of the rounds, and how many cases the large store holds."""

    share: float = 1.0
    many_cases: int = 100_000

    def rounds(self, usual: int) -> int:
        """Return how many rounds to run where there are usually so many."""
        return max(5, round(usual * self.share))


class Times(NamedTuple):
    """The seconds that the rounds of a work took, in the order in which they ran."""

    seconds: tuple[float, ...]

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """What 95 of 100 rounds stay within."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


def in_turn(works: Mapping[str, Work], rounds: int, *, before: int = 2) -> dict[str, Times]:
    """Run every work once a round, in an order that turns round, after some rounds that do not count."""
    names = list(works)
    found: dict[str, list[float]] = {name: [] for name in names}
    for count in range(before + rounds):
        for name in names if count % 2 else reversed(names):
            # What one work leaves behind is cleared away before the next, so that none pays for another.
            gc.collect(0)
            started = time.perf_counter()
            works[name]()
            took = time.perf_counter() - started
            if count >= before:
                found[name].append(took)
    return {name: Times(tuple(seconds)) for name, seconds in found.items()}


def fresh(*arguments: str | Path, listen_to: Literal["stdout", "stderr"] = "stdout") -> Callable[[], str]:
    """Return the work of running a program in a process of its own, to its end; it gives what the program said."""
    command = [str(argument) for argument in arguments]

    def run() -> str:
        ran = subprocess.run(command, check=False, capture_output=True, text=True)
        if ran.returncode:
            raise RuntimeError(f"{command[0]} ended with {ran.returncode}: {ran.stderr}")
        return str(getattr(ran, listen_to))

    return run


def python(*arguments: str | Path) -> Sequence[str | Path]:
    """Return the command that runs this Python."""
    return (sys.executable, *arguments)
