"""The memory that the whole app holds over 100,000 cases, against the same over 100."""

from collections.abc import Iterator
from pathlib import Path

from bench.app_programs import app, first_in_list, store_of
from bench.cases import FEW, MEMORY_REACH
from bench.measure import Effort
from bench.process_tree import tells
from bench.table import Line
from bench.visits import median, ratio, visits


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Open the app at its list over a small store and a large one, in turn, as on any morning."""
    if not tells():
        return
    many = effort.many_cases
    programs = {
        str(count): app(store_of(folder / str(count), cases=count), first_in_list(count))
        for count in (FEW, many)
    }
    found = visits(programs, 3)
    few, large = found[str(FEW)], found[str(many)]
    yield Line(
        f"the app, its list of {many:,} cases shown: memory",
        median(large, lambda one: one.memory),
        "MiB",
        f"the same at {FEW}",
        median(few, lambda one: one.memory),
        MEMORY_REACH,
        paired=ratio(large, few, lambda one: one.memory),
    )
    yield Line(
        "  until it is shown",
        median(large, lambda one: one.ready),
        "s",
        f"the same at {FEW}",
        median(few, lambda one: one.ready),
        2,
        paired=ratio(large, few, lambda one: one.ready),
    )
