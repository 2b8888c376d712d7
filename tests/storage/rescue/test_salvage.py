import random
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from supportplan.domain.field_types import LIBRARY
from supportplan.domain.problems import DiskRefused, StoreDamaged, StoreExists
from supportplan.storage.cases.case_projection import Glance
from supportplan.storage.database.connection import Connection, open_keyed
from supportplan.storage.database.location import BACKUPS, DATABASE, KEYSLOTS
from supportplan.storage.database.writer import Transaction
from supportplan.storage.entries import ledger
from supportplan.storage.entries.chain import head_of, link
from supportplan.storage.keys import keyslots
from supportplan.storage.rescue.damaged import DamagedDatabase
from supportplan.storage.rescue.salvage import Salvaged, salvage
from supportplan.storage.store import Store
from tests.storage.stores import Clock, entry, new_store_and_code, plan_bytes

# Plans of which two lie on a page, as few as of real ones, and so many that a page is found from its table's root.
CASES, ENTRIES_A_CASE = 250, 6
PAGE = 4096
LEAF_OF_A_TABLE = 13


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store of some thousand pages, closed, and its recovery code."""
    folder = tmp_path_factory.mktemp("filled") / "store"
    store, code = new_store_and_code(folder)
    with store:
        for case in range(CASES):
            for number in range(ENTRIES_A_CASE):
                about = f"{case}.{number} " + "likes music " * (85 + case % 40)
                plan = plan_bytes(f"Sam {case}", about=about)
                store.drafts.save(f"case-{case}", plan, f"Edit {number}")
                store.append([entry(store, plan, case=f"case-{case}")])
        store.settings.put("mapping", "kept").result()
    return folder, code


def damaged(filled: tuple[Path, str], place: Path, pages: list[int]) -> tuple[Path, bytes]:
    folder = place / "damaged"
    folder.parent.mkdir(exist_ok=True)
    shutil.copytree(filled[0], folder)
    raw = bytearray((folder / DATABASE).read_bytes())
    for page in pages:
        raw[page * PAGE + 1000] ^= 4
    (folder / DATABASE).write_bytes(raw)
    return folder, keyslots.unwrap(keyslots.read(folder), filled[1])


def bodies(store: Store) -> dict[str, list[bytes]]:
    return {f"case-{case}": [one.body for one in store.records(f"case-{case}")] for case in range(CASES)}


def saved(filled: tuple[Path, str], place: Path, pages: list[int], backup: Path | None = None) -> Salvaged:
    """Salvage a store with damaged pages, and check all that must hold of what was saved."""
    folder, key = damaged(filled, place, pages)
    if backup:
        shutil.copytree(backup, folder / BACKUPS)
    before = (folder / DATABASE).read_bytes()
    found = salvage(folder, key, place / "saved", clock=Clock())
    assert (folder / DATABASE).read_bytes() == before
    assert sorted(path.name for path in (place / "saved").iterdir()) == [KEYSLOTS, DATABASE]
    with Store.unlock(filled[0], filled[1]) as whole, Store.unlock(place / "saved", filled[1]) as store:
        assert store.verify() == ()
        assert store.head().number >= found.entries
        was, now = bodies(whole), bodies(store)
        for case, records in now.items():
            assert [body for body in was[case] if body in records] == records, "in their old order"
            draft, old = store.drafts.read(case), whole.drafts.read(case)
            assert draft is None or (old is not None and draft.plan == old.plan)
            steps = store.drafts.history(case)
            deeds = whole.drafts.history(case)
            assert deeds[len(deeds) - len(steps) :] == steps, "none is missing between those that are left"
            if draft and steps:
                assert store.drafts.undo(case).result()
        assert sum(map(len, now.values())) >= found.entries - 1
        assert store.cases.count() == CASES, "a case is listed by its draft or its entries"
    return found


@pytest.mark.parametrize("seed", range(3))
def test_damaged_pages_cost_no_more_than_the_records_on_them(
    filled: tuple[Path, str], tmp_path: Path, seed: int
) -> None:
    folder, key = damaged(filled, tmp_path / "looked at", [])
    pages = pages_with_records(folder / DATABASE, key)
    spoilt = random.Random(seed).sample(sorted(pages), 20)
    found = saved(filled, tmp_path, spoilt)
    entries = CASES * ENTRIES_A_CASE + 1
    assert found.entries_lost == entries - found.entries
    assert found.drafts_lost == CASES - found.drafts
    # A body that is lost takes its entry with it.
    assert 0 < found.entries_lost + found.drafts_lost <= sum(pages[page] for page in spoilt)


def pages_with_records(database: Path, key: bytes) -> dict[int, int]:
    """Return the pages that hold entries, bodies and drafts, and how many each.

    Pages that lead to others are not among them: what they cost is tried apart. A page is read as SQLite's file format
    says, within SQLCipher's encryption: AES-256 in CBC mode, with its first block before the last 64 bytes.
    """
    raw = database.read_bytes()

    def walk(number: int) -> Iterator[tuple[int, int]]:
        page = raw[(number - 1) * PAGE : number * PAGE]
        plain = Cipher(AES256(key), CBC(page[-80:-64])).decryptor().update(page[:-80])
        kind, _, cells, _, _, last = struct.unpack(">BHHHBI", plain[:12])
        if kind == LEAF_OF_A_TABLE:
            yield number - 1, cells
            return
        places = struct.unpack(f">{cells}H", plain[12 : 12 + 2 * cells])
        for child in (*(int.from_bytes(plain[place : place + 4]) for place in places), last):
            yield from walk(child)

    with DamagedDatabase(database, key) as opened:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        roots = [opened.value(query, (table,)) for table in ("entry", "doc", "draft")]
    return {page: count for root in roots for page, count in walk(root)}


@pytest.mark.parametrize("seed", range(3))
def test_five_damaged_pages_of_any_kind_cost_nothing_that_a_backup_holds(
    filled: tuple[Path, str], backup: Path, tmp_path: Path, seed: int
) -> None:
    count = (filled[0] / DATABASE).stat().st_size // PAGE
    found = saved(filled, tmp_path, random.Random(seed).sample(range(1, count), 5), backup)
    assert (found.entries, found.entries_lost) == (CASES * ENTRIES_A_CASE + 1, 0)
    assert (found.drafts, found.drafts_lost) == (CASES, 0)


def test_a_sound_store_is_saved_whole(filled: tuple[Path, str], tmp_path: Path) -> None:
    found = saved(filled, tmp_path, [])
    assert found == Salvaged(tmp_path / "saved", CASES * ENTRIES_A_CASE + 1, 0, CASES, 0, 0)
    with Store.unlock(filled[0], filled[1]) as whole, Store.unlock(tmp_path / "saved", filled[1]) as store:
        assert store.head() == whole.head(), "the same entries in the same order have the same seal"
        assert store.device == whole.device
        assert store.settings.get("mapping") == "kept"
        assert store.author == whole.author


def test_a_store_whose_first_page_is_damaged_needs_its_backup(
    filled: tuple[Path, str], tmp_path: Path
) -> None:
    folder, key = damaged(filled, tmp_path, [0])
    with pytest.raises(StoreDamaged, match="damaged") as caught:
        salvage(folder, key, tmp_path / "saved", clock=Clock())
    assert "backup" in caught.value.mend
    assert list((tmp_path / "saved").iterdir()) == []


def test_a_saved_store_is_not_moved_into_place_without_its_log(
    filled: tuple[Path, str], tmp_path: Path
) -> None:
    folder, key = damaged(filled, tmp_path, [])
    readers: list[Connection] = []

    def hold() -> str:
        """Tell the time, and read meanwhile, so that the log cannot be carried over."""
        if not readers:
            readers.append(open_keyed(tmp_path / "saved" / "reading" / "new.db", key, read_only=True))
            readers[0].execute("BEGIN")
            readers[0].execute("SELECT count(*) FROM entry").fetchone()
        return Clock()()

    with pytest.raises(DiskRefused, match="did not take all"):
        salvage(folder, key, tmp_path / "saved", clock=hold)
    readers[0].close()
    assert not (tmp_path / "saved" / DATABASE).exists()


def test_nothing_is_saved_over_something_else(filled: tuple[Path, str], tmp_path: Path) -> None:
    folder, key = damaged(filled, tmp_path, [])
    with pytest.raises(StoreExists):
        salvage(folder, key, folder, clock=Clock())


def last_page_of(table: str, folder: Path, key: bytes) -> int:
    """Find the page that holds the end of a table, by trying: without it the end cannot be read, and the beginning can."""
    path = folder / DATABASE
    raw = path.read_bytes()
    for page in range(len(raw) // PAGE - 1, 0, -1):
        spoilt = bytearray(raw)
        spoilt[page * PAGE + 1000] ^= 4
        path.write_bytes(spoilt)
        with DamagedDatabase(path, key) as database:
            end = database.value(f"SELECT max(rowid) FROM {table}")  # noqa: S608 - our own names
            if end is None and database.value(f"SELECT min(rowid) FROM {table}"):  # noqa: S608 - the same
                return page
    raise AssertionError("the table has one page only")


@pytest.mark.parametrize("table", ["entry", "doc", "draft", "log"])
def test_the_end_of_a_table_may_be_what_is_damaged(
    filled: tuple[Path, str], tmp_path: Path, table: str
) -> None:
    folder, key = damaged(filled, tmp_path / "tried", [])
    found = saved(filled, tmp_path, [last_page_of(table, folder, key)])
    assert found.entries >= (CASES * ENTRIES_A_CASE + 1) * 0.95
    assert found.drafts >= CASES * 0.95
    assert found.entries_lost or found.drafts_lost or table == "log"


def test_a_device_whose_key_is_lost_becomes_a_new_one(filled: tuple[Path, str], tmp_path: Path) -> None:
    folder, key = damaged(filled, tmp_path / "tried", [])
    with DamagedDatabase(folder / DATABASE, key) as database:
        page = database.value("SELECT rootpage FROM sqlite_schema WHERE name = 'device'")
    found = saved(filled, tmp_path, [page - 1])
    with Store.unlock(filled[0], filled[1]) as whole, Store.unlock(tmp_path / "saved", filled[1]) as store:
        assert store.device != whole.device
        assert store.head().number == found.entries + 1
        assert store.append([entry(store, plan_bytes("After"))]).result() == found.entries + 2
        assert store.verify() == ()


def test_what_a_newer_program_wrote_is_saved_as_it_is(filled: tuple[Path, str], tmp_path: Path) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(filled[0], newer)
    unreadable = b'{"format":"from the future"}'
    with Store.unlock(newer, filled[1]) as store:
        shown = Glance(name="Sam 0")
        store.drafts.save("case-0", unreadable, "Newer", shown=shown).result()
        plan = entry(store, unreadable, case="case-1")
        schedule = entry(store, plan_bytes("No schedule"), case=LIBRARY, kind="schedule")

        def write(transaction: Transaction) -> None:
            number, chain = head_of(transaction.driver)
            seal = link(link(bytes.fromhex(chain), plan.entry.id), schedule.entry.id)
            for one, after, sealed in (
                (plan, 1, link(bytes.fromhex(chain), plan.entry.id)),
                (schedule, 2, seal),
            ):
                signature = store._device.sign(one.entry.id)
                ledger._write(transaction.core.connection, one, signature, number + after, sealed)

        store._writer.submit(write).result()
    key = keyslots.unwrap(keyslots.read(newer), filled[1])
    found = salvage(newer, key, tmp_path / "saved", clock=Clock())
    assert (found.entries_lost, found.drafts_lost) == (0, 0)
    with Store.unlock(tmp_path / "saved", filled[1]) as store:
        draft = store.drafts.read("case-0")
        assert draft
        assert draft.plan == unreadable
        assert store.records("case-1")[-1].body == unreadable
        assert store.cases.count() == CASES
        assert store.verify() == ()


@pytest.fixture(scope="module")
def backup(filled: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The automatic backups of the store: a sound one, and a newer one that is damaged."""
    folder = tmp_path_factory.mktemp("backed up") / "store"
    shutil.copytree(filled[0], folder)
    clock = Clock()
    with Store.unlock(folder, filled[1], clock=clock) as store:
        good = store.back_up_daily()
        clock.at = "2026-11-24T10:00:00Z"
        spoilt = store.back_up_daily()
    assert good
    assert spoilt
    spoilt.path.write_bytes(spoilt.path.read_bytes()[:-1])
    return folder / BACKUPS


