"""How the command line answers: results on standard output, messages on standard error, and an exit code.

0 is done, 1 means that the answer is no, 2 that the input or the way of asking cannot be used.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any
from unicodedata import category

from supportplan.domain.problems import Problem

DONE, NO, BAD, STOPPED = 0, 1, 2, 130


def say(text: str = "") -> None:
    """Write a line of the result to standard output, without what could steer a terminal."""
    print(_harmless(text))


def tell(text: str) -> None:
    """Write a message to standard error."""
    print(_harmless(text), file=sys.stderr)


def say_json(value: Any) -> None:
    """Write the whole result as one JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def tell_problem(problem: Problem) -> None:
    """Say what is wrong, where, and what to do about it."""
    tell(f"Problem: {problem.where}: {problem.what}" if problem.where else f"Problem: {problem.what}")
    if problem.mend:
        tell(f"What to do: {problem.mend}")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show what is being done and how far it has come, where somebody is watching; Ctrl+C stops it."""
    if not sys.stderr.isatty():
        yield lambda _doing, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None)
        yield lambda doing, done, of: bar.update(task, description=doing, completed=done, total=of or None)


def speak_plainly() -> None:
    """Let files and pipes be UTF-8 on every computer, and let no letter that a terminal lacks stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="replace")


# Signs that turn the direction of what follows, and could make a line read as something else.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _harmless(text: str) -> str:
    return "".join(
        sign if sign in "\n\t" or not _steers(sign) else "\N{REPLACEMENT CHARACTER}" for sign in text
    )


def _steers(sign: str) -> bool:
    return sign in _TURNING or category(sign) in ("Cc", "Cs")
