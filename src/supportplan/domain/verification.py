"""Whether a sealed plan holds: what is proven of a file, what was changed in it, and what nothing can prove."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import msgspec

from supportplan.domain.days import day_words
from supportplan.domain.examined import Contents, Examined, FoundSignature
from supportplan.domain.figures import amounts_in, numbers_in

Check = Literal["seal", "unchanged", "keys", "plan", "figures", "case"]
Result = Literal["yes", "no", "unknown"]

NOT_PROVEN = (
    "Who signed: a signature here is what somebody typed, drew or wrote in front of whoever held the computer.",
    "When: each time is what the clock of that computer said.",
)
NOT_WITHOUT_CASE = (
    "That no later signature was taken out again: only the computer that has the case can say so."
)


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: whether it holds, and the words for it. `unknown` counts for and against nothing."""

    check: Check
    result: Result
    words: str


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What a store knows of a file's plan.

    `bytes` says which of the sealed files it keeps this is: the newest, an earlier one, or none. `lacks` are those who
    have signed the plan and are not in the file, `unrecorded` those who are in the file and of whom nothing is recorded,
    both as people read them. `plan` says whether the plan inside is one of the case's, and the newest.
    """

    plan: Literal["newest", "earlier", "unknown"]
    bytes: Literal["newest", "earlier", "unknown"] = "unknown"
    lacks: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """What the plan inside a file is to print: its figures, counted; or why it cannot be costed.

    `every` says whether each of them must stand on the pages, `alone` whether no other amount may.
    """

    figures: Counter[str] = msgspec.field(default_factory=Counter)
    every: bool = True
    alone: bool = True
    trouble: str = ""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about a file. `people` says who signed in it, `not_proven` what nothing in it can prove."""

    sha256: str
    proofs: tuple[Proof, ...]
    people: tuple[str, ...]
    empty: tuple[str, ...]
    not_proven: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether all that can be looked at is as it was sealed."""
        return all(one.result != "no" for one in self.proofs)


def verdict(
    found: Examined, printed: Printed, held: Held | None, roles: dict[str, str] | None = None
) -> Verdict:
    """Judge a file by what was found in it, what its plan is to print, and what the store knows of it.

    `roles` are the words for the keys of roles.
    """
    words = roles or {}
    proofs = [_sealed(found)]
    if found.signatures:
        proofs += [_unchanged(found), _keys(found, held)]
    if found.now.plan is not None or found.signatures:
        proofs += _plan(found, printed)
    proofs.append(_case(held))
    return Verdict(
        sha256=found.sha256,
        proofs=tuple(proofs),
        people=tuple(signed_words(one, words) for one in found.signatures if one.field != "seal"),
        empty=tuple(words.get(role, role) for role in found.empty),
        not_proven=NOT_PROVEN
        if held is not None and held.plan != "unknown"
        else (*NOT_PROVEN, NOT_WITHOUT_CASE),
    )


def signed_words(one: FoundSignature, roles: dict[str, str]) -> str:
    """Write who signed, as what, when and where, as the file has it."""
    role = roles.get(one.role, one.role or one.field)
    return f"{one.name or 'Somebody without a name'} ({role}), {moment_words(one.at)}, on {one.device}"


def moment_words(at: str) -> str:
    """Write a moment as a computer's clock has it."""
    if not at:
        return "at a time that is not said"
    when = datetime.fromisoformat(at).astimezone()
    return f"{day_words(when.date())} at {when:%H:%M}"


def _sealed(found: Examined) -> Proof:
    if not found.signatures:
        return _no(
            "seal",
            "There is no seal in this file. Either supportplan did not seal it, or the seal was taken out.",
        )
    first, *others = found.signatures
    if not first.seals or any(one.seals for one in others):
        return _no("seal", "This file is signed, but not sealed as supportplan seals a plan.")
    return _yes(
        "seal", f"Sealed on {first.device} ({first.organisation}), {moment_words(first.at)} by its clock."
    )


def _unchanged(found: Examined) -> Proof:
    if changes := [*_broken(found), *_added(found)]:
        return _no("unchanged", " ".join(changes))
    return _yes(
        "unchanged", "Nothing was changed since it was sealed; only signatures were added."
        if len(found.signatures) > 1
        else "Nothing was changed since it was sealed.",
    )  # fmt: skip


def _broken(found: Examined) -> Iterator[str]:
    """Say which signatures are not over the bytes that stand here."""
    broken = [one for one in found.signatures if not one.sound]
    if not broken:
        return
    if broken[0] is found.signatures[0]:
        yield "The file is not the one that was sealed: something in it was changed."
    else:
        yield f"What {broken[0].name or broken[0].field} signed is not what stands here."


