"""Opening the app, where there is a terminal to open it on; or plain mode, for who wants no screens."""

from __future__ import annotations

import gc
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from supportplan.cli.secrets import may_be_at_hand, passphrase_at_hand, tell_outdated
from supportplan.domain.problems import WrongPassphrase
from supportplan.services.opening import is_store, load_store, store_folder, unlock

if TYPE_CHECKING:
    from supportplan.services.opening import Store

PLAIN = "SUPPORTPLAN_PLAIN"


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
    _expect_pixels()
    from supportplan.app import run

    run(None)


def open_app(store: Path | None, *, case: str | None = None) -> None:
    """Open the app over the named store, or this user's own, until the person leaves; or plain mode, where that is wanted.

    Where the passphrase is at hand nobody is asked for it. Raises as unlocking does where it stands in a file and is
    not the right one; where it is only remembered, and is not, the app asks for it.
    """
    if plain_is_wanted():
        from supportplan.cli.plain_mode import open_plain

        open_plain(store, case=case)
        return
    _expect_pixels()
    folder = store_folder(store)
    # What is loaded on the way to the first screen stays: to look it through for what can be thrown away, again and
    # again while it grows, takes an eighth of the start. The first screen has it done again once it has been painted.
    gc.disable()
    at_hand = is_store(folder) and may_be_at_hand(folder)
    if at_hand:
        # Before anything is done beside it: of two that load at once, one only waits for the other.
        load_store()
    with ThreadPoolExecutor(1) as beside:
        # A passphrase takes a while to check, and so does loading the app: both at once take no longer than one.
        unlocking = beside.submit(_unlocked, folder) if at_hand else None
        from supportplan.app import run

        opened = unlocking.result() if unlocking is not None else None
    run(folder, case=case, opened=opened)


def _expect_pixels() -> None:
    """Have the mouse told in whole cells where the terminal does not know how many pixels it has.

    Textual, which asks for pixels wherever changes of the window are told in the stream of keys, would divide by none.
    """
    if os.name != "posix":
        return
    import struct
    import termios
    from fcntl import ioctl

    *_, width, height = struct.unpack("HHHH", ioctl(sys.stdin, termios.TIOCGWINSZ, bytes(8)))
    if not (width and height):
        os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")


def _unlocked(folder: Path) -> Store | None:
    """Open the store with the passphrase that is at hand; None where there is none, or it is an old one."""
    at_hand = passphrase_at_hand(folder)
    if at_hand is None:
        return None
    try:
        return unlock(folder, lambda: at_hand.secret)
    except WrongPassphrase:
        if at_hand.chosen:
            raise
        tell_outdated()
        return None
