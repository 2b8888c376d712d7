import hashlib
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from supportplan.domain.canonical import canonical, digest
from supportplan.domain.cases.entries import Entry, Record, record
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.problems import BadDocument, NotFound, StoreDamaged
from supportplan.storage.database.connection import Connection, open_keyed
from supportplan.storage.database.location import DATABASE
from supportplan.storage.entries.chain import TAIL, all_faults, head_of
from supportplan.storage.keys import keyslots
from supportplan.storage.keys.device_key import is_signed
from supportplan.storage.store import Store
from tests.storage.stores import entry, new_store_and_code, plan_bytes

TRIGGERS = ("doc_kept", "doc_unchanged", "entry_kept", "entry_unchanged", "log_kept", "log_unchanged")


def note(store: Store, words: str, case: str = "case-1") -> Record:
    return entry(store, words.encode(), case=case, kind="note")


def test_what_is_added_comes_back_in_order(store: Store) -> None:
    added = [note(store, f"note {number}") for number in range(5)]
    assert store.append(added[:2]).result() == 3  # after the device's own entry
    assert store.append(added[2:]).result() == 6
    other = note(store, "another", case="case-2")
    store.append([other]).result()
    assert store.records("case-1") == tuple(added)
    assert store.records("case-2") == (other,)
    assert store.records("nobody") == ()
    assert store.record(added[3].entry.id) == added[3]
    with pytest.raises(NotFound):
        store.record("0" * 64)


def test_the_same_record_is_added_once(store: Store) -> None:
    one = note(store, "one")
    assert store.append([one, one]).result() == 2
    assert store.append([one]).result() == 2
    assert store.records("case-1") == (one,)


def test_two_entries_may_have_one_body(store: Store) -> None:
    store.append([note(store, "the same"), note(store, "the same", case="case-2")]).result()
    assert store.records("case-1")[0].body == store.records("case-2")[0].body
    assert store.verify() == ()


def test_all_records_are_added_or_none(store: Store) -> None:
    good = note(store, "good")
    before = store.head()
    broken = Record(good.entry, b"another body")
    with pytest.raises(ValueError, match="body"):
        store.append([note(store, "first"), broken])
    elsewhere = record(
        b"x", case="case-1", kind="note", author="A", device="f" * 32, at="2026-11-23T10:00:00Z"
    )
    with pytest.raises(ValueError, match="device"):
        store.append([note(store, "first"), elsewhere])
    unreadable = entry(store, b"x", case="not an id", kind="note")
    with pytest.raises(BadDocument):
        store.append([note(store, "first"), unreadable])
    assert store.head() == before
    assert store.records("case-1") == ()


def test_each_link_seals_the_entry_and_all_before(store: Store) -> None:
    added = [note(store, f"note {number}") for number in range(4)]
    store.append(added).result()
    chain = bytes(32)
    for one in (*store.records(LIBRARY), *added):
        chain = hashlib.sha256(chain + bytes.fromhex(one.entry.id)).digest()
    assert store.head() == (5, chain.hex())


def test_the_device_makes_itself_known_and_signs(store: Store) -> None:
    one = note(store, "one")
    store.append([one]).result()
    (device,) = store.records(LIBRARY)
    assert device.entry.kind == "device"
    assert device.entry.device == store.device
    with store._readers.connection() as driver:
        public, sealed = driver.execute("SELECT public_key, sealed_key FROM device").fetchone()
        signatures = dict(driver.execute("SELECT id, signature FROM entry").fetchall())
    assert hashlib.sha256(public).hexdigest()[:32] == store.device
    assert public.hex().encode() in device.body
    assert all(is_signed(id_, signature, public) for id_, signature in signatures.items())
    assert not is_signed("0" * 64, signatures[one.entry.id], public)
    assert len(sealed) == 12 + 32 + 16


def _other_entry(opened: Connection) -> None:
    header = canonical(_entry(opened, 3)).replace(b'"kind":"note"', b'"kind":"spend"')
    opened.execute(
        "UPDATE entry SET header = ?, kind = 'spend' WHERE id = (SELECT entry_id FROM log WHERE number = 3)",
        (header,),
    )


def _rehashed(opened: Connection) -> None:
    """Change an entry, and its id and the link with it, as somebody would who has the key but not the device's."""
    old = _entry(opened, 20)
    header = canonical(old).replace(b"A Facilitator", b"Another Hand!")
    new = digest(header)
    opened.execute("PRAGMA foreign_keys = OFF")
    opened.execute("UPDATE entry SET header = ?, id = ? WHERE id = ?", (header, new, old.id))
    opened.execute("UPDATE log SET entry_id = ? WHERE number = 20", (new,))
    chain = bytes(32)
    for number, entry_id in opened.execute("SELECT number, entry_id FROM log ORDER BY number").fetchall():
        chain = hashlib.sha256(chain + bytes.fromhex(entry_id)).digest()
        opened.execute("UPDATE log SET chain = ? WHERE number = ?", (chain, number))


