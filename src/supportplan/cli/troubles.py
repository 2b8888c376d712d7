"""What is said when a command cannot go on, and the exit code it leaves with."""

import sys
import traceback
from pathlib import Path

from typer.exceptions import Abort, TyperException

from supportplan import __version__
from supportplan.cli.answers import BAD, GONE, STOPPED, let_go, tell, tell_problem
from supportplan.domain.problems import Problem, Stopped


def tell_trouble(error: BaseException) -> int:
    """Say in plain words why a command cannot go on, and return its exit code."""
    match error:
        case Abort() | KeyboardInterrupt() | Stopped():
            tell("Stopped. What was saved before is safe.")
            return STOPPED
        case BrokenPipeError():
            # Whoever read our output has gone; say nothing more, also not at exit.
            let_go(sys.stdout)
            return GONE
        case TyperException():
            tell(f"Problem: {error.format_message()}")
            tell("What to do: add --help to the command to see how it is used.")
        case Problem():
            tell_problem(error)
        case UnicodeError():
            tell("Problem: Something that was typed is not text that can be used.")
            tell("What to do: type it again.")
        case OSError():
            _tell_refused(error)
        case _:
            _tell_unforeseen(error)
    return BAD


def _tell_refused(error: OSError) -> None:
    """Say what the system refused, and of which file; without one it was our output that had no place."""
    reason = error.strerror or "the system gives no reason"
    if error.filename is None:
        let_go(sys.stdout)
        tell(f"Problem: The answer could not be written: {reason}.")
    else:
        tell(f"Problem: {error.filename}: cannot be used: {reason}.")
    tell("What to do: choose another place or name. What was saved before is safe.")


def _tell_unforeseen(error: BaseException) -> None:
    """Say that the program is at fault, and where in it; never with values, which may be what people wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} in {frame.name}, {Path(frame.filename).name}, line {frame.lineno}"
    tell("Problem: supportplan made a mistake of its own and stopped. What was saved before is safe.")
    tell(f"What to do: please report this: {place}; supportplan {__version__}.")
