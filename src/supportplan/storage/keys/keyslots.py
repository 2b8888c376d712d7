"""The key of the store, wrapped several times: by the passphrase, by the recovery code, by an organisation's key.

The database is encrypted with a random key that no person knows. `keyslots.json` holds that key once for each way to
open the store, so that a new passphrase rewrites a few hundred bytes and never the data. A slot is sealed together
with its own parameters and the store's id, and the whole list is sealed by the key itself: an edited, swapped or
added slot is noticed. An older copy of the file still opens with the older passphrase; only a new data key ends that.
"""

import hmac
import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Meta

from supportplan.disk import NotConfirmed, write_whole
from supportplan.domain import canonical
from supportplan.domain.canonical import END, Document
from supportplan.domain.problems import (
    BadDocument,
    DiskRefused,
    NoStore,
    StoreDamaged,
    WrongPassphrase,
)
from supportplan.storage.database.connection import KEY_BYTES, translate_errors
from supportplan.storage.database.location import KEYSLOTS, is_store
from supportplan.storage.keys import passphrase
from supportplan.storage.keys.passphrase import Cost, Lanes, MemoryKib, Passes

_RESTORE = "Put the copy of keyslots.json from the newest backup in its place; the data itself is untouched."
_WRONG = "Try again: capital letters count. The recovery code opens the store too."

Bytes12 = Annotated[str, Meta(pattern="^[0-9a-f]{24}" + END)]
Bytes16 = Annotated[str, Meta(pattern="^[0-9a-f]{32}" + END)]
Bytes32 = Annotated[str, Meta(pattern="^[0-9a-f]{64}" + END)]
Wrapped = Annotated[str, Meta(pattern="^([0-9a-f]{96})?" + END)]


class _Slot(Document, frozen=True, kw_only=True, tag_field="kind"):
    nonce: Bytes12
    wrapped: Wrapped = ""


class PassphraseSlot(_Slot, frozen=True, kw_only=True, tag="passphrase"):
    """The key as the passphrase opens it (Argon2id)."""

    salt: Bytes16
    memory_kib: MemoryKib
    passes: Passes
    lanes: Lanes


class RecoverySlot(_Slot, frozen=True, kw_only=True, tag="recovery"):
    """The key as the printed recovery code opens it. The code is random, so guessing needs no slowing down."""

    salt: Bytes16


class EscrowSlot(_Slot, frozen=True, kw_only=True, tag="escrow"):
    """The key as an organisation opens it, with a private key that is on no laptop (X25519)."""

    recipient: Bytes32
    ephemeral: Bytes32


Slot = PassphraseSlot | RecoverySlot | EscrowSlot


class Keyslots(Document, frozen=True, kw_only=True):
    """The file. `mac` is the seal by the data key; `check` finds damage by accident before anybody types a secret."""

    format: Literal["supportplan/keyslots"]
    version: Literal[1]
    store: Annotated[str, Meta(pattern="^[0-9a-f]{32}" + END)]
    slots: Annotated[tuple[Slot, ...], Meta(max_length=8)]
    mac: Bytes32 | None = None
    check: Bytes32 | None = None


def create(secret: str, cost: Cost) -> tuple[Keyslots, bytes, str]:
    """Make a data key and wrap it. Returns the slots, the key, and the recovery code, which is shown once."""
    passphrase.demand_strength(secret)
    key = os.urandom(KEY_BYTES)
    store = os.urandom(16).hex()
    code = passphrase.new_recovery_code()
    slots = (_passphrase_slot(store, key, secret, cost), _recovery_slot(store, key, code))
    return (
        _sealed(Keyslots(format="supportplan/keyslots", version=1, store=store, slots=slots), key),
        key,
        code,
    )