def _taken_out(opened: Connection) -> None:
    opened.execute("DELETE FROM log WHERE number = 10")


def _swapped(opened: Connection) -> None:
    ids = [
        row[0] for row in opened.execute("SELECT entry_id FROM log WHERE number IN (10, 11) ORDER BY number")
    ]
    opened.execute("UPDATE log SET entry_id = 'x' WHERE number = 10")
    opened.execute("UPDATE log SET entry_id = ? WHERE number = 11", (ids[0],))
    opened.execute("UPDATE log SET entry_id = ? WHERE number = 10", (ids[1],))


def _other_body(opened: Connection) -> None:
    opened.execute(
        "UPDATE doc SET body = x'00' WHERE digest = (SELECT doc FROM entry JOIN log ON entry_id = id WHERE number = 7)"
    )


def _other_case(opened: Connection) -> None:
    opened.execute(
        "UPDATE entry SET case_id = 'case-9' WHERE id = (SELECT entry_id FROM log WHERE number = 9)"
    )


def _other_signature(opened: Connection) -> None:
    opened.execute(
        "UPDATE entry SET signature = zeroblob(64) WHERE id = (SELECT entry_id FROM log WHERE number = 9)"
    )


def _unknown_device(opened: Connection) -> None:
    opened.execute("UPDATE entry SET kind = 'note' WHERE kind = 'device'")


def _other_last_link(opened: Connection) -> None:
    opened.execute("UPDATE log SET chain = zeroblob(32) WHERE number = 6")


def _cut(opened: Connection) -> None:
    opened.execute("DELETE FROM log WHERE number > 30")


def _entry(opened: Connection, number: int) -> Entry:
    raw = opened.execute(
        "SELECT header FROM entry JOIN log ON entry_id = id WHERE number = ?", (number,)
    ).fetchone()[0]
    return msgspec.json.decode(raw, type=Entry)


def changed(folder: Path, code: str, change: Callable[[Connection], None]) -> None:
    """Change a store with its key, past the triggers: those stop mistakes, not somebody who has the key."""
    key = keyslots.unwrap(keyslots.read(folder), code)
    with closing(open_keyed(folder / DATABASE, key)) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        for trigger in TRIGGERS:
            opened.execute(f"DROP TRIGGER {trigger}")
        change(opened)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_other_entry, "it is not the one that was written"),
        (_rehashed, "signature"),
        (_taken_out, "missing"),
        (_swapped, "does not follow"),
        (_other_body, "what it holds is not what was written"),
        (_other_case, "looked up by"),
        (_other_signature, "signature"),
        (_unknown_device, "looked up by|not known"),
        (_cut, "too many"),
    ],
)
def test_every_change_is_found(tmp_path: Path, change: Callable[[Connection], None], words: str) -> None:
    store, code = new_store_and_code(tmp_path / "store")
    store.append([note(store, f"note {number}") for number in range(TAIL + 8)]).result()
    assert store.verify() == ()
    head = store.head()
    store.close()
    changed(tmp_path / "store", code, change)
    key = keyslots.unwrap(keyslots.read(tmp_path / "store"), code)
    with closing(open_keyed(tmp_path / "store" / DATABASE, key)) as opened:
        faults = list(all_faults(opened))
        assert any(re.search(words, fault.what) for fault in faults), faults
        # Cutting off the end is found here because the entries are left; a whole older copy shows only by its head.
        assert change is not _cut or head_of(opened) != head


def test_the_last_links_are_checked_at_opening(tmp_path: Path) -> None:
    store, code = new_store_and_code(tmp_path / "store")
    store.append([note(store, f"note {number}") for number in range(5)]).result()
    store.close()
    changed(tmp_path / "store", code, _other_last_link)
    with pytest.raises(StoreDamaged, match="entry 6: "):
        Store.unlock(tmp_path / "store", code)


def test_the_devices_key_is_held_against_its_seal(tmp_path: Path) -> None:
    store, code = new_store_and_code(tmp_path / "store")
    store.close()
    key = keyslots.unwrap(keyslots.read(tmp_path / "store"), code)
    with closing(open_keyed(tmp_path / "store" / DATABASE, key)) as opened:
        opened.execute("UPDATE device SET sealed_key = zeroblob(60)")
    with pytest.raises(StoreDamaged, match="device"):
        Store.unlock(tmp_path / "store", code)


def test_a_plan_and_its_draft_are_apart(store: Store) -> None:
    store.drafts.save("case-1", plan_bytes("As drafted"), "Began").result()
    store.append([entry(store, plan_bytes("As entered"))]).result()
    row = store.cases.row("case-1")
    assert row is not None
    assert row.name == "As drafted"
