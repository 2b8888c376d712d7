"""Commands about the store itself: what opens it, backups, and what is wrong with it."""

from pathlib import Path
from typing import Annotated

import typer

from supportplan.cli.answers import NO, progress, say, say_json, tell
from supportplan.cli.places import JsonOption, StoreOption, opened
from supportplan.cli.secrets import file_text, new_passphrase, passphrase
from supportplan.domain.problems import BadInput, NoStore
from supportplan.services.opening import is_store, make_store, store_folder, unlock
from supportplan.services.remembered import forget, remember


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("passphrase")(set_passphrase)
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("doctor")(doctor)


def set_passphrase(
    *,
    store: StoreOption = None,
    name: Annotated[
        str, typer.Option("--name", help="For a new store: the facilitator's name.")
    ] = "Facilitator",
    new: Annotated[
        Path | None,
        typer.Option(
            "--new-file",
            metavar="FILE",
            help="Take the new passphrase from a file's first line.",
            show_default=False,
        ),
    ] = None,
    recovery: Annotated[bool, typer.Option("--recovery", help="Make a new recovery code instead.")] = False,
    escrow: Annotated[
        Path | None,
        typer.Option(
            "--escrow",
            metavar="KEY.pem",
            help="Let an organisation's key open the store too.",
            show_default=False,
        ),
    ] = None,
    keyring: Annotated[
        bool | None,
        typer.Option(
            "--remember/--forget",
            help="Keep the passphrase in the system's keyring, or take it out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Set the store up; later, change what opens it.

    Setting up takes a passphrase and shows a recovery code, which is shown only then.
    """
    folder = store_folder(store)
    if sum((recovery, escrow is not None, keyring is not None, new is not None)) > 1:
        raise BadInput(
            "Only one thing is changed at a time.",
            mend="Give one of --new-file, --recovery, --escrow, --remember and --forget.",
        )
    if not is_store(folder):
        if recovery or escrow is not None or keyring is not None:
            raise NoStore(
                "There is no store here yet.",
                where=str(folder),
                mend="Set one up first: supportplan passphrase",
            )
        code = make_store(folder, new_passphrase(new), author=name)
        say(f"The store is ready: {folder}")
        _say_code(code)
        return
    if keyring is False:
        forget(folder)
        say("The passphrase is out of the keyring.")
        return
    secret = passphrase(folder)
    with unlock(folder, lambda: secret) as opened_store:
        if keyring:
            remember(folder, secret)
            say(
                "The passphrase is in the system's keyring. Programs that run as you can read it there; --forget takes it out."
            )
        elif recovery:
            _say_code(opened_store.new_recovery_code(secret))
        elif escrow is not None:
            opened_store.add_escrow(file_text(escrow))
            say("The organisation's key opens the store too.")
        else:
            opened_store.change_passphrase(secret, new_passphrase(new))
            forget(folder)
            say(
                "The passphrase is changed; the old one opens the store no more. The recovery code is the same."
            )


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to write.", show_default=False)],
    *,
    store: StoreOption = None,
) -> None:
    """Back the store up into one encrypted, verified file."""
    from supportplan.services import keeping

    folder = store_folder(store)
    with unlock(folder, lambda: passphrase(folder)) as opened_store, progress() as shown:
        made = keeping.back_up(opened_store, file, shown)
    say(f"Backed up and verified: {made.path} ({made.entries:,} entries, {made.size / 1_000_000:.1f} MB)")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to restore.", show_default=False)],
    *,
    store: StoreOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Set the store that is there now aside.")
    ] = False,
) -> None:
    """Bring the store back from a verified backup."""
    from supportplan.services import keeping

    folder = store_folder(store)
    with progress() as shown:
        restored = keeping.restore(
            file, folder, lambda: passphrase(folder, ask_keyring=False), replace=replace, progress=shown
        )
    say(f"Restored: {folder} ({restored.backup.entries:,} entries, as of {restored.backup.made})")
    if restored.set_aside is not None:
        say(f"The store that was there before is in {restored.set_aside}")


def doctor(
    *,
    store: StoreOption = None,
    salvage: Annotated[
        Path | None,
        typer.Option(
            "--salvage",
            metavar="FOLDER",
            help="Save what can be read of a damaged store into a new one.",
            show_default=False,
        ),
    ] = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="Make the list of cases anew from their plans.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Look the store over: what is wrong, and what to do."""
    from supportplan.services import keeping

    folder = store_folder(store)
    if salvage is not None:
        with progress() as shown:
            saved = keeping.save_what_can_be_read(folder, lambda: passphrase(folder), salvage, shown)
        say(f"Saved into {saved.folder}: {saved.entries:,} entries and {saved.drafts:,} drafts.")
        say(f"Lost: {saved.entries_lost:,} entries and {saved.drafts_lost:,} drafts.")
        if saved.drafts_from_backup:
            say(f"{saved.drafts_from_backup:,} drafts are as they were in the backup of {saved.as_of[:10]}.")
        if saved.drafts_without_steps:
            say(
                f"{saved.drafts_without_steps:,} drafts are whole, but what was done to them cannot be undone any more."
            )
        return
    if mend:
        with opened(store) as opened_store:
            opened_store.rebuild_index().result()
        say("The list of cases is made anew.")
        return
    with progress() as shown:
        found = keeping.examine(folder, lambda: passphrase(folder), shown)
    if json:
        say_json({"well": found.well, "findings": [finding.shown() for finding in found.findings]})
    else:
        for finding in found.findings:
            say(f"{finding.level:<5}  {finding.what}")
            if finding.mend:
                say(f"       What to do: {finding.mend}")
        say("The store is well." if found.well else "The store needs attention.")
    if not found.well:
        raise typer.Exit(NO)


def _say_code(code: str) -> None:
    say()
    say("Recovery code. Write it down and keep it away from this computer; it is shown only now:")
    say()
    say(f"    {code}")
    say()
    tell("Without the passphrase and this code nobody can open the store, also not we.")
