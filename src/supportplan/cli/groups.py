"""Commands that hold commands: asked alone, they show what they hold."""

import typer

from supportplan.cli.answers import say


def group(words: str) -> typer.Typer:
    """Make a group of commands; `words` say what they are about."""
    made = typer.Typer(help=words, invoke_without_command=True)
    made.callback()(show_help)
    return made


def show_help(context: typer.Context) -> None:
    """Show the help of a group that was asked without a command."""
    if context.invoked_subcommand is None:
        say(context.get_help())
