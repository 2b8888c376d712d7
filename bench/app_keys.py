"""Typing into the words of an outcome and into how much of a support, with a 200-line plan costed at every key, against typing into the least."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.app_programs import LETTERS, OPENED, app, in_store_as_made, store_of, trivial
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
# Past what it is, who gives it, their name and who pays: from there on the totals move at every key.
_SUPPORT = (
    Step(b"\t", "Change these words"),
    Step(b"\x1b[B\r", "What is it"),
    Step(b"\t\t\t\t", ""),
)
_DIGITS = "123456789" * 4


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Type the same letters everywhere, in turn; each is timed until it is painted."""
    case = plan_of(1).case
    outcome, support = (store_of(folder / name, lines=_LINES) for name in ("outcome", "support"))
    others = {name: program for name, program in rivals(folder / "rivals").items() if program.typed}
    programs: dict[str, Program] = {
        _LINE: trivial("line", typed=LETTERS),
        _BOX: trivial("box", typed=LETTERS),
        "outcome": in_store_as_made(outcome, app(outcome, OPENED, case=case, way=_OUTCOME, typed=LETTERS)),
        "support": in_store_as_made(
            support,
            app(support, OPENED, case=case, way=_SUPPORT, typed=_DIGITS)._replace(
                label="How much", taken_back=True
            ),
        ),
        **others,
    }
    found = visits(programs, effort.rounds(9))
    yield from _lines(
        f"a key in the words of an outcome, {_LINES}-line plan", found["outcome"], _BOX, found[_BOX]
    )
    yield _at_once(found["outcome"])
    yield from _lines(
        f"a key in how much of a support, {_LINES}-line plan", found["support"], _LINE, found[_LINE]
    )
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
    yield Line(
        "  written to the terminal for a key",
        median(seen, lambda one: one.bytes_a_letter),
        "bytes",
        against,
        median(least, lambda one: one.bytes_a_letter),
    )


def _at_once(seen: Sequence[Visit]) -> Line:
    lost = sum(one.lost for one in seen)
    return Line(
        "  a key typed while the editor is still being painted; the slowest of all",
        max(one.first_letter or float("inf") for one in seen),
        "s",
        "at once",
        _AT_ONCE,
        1,
        note=f"{lost} keys were lost" if lost else "",
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
