"""The keys by which this computer seals plans: made the first time, kept beside the store, known to other computers.

They lie in a folder of their own beside the store, so that no backup of the store takes them along: a seal says on which
computer it was made. The private keys are in encrypted files; what opens these is a random passphrase inside the
encrypted store, or one that somebody chose, which is then asked for.
"""

from __future__ import annotations

import platform
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from supportplan.documents.reading import read_file
from supportplan.documents.writing import write_file
from supportplan.domain.problems import BadInput, NotAllowed, NotFound, WrongPassphrase
from supportplan.services.clock import local_moment
from supportplan.storage.database.location import PRIVATE_FOLDER

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from supportplan.documents.seal.keys import Keys
    from supportplan.services.opening import Store

_DEVICE_KEY, _DEVICE, _ROOT_KEY, _ROOT = "device.p12", "device.pem", "root.p12", "root.pem"
_WAITING = "device-waiting.p12"
_KNOWN = "known"
_SETTING = "seal_passphrase"
_MOST = 64 * 1024


# The passphrases that somebody chose and has told, each for as long as its store is open.
_told: WeakKeyDictionary[Store, str] = WeakKeyDictionary()


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


def keys_folder(store: Path) -> Path:
    """Return the folder of the keys that belong to the store in a folder: beside it, so that no backup takes them along."""
    return store.with_name(f"{store.name}-keys")


def has_keys(store: Path) -> bool:
    """Say whether this computer can seal what is in the store of a folder."""
    return (keys_folder(store) / _DEVICE_KEY).exists()


def keys_to_seal_with(store: Store) -> Keys:
    """Open the keys of this computer; where there are none, they are made, and nobody is asked for anything.

    A certificate that ran out is renewed where the root's key is here. Raises WrongPassphrase where the keys have a
    passphrase of their own that `open_keys` was not told, NotAllowed for a certificate that is not good today, BadInput for a
    damaged file, CannotWrite.
    """
    from supportplan.documents.seal import keys

    folder = keys_folder(store.folder)
    if not has_keys(store.folder):
        if (folder / _ROOT_KEY).exists():
            return renew(store)
        make_keys(store)
    opened = keys.unpacked(_read(folder / _DEVICE_KEY), _secret(store))
    now = local_moment()
    if now > opened.certificate.not_valid_after_utc and (folder / _ROOT_KEY).exists():
        return renew(store)
    keys.demand_valid(opened.certificate, on=now, whose="The certificate of this computer")
    return opened


def make_keys(store: Store, *, organisation: str = "", passphrase: str = "") -> None:
    """Make a root and, under it, the certificate of this computer. Raises NotAllowed where there are keys, CannotWrite.

    Without a passphrase a random one is kept inside the encrypted store: whoever has opened the store may seal.
    """
    from supportplan.documents.seal import keys

    folder = keys_folder(store.folder)
    if has_keys(store.folder) or (folder / _ROOT_KEY).exists():
        raise NotAllowed(
            "This computer has its keys already.",
            where=str(folder),
            mend="To see them: supportplan keys show. For a new certificate: supportplan keys renew",
        )
    _keep_secret(store, passphrase)
    secret = _secret(store)
    root = keys.make_root(organisation.strip() or store.author, on=local_moment())
    _make_folder(folder)
    write_file(folder / _ROOT_KEY, keys.packed(root.private, secret, root.certificate))
    write_file(folder / _ROOT, keys.as_pem(root.certificate))
    _certify(folder, root, secret)


def renew(store: Store) -> Keys:
    """Make a new key and certificate for this computer under its root. Raises as `keys_to_seal_with` does, and NotFound."""
    from supportplan.documents.seal import keys

    folder = keys_folder(store.folder)
    if not (folder / _ROOT_KEY).exists():
        raise NotFound(
            "The key of your organisation's root is not on this computer.",
            where=str(folder),
            mend="Ask for a new certificate: supportplan keys request FILE, and take the file to the computer that has it.",
        )
    secret = _secret(store)
    return _certify(folder, keys.unpacked(_read(folder / _ROOT_KEY), secret), secret)


def request_certificate(store: Store, to: Path) -> None:
    """Write the file by which another computer, which holds the root's key, gives this one its certificate."""
    from supportplan.documents.seal import keys

    folder = keys_folder(store.folder)
    if not any((folder / name).exists() for name in (_DEVICE_KEY, _ROOT_KEY, _WAITING)):
        _keep_secret(store, "")
    private, request = keys.request_certificate(_device_name())
    _make_folder(folder)
    write_file(folder / _WAITING, keys.packed(private, _secret(store)))
    write_file(to, request)


def issue_certificate(store: Store, request: Path, to: Path) -> str:
    """Give the computer that made a request its certificate, and return its name. Raises NotFound without the root's key."""
    from supportplan.documents.seal import keys

    folder = keys_folder(store.folder)
    if not (folder / _ROOT_KEY).exists():
        raise NotFound(
            "The key of your organisation's root is not on this computer.",
            where=str(folder),
            mend="Do this on the computer where it was made.",
        )
    root = keys.unpacked(_read(folder / _ROOT_KEY), _secret(store))
    certificate = keys.issue_certificate(root, read_file(request, most=_MOST), on=local_moment())
    write_file(to, keys.as_pem(certificate, root.certificate))
    return keys.name_of(certificate)


