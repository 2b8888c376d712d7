"""What people type to open a store: a passphrase, which is stretched so that guessing is slow, or a recovery code."""

import base64
import os
import re
import time
import unicodedata
from typing import Annotated, NamedTuple

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from msgspec import Meta

from supportplan.domain.problems import BadInput, StoreProblem

# What a file may ask for. Below the floor (OWASP's least) guessing is cheap; above the ceiling a planted file could
# exhaust the memory or hold the program up for minutes.
MemoryKib = Annotated[int, Meta(ge=19 * 1024, le=1024 * 1024)]
Passes = Annotated[int, Meta(ge=2, le=10)]
Lanes = Annotated[int, Meta(ge=1, le=16)]

LEAST_LETTERS = 12
LEAST_DIFFERENT = 5
MOST_LETTERS = 1_000

_CODE_BYTES = 20
_CODE = re.compile(r"[A-Z2-7]{32}")
# Signs that people write for others; the code's own alphabet has none of them.
_MISREAD = str.maketrans("018", "OIB", " -\t\r\n")


class Cost(NamedTuple):
    """What one guess at the passphrase costs: memory, passes over it, and lanes (Argon2id, RFC 9106)."""

    memory_kib: int
    passes: int
    lanes: int


FLOOR = Cost(memory_kib=19 * 1024, passes=2, lanes=1)
DEFAULT = Cost(memory_kib=64 * 1024, passes=3, lanes=4)
_MOST_CALIBRATED_KIB = 256 * 1024


def demand_strength(secret: str) -> None:
    """Refuse a passphrase that is guessed easily. Raises BadInput.

    Length is all that helps and that people can do: a rule that demands digits and signs gives `Password1!`, and
    notes stuck to the laptop. Twelve letters are three short words.
    """
    letters = unicodedata.normalize("NFKC", secret)
    if len(letters) < LEAST_LETTERS:
        raise BadInput(
            f"The passphrase has fewer than {LEAST_LETTERS} characters.",
            mend="Take three words or more that do not belong together; spaces are welcome.",
        )
    if len(letters) > MOST_LETTERS:
        raise BadInput(
            f"The passphrase has more than {MOST_LETTERS:,} characters.", mend="Take a shorter one."
        )
    if len(set(letters.casefold())) < LEAST_DIFFERENT:
        raise BadInput(
            "The passphrase repeats the same few characters.",
            mend="Take three words or more that do not belong together; spaces are welcome.",
        )


def calibrated() -> Cost:
    """Return the cost that takes this computer about a second, and never less than the default."""
    started = time.perf_counter()
    stretched("how long does one guess take", bytes(16), DEFAULT)
    room = 1 / (time.perf_counter() - started)
    memory = DEFAULT.memory_kib
    while room >= 2 and memory < _MOST_CALIBRATED_KIB:
        memory, room = memory * 2, room / 2
    passes = min(max(int(DEFAULT.passes * room), DEFAULT.passes), 10)
    return Cost(memory, passes, DEFAULT.lanes)


def stretched(secret: str, salt: bytes, cost: Cost) -> bytes:
    """Turn a passphrase into a key, slowly. Accents count alike however the keyboard composes them."""
    letters = unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    memory, passes, lanes = cost
    try:
        return Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(
            letters
        )
    except MemoryError:
        raise StoreProblem(
            f"There is not enough memory to check the passphrase, which needs {memory // 1024} MB.",
            mend="Close other programs, then try again.",
        ) from None


def new_recovery_code() -> str:
    """Return a random code of 160 bits, in eight groups of four letters and digits."""
    letters = base64.b32encode(os.urandom(_CODE_BYTES)).decode()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def recovery_code_bytes(typed: str) -> bytes | None:
    """Return the bits of a recovery code as people type it, or None where it is none."""
    letters = typed.upper().translate(_MISREAD)
    return base64.b32decode(letters) if _CODE.fullmatch(letters) else None
