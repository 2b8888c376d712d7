"""What a store lays into a bundle, and what is refused of one that was tampered with by somebody who has its words."""

import struct
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from supportplan.domain.canonical import canonical, digest
from supportplan.domain.cases.entries import Record, record
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.problems import BadInput, NotFound, StoreTooNew
from supportplan.storage.bundles.bundle import Bundle, pack, unpack
from supportplan.storage.entries.signed_records import SignedRecord
from supportplan.storage.keys.device_key import new_device_key
from supportplan.storage.store import Store
from tests.plans import sample_document
from tests.storage.stores import AT, entry, new_store, plan_bytes

CASE = sample_document()["case"]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """A store on another computer."""
    with new_store(tmp_path / "other") as made:
        yield made


@pytest.fixture
def bundle(store: Store) -> Bundle:
    """A bundle of a case with two versions and a scan."""
    first = entry(store, plan_bytes(), case=CASE)
    second = msgspec.structs.replace(
        entry(store, plan_bytes("Sam Example-Jones"), case=CASE).entry, parents=(first.entry.id,)
    )
    store.append(
        [
            first,
            Record(second, plan_bytes("Sam Example-Jones")),
            entry(store, b"a scan", kind="blob", case=CASE),
        ]
    ).result()
    return unpack(store.bundle_of(CASE))


def test_a_bundle_holds_the_case_and_who_signed_it(store: Store, bundle: Bundle) -> None:
    assert [one.record for one in bundle.records] == list(store.records(CASE))
    assert [one.record.entry.device for one in bundle.introductions] == [store.device]
    assert (bundle.contents.author, bundle.contents.made) == (store.author, AT)


def test_nothing_of_a_case_that_is_not_recorded_is_handed_over(store: Store) -> None:
    with pytest.raises(NotFound):
        store.bundle_of("case-2")


def test_a_bundle_is_taken_in_once_under_its_own_signatures(
    store: Store, other: Store, bundle: Bundle
) -> None:
    other.append([entry(other, b"before", case="case-9", kind="note")]).result()
    number = other.take_in(bundle).result()
    assert other.records(CASE) == store.records(CASE)
    assert other.verify() == ()
    assert other.known_devices().keys() == {store.device, other.device}
    assert other.take_in(bundle).result() == number == other.head().number
    row = other.cases.row(CASE)
    assert row is not None
    assert row.name == "Sam Example-Jones"


def test_entries_that_were_taken_in_are_handed_on(other: Store, bundle: Bundle, tmp_path: Path) -> None:
    other.take_in(bundle).result()
    other.append([entry(other, b"a note", kind="note", case=CASE)]).result()
    onward = unpack(other.bundle_of(CASE))
    assert {one.record.entry.device for one in onward.introductions} == {other.device, bundle.contents.device}
    with new_store(tmp_path / "third") as third:
        third.take_in(onward).result()
        assert third.records(CASE) == other.records(CASE)
        assert third.verify() == ()


def test_a_tampered_signature_that_was_taken_in_is_found_when_the_store_opens(
    other: Store, bundle: Bundle, tmp_path: Path
) -> None:
    forged = bundle._replace(records=(*bundle.records[:-1], bundle.records[-1]._replace(signature=bytes(64))))
    other.take_in(forged).result()
    assert ["signature" in fault.what for fault in other.verify()] == [True]


def _taken_apart(store: Store) -> tuple[list[SignedRecord], list[SignedRecord]]:
    found = unpack(store.bundle_of(CASE))
    return list(found.introductions), list(found.records)


def test_an_entry_that_another_device_signed_is_refused(store: Store, bundle: Bundle) -> None:
    introductions, records = _taken_apart(store)
    stranger = new_device_key()
    for place, one in enumerate(records):
        forged = [*records]
        forged[place] = one._replace(signature=stranger.sign(one.record.entry.id))
        with pytest.raises(BadInput, match="not signed by the computer"):
            unpack(_packed(store, introductions, forged))


def test_a_device_that_brings_another_key_for_its_id_is_refused(store: Store, bundle: Bundle) -> None:
    introductions, records = _taken_apart(store)
    stranger = new_device_key()
    body = introductions[0].record.body.replace(
        store.known_devices()[store.device].hex().encode(), stranger.public.hex().encode()
    )
    planted = record(body, case=LIBRARY, kind="device", author="A Facilitator", device=store.device, at=AT)
    forged = [SignedRecord(one.record, stranger.sign(one.record.entry.id)) for one in records]
    with pytest.raises(BadInput, match="key of a computer"):
        unpack(_packed(store, [SignedRecord(planted, stranger.sign(planted.entry.id))], forged))