def test_what_a_page_that_leads_to_others_costs_comes_from_the_backup(
    filled: tuple[Path, str], backup: Path, tmp_path: Path
) -> None:
    folder, key = damaged(filled, tmp_path / "looked at", [])
    with DamagedDatabase(folder / DATABASE, key) as database:
        roots = [
            database.value("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)) - 1
            for table in ("entry", "doc", "draft", "log", "device", "setting")
        ]
    without = saved_without_checks(filled, tmp_path / "without", roots)
    assert without.entries + without.drafts < 10
    found = saved(filled, tmp_path, roots, backup)
    assert (found.entries, found.entries_lost) == (CASES * ENTRIES_A_CASE + 1, 0)
    assert (found.drafts, found.drafts_from_backup) == (CASES, CASES)
    assert found.as_of == "2026-11-23T10:00:00Z"
    with Store.unlock(filled[0], filled[1]) as whole, Store.unlock(tmp_path / "saved", filled[1]) as store:
        assert store.head() == whole.head()
        assert store.device == whole.device


def test_what_is_newer_than_the_backup_is_kept_from_the_store(
    filled: tuple[Path, str], backup: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(filled[0], newer)
    with Store.unlock(newer, filled[1]) as store:
        store.drafts.save("case-0", plan_bytes("Sam Newer"), "Newer").result()
        store.append([entry(store, plan_bytes("Sam Newer"), case="case-0")]).result()
        head = store.head()
    shutil.copytree(backup, newer / BACKUPS)
    key = keyslots.unwrap(keyslots.read(newer), filled[1])
    found = salvage(newer, key, tmp_path / "saved", clock=Clock())
    assert (found.entries_lost, found.drafts_lost, found.drafts_from_backup) == (0, 0, 0)
    with Store.unlock(tmp_path / "saved", filled[1]) as store:
        draft = store.drafts.read("case-0")
        assert draft
        assert draft.plan == plan_bytes("Sam Newer")
        assert store.head() == head


def saved_without_checks(filled: tuple[Path, str], place: Path, pages: list[int]) -> Salvaged:
    folder, key = damaged(filled, place, pages)
    return salvage(folder, key, place / "saved", clock=Clock())
