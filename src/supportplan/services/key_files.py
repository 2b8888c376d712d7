"""The folder of the keys that seal plans, beside the store, and what opens the files in it.

They lie beside the store so that no backup of it takes them along: a seal says on which computer it was made. The private
keys are in encrypted files. What opens these is a random passphrase inside the encrypted store, or one that somebody
chose, which is then asked for; a file beside the keys says so, since the store may be one from before.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from supportplan.documents.reading import read_file
from supportplan.documents.writing import write_file
from supportplan.domain.problems import WrongPassphrase
from supportplan.services.clock import local_moment
from supportplan.storage.database.location import PRIVATE_FOLDER

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from supportplan.documents.seal.keys import Keys
    from supportplan.services.opening import Store

DEVICE_KEY, DEVICE, ROOT_KEY, ROOT = "device.p12", "device.pem", "root.p12", "root.pem"
# The key for which another computer was asked for a certificate.
WAITING = "device-waiting.p12"
KNOWN = "known"
MOST_BYTES = 64 * 1024

_ENCRYPTED = (DEVICE_KEY, ROOT_KEY, WAITING)
_CHOSEN = "passphrase-chosen"
_SETTING = "seal_passphrase"

# The passphrases that somebody chose and has told, each for as long as its store is open.
_told: WeakKeyDictionary[Store, str] = WeakKeyDictionary()


def keys_folder(store: Path) -> Path:
    """Return the folder of the keys that belong to the store in a folder: beside it, so that no backup takes them along."""
    return store.with_name(f"{store.name}-keys")


def make_folder(store: Path) -> Path:
    """Make the folder of the keys where it is not there, and return it."""
    folder = keys_folder(store)
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return folder


def read(file: Path) -> bytes:
    """Return what is in a file of keys or certificates. Raises NotFound, BadInput."""
    return read_file(file, most=MOST_BYTES)


def is_chosen(folder: Path) -> bool:
    """Say whether the keys in a folder open with a passphrase that somebody chose."""
    return (folder / _CHOSEN).exists() and any((folder / name).exists() for name in _ENCRYPTED)


def has_to_be_asked(store: Store) -> bool:
    """Say whether the keys open with a passphrase that somebody chose, and that has not been told since the store was opened."""
    return store not in _told and is_chosen(keys_folder(store.folder))


def open_keys(store: Store, passphrase: str) -> None:
    """Open the keys for as long as the store is open. Raises WrongPassphrase, BadInput."""
    from supportplan.documents.seal import keys

    folder = keys_folder(store.folder)
    for name in _ENCRYPTED:
        if (folder / name).exists():
            keys.unpacked_key(read(folder / name), passphrase)
            break
    _told[store] = passphrase


def secret_of(store: Store) -> str:
    """Return what opens the keys of this computer.

    Raises WrongPassphrase where somebody chose it and has not told it, or where the store has none for them.
    """
    chosen = is_chosen(keys_folder(store.folder))
    found = _told.get(store) if chosen else store.settings.get(_SETTING)
    if not found:
        raise WrongPassphrase(
            "The keys of this computer have a passphrase of their own."
            if chosen
            else "The keys of this computer do not belong to this store.",
            mend="Type the passphrase that was chosen when the keys were made."
            if chosen
            else "Make new ones: supportplan keys make",
        )
    return found


def random_secret(store: Store) -> str:
    """Return the random passphrase that the store keeps; made once, since a key that waits may be encrypted with it."""
    found = store.settings.get(_SETTING)
    if not found:
        found = secrets.token_urlsafe(32)
        store.settings.put(_SETTING, found).result()
    return found


def choose_secret(store: Store, passphrase: str) -> str:
    """Settle what opens keys that are about to be made: a passphrase that somebody chose or, without one, a random one.

    A key that waits for its certificate is encrypted anew where the passphrase is another from here on.
    """
    from supportplan.documents.seal import keys

    folder = make_folder(store.folder)
    waiting = folder / WAITING
    asked = keys.unpacked_key(read(waiting), secret_of(store)) if waiting.exists() else None
    secret = passphrase or random_secret(store)
    if asked is not None:
        write_file(waiting, keys.packed(asked, secret))
    if passphrase:
        _told[store] = passphrase
        write_file(folder / _CHOSEN, b"These keys open with a passphrase that somebody chose.\n")
        store.settings.put(_SETTING, "").result()
    else:
        (folder / _CHOSEN).unlink(missing_ok=True)
    return secret


def set_aside_what_does_not_open(store: Store) -> None:
    """Set aside keys that nobody chose a passphrase for and that open no more, as after an older store was brought back.

    Nobody can tell what opens them, so new ones have to be made. The certificate of their root stays where it is.
    """
    folder = keys_folder(store.folder)
    if is_chosen(folder):
        return
    for name in _ENCRYPTED:
        if (folder / name).exists() and not _opens(store, folder / name):
            set_aside(folder / name)


def set_aside(file: Path) -> None:
    """Give a file another name, with the moment in it, where it is there."""
    if file.exists():
        file.replace(file.with_name(f"{file.stem}-{local_moment():%Y-%m-%d-%H%M%S}{file.suffix}"))


def keep_device(folder: Path, made: Keys, secret: str) -> None:
    """Put a device's keys in their place; the key file is written last, for it says that there are keys."""
    from supportplan.documents.seal import keys

    write_file(folder / ROOT, keys.as_pem(made.root))
    write_file(folder / DEVICE, keys.as_pem(made.certificate))
    write_file(folder / DEVICE_KEY, keys.packed(made.private, secret, made.certificate, made.root))


def know(folder: Path, root: Certificate) -> None:
    """Keep a root among those whose seals are known here."""
    from supportplan.documents.seal import keys

    (folder / KNOWN).mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    name = keys.fingerprint(root).replace(" ", "")[:16]
    write_file(folder / KNOWN / f"{name}.pem", keys.as_pem(root))


def _opens(store: Store, file: Path) -> bool:
    from supportplan.documents.seal import keys

    try:
        keys.unpacked_key(read(file), secret_of(store))
    except WrongPassphrase:
        return False
    return True
