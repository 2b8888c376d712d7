"""What a store and its cases know of a sealed file that comes from anywhere: its plan, its bytes, and who signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from supportplan.domain.canonical import digest
from supportplan.domain.cases.entries import Record, newest_plans, plan_records
from supportplan.domain.cases.state import Signed, Standing, state
from supportplan.domain.held_by_case import Held
from supportplan.services.clock import today
from supportplan.services.device_keys import has_keys, key_facts
from supportplan.services.sealing import sealed_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from supportplan.domain.cases.steps import Sealed
    from supportplan.domain.examined import Examined, FoundSignature
    from supportplan.domain.plan import Plan
    from supportplan.services.opening import Store


def held_by_case(store: Store, found: Examined, plan: Plan, roles: Mapping[str, str]) -> Held:
    """Hold a file against the case of the plan inside it; `roles` are the words for the keys of roles."""
    records = store.records(plan.case, blobs=False)
    return replace(_held(records, found, roles), gone=_is_gone(store, found))


def _held(records: Sequence[Record], found: Examined, roles: Mapping[str, str]) -> Held:
    if not records:
        return Held(plan="unknown")
    inside = digest(found.now.plan or b"")
    versions = [one.entry.id for one in plan_records(records) if one.entry.doc == inside]
    if not versions:
        return Held(plan="absent")
    standings = state(records, today())
    known = [where for one in versions if (where := standings.of(one)) is not None]
    if not known:
        return Held(plan="unknown")
    where = _version_of(found, records, known)
    steps = sealed_steps(records, where.plan)
    signed = [one for one in found.signatures if not one.seals]
    recorded = {one.entry: one for one in where.signatures}
    return Held(
        plan="newest" if any(one.entry.id == where.plan for one in newest_plans(records)) else "earlier",
        bytes=_kept_as(found, steps),
        lacks=tuple(_who(one, roles) for one in _lacking(where, steps, signed)),
        unrecorded=tuple(
            f"{one.name} ({roles.get(one.role, one.role)})"
            for one in signed
            if not _is_recorded(one, recorded.get(one.entry))
        ),
    )


def _is_gone(store: Store, found: Examined) -> bool:
    """Say whether a file was sealed with the key of this computer, and its log has not what was the newest of it then."""
    seal = next((one for one in found.signatures if one.seals and one.sound), None)
    if seal is None or not seal.entry or not has_keys(store.folder):
        return False
    return seal.key == key_facts(store.folder).fingerprint and not store.has_link(seal.entry)


def _version_of(found: Examined, records: Sequence[Record], known: Sequence[Standing]) -> Standing:
    """Choose the version that a file is of, where a case has several with the very same plan.

    A plan that was changed and changed back has, as has one that was brought together from two. The file is of that
    whose sealed file it is, or else of that which has its signatures, or else of that which was sealed at all; only then
    of the newest.
    """
    entries = {one.entry for one in found.signatures if one.entry}

    def nearness(where: Standing) -> tuple[bool, int, bool]:
        steps = sealed_steps(records, where.plan)
        is_kept = any(step.file == found.sha256 for step in steps)
        return is_kept, len(entries & {one.entry for one in where.signatures}), bool(steps)

    return max(reversed(known), key=nearness)


def _kept_as(found: Examined, steps: Sequence[Sealed]) -> Literal["newest", "earlier", "another", "unknown"]:
    """Say which of the sealed files of a version a file is; of `steps` the first is the newest."""
    if steps and steps[0].file == found.sha256:
        return "newest"
    if any(step.file == found.sha256 for step in steps):
        return "earlier"
    inside = {one.entry for one in found.signatures if not one.seals}
    return "another" if any(inside <= {*step.signatures} for step in steps) else "unknown"


def _lacking(where: Standing, steps: Sequence[Sealed], signed: Sequence[FoundSignature]) -> Iterator[Signed]:
    """Yield the signatures that a file ought to have and has not; a role has one field, so one of each.

    Those that count ought to be in it, and those that were sealed once: a later version of the plan makes them void, and
    takes them out of no file.
    """
    sealed = {entry for step in steps for entry in step.signatures}
    entries, taken = {one.entry for one in signed}, {one.role for one in signed}
    for one in where.signatures:
        ought = not one.void or one.entry in sealed
        if ought and one.entry not in entries and one.signature.role not in taken:
            yield one


def _is_recorded(one: FoundSignature, recorded: Signed | None) -> bool:
    return recorded is not None and (recorded.signature.role, recorded.signature.name) == (one.role, one.name)


def _who(one: Signed, roles: Mapping[str, str]) -> str:
    return f"{one.signature.name} ({roles.get(one.signature.role, one.signature.role)})"
