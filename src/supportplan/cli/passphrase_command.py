"""Setting the store up, and changing what opens it."""

from pathlib import Path
from typing import Annotated

import typer

from supportplan.cli.answers import say, tell
from supportplan.cli.asking import somebody_is_there, typed_line
from supportplan.cli.places import StoreOption, opened
from supportplan.cli.secrets import Ask, new_passphrase, opened_with_passphrase
from supportplan.domain.problems import BadInput, NoStore, NotAllowed
from supportplan.services.author import change_author
from supportplan.services.opening import is_store, make_store, store_folder, unlock
from supportplan.services.remembered import forget, remember
from supportplan.services.secret_files import file_text

_NOBODY = "Facilitator"


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("passphrase")(set_passphrase)


def set_passphrase(
    *,
    store: StoreOption = None,
    name: Annotated[
        str,
        typer.Option(
            "--name",
            metavar="NAME",
            help="Your name and role, as your plans show them; in a store that is there they are changed. Best left out when setting up: you are asked, and a name in a command stays in the terminal's history.",
            show_default=False,
        ),
    ] = "",
    new: Annotated[
        Path | None,
        typer.Option(
            "--new-file",
            metavar="FILE",
            help="Take the new passphrase from the first line of a file.",
            show_default=False,
        ),
    ] = None,
    recovery: Annotated[
        bool, typer.Option("--recovery", help="Make a new recovery code; the old one stops working.")
    ] = False,
    escrow: Annotated[
        Path | None,
        typer.Option(
            "--escrow",
            metavar="KEY.pem",
            help="Let your organisation's key open the store too: its public key, from your IT department.",
            show_default=False,
        ),
    ] = None,
    keyring: Annotated[
        bool | None,
        typer.Option(
            "--remember/--forget",
            help="Have this computer remember the passphrase in its keyring, or forget it.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Set up your store, or change the passphrase that opens it.

    The store is where your plans are kept, encrypted. The first time, this asks for your name and a new passphrase, and
    shows a recovery code to write down. After that, it asks for the passphrase you have and for a new one; or, with
    --name, changes your name.
    """
    folder = store_folder(store)
    there = is_store(folder)
    if sum((recovery, escrow is not None, keyring is not None, new is not None, bool(name) and there)) > 1:
        raise BadInput(
            "Only one thing is changed at a time.",
            mend="Give one of --name, --new-file, --recovery, --escrow, --remember and --forget.",
        )
    if not there:
        if recovery or escrow is not None or keyring is not None:
            raise NoStore(
                "There is no store here yet.",
                where=str(folder),
                mend="Set one up first: supportplan passphrase",
            )
        _set_up(folder, name, new)
    elif name:
        with opened(store) as opened_store:
            change_author(opened_store, name)
        say("Your name is changed. What is signed keeps the name it was signed under.")
    elif keyring is False:
        _forget(folder)
    else:
        _change(folder, new, recovery=recovery, escrow=escrow, remembering=bool(keyring))


def _set_up(folder: Path, name: str, new: Path | None) -> None:
    if not name and somebody_is_there():
        tell(f"There is no store here yet, so one is set up now: {folder}")
        name = typed_line("Your name, as your plans will show it: ")
    if new is None and somebody_is_there():
        tell("Choose a passphrase of several words, 12 characters or more. Nothing shows while you type.")
    code = make_store(folder, new_passphrase(new), name=name or _NOBODY)
    say(f"The store is ready: {folder}")
    _say_code(code)


def _change(
    folder: Path, new: Path | None, *, recovery: bool, escrow: Path | None, remembering: bool
) -> None:
    secret = ""

    def asked(ask: Ask) -> str:
        nonlocal secret
        secret = ask()
        return secret

    with opened_with_passphrase(folder, lambda ask: unlock(folder, lambda: asked(ask))) as opened_store:
        if remembering:
            remember(folder, secret)
            say("This computer remembers the passphrase.")
            tell(
                "Programs that run under your name on this computer can read it. "
                "To have it forgotten again: supportplan passphrase --forget"
            )
        elif recovery:
            _say_code(opened_store.new_recovery_code(secret))
        elif escrow is not None:
            opened_store.add_escrow(file_text(escrow))
            say("Your organisation's key opens the store too.")
        else:
            opened_store.change_passphrase(secret, new_passphrase(new))
            say(
                "The passphrase is changed. The old one no longer opens the store; the recovery code still does."
            )
            tell("Backups made before this still open with the old passphrase.")
            if not forget(folder):
                tell(f"Caution: {_STILL_THERE}")


_STILL_THERE = "this computer's keyring cannot be opened, so the old passphrase may still be in it. supportplan no longer asks for it."


def _forget(folder: Path) -> None:
    if not forget(folder):
        raise NotAllowed(
            "This computer's keyring cannot be opened, so the passphrase may still be in it.",
            mend="Look for 'supportplan' in your system's password manager and delete it there. supportplan no longer asks for it.",
        )
    say("This computer no longer remembers the passphrase.")


def _say_code(code: str) -> None:
    say()
    say("Recovery code. Write it down and keep it away from this computer; it is shown only now:")
    say()
    say(f"    {code}")
    say()
    tell("The code opens the store if the passphrase is forgotten. Lose both, and nobody can help.")
