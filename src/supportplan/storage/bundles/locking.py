"""The hand-over file, version 1 for ever: some bytes, compressed and encrypted under words that people tell each other.

A first line that names it, a line of parameters, the encrypted part, and the SHA-256 of all of that. The encryption
(AES-256-GCM under a key that Argon2id makes of the words) covers the two lines as well. The digest keeps no secret and
proves nothing: it lets a file that was damaged on its way be told from words that were misheard, before anybody types.
"""

import hashlib
import os
import re
import unicodedata
import zlib
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Meta

from supportplan.domain.canonical import Document, canonical, read
from supportplan.domain.decodable import decodable
from supportplan.domain.problems import BadDocument, BadInput, StoreTooNew, WrongPassphrase
from supportplan.storage.keys.keyslots import Bytes12, Bytes16
from supportplan.storage.keys.passphrase import DEFAULT, Cost, Lanes, MemoryKib, Passes, stretched

FIRST_LINE = b"supportplan case\n"
VERSION: Literal[1] = 1
# What a case may hold, and so what opening one may take of the memory: ten scans of the largest kind.
MOST_BYTES = 256 * 1024 * 1024
# Compressing what cannot be compressed adds a little, encrypting sixteen bytes.
MOST_FILE_BYTES = MOST_BYTES + 1024 * 1024

_LONGEST_LINE = 1_000
_DIGEST = hashlib.sha256().digest_size
_UNCHANGED = "Nothing was changed."


class Parameters(Document, frozen=True, kw_only=True):
    """The second line: how the key is made of the words, and how long the encrypted part is."""

    version: Literal[1]
    salt: Bytes16
    nonce: Bytes12
    memory_kib: MemoryKib
    passes: Passes
    lanes: Lanes
    sealed: Annotated[int, Meta(ge=16, le=MOST_FILE_BYTES)]


class _OfAnyVersion(msgspec.Struct):
    """What every version says of itself, whatever else it says."""

    version: Annotated[int, Meta(ge=1)]


def lock(plain: bytes, secret: str, *, cost: Cost = DEFAULT) -> bytes:
    """Compress and encrypt some bytes. Raises BadInput for more than a hand-over file may hold."""
    if len(plain) > MOST_BYTES:
        raise BadInput(
            f"This case holds more than {MOST_BYTES // 1024**2} MB, which no hand-over file can.",
            mend="Hand over a backup of the store instead: supportplan backup FILE",
        )
    packed = zlib.compress(plain)
    parameters = Parameters(
        version=VERSION,
        salt=os.urandom(16).hex(),
        nonce=os.urandom(12).hex(),
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        lanes=cost.lanes,
        sealed=len(packed) + 16,
    )
    top = FIRST_LINE + canonical(parameters) + b"\n"
    whole = top + AESGCM(_key(parameters, secret)).encrypt(bytes.fromhex(parameters.nonce), packed, top)
    return whole + hashlib.sha256(whole).digest()


def unlock(raw: bytes, secret: str) -> bytes:
    """Return what was locked.

    Raises as `demand_whole` does, WrongPassphrase, and BadInput for what would swell beyond what a case may hold.
    """
    parameters = demand_whole(raw)
    top = raw.index(b"\n", len(FIRST_LINE)) + 1
    view = memoryview(raw)
    try:
        packed = AESGCM(_key(parameters, secret)).decrypt(
            bytes.fromhex(parameters.nonce), view[top:-_DIGEST], raw[:top]
        )
    except InvalidTag:
        raise WrongPassphrase(
            "These are not the words that open this file.",
            mend="Ask whoever gave it to you to say the words again. Capital letters and spaces do not count.",
        ) from None
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(packed, MOST_BYTES + 1)
    except zlib.error:
        raise damaged() from None
    if len(plain) > MOST_BYTES or not unpacking.eof or unpacking.unused_data:
        raise damaged()
    return plain


def demand_whole(raw: bytes) -> Parameters:
    """Refuse, before any words are asked for, what is no hand-over file, or not as it was written.

    Raises BadInput, and StoreTooNew for one that a newer program wrote.
    """
    if not raw.startswith(FIRST_LINE):
        raise BadInput(
            "This is not a hand-over file of supportplan.",
            mend=f"Choose a file that `supportplan case export` wrote. {_UNCHANGED}",
        )
    line = raw[len(FIRST_LINE) : len(FIRST_LINE) + _LONGEST_LINE].partition(b"\n")[0]
    try:
        newer = msgspec.json.decode(line, type=decodable(_OfAnyVersion)).version > VERSION
    except (msgspec.MsgspecError, UnicodeDecodeError):
        newer = False
    if newer:
        raise StoreTooNew(
            "A newer supportplan wrote this hand-over file.",
            mend=f"Install the newest supportplan, then try again. {_UNCHANGED}",
        )
    try:
        parameters = read(line, Parameters)
    except BadDocument:
        raise damaged() from None
    whole = memoryview(raw)[:-_DIGEST]
    expected = len(FIRST_LINE) + len(line) + 1 + parameters.sealed + _DIGEST
    if len(raw) != expected or hashlib.sha256(whole).digest() != raw[-_DIGEST:]:
        raise damaged()
    return parameters


def damaged() -> BadInput:
    """Return what to say of a hand-over file that is not as it was written."""
    return BadInput(
        "This hand-over file is damaged or was cut short: not every byte is as it was written.",
        mend=f"Copy it again from where it came, or ask for a new one. {_UNCHANGED}",
    )


def told(secret: str) -> str:
    """Return words as they count, however somebody wrote down what was told on the telephone."""
    letters = unicodedata.normalize("NFKC", secret).casefold()
    return " ".join(re.split(r"[\s\-]+", letters)).strip()


def _key(parameters: Parameters, secret: str) -> bytes:
    cost = Cost(parameters.memory_kib, parameters.passes, parameters.lanes)
    return stretched(told(secret), bytes.fromhex(parameters.salt), cost)
