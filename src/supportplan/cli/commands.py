"""`supportplan` and its commands, as they are named and asked for."""

import os
from typing import Annotated

import typer

from supportplan import __version__
from supportplan.cli import (
    case_commands,
    copy_commands,
    keys_command,
    passphrase_command,
    plan_commands,
    print_command,
    profile_commands,
    schedule_commands,
    store_commands,
    verify_command,
)
from supportplan.cli.groups import show_help
from supportplan.cli.places import PlainOption, StoreOption
from supportplan.cli.the_app import at_terminal, open_app, plain_is_wanted, set_plain
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
copy_commands.add_to(app)
print_command.add_to(app)
schedule_commands.add_to(app)
case_commands.add_to(app)
profile_commands.add_to(app)
passphrase_command.add_to(app)
store_commands.add_to(app)
verify_command.add_to(app)
keys_command.add_to(app)
