"""The way in: the app at once where nothing else is asked for, else a command; and what happens when it cannot go on."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from supportplan.cli.answers import DONE, STOPPED, hold_standard_places, speak_plainly
from supportplan.cli.the_app import at_terminal, open_app
from supportplan.services.opening import STORE_ENVIRONMENT


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    os.umask(0o077)
    hold_standard_places()
    speak_plainly()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; whatever goes wrong is said in plain words, never as a traceback."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        # What reads commands takes a while to load, and whoever opens the app waits for the first screen.
        app = _asked_of_app(given) if at_terminal() else None
        code = _command(given) if app is None else _opened(app)
        if sys.stdout is not None:
            sys.stdout.flush()
    except SystemExit:  # Typer leaves so when whoever read the output has gone
        return _trouble(BrokenPipeError())
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a person at a kitchen table must never see a traceback
        return _trouble(error)
    if code == STOPPED:  # Typer answers Ctrl+C itself
        return _trouble(KeyboardInterrupt())
    return code if isinstance(code, int) else DONE


def _asked_of_app(given: list[str]) -> dict[str, str] | None:
    """Return the store and the case to open, where nothing but these is named; None for all that is a command's to read."""
    names, values = given[::2], given[1::2]
    alone = len(names) == len(values) and set(names) <= {"--store", "--case"}
    if not alone or any(not value or value.startswith("-") for value in values):
        return None
    return dict(zip(names, values, strict=True))


def _opened(asked: dict[str, str]) -> int:
    store = asked.get("--store")
    if store is not None:
        os.environ[STORE_ENVIRONMENT] = store
    open_app(Path(store) if store else None, case=asked.get("--case"))
    return DONE


def _command(given: list[str]) -> object:
    from typer.main import get_command

    from supportplan.cli.commands import app

    return get_command(app).main(given, prog_name="supportplan", standalone_mode=False)


def _trouble(error: BaseException) -> int:
    from supportplan.cli.troubles import tell_trouble

    return tell_trouble(error)
