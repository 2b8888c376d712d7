"""Opening the app in a terminal, against the least that Textual can be: until it can be used, and what it then holds."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.app_programs import OPENED, app, first_in_list, locked_app, store_of, trivial
from bench.material import plan_of
from bench.measure import Effort
from bench.process_tree import tells
from bench.rivals import rivals
from bench.table import Line
from bench.visits import Program, Visit, median, ratio, visits

_CASES = 1_000
_LEAST = "a trivial Textual app"
_MEMORY_REACH = 2
# What a person takes for at once, in seconds.
_AT_ONCE = 0.1


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Open the app locked, at its list with the key at hand, and at a case; others of the kind where they are installed."""
    many = store_of(folder / "many", cases=_CASES)
    one = store_of(folder / "one", lines=60)
    ours = {
        "locked: the passphrase can be typed": (locked_app(many, typed="abc"), 1.4),
        f"list of {_CASES:,} cases, the key at hand": (app(many, first_in_list(_CASES)), 1.4),
        "--case ID: a 60-line plan can be worked on": (app(one, OPENED, case=plan_of(1).case), 2.0),
    }
    others = rivals(folder / "rivals")
    programs: dict[str, Program] = {_LEAST: trivial("line", typed="abc")}
    programs |= {name: program for name, (program, _) in ours.items()} | dict(others)
    found = visits(programs, effort.rounds(9))
    least = found[_LEAST]
    for name, (_, reach) in ours.items():
        yield from _lines(f"supportplan, {name}", found[name], least, reach, _MEMORY_REACH)
    locked = found[next(iter(ours))]
    yield _at_once(locked)
    for name in others:
        yield from _lines(f"for comparison: {name}", found[name], least, None, None)


def _lines(
    what: str, seen: Sequence[Visit], least: Sequence[Visit], reach: float | None, memory_reach: float | None
) -> Iterator[Line]:
    yield _line(what, seen, least, "ready", reach)
    if tells():
        yield _line("  processor time until then", seen, least, "processor", None)
        yield _line("  memory then", seen, least, "memory", memory_reach)


def _line(what: str, seen: Sequence[Visit], least: Sequence[Visit], figure: str, reach: float | None) -> Line:
    def of(one: Visit) -> float:
        return float(getattr(one, figure))

    return Line(
        what,
        median(seen, of),
        "MiB" if figure == "memory" else "s",
        _LEAST,
        median(least, of),
        reach,
        paired=ratio(seen, least, of),
    )


def _at_once(seen: Sequence[Visit]) -> Line:
    lost = sum(one.lost for one in seen)
    took = max(one.first_letter or float("inf") for one in seen)
    what = "  a letter typed the moment it is painted; the slowest of all"
    return Line(what, took, "s", "at once", _AT_ONCE, 1, note=f"{lost} letters were lost" if lost else "")
