"""Whether a sealed plan holds: what is proven of a file, what was changed in it, and what nothing can prove."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import msgspec

from supportplan.domain.changed_since import unchanged
from supportplan.domain.examined import Examined, FoundSignature
from supportplan.domain.figures import amounts_in, numbers_in
from supportplan.domain.held_by_case import Held, case_proof, log_cautions
from supportplan.domain.proofs import Proof, fails, holds, unknown
from supportplan.domain.seal_times import cautions, moment_words

NOT_PROVEN = (
    "Who signed: a signature here is what somebody typed, drew or wrote in front of whoever held the computer.",
    "When: each time is what the clock of that computer said.",
)
NOT_WITHOUT_CASE = (
    "That no later signature was taken out again: only the computer that has the case can say so."
)


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """What the plan inside a file is to print: its figures, counted; or why it cannot be costed.

    `every` says whether each of them must stand on the pages, `alone` whether no other amount may.
    """

    figures: Counter[str] = msgspec.field(default_factory=Counter)
    every: bool = True
    alone: bool = True
    trouble: str = ""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about a file.

    `cautions` are what is odd and yet proves nothing, `people` says who signed in it, `not_proven` what nothing in it can
    prove.
    """

    sha256: str
    proofs: tuple[Proof, ...]
    cautions: tuple[str, ...]
    people: tuple[str, ...]
    empty: tuple[str, ...]
    not_proven: tuple[str, ...]

    @property
    def first(self) -> str:
        """The one sentence that answers what was asked."""
        found = {one.check: one.result for one in self.proofs}
        if "copy" in found:
            return "This is a copy that was given out, unchanged."
        if self.holds:
            return "This sealed plan holds."
        if set(found) == {"seal"}:
            return "There is no seal in this file."
        return "This file does not hold as a sealed plan."

    @property
    def holds(self) -> bool:
        """Whether all that can be looked at is as it was sealed."""
        return all(one.result != "no" for one in self.proofs)


def verdict(
    found: Examined,
    printed: Printed,
    held: Held | None,
    roles: dict[str, str] | None = None,
    *,
    now: datetime,
    given: str = "",
) -> Verdict:
    """Judge a file by what was found in it, what its plan is to print, and what the store knows of it.

    `roles` are the words for the keys of roles, `now` is what this computer's clock says, and `given` says as which copy
    the case has noted these very bytes, where it has.
    """
    words = roles or {}
    return Verdict(
        sha256=found.sha256,
        proofs=_with_seal(found, printed, held) if found.signatures else _without_seal(given),
        cautions=(*cautions(found.signatures, now), *log_cautions(held)),
        people=tuple(signed_words(one, words) for one in found.signatures if one.field != "seal"),
        empty=tuple(words.get(role, role) for role in found.empty),
        not_proven=_not_proven(found, held),
    )


def _not_proven(found: Examined, held: Held | None) -> tuple[str, ...]:
    if not found.signatures:
        return ()
    knows = held is not None and held.plan in ("newest", "earlier")
    return NOT_PROVEN if knows else (*NOT_PROVEN, NOT_WITHOUT_CASE)


def signed_words(one: FoundSignature, roles: dict[str, str]) -> str:
    """Write who signed, as what, when and where, as the file has it."""
    role = roles.get(one.role, one.role or one.field)
    return f"{one.name or 'Somebody without a name'} ({role}), {moment_words(one.at)}, on {one.device}"


def _without_seal(given: str) -> tuple[Proof, ...]:
    """Say which copy a file is, where it is known: of one without a seal nothing else can be said."""
    if given:
        return (
            holds("copy", f"Its case has noted this very file: {given}."),
            unknown("seal", "It is not sealed: only the standard copy of a signed plan is."),
        )
    return (
        fails(
            "seal",
            "Nobody can say of it whether it was changed. Only the standard copy of a signed plan is sealed. If this should "
            "be one, its seal was taken out.",
        ),
    )


def _with_seal(found: Examined, printed: Printed, held: Held | None) -> tuple[Proof, ...]:
    others = (_sealed(found), unchanged(found), *_plan(found, printed), case_proof(held))
    sealed, changed, *rest = others
    # Nobody is to be told to trust whoever made a file that does not hold anyway.
    keys = _keys(found, held, may_be_trusted=all(one.result != "no" for one in others))
    return (sealed, changed, keys, *rest)


def _sealed(found: Examined) -> Proof:
    first, *others = found.signatures
    if not first.seals or any(one.seals for one in others):
        return fails("seal", "This file is signed, but not sealed as supportplan seals a plan.")
    return holds(
        "seal", f"Sealed on {first.device} ({first.organisation}), {moment_words(first.at)} by its clock."
    )


def _keys(found: Examined, held: Held | None, *, may_be_trusted: bool) -> Proof:
    late = [one for one in found.signatures if not one.in_time]
    strange = {one.device: one for one in found.signatures if not one.known}
    if strange:
        said = " and ".join(
            f"{one.device} ({one.organisation or 'no organisation'})" for one in strange.values()
        )
        if held is not None and held.bytes != "unknown":
            # The case came from computers that were let in, and says of these very bytes that they are its own.
            return holds(
                "keys", f"The case keeps this very file, with the signatures that were made on {said}."
            )
        trust = " If you trust them, ask for the file of their root and add it: supportplan keys trust FILE"
        return fails(
            "keys",
            f"It is signed with a key that this computer does not know: {said}.{trust if may_be_trusted else ''}",
        )
    if late:
        return fails(
            "keys",
            f"The certificate of {late[0].device} was not good at the time that the file names: {moment_words(late[0].at)}.",
        )
    named = sorted({one.organisation or one.device for one in found.signatures})
    return holds("keys", f"The keys are known here: {'; '.join(named)}.")


def _plan(found: Examined, printed: Printed) -> Iterator[Proof]:
    if found.now.plan is None:
        yield fails("plan", "The plan that belongs inside the file is not there.")
        return
    if printed.trouble:
        yield fails("plan", f"The plan inside the file cannot be costed: {printed.trouble}")
        return
    on_pages = sum((numbers_in(page) for page in found.now.pages), Counter[str]())
    missing = printed.figures - on_pages if printed.every else Counter[str]()
    amounts = {amount for page in found.now.pages for amount in amounts_in(page)}
    in_fields = {amount for one in found.signatures for amount in _beside(one)}
    strange = sorted((amounts | in_fields) - set(printed.figures)) if printed.alone else []
    if missing or strange:
        yield fails("figures", " ".join(_disagreement(sorted(missing), strange)))
        return
    yield holds(
        "figures",
        f"The plan inside the file was costed again: all {len(amounts)} amounts on its pages agree with it.",
    )


def _beside(one: FoundSignature) -> Iterator[str]:
    """Yield the amounts that a signed field shows and that are none of the statement's."""
    yield from amounts_in(one.shows) - amounts_in(one.statement)


def _disagreement(missing: list[str], strange: list[str]) -> Iterator[str]:
    yield "The pages do not say what the plan inside the file comes to."
    if missing:
        yield f"By the plan there should be: {_some(missing)}."
    if strange:
        yield f"Printed, and not in the plan: {_some(strange)}."


def _some(figures: list[str]) -> str:
    more = f" and {len(figures) - 6} more" if len(figures) > 6 else ""
    return f"{', '.join(figures[:6])}{more}"
