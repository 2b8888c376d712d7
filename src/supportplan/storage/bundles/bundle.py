"""What is in a hand-over file: a case's entries with their bodies, each signed by its device, and those devices' keys.

A list of parts, each behind its length: what it holds, the entries with their signatures in the order of the log, the
bodies in the order in which the entries name them first, and the signature of the device that handed it over, on all
before. Nothing is believed for standing there: every id is worked out anew, and every signature checked.
"""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from supportplan.domain.canonical import Document, canonical, digest, read
from supportplan.domain.cases.entries import Entry, Moment, Record
from supportplan.domain.cases.history import History
from supportplan.domain.field_types import LIBRARY, Id, Name
from supportplan.domain.plan import read_plan
from supportplan.domain.problems import BadDocument, BadInput, StoreTooNew
from supportplan.storage.bundles.locking import damaged
from supportplan.storage.database.clock import day_of
from supportplan.storage.entries.signed_records import SignedRecord
from supportplan.storage.keys.device_key import DeviceKey, introduced, is_signed

MOST_ENTRIES = 10_000

_LENGTH = 4
_SIGNATURE = 64
_LONGEST_HEADER = 1024 * 1024
_LONGEST_BODY = 32 * 1024 * 1024


class Contents(Document, frozen=True, kw_only=True):
    """What a bundle holds: the entries of one case, handed over by `author` from a device, at a moment of its clock."""

    format: Literal["supportplan/bundle"]
    case: Id
    author: Name
    device: Id
    made: Moment
    entries: Annotated[int, Meta(ge=1, le=MOST_ENTRIES)]


class Bundle(NamedTuple):
    """A bundle that was verified: what it says it holds, the devices' introductions, and the case's records."""

    contents: Contents
    introductions: tuple[SignedRecord, ...]
    records: tuple[SignedRecord, ...]


def pack(
    case: str,
    introductions: Sequence[SignedRecord],
    records: Sequence[SignedRecord],
    device: DeviceKey,
    *,
    author: str,
    made: str,
) -> bytes:
    """Lay a case's records one behind the other, signed by the device that hands them over."""
    signed = (*introductions, *records)
    contents = Contents(
        format="supportplan/bundle",
        case=case,
        author=author,
        device=device.id,
        made=made,
        entries=len(signed),
    )
    parts = [canonical(contents)]
    for one in signed:
        parts += [canonical(one.record.entry), one.signature]
    # Two entries may have one body, such as a plan that went back to an earlier version.
    parts += {one.record.entry.doc: one.record.body for one in signed}.values()
    whole = b"".join(len(part).to_bytes(_LENGTH, "big") + part for part in parts)
    return whole + device.sign(digest(whole))


def unpack(plain: bytes) -> Bundle:
    """Take a bundle apart and verify all of it.

    Raises BadInput where anything is not as the devices signed it, and StoreTooNew where a newer program wrote it.
    """
    parts = _Parts(plain)
    try:
        contents = read(parts.next(_LONGEST_HEADER), Contents)
    except BadDocument:
        raise _too_new() from None
    headers = [
        (_header(parts.next(_LONGEST_HEADER)), parts.next(_SIGNATURE)) for _ in range(contents.entries)
    ]
    bodies = {
        doc: _body(parts.next(_LONGEST_BODY), doc) for doc in dict.fromkeys(entry.doc for entry, _ in headers)
    }
    signed = [SignedRecord(Record(entry, bodies[entry.doc]), signature) for entry, signature in headers]
    bundle = Bundle(
        contents,
        tuple(one for one in signed if one.record.entry.case == LIBRARY),
        tuple(one for one in signed if one.record.entry.case != LIBRARY),
    )
    devices = _devices(bundle.introductions)
    _demand_of_one_case(bundle)
    _demand_signed(signed, devices)
    public = devices.get(contents.device)
    if public is None or not is_signed(parts.digest_of_taken(), parts.rest(), public):
        raise _tampered("it is not signed by the computer that it says it comes from")
    if History(one.record for one in bundle.records).unread:
        raise _too_new()
    _demand_sensible(bundle)
    return bundle


class _Parts:
    """The parts of a bundle, taken one after the other."""

    def __init__(self, plain: bytes) -> None:
        self._plain = memoryview(plain)
        self._at = 0

    def next(self, most: int) -> bytes:
        """Return the next part, of at most so many bytes."""
        start = self._at + _LENGTH
        length = int.from_bytes(self._plain[self._at : start], "big")
        if length > most or start + length > len(self._plain):
            raise damaged()
        self._at = start + length
        return bytes(self._plain[start : self._at])

    def digest_of_taken(self) -> str:
        """Return the SHA-256 of all that was taken."""
        return hashlib.sha256(self._plain[: self._at]).hexdigest()

    def rest(self) -> bytes:
        """Return what follows the last part."""
        return bytes(self._plain[self._at :])


def _header(raw: bytes) -> Entry:
    try:
        entry = read(raw, Entry)
    except BadDocument:
        raise _too_new() from None
    if canonical(entry) != raw:
        raise _tampered("an entry is not written as entries are")
    return entry


def _body(raw: bytes, doc: str) -> bytes:
    if digest(raw) != doc:
        raise _tampered("what an entry holds is not what it names")
    return raw


def _devices(introductions: Sequence[SignedRecord]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for one in introductions:
        entry = one.record.entry
        try:
            device = introduced(one.record.body)
        except BadDocument:
            raise _tampered("the key of a computer is not the one that belongs to it") from None
        if entry.kind != "device" or entry.device != device.id:
            raise _tampered("the key of a computer is not the one that belongs to it")
        found[device.id] = bytes.fromhex(device.public_key)
    return found


def _demand_of_one_case(bundle: Bundle) -> None:
    if not any(one.record.entry.kind == "plan" for one in bundle.records):
        raise _tampered("it holds no plan")
    ids = [one.record.entry.id for one in (*bundle.introductions, *bundle.records)]
    if len(set(ids)) < len(ids):
        raise _tampered("an entry is in it twice")
    for one in bundle.records:
        if one.record.entry.case != bundle.contents.case or one.record.entry.kind in ("device", "schedule"):
            raise _tampered("it holds entries that do not belong to its case")


def _demand_signed(signed: Sequence[SignedRecord], devices: dict[str, bytes]) -> None:
    for one in signed:
        entry = one.record.entry
        public = devices.get(entry.device)
        if public is None or not is_signed(entry.id, one.signature, public):
            raise _tampered("an entry is not signed by the computer that it says it was made on")


def _demand_sensible(bundle: Bundle) -> None:
    """Refuse what no program writes, and what would be met only when it is shown."""
    for one in bundle.records:
        if one.record.entry.kind == "plan" and read_plan(one.record.body).case != bundle.contents.case:
            raise _tampered("a plan in it belongs to another case")
    entries = (one.record.entry for one in (*bundle.introductions, *bundle.records))
    for moment in (bundle.contents.made, *(entry.at for entry in entries)):
        try:
            day_of(moment)
        except (ValueError, OverflowError):
            raise _tampered("it names a moment that is in no calendar") from None


def _tampered(what: str) -> BadInput:
    return BadInput(
        f"This hand-over file cannot be trusted: {what}.",
        mend="Ask whoever gave it to you for a new one. Nothing was changed.",
    )


def _too_new() -> StoreTooNew:
    return StoreTooNew(
        "This hand-over file holds something that this supportplan cannot read.",
        mend="Install the newest supportplan, then take it in again. Nothing was changed.",
    )