def _added(found: Examined) -> Iterator[str]:
    """Say what was added to the file that no seal allows."""
    if found.sealed is not None:
        yield from _differences(found.sealed, found.now)
    if any(one.sound and not one.kept for one in found.signatures):
        yield "Something was added after the sealing that is no signature."
    elif found.updates != len(found.signatures) or not found.signatures[-1].to_the_end:
        yield "There is more in the file than its signatures cover."


def _differences(sealed: Contents, now: Contents) -> Iterator[str]:
    before, after = len(sealed.pages), len(now.pages)
    if before != after:
        yield f"It had {before} pages when it was sealed, and has {after} now."
    changed = [
        place
        for place, (one, other) in enumerate(zip(sealed.pages, now.pages, strict=False), start=1)
        if one != other
    ]
    if changed:
        listed = ", ".join(str(page) for page in changed[:10])
        yield f"What is written on page {listed} was changed after it was sealed."
    if (sealed.plan, sealed.views) != (now.plan, now.views):
        yield "The plan inside the file was exchanged after it was sealed."


def _keys(found: Examined, held: Held | None) -> Proof:
    late = [one for one in found.signatures if not one.in_time]
    strange = {one.device: one for one in found.signatures if not one.known}
    if strange:
        said = " and ".join(
            f"{one.device} ({one.organisation or 'no organisation'})" for one in strange.values()
        )
        if held is not None and held.bytes != "unknown":
            # The case came from computers that were let in, and says of these very bytes that they are its own.
            return _yes(
                "keys", f"The case keeps this very file, with the signatures that were made on {said}."
            )
        return _no(
            "keys",
            f"It is signed with a key that this computer does not know: {said}. "
            "If you trust them, ask for the file of their root and add it: supportplan keys trust FILE",
        )
    if late:
        return _no(
            "keys",
            f"The certificate of {late[0].device} was not good at the time that the file names: {moment_words(late[0].at)}.",
        )
    named = sorted({one.organisation or one.device for one in found.signatures})
    return _yes("keys", f"The keys are known here: {'; '.join(named)}.")


def _plan(found: Examined, printed: Printed) -> Iterator[Proof]:
    if found.now.plan is None:
        yield _no("plan", "The plan that belongs inside the file is not there.")
        return
    if printed.trouble:
        yield _no("plan", f"The plan inside the file cannot be costed: {printed.trouble}")
        return
    on_pages = sum((numbers_in(page) for page in found.now.pages), Counter[str]())
    missing = printed.figures - on_pages if printed.every else Counter[str]()
    amounts = {amount for page in found.now.pages for amount in amounts_in(page)}
    strange = sorted(amounts - set(printed.figures)) if printed.alone else []
    if missing or strange:
        yield _no("figures", " ".join(_disagreement(sorted(missing), strange)))
        return
    yield _yes(
        "figures",
        f"The plan inside the file was costed again: all {len(amounts)} amounts on its pages agree with it.",
    )


def _disagreement(missing: list[str], strange: list[str]) -> Iterator[str]:
    yield "The pages do not say what the plan inside the file comes to."
    if missing:
        yield f"By the plan there should be: {_some(missing)}."
    if strange:
        yield f"Printed, and not in the plan: {_some(strange)}."


def _some(figures: list[str]) -> str:
    more = f" and {len(figures) - 6} more" if len(figures) > 6 else ""
    return f"{', '.join(figures[:6])}{more}"


def _case(held: Held | None) -> Proof:
    if held is None:
        return _unknown("case", "It was not held against the cases on this computer.")
    if held.plan == "unknown":
        return _unknown("case", "The plan in it is in none of the cases on this computer.")
    if held.lacks:
        return _no(
            "case",
            f"Signatures are missing that the case has: {'; '.join(held.lacks)}. It is an earlier copy, or they were taken out.",
        )
    if held.bytes == "newest":
        return _yes("case", "It is the newest sealed file of its case, to the last byte.")
    if held.bytes == "earlier":
        return _no("case", "It is an earlier sealed file of its case: a newer one is kept there.")
    if held.unrecorded:
        return _no(
            "case",
            f"The case on this computer has no record of: {'; '.join(held.unrecorded)}. If they signed on another computer, bring its case in first.",
        )
    if held.plan == "earlier":
        return _yes(
            "case",
            "The plan in it is one of its case, with the signatures that are recorded; a later plan was made since.",
        )
    return _yes("case", "The plan in it is the newest of its case, with the signatures that are recorded.")


def _yes(check: Check, words: str) -> Proof:
    return Proof(check=check, result="yes", words=words)


def _no(check: Check, words: str) -> Proof:
    return Proof(check=check, result="no", words=words)


def _unknown(check: Check, words: str) -> Proof:
    return Proof(check=check, result="unknown", words=words)
