"""Handing a case over as one encrypted file, and taking one in: written whole, looked through before anything is taken."""

from __future__ import annotations

import secrets
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from supportplan.documents.bundled import HAND_OVER_WORDS, bundled
from supportplan.documents.reading import open_file, read_file
from supportplan.documents.writing import write_file
from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import newest_plans, plan_records
from supportplan.domain.cases.state import state
from supportplan.domain.plan import Plan, read_plan, shared
from supportplan.domain.problems import BadInput, NotAllowed, NotFound, StoreDamaged, StoreTooNew
from supportplan.services.clock import today
from supportplan.services.overwriting import begins_with, demand_free
from supportplan.services.profiles import profile_of
from supportplan.services.recording import made_plan
from supportplan.storage.bundles.bundle import Bundle, unpack
from supportplan.storage.bundles.locking import FIRST_LINE, MOST_FILE_BYTES, demand_whole, lock, told, unlock
from supportplan.storage.keys.passphrase import DEFAULT, Cost, demand_strength

if TYPE_CHECKING:
    from supportplan.domain.cases.entries import EntryKind, Record
    from supportplan.services.desk import Desk
    from supportplan.storage.backups.progress import Progress
    from supportplan.storage.store import Store

ENDING = ".supportplan"
# Six of 512 words are 54 bits: at the cost of one guess, more than a million years of one computer.
_WORDS = 6
_STEPS = 4

_begins_as_one = begins_with(FIRST_LINE)


class HandedOver(NamedTuple):
    """A case that was handed over: the file, how many plan versions and entries it holds, and this computer's code."""

    path: Path
    versions: int
    entries: int
    code: str


class Computer(NamedTuple):
    """A computer whose entries are taken in for the first time: who writes on it, and its code, to be asked for."""

    author: str
    code: str


class Offer(NamedTuple):
    """What a hand-over file would bring, before anything is taken.

    `plan` is the newest in it; `known` says whether the case is in this store. `new` counts, by their kind, the entries
    that are not. `apart` says that there would be plans made apart from one another, `changed_here` that this is for
    changes made here that are not recorded yet, and `goes_on` that the draft here has none and would go on from the new
    plan. `missing` counts entries that these follow from and that are neither in the file nor here. `newcomers` are
    computers that nothing here comes from yet, `scheme_here` whether the scheme that the plan follows is.
    """

    bundle: Bundle
    plan: Plan
    known: bool
    new: Counter[EntryKind]
    apart: bool
    changed_here: bool
    goes_on: bool
    missing: int
    newcomers: tuple[Computer, ...]
    scheme_here: bool

    @property
    def case(self) -> str:
        """The case's id."""
        return self.bundle.contents.case


def is_bundle(file: Path) -> bool:
    """Say whether a file begins as a hand-over file. A pipe is none, and is not opened: that would wait for a writer."""
    return file.is_file() and _begins_as_one(file)


def words_to_tell() -> str:
    """Return new words that open a file, to be told on the telephone: six, drawn by chance from a list of plain ones."""
    known = bundled(HAND_OVER_WORDS).decode().split()
    return " ".join(secrets.choice(known) for _ in range(_WORDS))


def usual_bundle(plan: Plan) -> str:
    """Name the file by the case's reference, or by nothing of the person's: a stick is seen by others."""
    reference = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in plan.person.reference)
    return f"case{f'-{reference}' if reference else ''}-{today():%Y-%m-%d}{ENDING}"


def computer_code(device: str) -> str:
    """Write a computer's id so that two people can compare it on the telephone: `3f2a-91bc-77e0-12cd`."""
    return "-".join(device[start : start + 4] for start in range(0, 16, 4))


def changes_what_was_sent(desk: Desk) -> bool:
    """Say whether the plan on the desk has changes that would leave behind what was sent to be agreed, or signed."""
    records = desk.store.records(desk.case, blobs=False)
    newest = newest_plans(records)
    if not newest or any(one.body == desk.body for one in newest):
        return False
    where = state(records, today())
    return any(head.signers for head in where.heads)


def hand_over(
    desk: Desk,
    to: Path,
    secret: str,
    progress: Progress,
    *,
    changes: bool | None = None,
    replace: bool = False,
    cost: Cost = DEFAULT,
) -> HandedOver:
    """Write the case on the desk into a file that opens with some words, and read it back.

    The plan as it stands goes with it, as a version of its own. Where an earlier one has been sent to be agreed,
    `changes` says whether it does, or stays here as a draft. Raises NotAllowed where that is not said, BadInput for words
    that are guessed easily, FileThere, CannotWrite, DiskRefused, StoreDamaged.
    """
    demand_strength(told(secret))
    demand_free(to, is_bundle, "a hand-over file", replace=replace)
    progress("Reading the case", 0, _STEPS)
    if changes_what_was_sent(desk) and changes is None:
        raise NotAllowed(
            "The plan was changed after it was sent to be agreed: what was signed would not count for the changes.",
            mend="Say whether your changes go with it, as a new version, or stay here as a draft.",
        )
    if changes is not False or not plan_records(desk.store.records(desk.case, blobs=False)):
        desk.keep()
        desk.look_again()
    plain = desk.store.bundle_of(desk.case)
    bundle = _sound(plain)
    progress("Encrypting", 1, _STEPS)
    locked = lock(plain, secret, cost=cost)
    progress("Writing", 2, _STEPS)
    # From here on it is not stopped: who asked for that would be told that there is no file.
    write_file(to, locked)
    versions = sum(one.record.entry.kind == "plan" for one in bundle.records)
    return HandedOver(to, versions, len(bundle.records), computer_code(desk.store.device))


