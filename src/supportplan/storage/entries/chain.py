"""The log's links, and whether they hold: each seals its entry and all before it, so that nothing is taken out unseen.

Cutting off the end, or putting an older copy of the whole store in place, breaks no link: that is seen only by
comparing the newest link with one that has left this computer, printed in a plan or kept by the team.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from supportplan.domain.canonical import digest, read
from supportplan.domain.cases.entries import Entry
from supportplan.domain.problems import BadDocument
from supportplan.storage.database.connection import Connection
from supportplan.storage.entries.signed_records import known_devices
from supportplan.storage.keys.device_key import is_signed

# What the first link follows.
START = bytes(32)
TAIL = 32

_LINKS = """
    SELECT log.number, log.chain, log.entry_id, entry.header, entry.signature,
           entry.case_id, entry.kind, entry.at, entry.doc
    FROM log JOIN entry ON entry.id = log.entry_id WHERE log.number > ? ORDER BY log.number
"""


class Head(NamedTuple):
    """The newest link of the log: how many entries there are, and the seal over all of them, in hexadecimal."""

    number: int
    chain: str


class Fault(NamedTuple):
    """Something that does not hold: the number of the entry, or 0 for all of them, and what is wrong, in plain words."""

    number: int
    what: str

    @property
    def where(self) -> str:
        """Name the place."""
        return f"entry {self.number}" if self.number else "the whole record"


def link(before: bytes, entry_id: str) -> bytes:
    """Return the seal over an entry and all before it."""
    return hashlib.sha256(before + bytes.fromhex(entry_id)).digest()


def head_of(driver: Connection) -> Head:
    """Return the newest link."""
    found = driver.execute("SELECT number, chain FROM log ORDER BY number DESC LIMIT 1").fetchone()
    return Head(found[0], found[1].hex()) if found else Head(0, START.hex())


def has_link(driver: Connection, chain: str) -> bool:
    """Say whether a hash, in hexadecimal, is that of a link of this log."""
    query = "SELECT EXISTS (SELECT 1 FROM log WHERE chain = ?)"
    return bool(driver.execute(query, (bytes.fromhex(chain),)).fetchone()[0])


def tail_faults(driver: Connection) -> tuple[Fault, ...]:
    """Check the last few links and the signatures on them, of this device and of others: what a store is opened with."""
    own = dict(driver.execute("SELECT id, public_key FROM device").fetchall())
    after = max(head_of(driver).number - TAIL, 0)
    return tuple(_faults(driver, after, known_devices(driver) | own, every_device=False))


def all_faults(driver: Connection) -> Iterator[Fault]:
    """Check every link, every entry's hash and signature, and every body's hash."""
    yield from _faults(driver, 0, known_devices(driver), every_device=True)
    for number, kept, body in driver.execute(
        "SELECT number, digest, body FROM log JOIN entry ON entry.id = entry_id JOIN doc ON digest = doc ORDER BY number"
    ):
        if digest(body) != kept:
            yield Fault(number, "what it holds is not what was written")
    for (entries,) in driver.execute("SELECT (SELECT count(*) FROM entry) - (SELECT count(*) FROM log)"):
        if entries:
            yield Fault(0, f"it has {abs(entries)} entries too {'many' if entries > 0 else 'few'}")


def _faults(
    driver: Connection, after: int, known: dict[str, bytes], *, every_device: bool
) -> Iterator[Fault]:
    before = _chain_at(driver, after)
    expected = after
    for number, chain, entry_id, header, signature, *columns in driver.execute(_LINKS, (after,)):
        expected += 1
        if number != expected:
            yield Fault(number, f"those from {expected} to {number - 1} are missing before it")
            expected = number
        if chain != link(before, entry_id):
            yield Fault(number, "it does not follow from the one before it")
        before = chain
        yield from (
            Fault(number, what)
            for what in _entry_faults(entry_id, header, signature, columns, known, every_device)
        )


def _entry_faults(
    entry_id: str,
    header: bytes,
    signature: bytes,
    columns: list[Any],
    known: dict[str, bytes],
    every_device: bool,
) -> Iterator[str]:
    if digest(header) != entry_id:
        yield "it is not the one that was written"
        return
    try:
        entry = read(header, Entry)
    except BadDocument:
        yield "it cannot be read"
        return
    if [entry.case, entry.kind, entry.at, entry.doc] != columns:
        yield "it is looked up by what it does not say"
    public = known.get(entry.device)
    if public is None and every_device:
        yield "the computer that wrote it is not known"
    if public is not None and not is_signed(entry_id, signature, public):
        yield "its signature is not that of the computer that wrote it"


def _chain_at(driver: Connection, number: int) -> bytes:
    found = driver.execute("SELECT chain FROM log WHERE number = ?", (number,)).fetchone()
    return found[0] if found else START
