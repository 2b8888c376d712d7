"""Opening the app, where there is a terminal to open it on; or plain mode, for who wants no screens."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from supportplan.services.opening import store_folder

PLAIN = "SUPPORTPLAN_PLAIN"
PlainOption = Annotated[
    bool | None,
    typer.Option(
        "--plain/--screens",
        help="By question and answer in plain lines, for screen readers, braille and slow lines; or in screens.",
        show_default=False,
    ),
]


def at_terminal() -> bool:
    """Say whether somebody sits before a terminal: what is typed comes from there, and all that is shown goes there."""
    # The app is drawn where errors go.
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def set_plain(plain: bool | None) -> None:
    """Let what was asked for on the command line count before anything else."""
    if plain is not None:
        os.environ[PLAIN] = "1" if plain else "0"


def plain_is_wanted() -> bool:
    """Say whether plain mode is asked for: now, by the environment, or, where somebody is there, by their preferences."""
    asked = os.environ.get(PLAIN, "")
    if asked or not at_terminal():
        return asked not in ("", "0")
    from supportplan.services.preferences import read_preferences

    return read_preferences().plain


def open_practice() -> None:
    """Open the app on the practice case, in a store that is thrown away."""
    if plain_is_wanted():
        from supportplan.cli.plain_mode import open_plain_practice

        open_plain_practice()
        return
    from supportplan.app import run

    run(None)


def open_app(store: Path | None, *, case: str | None = None) -> None:
    """Open the app over the named store, or this user's own, until the person leaves."""
    if plain_is_wanted():
        from supportplan.cli.plain_mode import open_plain

        open_plain(store, case=case)
        return
    from supportplan.app import run

    run(store_folder(store), case=case)
