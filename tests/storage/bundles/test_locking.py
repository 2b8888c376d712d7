import hashlib
import zlib

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from supportplan.domain.canonical import canonical, read
from supportplan.domain.problems import BadInput, Problem, StoreTooNew, WrongPassphrase
from supportplan.storage.bundles import locking
from supportplan.storage.bundles.locking import FIRST_LINE, Parameters, demand_whole, lock, told, unlock
from supportplan.storage.keys.passphrase import FLOOR, stretched

WORDS = "otter violin maple harbour quilt zebra"
PLAIN = b"what was agreed with the family " * 40
LOCKED = lock(PLAIN, WORDS, cost=FLOOR)


def test_what_was_locked_opens_with_its_words_however_they_are_written_down() -> None:
    assert unlock(LOCKED, WORDS) == PLAIN
    assert unlock(LOCKED, "  Otter-VIOLIN maple\n harbour  quilt zebra ") == PLAIN


@given(st.text())
def test_words_that_are_told_again_stay_the_same(words: str) -> None:
    assert told(told(words)) == told(words)


def test_nothing_of_it_can_be_read_in_the_file() -> None:
    assert b"agreed" not in LOCKED
    assert WORDS.encode() not in LOCKED
    assert lock(PLAIN, WORDS, cost=FLOOR) != LOCKED


def test_other_words_do_not_open_it() -> None:
    with pytest.raises(WrongPassphrase, match="not the words"):
        unlock(LOCKED, "otter violin maple harbour quilt yacht")


@settings(max_examples=200)
@given(st.integers(0, len(LOCKED) * 8 - 1))
def test_one_flipped_bit_anywhere_is_told_before_words_are_asked_for(bit: int) -> None:
    flipped = bytearray(LOCKED)
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Problem) as told_of:
        demand_whole(bytes(flipped))
    assert isinstance(told_of.value, BadInput | StoreTooNew)


@given(st.integers(0, len(LOCKED) - 1))
def test_a_file_that_was_cut_short_is_told(length: int) -> None:
    with pytest.raises(BadInput):
        demand_whole(LOCKED[:length])


@given(st.integers(0, len(LOCKED) * 8 - 1))
def test_who_repairs_the_digest_behind_a_flipped_bit_is_found_by_the_encryption(bit: int) -> None:
    flipped = bytearray(LOCKED[:-32])
    flipped[bit % (len(flipped) * 8) // 8] ^= 1 << bit % 8
    whole = bytes(flipped)
    forged = whole + hashlib.sha256(whole).digest()
    try:
        parameters = demand_whole(forged)
    except (BadInput, StoreTooNew):
        return
    # What costs more than it did is not run here: that it is bounded is another test.
    if (parameters.memory_kib, parameters.passes, parameters.lanes) == FLOOR:
        with pytest.raises(WrongPassphrase):
            unlock(forged, WORDS)


@given(st.binary(max_size=400))
def test_a_foreign_file_is_told(raw: bytes) -> None:
    with pytest.raises(BadInput, match="hand-over file"):
        demand_whole(raw)
    with pytest.raises(BadInput, match="damaged"):
        demand_whole(FIRST_LINE + raw)


def test_a_newer_one_is_told_whatever_else_it_says() -> None:
    with pytest.raises(StoreTooNew, match="newer supportplan"):
        demand_whole(FIRST_LINE + b'{"version":2,"kdf":"something else"}\n' + bytes(100))


@pytest.mark.parametrize(
    "planted",
    [
        {"memory_kib": 2**31},
        {"memory_kib": 1024},
        {"passes": 1},
        {"passes": 2**31},
        {"lanes": 0},
        {"sealed": 2**40},
        {"salt": ""},
    ],
)
def test_a_planted_parameter_is_refused_before_it_is_run(
    planted: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object) -> bytes:
        raise AssertionError("the key was derived")

    monkeypatch.setattr(locking, "stretched", run)
    _, line, rest = LOCKED.split(b"\n", 2)
    changed = msgspec.json.encode(msgspec.json.decode(line) | planted)
    whole = FIRST_LINE + changed + b"\n" + rest[:-32]
    with pytest.raises(BadInput, match="damaged"):
        unlock(whole + hashlib.sha256(whole).digest(), WORDS)


def test_what_would_swell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "MOST_BYTES", 1_000_000)
    swelling = _locked(zlib.compress(bytes(1_000_001)))
    with pytest.raises(BadInput, match="damaged"):
        unlock(swelling, WORDS)
    assert len(unlock(_locked(zlib.compress(bytes(1_000_000))), WORDS)) == 1_000_000
    with pytest.raises(BadInput, match="no hand-over file can"):
        lock(bytes(1_000_001), WORDS, cost=FLOOR)


@pytest.mark.parametrize(
    "packed", [b"", b"no deflate", zlib.compress(PLAIN)[:-5], zlib.compress(PLAIN) + b"more"]
)
def test_what_does_not_unpack_to_its_end_is_refused(packed: bytes) -> None:
    with pytest.raises(BadInput, match="damaged"):
        unlock(_locked(packed), WORDS)


def _locked(packed: bytes) -> bytes:
    """Encrypt something that was not packed as the program packs it."""
    _, line, _ = LOCKED.split(b"\n", 2)
    parameters = msgspec.structs.replace(read(line, Parameters), sealed=len(packed) + 16)
    top = FIRST_LINE + canonical(parameters) + b"\n"
    key = stretched(told(WORDS), bytes.fromhex(parameters.salt), FLOOR)
    whole = top + AESGCM(key).encrypt(bytes.fromhex(parameters.nonce), packed, top)
    return whole + hashlib.sha256(whole).digest()
