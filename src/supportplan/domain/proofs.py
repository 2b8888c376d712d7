"""What is said of one thing that was looked at in a sealed plan: whether it holds, and the words for it."""

from typing import Literal

import msgspec

Check = Literal["copy", "seal", "unchanged", "keys", "plan", "figures", "case"]
Result = Literal["yes", "no", "unknown"]


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: whether it holds, and the words for it. `unknown` counts for and against nothing."""

    check: Check
    result: Result
    words: str


def holds(check: Check, words: str) -> Proof:
    """Say that something is as it was sealed."""
    return Proof(check=check, result="yes", words=words)


def fails(check: Check, words: str) -> Proof:
    """Say that something is not as it was sealed."""
    return Proof(check=check, result="no", words=words)


def unknown(check: Check, words: str) -> Proof:
    """Say that something could not be looked at."""
    return Proof(check=check, result="unknown", words=words)
