"""Commands that keep the store safe: backups, restoring one, and what is wrong with it."""

from pathlib import Path
from typing import Annotated

import typer

from supportplan.cli.answers import NO, number_of, progress, say, say_json, tell
from supportplan.cli.places import JsonOption, StoreOption, opened
from supportplan.cli.secrets import opened_with_passphrase, passphrase
from supportplan.domain.days import moment_words
from supportplan.domain.problems import BadInput, StoreDamaged
from supportplan.services.opening import store_folder, unlock


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("doctor")(doctor)


def backup(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The backup, on a USB stick for example.", show_default=False),
    ],
    *,
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Write nothing: check that a backup made earlier is whole and opens."),
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over the backup of another store, if that is there.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Back your store up into one encrypted file.

    The file is checked as soon as it is written.
    """
    from supportplan.services import keeping

    folder = store_folder(store)
    if verify:
        _verify(file)
        return
    with (
        opened_with_passphrase(folder, lambda ask: unlock(folder, ask)) as opened_store,
        progress() as shown,
    ):
        made = keeping.back_up(opened_store, file, shown, replace=replace)
    say(f"Backed up and verified: {made.path} ({_contents(made.entries)}, {made.size / 1_000_000:.1f} MB)")


def _verify(file: Path) -> None:
    from supportplan.services import keeping

    try:
        with progress() as shown:
            found = keeping.verify(file, passphrase, shown)
    except StoreDamaged as problem:
        say("This backup is damaged and cannot be restored.")
        tell(f"{problem.what} Keep it away from sound ones, and make a new one: supportplan backup FILE")
        raise typer.Exit(NO) from None
    say(f"The backup is sound: {found.path} ({_contents(found.entries)}, made {moment_words(found.made)})")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to restore.", show_default=False)],
    *,
    store: StoreOption = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Put it in the place of the store there is, which is set aside."),
    ] = False,
) -> None:
    """Bring your store back from a backup.

    The passphrase is the one you had when the backup was made.
    """
    from supportplan.services import keeping

    folder = store_folder(store)
    with progress() as shown:
        restored = keeping.restore(file, folder, passphrase, replace=replace, progress=shown)
    made = moment_words(restored.backup.made)
    say(f"Restored: {folder} ({_contents(restored.backup.entries)}, as of {made})")
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
            help="Save what can be read of a damaged store into a new one, in this folder.",
            show_default=False,
        ),
    ] = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="Build the list of cases again from their plans.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Look your store over, and say what is wrong and what to do."""
    from supportplan.cli.doctor_words import examination_as_json, say_examination
    from supportplan.services import keeping

    folder = store_folder(store)
    if salvage is not None and mend:
        raise BadInput(
            "--salvage and --mend are two different jobs.",
            mend="Mend a store that opens; salvage one that does not. Name one of them.",
        )
    if salvage is not None:
        _salvage(folder, salvage, json=json)
        return
    if mend:
        with opened(store) as opened_store:
            opened_store.rebuild_index().result()
        if json:
            say_json({"mended": True})
        else:
            say("The list of cases has been built again.")
        return
    with progress() as shown:
        found = opened_with_passphrase(folder, lambda ask: keeping.examine(folder, ask, shown))
    if json:
        say_json(examination_as_json(found, folder))
    else:
        say_examination(found, folder)
    if not found.well:
        raise typer.Exit(NO)


def _salvage(folder: Path, into: Path, *, json: bool) -> None:
    from supportplan.services import keeping

    with progress() as shown:
        saved = opened_with_passphrase(
            folder, lambda ask: keeping.save_what_can_be_read(folder, ask, into, shown)
        )
    if json:
        say_json({**saved._asdict(), "folder": str(saved.folder)})
        return
    say(f"Saved into {saved.folder}: {_contents(saved.entries)} and {_drafts(saved.drafts)}.")
    say(f"Lost: {_contents(saved.entries_lost)} and {_drafts(saved.drafts_lost)}.")
    if saved.drafts_from_backup:
        say(
            f"Of these, {_drafts(saved.drafts_from_backup)} came from the backup of {moment_words(saved.as_of)}: "
            "what was done since is not in them."
        )
    if saved.drafts_without_steps:
        say(
            f"Of these, {_drafts(saved.drafts_without_steps)} are whole, but earlier edits can no longer be undone."
        )


def _contents(entries: int) -> str:
    return number_of(entries, "entry", "entries")


def _drafts(count: int) -> str:
    return number_of(count, "draft", "drafts")
