"""What a day that comes changes in the list of cases, when the store is opened on it."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supportplan.domain.problems import DiskRefused, StoreDamaged
from supportplan.storage import store as stores
from supportplan.storage.cases.case_projection import CaseProjection, ListedState
from supportplan.storage.database.clock import day_of
from supportplan.storage.database.location import DATABASE
from supportplan.storage.database.writer import Transaction
from supportplan.storage.entries import ledger
from supportplan.storage.keys import keyslots
from supportplan.storage.rescue.damaged import DamagedDatabase
from supportplan.storage.store import Store
from tests.storage.cases.test_case_index import sign, state_of
from tests.storage.stores import PASSPHRASE, Clock, new_store, plan_bytes

BEFORE, AFTER = "2026-08-01T10:00:00Z", "2026-09-01T10:00:00Z"
CASES = [f"case-{number}" for number in range(7)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with plans that are signed, and become active on 1 September."""
    with new_store(tmp_path / "store", Clock(BEFORE)) as store:
        for case in CASES:
            sign(store, case)
    return tmp_path / "store"


def opened(folder: Path, at: str = AFTER) -> Store:
    return Store.unlock(folder, PASSPHRASE, clock=Clock(at))


def states(store: Store) -> list[str]:
    return [state_of(store, case) for case in CASES]


def test_all_that_turned_is_brought_up_to_day_when_the_store_opens(folder: Path) -> None:
    with opened(folder, BEFORE) as store:
        assert states(store) == ["signed"] * 7
        assert store.up_to_day.done()
    with opened(folder) as store:
        assert states(store) == ["active"] * 7
        assert store.up_to_day.result() is None


def test_saving_does_not_wait_until_all_are_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_RESTATED_AT_ONCE", 1)
    monkeypatch.setattr(stores, "_MOMENT", 0)
    go, order = threading.Event(), []
    restate, saved = CaseProjection.restate, CaseProjection.draft_saved

    def slow(self: CaseProjection, transaction: Transaction, case: str, listed: ListedState) -> None:
        assert go.wait(60)
        order.append(case)
        restate(self, transaction, case, listed)

    def noted(self: CaseProjection, *given: Any) -> None:
        order.append("saved")
        saved(self, *given)

    monkeypatch.setattr(CaseProjection, "restate", slow)
    monkeypatch.setattr(CaseProjection, "draft_saved", noted)
    with opened(folder) as store:
        saving = store.drafts.save("case-new", plan_bytes("At the table"), "Began")
        assert not store.up_to_day.done()
        go.set()
        saving.result(timeout=60)
        store.up_to_day.result(timeout=60)
        assert states(store) == ["active"] * 7
    assert order[:2] == ["case-6", "saved"], (
        "those last worked on come first, and nobody waits for the others"
    )
    assert order[2:] == CASES[5::-1]


def test_a_case_that_cannot_be_read_stops_no_other(folder: Path) -> None:
    with opened(folder, BEFORE) as store:

        def spoil(transaction: Transaction) -> None:
            transaction.driver.execute("DROP TRIGGER entry_unchanged")
            transaction.driver.execute(
                "UPDATE entry SET header = x'7b7d' WHERE case_id = 'case-6' AND kind = 'plan'"
            )

        store._writer.submit(spoil).result()
    with _unsuspecting(folder) as store:
        assert store.up_to_day.result() is None
        assert states(store) == [*["active"] * 6, "signed"]


def _unsuspecting(folder: Path) -> Store:
    """Open a store whose newest entries do not hold, as if they lay further back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores, "tail_faults", lambda _: ())
        return opened(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's length")
def test_a_full_disk_opens_the_store_and_says_so_and_the_next_time_does_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(ledger, "_RESTATED_AT_ONCE", 1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (33_000, hard))
    try:
        with opened(folder) as store:
            assert isinstance(store.up_to_day.exception(timeout=60), DiskRefused)
            assert store.records("case-1")
            assert "signed" in states(store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with opened(folder) as store:
        assert states(store) == ["active"] * 7


def test_a_list_that_is_damaged_refuses_to_open_and_holds_nothing(folder: Path) -> None:
    key = keyslots.unwrap(keyslots.read(folder), PASSPHRASE)
    with DamagedDatabase(folder / DATABASE, key) as database:
        page = database.value("SELECT rootpage FROM sqlite_schema WHERE name = 'case_by_change'")
    raw = bytearray((folder / DATABASE).read_bytes())
    raw[(page - 1) * 4096 + 1000] ^= 4
    (folder / DATABASE).write_bytes(raw)
    before = set(threading.enumerate())
    for _ in range(2):
        with pytest.raises(StoreDamaged):
            opened(folder)
        assert set(threading.enumerate()) <= before


@pytest.fixture
def far_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer whose day begins half a day before that of UTC."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system takes its time zone from elsewhere")
    with monkeypatch.context() as patch:
        patch.setitem(os.environ, "TZ", "<+12>-12")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("far_east")
def test_the_day_is_the_one_where_the_computer_stands(folder: Path) -> None:
    with opened(folder, "2026-08-31T11:59:59Z") as store:
        assert states(store) == ["signed"] * 7
    with opened(folder, "2026-08-31T12:00:00Z") as store:
        assert states(store) == ["active"] * 7
        store.rebuild_index().result()
        assert states(store) == ["active"] * 7
        sign(store, "case-new")
        assert state_of(store, "case-new") == "active"
    assert day_of("2026-08-31T12:00:00Z").isoformat() == "2026-09-01"
