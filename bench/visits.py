"""Visits: programs are opened in a terminal and typed into, in turn, and what they painted is timed from their output."""

import random
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bench.process_tree import memory_mib, processor_seconds, tells
from bench.replay import Replay, newly_shown
from bench.terminal import COLUMNS, ROWS, Terminal, terminal

# So long nothing more is painted before the next letter is typed, in seconds.
_QUIET = 0.06
_SETTLED = 0.3
_BACKSPACE = b"\x7f"


class Step(NamedTuple):
    """Keys that lead on, and the words that stand on the screen when they have."""

    keys: bytes
    words: str


class Program(NamedTuple):
    """A program to visit: how it is opened, and the words that stand on its screen when it can be used.

    `way` leads from there to the field that is typed into. What is typed begins with a sign that stands nowhere else on
    the screen: it is pressed while the rest is still being painted. `shown_as` is what the field shows for a letter,
    where that is another sign. `label` stands on the line of the field, where the same letter could be painted on
    another. With `taken_back` every letter is taken out again before the next. `begin` puts what the program works on
    as it was, so that no visit finds what another has left.
    """

    command: tuple[str, ...]
    ready: str
    environment: Mapping[str, str] = {}
    way: tuple[Step, ...] = ()
    typed: str = ""
    shown_as: str = ""
    label: str = ""
    taken_back: bool = False
    begin: Callable[[], object] = bool


class Visit(NamedTuple):
    """What was found on a visit, in seconds and MiB.

    `first_letter` is what the first letter took that was typed the moment the words stood there, `letters` what each
    of the others took to be painted; `lost` counts those that never were.
    """

    painted: float
    ready: float
    processor: float
    memory: float
    first_letter: float | None
    letters: tuple[float, ...]
    bytes_a_letter: float
    lost: int


Figure = Callable[[Visit], float]


class _Typed(NamedTuple):
    """A key that was pressed, and the letter that it shows; none where it takes one out."""

    at: float
    letter: str


def visits(programs: Mapping[str, Program], rounds: int) -> dict[str, list[Visit]]:
    """Visit every program once a round, in an order that turns round. The first round does not count."""
    found: dict[str, list[Visit]] = {name: [] for name in programs}
    for count in range(1 + rounds):
        for name in programs if count % 2 else reversed(list(programs)):
            seen = visit(programs[name])
            if count:
                found[name].append(seen)
            sys.stderr.write(".")
            sys.stderr.flush()
    sys.stderr.write("\n")
    return found


def ratio(ours: Sequence[Visit], others: Sequence[Visit], of: Figure, beside: Figure | None = None) -> float:
    """Return the median of the ratios within each round; `beside` is what is taken of the other, where that differs."""
    return statistics.median(of(one) / (beside or of)(other) for one, other in zip(ours, others, strict=True))


def median(seen: Sequence[Visit], of: Figure) -> float:
    """Return the median over the rounds."""
    return statistics.median(of(one) for one in seen)


def letter_p50(seen: Visit) -> float:
    """Return what half of the letters stay within."""
    return statistics.median(seen.letters)


def letter_p95(seen: Visit) -> float:
    """Return what 95 of 100 letters stay within."""
    ordered = sorted(seen.letters)
    return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


def visit(program: Program) -> Visit:
    """Open a program, go to its field, type, and leave. Raises RuntimeError with its screen where it is not as expected."""
    typed: list[_Typed] = []
    program.begin()
    with terminal(program.command, program.environment) as screen:
        _demand(screen, program.ready)
        process = screen.running.pid
        memory, processor = (memory_mib(process), processor_seconds(process)) if tells() else (0.0, 0.0)
        for step in program.way:
            screen.wait_quiet(_SETTLED)
            so_far = len(screen.pieces)
            screen.press(step.keys)
            _demand(screen, step.words, since=so_far)
        for letter in program.typed:
            so_far = len(screen.pieces)
            shown = program.shown_as or letter
            typed.append(_Typed(screen.press(letter.encode()), shown))
            screen.wait_for_letter(shown, so_far, 3.0)
            screen.wait_quiet(_SETTLED if len(typed) == 1 else _QUIET)
            # At no fixed pace, so that no program's clock for painting can flatter it.
            screen.wait_quiet(random.uniform(0.0, 0.02))
            if program.taken_back:
                typed.append(_Typed(screen.press(_BACKSPACE), ""))
                screen.wait_quiet(_SETTLED)
    return _looked_through(screen, program, typed, memory, processor)


def _demand(screen: Terminal, words: str, *, since: int = 0) -> None:
    if not screen.wait_for(words, since=since):
        shown = Replay(COLUMNS, ROWS)
        for piece in screen.pieces:
            shown.feed(piece.data)
        lines = "\n".join(line.rstrip() for line in shown.lines())
        raise RuntimeError(f"waited for {words!r}, and saw:\n{lines}")


def _looked_through(
    screen: Terminal, program: Program, typed: Sequence[_Typed], memory: float, processor: float
) -> Visit:
    shown = Replay(COLUMNS, ROWS)
    pieces = iter(screen.pieces)
    painted = ready = 0.0
    for piece in pieces:
        shown.feed(piece.data)
        painted = painted or (piece.at if shown.shows("") else 0.0)
        if shown.shows(program.ready):
            ready = piece.at
            break
    took, sizes = _letters(shown, [(piece.at, piece.data) for piece in pieces], typed, program.label)
    return Visit(
        painted=painted - screen.started,
        ready=ready - screen.started,
        processor=processor,
        memory=memory,
        first_letter=took[0] if took else None,
        letters=tuple(one for one in took[1:] if one is not None),
        bytes_a_letter=statistics.median(sizes[1:]) if sizes[1:] else 0.0,
        lost=sum(one is None for one in took),
    )


def _letters(
    shown: Replay, pieces: Sequence[tuple[float, bytes]], typed: Sequence[_Typed], label: str
) -> tuple[list[float | None], list[int]]:
    """Return what each letter took to be painted, None where it never was, and how many bytes were written for it."""
    took: list[float | None] = []
    sizes: list[int] = []
    for pressed, came in _between(pieces, typed, shown):
        before = shown.lines()
        found = None
        for at, data in came:
            shown.feed(data)
            if found is None and newly_shown(before, shown.lines(), pressed.letter, label):
                found = at - pressed.at
        if pressed.letter:
            took.append(found)
            sizes.append(sum(len(data) for _, data in came))
    return took, sizes


def _between(
    pieces: Sequence[tuple[float, bytes]], typed: Sequence[_Typed], shown: Replay
) -> Iterator[tuple[_Typed, list[tuple[float, bytes]]]]:
    """Yield each letter with the pieces that came until the next; what came before the first is painted on the way."""
    ends = [one.at for one in typed[1:]] + [float("inf")] * bool(typed)
    for at, data in pieces:
        if not typed or at < typed[0].at:
            shown.feed(data)
    for pressed, end in zip(typed, ends, strict=True):
        yield pressed, [(at, data) for at, data in pieces if pressed.at <= at < end]