def test_a_device_that_is_not_introduced_is_refused(store: Store, other: Store, bundle: Bundle) -> None:
    _, records = _taken_apart(store)
    strangers = [SignedRecord(*one) for one in _introductions(other)]
    with pytest.raises(BadInput, match="not signed by the computer"):
        unpack(_packed(other, strangers, records))


def test_an_entry_of_another_case_is_refused(store: Store, bundle: Bundle) -> None:
    introductions, records = _taken_apart(store)
    stray = entry(store, plan_bytes(), case="case-2")
    device = store._device
    with pytest.raises(BadInput, match="do not belong"):
        unpack(_packed(store, introductions, [*records, SignedRecord(stray, device.sign(stray.entry.id))]))


@pytest.mark.parametrize(
    ("body", "at", "said"),
    [
        (plan_bytes().replace(CASE.encode(), b"case-2"), AT, "another case"),
        (None, "2026-99-23T10:00:00Z", "no calendar"),
        (None, "0001-01-01T00:00:00Z", "no calendar"),
    ],
)
def test_what_would_be_met_only_when_it_is_shown_is_refused(
    store: Store, bundle: Bundle, body: bytes | None, at: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    introductions, records = _taken_apart(store)
    stray = entry(store, body or records[0].record.body, at=at, case=CASE)
    signed = SignedRecord(stray, store._device.sign(stray.entry.id))
    with pytest.raises(BadInput, match=said):
        unpack(_packed(store, introductions, [*records, signed]))
    monkeypatch.undo()
    time.tzset()


def test_a_schedule_is_refused(store: Store, bundle: Bundle) -> None:
    introductions, records = _taken_apart(store)
    stray = entry(store, b"{}", case=LIBRARY, kind="schedule")
    signed = SignedRecord(stray, store._device.sign(stray.entry.id))
    with pytest.raises(BadInput, match="cannot be trusted"):
        unpack(_packed(store, [*introductions, signed], records))


def test_an_entry_twice_and_a_bundle_without_a_plan_are_refused(store: Store, bundle: Bundle) -> None:
    introductions, records = _taken_apart(store)
    with pytest.raises(BadInput, match="twice"):
        unpack(_packed(store, introductions, [*records, records[0]]))
    with pytest.raises(BadInput, match="no plan"):
        unpack(_packed(store, introductions, records[-1:]))


def test_a_body_that_is_not_the_one_that_was_signed_is_refused(store: Store, bundle: Bundle) -> None:
    plain = store.bundle_of(CASE)
    with pytest.raises(BadInput, match="not what it names"):
        unpack(plain.replace(b"a scan", b"A scan"))


def test_what_was_added_to_a_bundle_by_somebody_else_is_refused(store: Store, bundle: Bundle) -> None:
    plain = store.bundle_of(CASE)
    for forged in (plain + b"x", plain[:-1], plain[:-64], plain[:-64] + bytes(64)):
        with pytest.raises(BadInput):
            unpack(forged)


def test_every_length_that_lies_is_refused(store: Store, bundle: Bundle) -> None:
    plain = store.bundle_of(CASE)
    at = 0
    while at < len(plain) - 64:
        (length,) = struct.unpack(">I", plain[at : at + 4])
        for lie in (length + 1, 2**32 - 1, 0):
            with pytest.raises((BadInput, StoreTooNew)):
                unpack(plain[:at] + struct.pack(">I", lie) + plain[at + 4 :])
        at += 4 + length


def test_a_plan_of_a_newer_format_is_refused_and_says_so(store: Store, bundle: Bundle) -> None:
    newer = record(
        b'{"format":"supportplan/plan","version":2}', case=CASE, kind="plan", author="A Facilitator", device=store.device, at=AT, schema=2
    )  # fmt: skip
    store.append([newer]).result()
    with pytest.raises(StoreTooNew, match="cannot read"):
        unpack(store.bundle_of(CASE))


def _packed(store: Store, introductions: list[SignedRecord], records: list[SignedRecord]) -> bytes:
    device = store._device
    return pack(CASE, introductions, records, device, author=store.author, made=AT)


def _introductions(store: Store) -> Iterator[tuple[Record, bytes]]:
    for one in store.records(LIBRARY):
        yield one, store._device.sign(digest(canonical(one.entry)))