def take_certificate(store: Store, file: Path) -> str:
    """Seal with the certificate that this computer asked for, and return the organisation's name.

    The keys that were here before are set aside; their root stays known. Raises NotFound where nothing was asked for,
    BadInput for another computer's certificate.
    """
    from supportplan.documents.seal import keys

    folder = keys_folder(store.folder)
    if not (folder / _WAITING).exists():
        raise NotFound(
            "This computer has asked for no certificate.",
            mend="Ask first: supportplan keys request FILE",
        )
    secret = _secret(store)
    private = keys.unpacked_key(_read(folder / _WAITING), secret)
    found = keys.read_certificates(read_file(file, most=_MOST))
    own = [one for one in found if one.public_key() == private.public_key()]
    roots = [one for one in found if keys.is_root(one)]
    if not own:
        raise BadInput(
            "is the certificate of another computer, or of an earlier request",
            where=str(file),
            mend="Make a new request on this computer: supportplan keys request FILE",
        )
    if not roots or not keys.stands_under(own[0], roots[0]):
        raise BadInput(
            "lacks the root that the certificate stands under",
            where=str(file),
            mend="Take the file as it was made by: supportplan keys issue",
        )
    if (folder / _ROOT).exists():
        _know(folder, read_root(folder / _ROOT))
    _set_aside(folder / _ROOT_KEY)
    _keep_device(folder, keys.Keys(private, own[0], roots[0]), secret)
    (folder / _WAITING).unlink()
    return keys.organisation_of(roots[0])


def export_root(store: Path, to: Path) -> None:
    """Write the certificate of the root, by which others know this organisation's seals. There is nothing secret in it."""
    write_file(to, _read(keys_folder(store) / _ROOT))


def trust(store: Path, file: Path) -> tuple[str, str]:
    """Know another organisation's root from here on; return its name and fingerprint. Raises BadInput, NotFound."""
    from supportplan.documents.seal import keys

    root = read_root(file)
    folder = keys_folder(store)
    _make_folder(folder)
    _know(folder, root)
    return keys.name_of(root), keys.fingerprint(root)


def read_root(file: Path) -> Certificate:
    """Read the root that a file holds. Raises BadInput, NotFound."""
    from supportplan.documents.seal import keys

    try:
        roots = [one for one in keys.read_certificates(_read(file)) if keys.is_root(one)]
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
    folder = keys_folder(store)
    files = [folder / _ROOT, *sorted((folder / _KNOWN).glob("*.pem"))]
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
    device = keys.read_certificates(_read(folder / _DEVICE))[0]
    root, *others = known_roots(store)
    return KeyFacts(
        device=keys.name_of(device),
        organisation=keys.organisation_of(root),
        until=f"{device.not_valid_after_utc:%Y-%m-%d}",
        fingerprint=keys.fingerprint(device),
        root=keys.name_of(root),
        root_fingerprint=keys.fingerprint(root),
        root_here=(folder / _ROOT_KEY).exists(),
        known=tuple((keys.name_of(one), keys.fingerprint(one)) for one in others),
    )


def has_to_be_asked(store: Store) -> bool:
    """Say whether the keys open with a passphrase that somebody chose, and that has not been told since the store was opened."""
    return has_keys(store.folder) and store not in _told and not store.settings.get(_SETTING)


def open_keys(store: Store, passphrase: str) -> None:
    """Open the keys for as long as the store is open. Raises WrongPassphrase, BadInput."""
    from supportplan.documents.seal import keys

    keys.unpacked(_read(keys_folder(store.folder) / _DEVICE_KEY), passphrase)
    _told[store] = passphrase


def _certify(folder: Path, root: Keys, secret: str) -> Keys:
    from supportplan.documents.seal import keys

    private, request = keys.request_certificate(_device_name())
    certificate = keys.issue_certificate(root, request, on=local_moment())
    made = keys.Keys(private, certificate, root.certificate)
    _keep_device(folder, made, secret)
    return made


def _keep_device(folder: Path, made: Keys, secret: str) -> None:
    """Put a device's keys in their place; the key file is written last, for it says that there are keys."""
    from supportplan.documents.seal import keys

    write_file(folder / _ROOT, keys.as_pem(made.root))
    write_file(folder / _DEVICE, keys.as_pem(made.certificate))
    write_file(folder / _DEVICE_KEY, keys.packed(made.private, secret, made.certificate, made.root))


def _know(folder: Path, root: Certificate) -> None:
    from supportplan.documents.seal import keys

    (folder / _KNOWN).mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    name = keys.fingerprint(root).replace(" ", "")[:16]
    write_file(folder / _KNOWN / f"{name}.pem", keys.as_pem(root))


def _secret(store: Store) -> str:
    found = _told.get(store) or store.settings.get(_SETTING) or ""
    if not found:
        raise WrongPassphrase(
            "The keys of this computer have a passphrase of their own.",
            mend="Type the passphrase that was chosen when the keys were made.",
        )
    return found


def _keep_secret(store: Store, passphrase: str) -> None:
    """Keep a random passphrase in the store; or none where somebody chose their own, which is told."""
    if passphrase:
        _told[store] = passphrase
    store.settings.put(_SETTING, "" if passphrase else secrets.token_urlsafe(32)).result()


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def _set_aside(file: Path) -> None:
    if file.exists():
        file.replace(file.with_name(f"{file.stem}-{local_moment():%Y-%m-%d-%H%M%S}{file.suffix}"))


def _read(file: Path) -> bytes:
    return read_file(file, most=_MOST)


def _device_name() -> str:
    return platform.node() or "a computer without a name"