def read(folder: Path) -> Keyslots:
    """Read the slots of the store in a folder. Raises NoStore and StoreDamaged; no secret is needed."""
    if is_store(folder) and not (folder / KEYSLOTS).exists():
        raise StoreDamaged(
            "The file of keys, keyslots.json, is missing. Without it nobody can open the store.",
            where=str(folder),
            mend=_RESTORE,
        )
    path = folder / KEYSLOTS
    try:
        with translate_errors(path):
            raw = path.read_bytes()
    except FileNotFoundError:
        raise NoStore(
            "There is no store here.", where=str(folder), mend="Make one, or name its folder with --store."
        ) from None
    try:
        found = canonical.read(raw, Keyslots)
    except BadDocument as problem:
        raise StoreDamaged(
            f"The file of keys cannot be used: {problem.what}.",
            where=", ".join(part for part in (str(path), problem.where) if part),
            mend=_RESTORE,
        ) from None
    if found.check != _check(found):
        raise StoreDamaged("The file of keys was changed or damaged.", where=str(path), mend=_RESTORE)
    return found


def write(folder: Path, slots: Keyslots) -> None:
    """Put the slots in place, whole: at any moment either the old file or the new one is there. Raises DiskRefused."""
    path = folder / KEYSLOTS
    content = canonical.canonical(slots)
    with translate_errors(path):
        try:
            write_whole(path, lambda file: file.write(content))
        except NotConfirmed:
            raise DiskRefused(
                "The new file of keys is in its place, but the disk did not confirm it.",
                where=str(path),
                mend="Make a backup on another disk, and have this one looked at.",
            ) from None


def unwrap(slots: Keyslots, secret: str) -> bytes:
    """Return the data key that a passphrase, a recovery code or an organisation's private key (PEM) opens.

    Raises WrongPassphrase; StoreDamaged where the key opens but the list is not the one it sealed.
    """
    key = next((found for slot in slots.slots if (found := _try(slots.store, slot, secret))), None)
    if key is None:
        raise WrongPassphrase("Neither passphrase nor recovery code fits this store.", mend=_WRONG)
    demand_sealed_with(slots, key)
    return key


def demand_sealed_with(slots: Keyslots, key: bytes) -> None:
    """Demand that a list of slots is one that was sealed with the data key. Raises StoreDamaged."""
    if slots.mac is None or not hmac.compare_digest(slots.mac, _mac(slots, key)):
        raise StoreDamaged("The file of keys was changed by somebody else.", where=KEYSLOTS, mend=_RESTORE)


def with_passphrase(slots: Keyslots, key: bytes, secret: str) -> Keyslots:
    """Return the slots with a new passphrase, as dear to guess as the one before; the old one opens them no more."""
    passphrase.demand_strength(secret)
    old = next((slot for slot in slots.slots if isinstance(slot, PassphraseSlot)), None)
    cost = Cost(old.memory_kib, old.passes, old.lanes) if old else passphrase.calibrated()
    return _replaced(slots, key, PassphraseSlot, _passphrase_slot(slots.store, key, secret, cost))


def with_recovery_code(slots: Keyslots, key: bytes, code: str) -> Keyslots:
    """Return the slots with a new recovery code; the old one opens them no more."""
    return _replaced(slots, key, RecoverySlot, _recovery_slot(slots.store, key, code))


def with_escrow(slots: Keyslots, key: bytes, public_key_pem: str) -> Keyslots:
    """Return the slots with one that the holder of the private key can open; one at a time. Raises BadInput."""
    return _replaced(slots, key, EscrowSlot, _escrow_slot(slots.store, key, public_key_pem))


def derived(key: bytes, purpose: str) -> bytes:
    """Return a key for one purpose, from the data key."""
    return _hkdf(key, b"", f"supportplan/{purpose}")


def _try(store: str, slot: Slot, secret: str) -> bytes | None:
    opening = _opening_key(slot, secret)
    if opening is None:
        return None
    try:
        return AESGCM(opening).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), _parameters(store, slot)
        )
    except (InvalidTag, ValueError):
        return None


