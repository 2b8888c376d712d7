"""`supportplan`: the commands, and what happens when one of them cannot go on."""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from supportplan import __version__
from supportplan.cli import (
    case_commands,
    passphrase_command,
    plan_commands,
    profile_commands,
    schedule_commands,
    store_commands,
)
from supportplan.cli.answers import BAD, DONE, STOPPED, speak_plainly, tell, tell_problem
from supportplan.cli.groups import show_help
from supportplan.cli.places import StoreOption
from supportplan.domain.problems import Problem
from supportplan.services.opening import STORE_ENVIRONMENT

app = typer.Typer(
    name="supportplan",
    help="Costed support plans, made with the family at their table.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"supportplan {__version__}")
        raise typer.Exit


@app.callback()
def supportplan(
    context: typer.Context,
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_version, is_eager=True)
    ] = False,
    store: StoreOption = None,
) -> None:
    """Costed support plans, made with the family at their table."""
    if store is not None:
        os.environ[STORE_ENVIRONMENT] = str(store)
    show_help(context)


plan_commands.add_to(app)
schedule_commands.add_to(app)
case_commands.add_to(app)
profile_commands.add_to(app)
passphrase_command.add_to(app)
store_commands.add_to(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code."""
    os.umask(0o077)
    speak_plainly()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; whatever goes wrong is said in plain words, never as a traceback."""
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="supportplan", standalone_mode=False)
    except TyperException as error:
        tell(f"Problem: {error.format_message()}")
        tell("What to do: --help after a command says how it is asked.")
        return BAD
    except Problem as problem:
        tell_problem(problem)
        return BAD
    except (Abort, KeyboardInterrupt):
        code = STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone; say nothing more, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BAD
    except Exception as error:  # noqa: BLE001 - a person at a kitchen table must never see a traceback
        tell_unforeseen(error)
        return BAD
    if code == STOPPED:
        tell("Stopped. What was saved before is safe.")
    return code if isinstance(code, int) else DONE


def tell_unforeseen(error: Exception) -> None:
    """Say that the program is at fault, and where in it; never with values, which may be what people wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} in {frame.name}, {Path(frame.filename).name}, line {frame.lineno}"
    tell("Problem: supportplan made a mistake of its own and stopped. What was saved before is safe.")
    tell(f"What to do: please report this: {place}; supportplan {__version__}.")
