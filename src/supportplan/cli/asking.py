"""Asking at the prompt for what does not belong in a command: names, which would stay in the shell's history."""

import sys

from supportplan.cli.answers import clear_progress
from supportplan.domain.problems import BadInput


def somebody_is_there() -> bool:
    """Say whether anybody can answer a question."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def demand_somebody(what: str, *, mend: str) -> None:
    """Demand that there is somebody to ask; raise BadInput with `what` is needed and how else to give it."""
    if not somebody_is_there():
        raise BadInput(what, mend=mend)
    clear_progress()


def typed_line(words: str) -> str:
    """Ask for one line and return it without the spaces round it; empty where nothing was typed.

    The question goes to standard error, so that a result on standard output stays alone.
    """
    clear_progress()
    print(words, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def said_yes(question: str, *, what: str) -> bool:
    """Ask whether something is done, and say whether the answer is yes. Raises BadInput with `what` where nobody can answer."""
    demand_somebody(what, mend="Run the command in a terminal, or add --yes.")
    return typed_line(f"{question} Yes or no: ").casefold() in ("y", "yes")
