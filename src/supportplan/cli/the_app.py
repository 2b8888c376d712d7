"""Opening the app, where there is a terminal to open it on."""

import sys
from pathlib import Path

from supportplan.services.opening import store_folder


def at_terminal() -> bool:
    """Say whether somebody sits before a terminal: what is typed comes from there, and all that is shown goes there."""
    # The app is drawn where errors go.
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def open_practice() -> None:
    """Open the app on the practice case, in a store that is thrown away."""
    from supportplan.app import run

    run(None)


def open_app(store: Path | None, *, case: str | None = None) -> None:
    """Open the app over the named store, or this user's own, until the person leaves."""
    from supportplan.app import run

    run(store_folder(store), case=case)