def demand_bundle(file: Path) -> None:
    """Refuse, before any words are asked for, what is no hand-over file, or not as it was written. Raises as `look_into`."""
    demand_whole(_read(file))


def look_into(store: Store, file: Path, secret: str, progress: Progress) -> Offer:
    """Open a hand-over file and say what it would bring; nothing is taken.

    Raises NotFound, BadInput where it is not whole or cannot be trusted, StoreTooNew, WrongPassphrase.
    """
    progress("Reading", 0, _STEPS)
    raw = _read(file)
    progress("Opening", 1, _STEPS)
    plain = unlock(raw, secret)
    progress("Checking every signature", 2, _STEPS)
    bundle = unpack(plain)
    progress("Comparing", 3, _STEPS)
    return _offer(store, bundle)


def take_in_bundle(store: Store, bundle: Bundle) -> str:
    """Take in what a bundle brings, all or nothing, and wait until the disk has it; return the case's id.

    Entries that are here already are passed over. A draft without changes of its own goes on from the new plan; one with
    changes becomes a version of its own first, made apart from the new one. Raises DiskRefused.
    """
    store.flush()
    deed = f"Took in the plan from {bundle.contents.author}"
    with store.recording:
        changed = _changed_by(store, bundle)
        store.take_in(bundle, own=changed.own, draft=changed.draft, deed=deed).result()
    return bundle.contents.case


class _Changed(NamedTuple):
    """What taking a bundle in changes of what is worked on here: a version to record first, or a draft that goes on."""

    own: tuple[Record, ...]
    draft: bytes | None
    after: tuple[Record, ...]


def _changed_by(store: Store, bundle: Bundle) -> _Changed:
    case = bundle.contents.case
    here = store.records(case, blobs=False)
    before, after = newest_plans(here), newest_plans((*here, *(one.record for one in bundle.records)))
    draft = store.drafts.read(case)
    brings_plan = {one.entry.id for one in after} != {one.entry.id for one in before}
    drafted = read_plan(draft.plan) if draft is not None else None
    body = canonical(shared(drafted)) if drafted is not None else b""
    if drafted is None or not brings_plan or any(one.body == body for one in after):
        return _Changed((), None, after)
    if not any(one.body == body for one in before):
        own = made_plan(store, case, before, body)
        return _Changed((own,), None, newest_plans((*here, own, *(one.record for one in bundle.records))))
    if len(after) > 1:
        return _Changed((), None, after)
    # The notes that are parked here stay here, whatever plan the draft goes on from.
    return _Changed((), canonical(replace(read_plan(after[0].body), parked=drafted.parked)), after)


def _offer(store: Store, bundle: Bundle) -> Offer:
    case = bundle.contents.case
    records = [one.record for one in bundle.records]
    here = {one.entry.id for one in store.records(case, blobs=False)}
    there = {one.entry.id for one in records}
    changed = _changed_by(store, bundle)
    plan = read_plan(newest_plans(records)[-1].body)
    return Offer(
        bundle=bundle,
        plan=plan,
        known=store.cases.row(case) is not None,
        new=Counter(one.entry.kind for one in records if one.entry.id not in here),
        apart=len(changed.after) > 1,
        changed_here=bool(changed.own),
        goes_on=changed.draft is not None,
        missing=len({parent for one in records for parent in one.entry.parents} - here - there),
        newcomers=_newcomers(store, bundle),
        scheme_here=_is_here(plan),
    )


def _newcomers(store: Store, bundle: Bundle) -> tuple[Computer, ...]:
    known = store.known_devices()
    entries = (one.record.entry for one in bundle.introductions)
    return tuple(
        Computer(entry.author, computer_code(entry.device)) for entry in entries if entry.device not in known
    )


def _is_here(plan: Plan) -> bool:
    try:
        profile_of(plan)
    except NotFound:
        return False
    return True


def _sound(plain: bytes) -> Bundle:
    """Demand that whoever takes it in will find every signature to hold. Raises StoreDamaged, StoreTooNew."""
    try:
        return unpack(plain)
    except StoreTooNew:
        raise StoreTooNew(
            "A newer supportplan wrote a part of this case, which this one cannot hand over.",
            mend="Install the newest supportplan, then try again. Nothing was written.",
        ) from None
    except BadInput:
        raise StoreDamaged(
            "The record of this case does not hold, so it is not handed over.",
            mend="Ask `supportplan doctor` what is wrong. Nothing was written.",
        ) from None


def _read(file: Path) -> bytes:
    # What is not one is not read, however large it is.
    with open_file(file, most=MOST_FILE_BYTES) as opened:
        beginning = opened.read(len(FIRST_LINE))
    return read_file(file, most=MOST_FILE_BYTES) if beginning == FIRST_LINE else beginning
