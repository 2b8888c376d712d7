"""Typing into the editors of an outcome and of a support, with a 200-line plan costed at every key, against typing into the least."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.app_programs import LETTERS, OPENED, app, store_of, trivial
from bench.material import plan_of
from bench.measure import Effort
from bench.rivals import rivals
from bench.table import Line
from bench.visits import Program, Step, Visit, letter_p50, letter_p95, median, ratio, visits

_LINES = 200
_HALF, _NEARLY_ALL = 1.5, 3.0
_AT_ONCE = 0.1
_LINE, _BOX = "a field of one line in a trivial app", "a box of several lines in a trivial app"

_OUTCOME = (Step(b"\r", "Change these words"), Step(b"\r", "What do they want?"))
_SUPPORT = (Step(b"\t", "Change these words"), Step(b"\x1b[B\r", "What is it"))


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Type the same letters everywhere, in turn; each is timed until it is painted."""
    store, case = store_of(folder / "plan", lines=_LINES), plan_of(1).case
    others = {name: program for name, program in rivals(folder / "rivals").items() if program.typed}
    programs: dict[str, Program] = {
        _LINE: trivial("line", typed=LETTERS),
        _BOX: trivial("box", typed=LETTERS),
        "outcome": app(store, OPENED, case=case, way=_OUTCOME, typed=LETTERS),
        "support": app(store, OPENED, case=case, way=_SUPPORT, typed=LETTERS),
        **others,
    }
    found = visits(programs, effort.rounds(9))
    yield from _lines(
        f"a key in the words of an outcome, {_LINES}-line plan", found["outcome"], _BOX, found[_BOX]
    )
    yield from _lines(f"a key in a support, {_LINES}-line plan", found["support"], _LINE, found[_LINE])
    for name in others:
        yield _half(f"for comparison: a key in {name}", found[name], _LINE, found[_LINE], None)


def _lines(what: str, seen: Sequence[Visit], against: str, least: Sequence[Visit]) -> Iterator[Line]:
    yield _half(what, seen, against, least, _HALF)
    yield Line(
        "  the slowest of 20",
        median(seen, letter_p95),
        "s",
        f"half of the keys in {against}",
        median(least, letter_p50),
        _NEARLY_ALL,
        paired=ratio(seen, least, letter_p95, letter_p50),
    )
    slowest = max(one.first_letter or float("inf") for one in seen)
    lost = sum(one.lost for one in seen)
    yield Line(
        "  a key typed while the editor is still being painted; the slowest of all",
        slowest,
        "s",
        "at once",
        _AT_ONCE,
        1,
        note=f"{lost} keys were lost" if lost else "",
    )
    yield Line(
        "  written to the terminal for a key",
        median(seen, lambda one: one.bytes_a_letter),
        "bytes",
        against,
        median(least, lambda one: one.bytes_a_letter),
    )


def _half(
    what: str, seen: Sequence[Visit], against: str, least: Sequence[Visit], reach: float | None
) -> Line:
    return Line(
        what,
        median(seen, letter_p50),
        "s",
        against,
        median(least, letter_p50),
        reach,
        paired=ratio(seen, least, letter_p50),
    )
