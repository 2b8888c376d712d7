import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from supportplan.domain import canonical
from supportplan.domain.problems import BadInput, NoStore, StoreDamaged, StoreProblem, WrongPassphrase
from supportplan.storage.database.location import KEYSLOTS
from supportplan.storage.keys import keyslots, passphrase
from supportplan.storage.keys.keyslots import Keyslots
from supportplan.storage.keys.passphrase import FLOOR
from tests.storage.stores import PASSPHRASE

NEW = "nine slow trains at dusk"
PRIVATE = X25519PrivateKey.generate()
PRIVATE_PEM = PRIVATE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
PUBLIC_PEM = PRIVATE.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.fixture(scope="module")
def made() -> tuple[Keyslots, bytes, str]:
    slots, key, code = keyslots.create(PASSPHRASE, FLOOR)
    return keyslots.with_escrow(slots, key, PUBLIC_PEM), key, code


def test_each_secret_opens_and_no_other(made: tuple[Keyslots, bytes, str]) -> None:
    slots, key, code = made
    for secret in (PASSPHRASE, code, code.lower().replace("-", " "), PRIVATE_PEM):
        assert keyslots.unwrap(slots, secret) == key
    stranger = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for secret in (PASSPHRASE.title(), passphrase.new_recovery_code(), stranger.decode(), "", PUBLIC_PEM):
        with pytest.raises(WrongPassphrase):
            keyslots.unwrap(slots, secret)


def test_a_new_passphrase_ends_the_old_one_and_nothing_else(made: tuple[Keyslots, bytes, str]) -> None:
    slots, key, code = made
    changed = keyslots.with_passphrase(slots, key, NEW)
    assert [keyslots.unwrap(changed, secret) for secret in (NEW, code, PRIVATE_PEM)] == [key] * 3
    with pytest.raises(WrongPassphrase):
        keyslots.unwrap(changed, PASSPHRASE)


def test_a_new_passphrase_costs_as_much_to_guess(made: tuple[Keyslots, bytes, str]) -> None:
    changed = keyslots.with_passphrase(made[0], made[1], NEW)
    slot = next(slot for slot in changed.slots if isinstance(slot, keyslots.PassphraseSlot))
    assert (slot.memory_kib, slot.passes, slot.lanes) == FLOOR


def test_a_new_recovery_code_ends_the_old_one(made: tuple[Keyslots, bytes, str]) -> None:
    slots, key, code = made
    other = passphrase.new_recovery_code()
    changed = keyslots.with_recovery_code(slots, key, other)
    assert keyslots.unwrap(changed, other) == key
    with pytest.raises(WrongPassphrase):
        keyslots.unwrap(changed, code)


@pytest.mark.parametrize(
    "pem",
    [
        "",
        "not a key",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        generate_private_key(SECP256R1())
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        .decode(),
    ],
    ids=["nothing", "no key", "half a key", "another kind of key"],
)
def test_only_a_key_of_the_right_kind_is_taken_for_escrow(
    pem: str, made: tuple[Keyslots, bytes, str]
) -> None:
    with pytest.raises(BadInput, match="public key"):
        keyslots.with_escrow(made[0], made[1], pem)


def test_no_key_and_no_secret_stands_in_the_file(tmp_path: Path, made: tuple[Keyslots, bytes, str]) -> None:
    slots, key, code = made
    keyslots.write(tmp_path, slots)
    raw = (tmp_path / KEYSLOTS).read_bytes()
    assert len(raw) < 4096
    for secret in (key.hex(), code, code.replace("-", ""), PASSPHRASE):
        assert secret.encode() not in raw
    assert keyslots.read(tmp_path) == slots


def _fields(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for key, part in value.items() for found in _fields(part, (*path, key))]
    if isinstance(value, list):
        return [found for place, part in enumerate(value) for found in _fields(part, (*path, place))]
    return [path]


def _other(value: Any) -> Any:
    """Another value of the same shape."""
    if isinstance(value, int):
        return value + 1
    return "".join({"0": "1", "a": "b"}.get(sign, "0") for sign in value)