def _opening_key(slot: Slot, secret: str) -> bytes | None:
    """Return the key that opens a slot, or None where the secret is not of the slot's kind."""
    private = secret.lstrip().startswith("-----BEGIN ")
    match slot:
        case EscrowSlot():
            return _escrow_opening(secret, slot) if private else None
        case RecoverySlot():
            code = passphrase.recovery_code_bytes(secret)
            return _hkdf(code, bytes.fromhex(slot.salt), "recovery") if code else None
        case PassphraseSlot():
            if private:
                return None
            cost = Cost(slot.memory_kib, slot.passes, slot.lanes)
            return passphrase.stretched(secret, bytes.fromhex(slot.salt), cost)


def _passphrase_slot(store: str, key: bytes, secret: str, cost: Cost) -> PassphraseSlot:
    slot = PassphraseSlot(
        nonce=os.urandom(12).hex(),
        salt=os.urandom(16).hex(),
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        lanes=cost.lanes,
    )
    opening = passphrase.stretched(secret, bytes.fromhex(slot.salt), cost)
    return msgspec.structs.replace(slot, wrapped=_wrapped(store, slot, opening, key))


def _recovery_slot(store: str, key: bytes, code: str) -> RecoverySlot:
    slot = RecoverySlot(nonce=os.urandom(12).hex(), salt=os.urandom(16).hex())
    code_bytes = passphrase.recovery_code_bytes(code) or b""
    opening = _hkdf(code_bytes, bytes.fromhex(slot.salt), "recovery")
    return msgspec.structs.replace(slot, wrapped=_wrapped(store, slot, opening, key))


def _escrow_slot(store: str, key: bytes, public_key_pem: str) -> EscrowSlot:
    from supportplan.storage.keys.escrow import agree_anew

    recipient, ephemeral, shared = agree_anew(public_key_pem)
    slot = EscrowSlot(nonce=os.urandom(12).hex(), recipient=recipient, ephemeral=ephemeral)
    return msgspec.structs.replace(slot, wrapped=_wrapped(store, slot, _escrow_key(shared, slot), key))


def _escrow_opening(private_key_pem: str, slot: EscrowSlot) -> bytes | None:
    from supportplan.storage.keys.escrow import agreed

    shared = agreed(private_key_pem, slot.ephemeral)
    return _escrow_key(shared, slot) if shared else None


def _escrow_key(shared: bytes, slot: EscrowSlot) -> bytes:
    return _hkdf(shared, bytes.fromhex(slot.ephemeral + slot.recipient), "escrow")


def _wrapped(store: str, slot: Slot, opening: bytes, key: bytes) -> str:
    return AESGCM(opening).encrypt(bytes.fromhex(slot.nonce), key, _parameters(store, slot)).hex()


def _parameters(store: str, slot: Slot) -> bytes:
    return store.encode() + canonical.canonical(msgspec.structs.replace(slot, wrapped=""))


def _replaced(slots: Keyslots, key: bytes, kind: type[Slot], new: Slot) -> Keyslots:
    kept = tuple(slot for slot in slots.slots if not isinstance(slot, kind))
    return _sealed(msgspec.structs.replace(slots, slots=(*kept, new)), key)


def _sealed(slots: Keyslots, key: bytes) -> Keyslots:
    signed = msgspec.structs.replace(slots, mac=_mac(slots, key))
    return msgspec.structs.replace(signed, check=_check(signed))


def _mac(slots: Keyslots, key: bytes) -> str:
    bare = msgspec.structs.replace(slots, mac=None, check=None)
    return hmac.digest(derived(key, "keyslots"), canonical.canonical(bare), "sha256").hex()


def _check(slots: Keyslots) -> str:
    return canonical.digest(canonical.canonical(msgspec.structs.replace(slots, check=None)))


def _hkdf(secret: bytes, salt: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=salt, info=purpose.encode()).derive(secret)
