"""Checking a sealed plan: what is proven of the file, what is not, and what was changed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import to_builtins

from supportplan.cli.answers import NO, progress, say, say_json, tell
from supportplan.cli.asking import somebody_is_there
from supportplan.cli.places import JsonOption, StoreOption, opened
from supportplan.cli.secrets import passphrase_at_hand
from supportplan.services.opening import is_store, store_folder

if TYPE_CHECKING:
    from supportplan.services.verifying import Verified

_SIGNS = {"yes": "Holds", "no": "DOES NOT HOLD", "unknown": "Not looked at"}


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("verify")(verify)


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="A sealed plan.", show_default=False)],
    *,
    root: Annotated[
        list[Path] | None,
        typer.Option(
            "--root",
            metavar="FILE",
            help="Know this organisation's seals, for this once; to know them always: supportplan keys trust",
            show_default=False,
        ),
    ] = None,
    without_store: Annotated[
        bool,
        typer.Option("--without-store", help="Do not open your store: check the file by itself only."),
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Check whether a sealed plan is as it was sealed, and say what is proven and what is not.

    Nothing is sent or fetched. With your store, the file is also held against its case: only so can be seen whether
    signatures were taken out again. For other programs: the exit code is 0 where it holds or is a copy that was given out, 1 where it does not, and 2 for a
    file that cannot be checked.
    """
    from supportplan.services.verifying import verify_file

    folder = store_folder(store)
    roots = root or ()
    if without_store or not is_store(folder) or not _can_open(folder):
        with progress() as shown:
            checked = verify_file(file, folder=folder, roots=roots, progress=shown)
    else:
        with opened(store) as opened_store, progress() as shown:
            checked = verify_file(file, folder=folder, store=opened_store, roots=roots, progress=shown)
    if json:
        say_json(_as_json(file, checked))
    else:
        _say(checked)
    if not checked.verdict.holds:
        raise typer.Exit(NO)


def _can_open(folder: Path) -> bool:
    """Whether the store's passphrase can be had; where it cannot, the file is checked by itself."""
    return somebody_is_there() or passphrase_at_hand(folder) is not None


def _say(checked: "Verified") -> None:
    verdict = checked.verdict
    say(verdict.first)
    say()
    for proof in verdict.proofs:
        say(f"{_SIGNS[proof.result]}: {proof.words}")
    for words in verdict.cautions:
        say(words)
    if verdict.people:
        say()
        say("Signed in it:")
        for one in verdict.people:
            say(f"- {one}")
    for role in verdict.empty:
        say(f"- Nobody yet: {role}")
    if verdict.not_proven:
        say()
        say("What this does not prove:")
    for words in verdict.not_proven:
        say(f"- {words}")
    tell(f"SHA-256 of the file: {verdict.sha256}")


def _as_json(file: Path, checked: "Verified") -> object:
    verdict = checked.verdict
    return {
        "holds": verdict.holds,
        "file": str(file),
        "sha256": verdict.sha256,
        "proofs": [to_builtins(proof) for proof in verdict.proofs],
        "cautions": list(verdict.cautions),
        "signatures": [to_builtins(one) for one in checked.found.signatures],
        "empty": list(checked.found.empty),
        "not_proven": list(verdict.not_proven),
    }