def _edited(slots: Keyslots, path: tuple[Any, ...], change: Callable[[Any], Any]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(canonical.canonical(slots))
    inside: Any = document
    for part in path[:-1]:
        inside = inside[part]
    inside[path[-1]] = change(inside[path[-1]])
    return document


def _put(folder: Path, document: dict[str, Any], *, checked: bool) -> None:
    """Write the file as somebody would who edited it; `checked` as one who knows how `check` is worked out."""
    if checked:
        bare = {key: value for key, value in document.items() if key != "check"}
        document = {**bare, "check": canonical.digest(_bytes(bare))}
    (folder / KEYSLOTS).write_bytes(_bytes(document))


def _bytes(document: dict[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize("checked", [False, True], ids=["by accident", "on purpose"])
def test_every_edited_field_is_noticed(
    checked: bool, tmp_path: Path, made: tuple[Keyslots, bytes, str]
) -> None:
    slots, _, code = made
    paths = _fields(json.loads(canonical.canonical(slots)))
    assert len(paths) > 18
    # With the passphrase for its own slot, which is slow, and with the code, which is quick, for all the rest.
    for path in paths:
        if checked and path == ("check",):
            continue
        _put(tmp_path, _edited(slots, path, _other), checked=checked)
        secret = PASSPHRASE if path[:2] == ("slots", 0) and checked else code
        with pytest.raises(StoreProblem):
            keyslots.unwrap(keyslots.read(tmp_path), secret)


@pytest.mark.parametrize("checked", [False, True])
def test_a_slot_that_was_taken_away_doubled_or_moved_is_noticed(
    checked: bool, tmp_path: Path, made: tuple[Keyslots, bytes, str]
) -> None:
    slots, _, code = made
    for change in (lambda all_: all_[:2], lambda all_: [*all_, all_[2]], lambda all_: all_[::-1]):
        _put(tmp_path, _edited(slots, ("slots",), change), checked=checked)
        with pytest.raises(StoreDamaged):
            keyslots.unwrap(keyslots.read(tmp_path), code)


def test_the_slots_of_another_store_do_not_open_this_one(
    made: tuple[Keyslots, bytes, str], tmp_path: Path
) -> None:
    slots = made[0]
    other, _, other_code = keyslots.create(PASSPHRASE, FLOOR)
    document = json.loads(canonical.canonical(slots))
    document["slots"] = json.loads(canonical.canonical(other))["slots"]
    _put(tmp_path, document, checked=True)
    for secret in (PASSPHRASE, other_code):
        with pytest.raises(WrongPassphrase):
            keyslots.unwrap(keyslots.read(tmp_path), secret)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("memory_kib", 19 * 1024 - 1),
        ("memory_kib", 1024 * 1024 + 1),
        ("memory_kib", 2**40),
        ("passes", 1),
        ("passes", 1_000_000),
        ("lanes", 0),
        ("lanes", 10_000),
        ("memory_kib", -1),
    ],
)
def test_a_planted_cost_is_refused_before_any_guess(
    field: str, value: int, tmp_path: Path, made: tuple[Keyslots, bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_now(*_: object) -> bytes:
        raise AssertionError("the passphrase was stretched at a planted cost")

    monkeypatch.setattr(passphrase, "stretched", not_now)
    _put(tmp_path, _edited(made[0], ("slots", 0, field), lambda _: value), checked=True)
    with pytest.raises(StoreDamaged) as caught:
        keyslots.unwrap(keyslots.read(tmp_path), PASSPHRASE)
    assert "backup" in caught.value.mend


@pytest.mark.parametrize("raw", [b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_none_is_said_to_be_damaged(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / KEYSLOTS).write_bytes(raw)
    with pytest.raises(StoreDamaged) as caught:
        keyslots.read(tmp_path)
    assert KEYSLOTS in caught.value.where


def test_without_a_file_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        keyslots.read(tmp_path)
