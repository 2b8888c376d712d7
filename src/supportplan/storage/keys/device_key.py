"""The key with which this device signs what it writes, so that an entry can be held against who made it.

The private key is kept inside the encrypted store, and sealed there once more under a key of its own, so that no query
and no salvaged row gives it away. A device's id is taken from its public key: nobody can bring another key for it.
"""

import hashlib
import os
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Meta

from supportplan.domain.canonical import END, Document, canonical, read
from supportplan.domain.cases.entries import Record, record
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.problems import BadDocument, StoreDamaged
from supportplan.storage.database.connection import Connection
from supportplan.storage.keys.keyslots import derived

_PURPOSE = "device"
_NONCE = 12


class Device(Document, frozen=True, kw_only=True):
    """The body of a device's first entry: the public key by which its signatures are checked."""

    format: Literal["supportplan/device"]
    version: Literal[1]
    id: Annotated[str, Meta(pattern="^[0-9a-f]{32}" + END)]
    public_key: Annotated[str, Meta(pattern="^[0-9a-f]{64}" + END)]


class DeviceKey:
    """This device's id, and the key that signs for it."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()
        self.id = device_id(self.public)

    def sign(self, entry_id: str) -> bytes:
        """Sign an entry's id."""
        return self._private.sign(bytes.fromhex(entry_id))

    def introduction(self, author: str, at: str) -> Record:
        """Return the record that makes this device known."""
        body = Device(format="supportplan/device", version=1, id=self.id, public_key=self.public.hex())
        return record(canonical(body), case=LIBRARY, kind="device", author=author, device=self.id, at=at)

    def keep(self, driver: Connection, data_key: bytes) -> None:
        """Put the key into the store, sealed."""
        nonce = os.urandom(_NONCE)
        sealing = AESGCM(derived(data_key, _PURPOSE))
        sealed = nonce + sealing.encrypt(nonce, self._private.private_bytes_raw(), self.id.encode())
        driver.execute(
            "INSERT INTO device (id, public_key, sealed_key) VALUES (?, ?, ?)", (self.id, self.public, sealed)
        )


def new_device_key() -> DeviceKey:
    """Make a key for a device that had none."""
    return DeviceKey(Ed25519PrivateKey.generate())


def kept_device_key(driver: Connection, data_key: bytes) -> DeviceKey:
    """Return the key that the store keeps. Raises StoreDamaged."""
    found = driver.execute("SELECT id, public_key, sealed_key FROM device").fetchone()
    if found is None:
        raise _damaged()
    id_, public, sealed = found
    try:
        raw = AESGCM(derived(data_key, _PURPOSE)).decrypt(sealed[:_NONCE], sealed[_NONCE:], id_.encode())
    except (InvalidTag, ValueError):
        raise _damaged() from None
    key = DeviceKey(Ed25519PrivateKey.from_private_bytes(raw))
    if (key.id, key.public) != (id_, public):
        raise _damaged()
    return key


def introduced(body: bytes) -> Device:
    """Return the device that the body of an introduction makes known. Raises BadDocument.

    A device's id is taken from its key: who brings another key for it introduces nobody.
    """
    device = read(body, Device)
    if device_id(bytes.fromhex(device.public_key)) != device.id:
        raise BadDocument("brings another key than the one that its id was taken from")
    return device


def device_id(public: bytes) -> str:
    """Return the id of the device with a public key."""
    return hashlib.sha256(public).hexdigest()[:32]


def is_signed(entry_id: str, signature: bytes, public: bytes) -> bool:
    """Say whether a signature on an entry's id is the one of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, bytes.fromhex(entry_id))
    except (InvalidSignature, ValueError):
        return False
    return True


def _damaged() -> StoreDamaged:
    return StoreDamaged(
        "The key of this device is missing or damaged.",
        mend="Restore the newest backup, or ask `supportplan doctor` what can be saved.",
    )
