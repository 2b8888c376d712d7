"""Where a case was left: remembered at once and over a restart, newest wins, and never a step of undoing."""

from pathlib import Path
from threading import Event

import pytest

from supportplan.domain.cases.left_off import LeftOff
from supportplan.domain.problems import StoreProblem
from supportplan.storage.database.writer import Transaction
from supportplan.storage.store import Store
from tests.storage.stores import PASSPHRASE, Clock, new_store, plan_bytes

TALK = LeftOff(place="talk", thing="good_week", words="Talk: A good week")
HEART = LeftOff(place="heart")


def test_it_is_known_at_once_and_after_a_restart(tmp_path: Path) -> None:
    with new_store(tmp_path / "store") as store:
        store.left_offs.keep("a", HEART)
        store.left_offs.keep("a", TALK)
        store.left_offs.keep("b", HEART)
        assert store.left_offs.of(["a", "b", "c"]) == {"a": TALK, "b": HEART}
    with Store.unlock(tmp_path / "store", PASSPHRASE, clock=Clock()) as store:
        assert store.left_offs.of(["a", "b", "c"]) == {"a": TALK, "b": HEART}
        assert store.left_offs.of([]) == {}


def test_however_many_come_while_the_disk_is_busy_one_write_has_the_newest(store: Store) -> None:
    busy, written = Event(), list[int]()
    store._writer.submit(lambda _: busy.wait(10))
    write = store.left_offs._write

    def counted(transaction: Transaction) -> None:
        written.append(1)
        write(transaction)

    store.left_offs._write = counted  # type: ignore[method-assign]
    for number in range(500):
        store.left_offs.keep("a", LeftOff(place="heart", thing=str(number)))
    busy.set()
    store.flush()
    assert written == [1]
    assert store.left_offs._waiting == {}
    assert store.left_offs.of(["a"])["a"].thing == "499"


def test_it_is_no_step_and_no_work_on_the_case(store: Store, clock: Clock) -> None:
    store.drafts.save("a", plan_bytes("A"), "Began").result()
    before = store.cases.row("a")
    clock.at = "2026-11-24T10:00:00Z"
    store.left_offs.keep("a", TALK)
    store.flush()
    assert store.drafts.history("a") == ()
    assert store.cases.row("a") == before


def test_what_a_newer_program_wrote_is_let_be(store: Store) -> None:
    store.settings.put("left_off.a", '{"place":"talk","mood":"good"}').result()
    assert store.left_offs.of(["a"]) == {}


def test_a_closed_store_says_so_and_another_try_is_another_try(tmp_path: Path) -> None:
    store = new_store(tmp_path / "store")
    store.close()
    for _ in range(2):
        with pytest.raises(StoreProblem):
            store.left_offs.keep("a", TALK)
