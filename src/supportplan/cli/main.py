"""`supportplan`: the commands, and what happens when one of them cannot go on."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from supportplan import __version__
from supportplan.cli import (
    case_commands,
    passphrase_command,
    plan_commands,
    profile_commands,
    schedule_commands,
    store_commands,
)
from supportplan.cli.answers import DONE, STOPPED, hold_standard_places, speak_plainly
from supportplan.cli.groups import show_help
from supportplan.cli.places import StoreOption
from supportplan.cli.the_app import PlainOption, at_terminal, open_app, plain_is_wanted, set_plain
from supportplan.cli.troubles import tell_trouble
from supportplan.services.opening import STORE_ENVIRONMENT

app = typer.Typer(
    name="supportplan",
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
    case: Annotated[
        str | None,
        typer.Option("--case", metavar="ID", help="Open the app on this case.", show_default=False),
    ] = None,
    plain: PlainOption = None,
) -> None:
    """Costed support plans, made with the family at their table.

    Without a command the app opens, which sets up your store the first time. To look round: supportplan demo.
    """
    set_plain(plain)
    if store is not None:
        os.environ[STORE_ENVIRONMENT] = str(store)
    if context.invoked_subcommand is None and (plain_is_wanted() or at_terminal()):
        open_app(store, case=case)
    else:
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
    hold_standard_places()
    speak_plainly()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; whatever goes wrong is said in plain words, never as a traceback."""
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="supportplan", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except SystemExit:  # Typer leaves so when whoever read the output has gone
        return tell_trouble(BrokenPipeError())
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a person at a kitchen table must never see a traceback
        return tell_trouble(error)
    if code == STOPPED:  # Typer answers Ctrl+C itself
        return tell_trouble(KeyboardInterrupt())
    return code if isinstance(code, int) else DONE
