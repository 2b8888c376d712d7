"""What a store knows of a sealed plan by its case, and how that is judged."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from supportplan.domain.proofs import Proof, fails, holds, unknown


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What a store knows of a file's plan.

    `plan` says whether the plan inside is a version of its case that is here: the newest or an earlier one, or absent
    from it; unknown where the case itself is not here. `bytes` says which of the sealed files that the case keeps of
    that version this is: the newest, an earlier one, or another than it keeps with these signatures; unknown where it
    keeps none with these. `lacks` are those who have signed the plan and are not in the file, `unrecorded` those who are in
    the file and of whom nothing is recorded, both as people read them. `gone` says that the file was sealed on this computer, and that
    what was the newest of its records then is no longer there.
    """

    plan: Literal["newest", "earlier", "absent", "unknown"]
    bytes: Literal["newest", "earlier", "another", "unknown"] = "unknown"
    lacks: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()
    gone: bool = False


def case_proof(held: Held | None) -> Proof:
    """Judge a file by what its case says; None where no store was open."""
    if held is None:
        return unknown("case", "It was not held against the cases on this computer.")
    if held.plan == "unknown":
        return unknown("case", "The plan in it is in none of the cases on this computer.")
    if held.plan == "absent":
        return fails(
            "case",
            "Its case is on this computer and has no such version of the plan. If it was made on another computer, bring its case in first.",
        )
    judged = _as_version(held)
    if held.plan == "earlier":
        return msgspec.structs.replace(
            judged, words=f"{judged.words} It is an earlier version of the plan: a later plan was made since."
        )
    return judged


def log_cautions(held: Held | None) -> Iterator[str]:
    """Say where the store itself is not as it was when the file was sealed."""
    if held is not None and held.gone:
        yield (
            "Take care: it was sealed on this computer, whose records then had a check number that they never had as they "
            "are now. Either they were brought back from an older backup, or something was taken out of them."
        )


def _as_version(held: Held) -> Proof:
    """Judge a file as a copy of the version of the plan that is inside it."""
    version = "its case" if held.plan == "newest" else "that version of its case"
    if held.lacks:
        return fails(
            "case",
            f"Signatures are missing that the case has: {'; '.join(held.lacks)}. It is an earlier copy, or they were taken out.",
        )
    if held.bytes == "newest":
        return holds("case", f"It is the newest sealed file of {version}, to the last byte.")
    if held.bytes == "earlier":
        return fails("case", f"It is an earlier sealed file of {version}: a newer one is kept there.")
    if held.unrecorded:
        return fails(
            "case",
            f"The case on this computer has no record of: {'; '.join(held.unrecorded)}. If they signed on another computer, bring its case in first.",
        )
    if held.bytes == "another":
        return fails(
            "case",
            "The case keeps another file of this plan with these signatures, and this is not that file: its words may be others. If it was sealed on another computer, bring its case in first.",
        )
    return unknown(
        "case",
        "The plan in it is one of its case, with signatures that are recorded. The case keeps no sealed file with them, so its words were held against none.",
    )
