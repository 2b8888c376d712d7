"""How the command line answers: results on standard output, messages on standard error, and an exit code.

The result is what was asked for, or what was made and where; --json gives the same result as one document. Messages are
everything else: questions, progress, cautions, advice and problems.

0 is done, 1 means that the answer is no, 2 that the input or the way of asking cannot be used, 130 that Ctrl+C stopped it,
141 that whoever read the output went away before its end.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TextIO
from unicodedata import category

from supportplan.domain.places import in_words
from supportplan.domain.problems import Problem
from supportplan.domain.units import counted

if TYPE_CHECKING:
    from rich.progress import Progress

DONE, NO, BAD, STOPPED, GONE = 0, 1, 2, 130, 141

_live: "list[Progress]" = []


def say(text: str = "") -> None:
    """Write a line of the result to standard output, without what could steer a terminal."""
    print(harmless(text))


def tell(text: str) -> None:
    """Write a message to standard error; where that has no place, the command goes on all the same."""
    try:
        print(harmless(text), file=sys.stderr)
    except OSError:
        let_go(sys.stderr)


def say_json(value: Any) -> None:
    """Write the whole result as one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def tell_problem(problem: Problem) -> None:
    """Say what is wrong, where, and what to do about it."""
    where = in_words(problem.where)
    tell(f"Problem: {where}: {problem.what}" if where else f"Problem: {problem.what}")
    if problem.mend:
        tell(f"What to do: {problem.mend}")


def number_of(count: int, one: str, many: str) -> str:
    """Write how many there are, with their noun: `1 entry`, `1,200 entries`."""
    return counted(Decimal(count), (one, many))


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show what is being done and how far it has come, where somebody is watching; Ctrl+C stops it."""
    if not _watched():
        yield lambda _doing, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task("Starting", total=None)

    def report(doing: str, done: int, of: int) -> None:
        bar.update(task, description=doing, completed=done, total=of or None)
        if not bar.live.is_started:
            _live.append(bar)
            bar.start()

    try:
        yield report
    finally:
        clear_progress()


def clear_progress() -> None:
    """Take what progress shows from the screen until more is reported, so that a question can stand there."""
    while _live:
        _live.pop().stop()


def _watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def let_go(stream: TextIO | None) -> None:
    """Send what is still written to a stream nowhere: its reader has gone, or its disk is full."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def hold_standard_places() -> None:
    """Fill the places of input, output and messages that were closed, so that no file of ours is opened there."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def speak_plainly() -> None:
    """Let files and pipes be UTF-8 on every computer, and let no letter that a terminal lacks stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="replace")


# Signs that turn the direction of what follows, and could make a line read as something else.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def harmless(text: str) -> str:
    """Return a text with a sign in the place of each that could steer a terminal."""
    return "".join(
        sign if sign in "\n\t" or not _steers(sign) else "\N{REPLACEMENT CHARACTER}" for sign in text
    )


def _steers(sign: str) -> bool:
    return sign in _TURNING or category(sign) in ("Cc", "Cs")
