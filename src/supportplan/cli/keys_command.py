"""The keys that seal plans: made, shown, and known from one computer to another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportplan.cli.answers import NO, say, say_json, tell
from supportplan.cli.asking import said_yes
from supportplan.cli.groups import group
from supportplan.cli.places import JsonOption, StoreOption, opened
from supportplan.cli.secrets import new_passphrase, opened_keys
from supportplan.services import certificates, device_keys
from supportplan.services.key_files import keys_folder
from supportplan.services.opening import store_folder

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from supportplan.services.opening import Store

_NOBODY = "Somebody has to say whether it is theirs, and there is nobody to ask."

YesOption = Annotated[bool, typer.Option("--yes", help="Do it without being asked first.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    keys = group(
        "The keys that seal signed plans: this computer's, and those of your organisation's other computers."
    )
    keys.command("make")(make)
    keys.command("show")(show)
    keys.command("root")(root)
    keys.command("trust")(trust)
    keys.command("forget")(forget)
    keys.command("request")(request)
    keys.command("issue")(issue)
    keys.command("take")(take)
    keys.command("renew")(renew)
    app.add_typer(keys, name="keys")


def make(
    *,
    organisation: Annotated[
        str,
        typer.Option(
            "--organisation",
            metavar="NAME",
            help="Whose seals these are. Without it they bear your own name.",
            show_default=False,
        ),
    ] = "",
    own: Annotated[
        bool,
        typer.Option(
            "--own-passphrase", help="Choose a passphrase for the keys, to be asked for at every seal."
        ),
    ] = False,
    passphrase_file: Annotated[
        Path | None,
        typer.Option(
            "--passphrase-file",
            metavar="FILE",
            help="Take that passphrase from the first line of a file.",
            show_default=False,
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Make your organisation's root, and under it the certificate of this computer.

    Not needed: they are made with the first signature. With this you choose the name that stands in every seal, and whether
    the keys have a passphrase of their own. Do it on one computer; the others ask it for theirs.
    """
    with opened(store) as opened_store:
        chosen = new_passphrase(passphrase_file) if own or passphrase_file is not None else ""
        device_keys.make_keys(opened_store, organisation=organisation, passphrase=chosen)
        _say_made(opened_store)


def show(*, store: StoreOption = None, json: JsonOption = False) -> None:
    """Say what keys this computer has, and whose seals it knows."""
    facts = device_keys.key_facts(store_folder(store))
    if json:
        say_json(
            {**facts._asdict(), "known": [{"name": name, "fingerprint": mark} for name, mark in facts.known]}
        )
        return
    say(f"This computer seals as: {facts.device}, of {facts.organisation}, until {facts.until}")
    say(f"    {facts.fingerprint}")
    say(f"Under the root: {facts.root}{' (its key is on this computer)' if facts.root_here else ''}")
    say(f"    {facts.root_fingerprint}")
    for name, mark in facts.known:
        say(f"Also known: {name}")
        say(f"    {mark}")


def root(
    *,
    export: Annotated[
        Path,
        typer.Option(
            "--export", metavar="FILE", help="The file to write, such as root.pem.", show_default=False
        ),
    ],
    store: StoreOption = None,
) -> None:
    """Write the file by which others know your seals. There is nothing secret in it."""
    folder = store_folder(store)
    device_keys.export_root(folder, export)
    say(f"Written: {export}")
    tell(
        f"Read them this over the phone, so that they know it is yours: {device_keys.key_facts(folder).root_fingerprint}"
    )


def trust(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The root of another organisation.", show_default=False)
    ],
    *,
    yes: YesOption = False,
    store: StoreOption = None,
) -> None:
    """Know another organisation's seals from here on, or those of another computer.

    It shows whose they say they are, and a long number. Ask them whether that is theirs, by another way than the file came.
    """
    root, folder = device_keys.read_root(file), store_folder(store)
    _show_root(root)
    if root in device_keys.known_roots(folder):
        say("Known here already.")
        return
    if not (yes or said_yes("Is that the number they read to you?", what=_NOBODY)):
        say("Not known: nothing was changed.")
        raise typer.Exit(NO)
    device_keys.trust(folder, root)
    say("Known from now on. To take it back: supportplan keys forget")


def forget(
    number: Annotated[
        list[str],
        typer.Argument(
            metavar="NUMBER",
            help="The beginning of the long number, as supportplan keys show has it.",
            show_default=False,
        ),
    ],
    *,
    yes: YesOption = False,
    store: StoreOption = None,
) -> None:
    """Know another organisation's seals no longer, such as those that were made known by mistake."""
    folder = store_folder(store)
    root = device_keys.known_root(folder, "".join(number))
    _show_root(root)
    if not (yes or said_yes("Forget them?", what=_NOBODY)):
        say("Still known: nothing was changed.")
        raise typer.Exit(NO)
    device_keys.forget(folder, root)
    say("Not known any more.")


def _show_root(root: "Certificate") -> None:
    facts = device_keys.root_facts(root)
    say(facts.name)
    say(f"    {facts.fingerprint}")


def request(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The request to write.", show_default=False)],
    *,
    store: StoreOption = None,
) -> None:
    """Ask another computer of your organisation for a certificate: 1 of 3, on this computer.

    Take the file there, then do there: supportplan keys issue
    """
    with opened(store) as opened_store:
        opened_keys(opened_store)
        certificates.request_certificate(opened_store, file)
    say(f"Written: {file}")
    tell("On the computer where the keys were made: supportplan keys issue")


def issue(
    file: Annotated[Path, typer.Argument(metavar="REQUEST", help="The request.", show_default=False)],
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FILE", help="The certificate to write.", show_default=False),
    ],
    store: StoreOption = None,
) -> None:
    """Give another computer of your organisation its certificate: 2 of 3, on the computer where the keys were made."""
    with opened(store) as opened_store:
        opened_keys(opened_store)
        name = certificates.issue_certificate(opened_store, file, output)
    say(f"Written: {output}, for {name}")
    tell("On the computer that asked: supportplan keys take")


def take(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The certificate.", show_default=False)],
    *,
    store: StoreOption = None,
) -> None:
    """Seal with the certificate that this computer asked for: 3 of 3, on this computer."""
    with opened(store) as opened_store:
        opened_keys(opened_store)
        organisation = certificates.take_certificate(opened_store, file)
    say(f"This computer seals for {organisation} from now on.")


def renew(*, store: StoreOption = None) -> None:
    """Make a new key and certificate for this computer. What was sealed before stays sealed."""
    with opened(store) as opened_store:
        opened_keys(opened_store)
        device_keys.renew(opened_store)
        _say_made(opened_store)


def _say_made(store: "Store") -> None:
    facts = device_keys.key_facts(store.folder)
    say(f"This computer seals as: {facts.device}, of {facts.organisation}, until {facts.until}")
    tell(
        f"The keys are in {keys_folder(store.folder)}. No backup of the store takes them along: "
        "a computer that is lost is replaced by one with new keys, and what was sealed stays sealed."
    )
