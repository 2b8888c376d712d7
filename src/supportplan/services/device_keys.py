"""The keys by which this computer seals plans: made the first time, renewed, and known to other computers.

`key_files` says where they lie and what opens them, `certificates` how a second computer gets its own.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, NamedTuple

from supportplan.documents.writing import write_file
from supportplan.domain.problems import BadInput, NotAllowed, NotFound, WrongPassphrase
from supportplan.services import key_files
from supportplan.services.clock import local_moment
from supportplan.services.key_files import DEVICE, DEVICE_KEY, KNOWN, ROOT, ROOT_KEY, keys_folder

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.x509 import Certificate

    from supportplan.documents.seal.keys import Keys
    from supportplan.services.opening import Store

# So much of a fingerprint says which one is meant.
_LEAST_OF_A_MARK = 8


class KeyFacts(NamedTuple):
    """What the keys of this computer are, without opening them.

    `root_here` says whether this computer holds the root's key, and so can give other computers certificates. `known` are
    the roots of others, by name and fingerprint.
    """

    device: str
    organisation: str
    until: str
    fingerprint: str
    root: str
    root_fingerprint: str
    root_here: bool
    known: tuple[tuple[str, str], ...]


class RootFacts(NamedTuple):
    """Whose root it is, and its fingerprint as people read it to one another."""

    name: str
    fingerprint: str


def has_keys(store: Path) -> bool:
    """Say whether this computer can seal what is in the store of a folder."""
    return (keys_folder(store) / DEVICE_KEY).exists()


def keys_to_seal_with(store: Store) -> Keys:
    """Open the keys of this computer; where there are none, they are made, and nobody is asked for anything.

    Keys that nobody chose a passphrase for, and that what is in the store does not open, are set aside and new ones made.
    A certificate that ran out is renewed where the root's key is here. Raises WrongPassphrase where the keys have a
    passphrase of their own that `open_keys` was not told, NotAllowed for a certificate that is not good today, BadInput for a
    damaged file, CannotWrite.
    """
    try:
        return _opened_or_made(store)
    except WrongPassphrase:
        if key_files.is_chosen(keys_folder(store.folder)):
            raise
    key_files.set_aside_what_does_not_open(store)
    return _opened_or_made(store)


def _opened_or_made(store: Store) -> Keys:
    from supportplan.documents.seal import keys

    folder = keys_folder(store.folder)
    if not has_keys(store.folder):
        if (folder / ROOT_KEY).exists():
            return renew(store)
        make_keys(store)
    opened = keys.unpacked(key_files.read(folder / DEVICE_KEY), key_files.secret_of(store))
    now = local_moment()
    if now > opened.certificate.not_valid_after_utc and (folder / ROOT_KEY).exists():
        return renew(store)
    keys.demand_valid(opened.certificate, on=now, whose="The certificate of this computer")
    return opened


def make_keys(store: Store, *, organisation: str = "", passphrase: str = "") -> None:
    """Make a root and, under it, the certificate of this computer. Raises NotAllowed where there are keys, CannotWrite.

    Without a passphrase a random one is kept inside the encrypted store: whoever has opened the store may seal. The seals
    of keys that were here before stay known.
    """
    from supportplan.documents.seal import keys

    key_files.set_aside_what_does_not_open(store)
    folder = keys_folder(store.folder)
    if has_keys(store.folder) or (folder / ROOT_KEY).exists():
        raise NotAllowed(
            "This computer has its keys already.",
            where=str(folder),
            mend="To see them: supportplan keys show. For a new certificate: supportplan keys renew",
        )
    secret = key_files.choose_secret(store, passphrase)
    if (folder / ROOT).exists():
        key_files.know(folder, read_root(folder / ROOT))
    root = keys.make_root(organisation.strip() or store.author, on=local_moment())
    write_file(folder / ROOT_KEY, keys.packed(root.private, secret, root.certificate))
    write_file(folder / ROOT, keys.as_pem(root.certificate))
    _certify(folder, root, secret)


def renew(store: Store) -> Keys:
    """Make a new key and certificate for this computer under its root. Raises as `keys_to_seal_with` does, and NotFound."""
    from supportplan.documents.seal import keys

    key_files.set_aside_what_does_not_open(store)
    folder = keys_folder(store.folder)
    if not (folder / ROOT_KEY).exists():
        raise NotFound(
            "The key of your organisation's root is not on this computer.",
            where=str(folder),
            mend="Ask for a new certificate: supportplan keys request FILE, and take the file to the computer that has it."
            + ("" if has_keys(store.folder) else " Or make new keys here: supportplan keys make"),
        )
    secret = key_files.secret_of(store)
    return _certify(folder, keys.unpacked(key_files.read(folder / ROOT_KEY), secret), secret)


def export_root(store: Path, to: Path) -> None:
    """Write the certificate of the root, by which others know this organisation's seals. There is nothing secret in it."""
    write_file(to, key_files.read(keys_folder(store) / ROOT))


