"""Entries as they travel from one store to another: with the signature of the device that made each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from supportplan.domain.canonical import read
from supportplan.domain.cases.entries import Entry, Record
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.problems import BadDocument
from supportplan.storage.database.connection import Connection
from supportplan.storage.keys.device_key import introduced

_SIGNED = """
    SELECT header, body, signature FROM entry JOIN doc ON digest = doc JOIN log ON entry_id = entry.id
    WHERE case_id = ? AND kind <> 'schedule' ORDER BY number
"""
_INTRODUCTIONS = "SELECT body FROM entry JOIN doc ON digest = doc WHERE case_id = ? AND kind = 'device'"


class SignedRecord(NamedTuple):
    """A record, and the signature of its device on the entry's id."""

    record: Record
    signature: bytes


def signed_records_of(driver: Connection, case: str) -> tuple[SignedRecord, ...]:
    """Return a case's records with their signatures, in the order in which they were added."""
    return tuple(_signed(driver, case))


def introductions_of(driver: Connection, devices: set[str]) -> tuple[SignedRecord, ...]:
    """Return the records that make some devices known, with their signatures."""
    return tuple(
        one
        for one in _signed(driver, LIBRARY)
        if one.record.entry.kind == "device" and one.record.entry.device in devices
    )


def known_devices(driver: Connection) -> dict[str, bytes]:
    """Return the public key of every device that was introduced here, by the device's id."""
    found = {}
    for (body,) in driver.execute(_INTRODUCTIONS, (LIBRARY,)):
        try:
            device = introduced(body)
        except BadDocument:
            continue
        found[device.id] = bytes.fromhex(device.public_key)
    return found


def _signed(driver: Connection, case: str) -> Iterator[SignedRecord]:
    for header, body, signature in driver.execute(_SIGNED, (case,)).fetchall():
        yield SignedRecord(Record(read(header, Entry), body), signature)