def trust(store: Path, root: Certificate) -> None:
    """Know another organisation's root from here on, as `read_root` gives it. Raises CannotWrite."""
    key_files.know(key_files.make_folder(store), root)


def known_root(store: Path, mark: str) -> Certificate:
    """Find one of the roots that were trusted here by the beginning of its fingerprint. Raises NotFound, BadInput."""
    from supportplan.documents.seal import keys

    wanted = _bare(mark)
    trusted = [read_root(file) for file in _known_files(store)]
    found = [one for one in trusted if _bare(keys.fingerprint(one)).startswith(wanted)]
    if len(wanted) < _LEAST_OF_A_MARK or len(found) > 1:
        raise BadInput(
            "That does not say which one is meant.",
            mend=f"Give at least the first {_LEAST_OF_A_MARK} signs of its long number, as supportplan keys show has it.",
        )
    if not found:
        listed = "; ".join(f"{keys.name_of(one)}, {keys.fingerprint(one)[:9]}" for one in trusted)
        raise NotFound(
            "No seals with that number were made known here.",
            mend=f"Known here are: {listed}." if listed else "Nobody else's seals are known here.",
        )
    return found[0]


def forget(store: Path, root: Certificate) -> None:
    """Know a root no longer that was trusted here. What this computer's own cases hold of its seals stays known by them."""
    for file in _known_files(store):
        if read_root(file) == root:
            file.unlink()


def root_facts(root: Certificate) -> RootFacts:
    """Say whose root it is."""
    from supportplan.documents.seal import keys

    return RootFacts(keys.name_of(root), keys.fingerprint(root))


def read_root(file: Path) -> Certificate:
    """Read the root that a file holds. Raises BadInput, NotFound."""
    from supportplan.documents.seal import keys

    try:
        roots = [one for one in keys.read_certificates(key_files.read(file)) if keys.is_root(one)]
    except BadInput as problem:
        raise BadInput(problem.what, where=str(file), mend=problem.mend) from None
    if not roots:
        raise BadInput(
            "holds no root, only the certificate of one computer",
            where=str(file),
            mend="Ask for the file that this makes there: supportplan keys root --export FILE",
        )
    return roots[0]


def known_roots(store: Path) -> tuple[Certificate, ...]:
    """Return the roots whose seals are known here: this organisation's, and those that were trusted. Raises BadInput."""
    files = [keys_folder(store) / ROOT, *_known_files(store)]
    return tuple(read_root(file) for file in files if file.exists())


def key_facts(store: Path) -> KeyFacts:
    """Say what keys there are. Raises NotFound where there are none, BadInput where they are damaged."""
    from supportplan.documents.seal import keys

    folder = keys_folder(store)
    if not has_keys(store):
        raise NotFound(
            "This computer has no keys to seal with yet.",
            mend="They are made with the first signature, or now: supportplan keys make",
        )
    device = keys.read_certificates(key_files.read(folder / DEVICE))[0]
    root, *others = known_roots(store)
    return KeyFacts(
        device=keys.name_of(device),
        organisation=keys.organisation_of(root),
        until=f"{device.not_valid_after_utc:%Y-%m-%d}",
        fingerprint=keys.fingerprint(device),
        root=keys.name_of(root),
        root_fingerprint=keys.fingerprint(root),
        root_here=(folder / ROOT_KEY).exists(),
        known=tuple(root_facts(one) for one in others),
    )


def device_name() -> str:
    """Return what this computer calls itself."""
    return platform.node() or "a computer without a name"


def _certify(folder: Path, root: Keys, secret: str) -> Keys:
    from supportplan.documents.seal import keys

    private, request = keys.request_certificate(device_name())
    certificate = keys.issue_certificate(root, request, on=local_moment())
    made = keys.Keys(private, certificate, root.certificate)
    key_files.keep_device(folder, made, secret)
    return made


def _known_files(store: Path) -> list[Path]:
    return sorted((keys_folder(store) / KNOWN).glob("*.pem"))


def _bare(mark: str) -> str:
    return "".join(mark.replace(":", "").split()).casefold()
