import gc
import os
import shutil
import stat
import subprocess
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from supportplan.domain.problems import (
    BadInput,
    DiskRefused,
    NoStore,
    StoreDamaged,
    StoreExists,
    StoreInUse,
    StoreProblem,
    StoreTooNew,
    WrongPassphrase,
)
from supportplan.storage import making
from supportplan.storage.database.connection import Connection, open_keyed
from supportplan.storage.database.location import DATABASE, KEYSLOTS
from supportplan.storage.database.writer import Writer
from supportplan.storage.keys import keyslots
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.making import MAKING
from supportplan.storage.rescue.doctor import examine
from supportplan.storage.store import Store
from tests.storage.stores import AT, PASSPHRASE, Clock, entry, new_store, new_store_and_code, plan_bytes

NEW = "nine slow trains at dusk"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def code(folder: Path) -> str:
    """A closed store with one draft, and its recovery code."""
    store, code = new_store_and_code(folder)
    store.drafts.save("case-1", plan_bytes(), "Began")
    store.close()
    return code


def test_passphrase_and_recovery_code_open_it(folder: Path, code: str) -> None:
    for secret in (PASSPHRASE, code):
        with Store.unlock(folder, secret) as store:
            assert store.cases.count() == 1
            assert store.verify() == ()


@pytest.mark.parametrize(
    "secret", ["", "wrong horse battery", PASSPHRASE.upper(), "x" * 100_000, "\udcff" * 20]
)
def test_another_secret_does_not(folder: Path, code: str, secret: str) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        Store.unlock(folder, secret)
    assert not secret or secret not in f"{caught.value.what}{caught.value.where}{caught.value.mend}"
    Store.unlock(folder, code).close()


def test_a_weak_passphrase_makes_nothing(folder: Path) -> None:
    with pytest.raises(BadInput):
        Store.create(folder, "short", at=AT, author="A", cost=FLOOR)
    assert not folder.exists()


def test_without_a_cost_this_computer_is_measured(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("supportplan.storage.keys.passphrase.calibrated", lambda: FLOOR._replace(passes=3))
    Store.create(folder, PASSPHRASE, at=AT, author="A")[0].close()
    slot = keyslots.read(folder).slots[0]
    assert isinstance(slot, keyslots.PassphraseSlot)
    assert slot.passes == 3


def test_a_store_is_never_made_over_another(folder: Path, code: str) -> None:
    for missing in (None, DATABASE, KEYSLOTS):
        if missing:
            (folder / missing).rename(folder / "aside")
        with pytest.raises(StoreExists):
            Store.create(folder, NEW, at=AT, author="B", cost=FLOOR)
        if missing:
            (folder / "aside").rename(folder / missing)
    Store.unlock(folder, code).close()


@pytest.mark.parametrize("step", ["migrate", "keyslots.write", "flush_folder"])
def test_a_store_that_was_not_finished_is_made_again(
    folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"supportplan.storage.making.{step}", killed)
        with pytest.raises(KeyboardInterrupt):
            new_store(folder)
    if step != "flush_folder":
        with pytest.raises(NoStore):
            Store.unlock(folder, PASSPHRASE)
        new_store(folder).close()
    Store.unlock(folder, PASSPHRASE).close()
    assert step == "flush_folder" or not (folder / MAKING).exists()


def test_a_store_is_not_moved_into_place_without_its_log(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[Connection] = []

    class Held(Writer):
        """A writer that cannot carry its log over: somebody is still reading."""

        def close(self) -> None:
            reader = open_keyed(folder / MAKING / DATABASE, keys[0], read_only=True)
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entry").fetchone()
            readers.append(reader)
            super().close()

    keys: list[bytes] = []
    create = keyslots.create

    def noted(*given: Any) -> Any:
        made = create(*given)
        keys.append(made[1])
        return made

    with monkeypatch.context() as patch:
        patch.setattr(making, "Writer", Held)
        patch.setattr(keyslots, "create", noted)
        with pytest.raises(DiskRefused, match="did not take all"):
            new_store(folder)
    readers[0].close()
    assert not (folder / DATABASE).exists()
    new_store(folder).close()
    Store.unlock(folder, PASSPHRASE).close()


def test_a_store_that_lost_its_data_is_no_empty_one(folder: Path, code: str) -> None:
    (folder / DATABASE).unlink()
    with pytest.raises(StoreDamaged, match="data is not") as caught:
        Store.unlock(folder, code)
    assert "backup" in caught.value.mend


def test_where_there_is_none_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        Store.unlock(tmp_path / "nowhere", PASSPHRASE)
    assert not (tmp_path / "nowhere").exists()


def test_the_keys_of_another_store_are_noticed(tmp_path: Path, folder: Path, code: str) -> None:
    other, other_code = new_store_and_code(tmp_path / "other")
    other.close()
    shutil.copy(tmp_path / "other" / KEYSLOTS, folder / KEYSLOTS)
    with pytest.raises(StoreDamaged, match="not the one that its keys belong to"):
        Store.unlock(folder, other_code)
    with pytest.raises(WrongPassphrase):
        Store.unlock(folder, code)


def test_a_newer_store_is_left_alone(folder: Path, code: str) -> None:
    key = keyslots.unwrap(keyslots.read(folder), code)
    with closing(open_keyed(folder / DATABASE, key)) as opened:
        opened.execute("PRAGMA user_version = 99")
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(StoreTooNew):
        Store.unlock(folder, code)
    assert (folder / DATABASE).read_bytes() == before


def test_one_program_at_a_time(folder: Path, code: str) -> None:
    with Store.unlock(folder, code), pytest.raises(StoreInUse, match=str(os.getpid())):
        Store.unlock(folder, code)
    Store.unlock(folder, code).close()


@pytest.mark.parametrize("secret", ["wrong horse battery", None])
def test_a_failed_opening_leaves_it_free(folder: Path, code: str, secret: str | None) -> None:
    if secret is None:
        (folder / DATABASE).write_bytes(b"x" * 8192)
    with pytest.raises(StoreProblem):
        Store.unlock(folder, secret or code)
    with pytest.raises(StoreProblem) as again:
        Store.unlock(folder, secret or code)
    assert not isinstance(again.value, StoreInUse)


def test_a_closed_store_does_nothing_more(folder: Path, code: str) -> None:
    store = Store.unlock(folder, code)
    store.close()
    store.close()
    with pytest.raises(StoreProblem, match="locked"):
        store.drafts.save("case-1", plan_bytes(), "Late")
    for read in (store.cases.page, store.head, store.rates.versions):
        with pytest.raises(StoreProblem, match="locked"):
            read()
    assert store._key == b""


def test_a_new_passphrase_ends_the_old_one_and_writes_little(folder: Path, code: str) -> None:
    with Store.unlock(folder, code) as store:
        before = (folder / DATABASE).read_bytes()
        with pytest.raises(WrongPassphrase):
            store.change_passphrase("not the old one", NEW)
        with pytest.raises(BadInput):
            store.change_passphrase(PASSPHRASE, "short")
        store.change_passphrase(PASSPHRASE, NEW)
        assert (folder / DATABASE).read_bytes() == before
        assert (folder / KEYSLOTS).stat().st_size < 4096
    with pytest.raises(WrongPassphrase):
        Store.unlock(folder, PASSPHRASE)
    for secret in (NEW, code):
        Store.unlock(folder, secret).close()


def test_who_forgot_the_passphrase_sets_one_with_the_recovery_code(folder: Path, code: str) -> None:
    with Store.unlock(folder, code) as store:
        store.change_passphrase(code, NEW)
        newer = store.new_recovery_code(NEW)
    with pytest.raises(WrongPassphrase):
        Store.unlock(folder, code)
    for secret in (NEW, newer):
        Store.unlock(folder, secret).close()


def test_an_organisation_opens_it_with_its_private_key(folder: Path, code: str) -> None:
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with Store.unlock(folder, code) as store:
        store.add_escrow(public.decode())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    for secret in (pem, PASSPHRASE, code):
        Store.unlock(folder, secret).close()


def test_only_this_user_can_read_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with new_store(tmp_path / "a" / "store") as store:
            store.drafts.save("case-1", plan_bytes(), "Began").result()
            store.change_passphrase(PASSPHRASE, NEW)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.folder.iterdir()}
    finally:
        os.umask(before)
    assert {f"{DATABASE}-wal", f"{DATABASE}-shm", KEYSLOTS} <= modes.keys()
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "store").stat().st_mode) == 0o700


def test_nothing_that_people_wrote_can_be_read_from_the_disk(tmp_path: Path) -> None:
    canary = "Quokka-Zażółć"
    seen = b""
    with new_store(tmp_path / "store") as store:
        plan = plan_bytes(canary, about=canary * 500, reference=canary)
        store.drafts.save("case-1", plan, canary).result()
        store.drafts.save("case-1", plan.replace(b"Sam", b"Tom"), canary).result()
        store.settings.put("role", canary).result()
        store.append([entry(store, plan)]).result()
        store.cases.search(canary[:4])
        seen += _all_bytes(tmp_path)
    seen += _all_bytes(tmp_path)
    assert len(seen) > 100_000
    for word in (canary.encode(), b"Quokka", b"quokka", PASSPHRASE.encode(), b"CREATE TABLE"):
        assert word not in seen


def _all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_who_forgets_to_close_loses_nothing(folder: Path, code: str) -> None:
    script = (
        "import sys; from pathlib import Path; from supportplan.storage.store import Store; "
        "from tests.storage.stores import plan_bytes; store = Store.unlock(Path(sys.argv[1]), sys.argv[2]); "
        "[store.drafts.save('case-2', plan_bytes(f'Name {n}'), f'Edit {n}') for n in range(50)]"
    )
    subprocess.run([sys.executable, "-c", script, str(folder), code], check=True)
    with Store.unlock(folder, code) as store:
        assert len(store.drafts.history("case-2")) == 49
        row = store.cases.row("case-2")
        assert row is not None
        assert row.name == "Name 49"


def test_a_store_that_nobody_holds_can_be_collected(folder: Path, code: str) -> None:
    store = Store.unlock(folder, code)
    seen = weakref.ref(store)
    store.close()
    del store
    gc.collect()
    assert seen() is None


@pytest.mark.parametrize("number", [28, 30, 5])
def test_a_disk_that_refuses_at_the_start_is_named(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("supportplan.storage.making.make_private_file", refuse)
    with pytest.raises(DiskRefused):
        new_store(folder)


LIGHT = """
import sys
from pathlib import Path
from supportplan.storage.store import Store
with Store.unlock(Path(sys.argv[1]), sys.argv[2]) as store:
    assert len(store.cases.page().rows) == 1
    assert len(store.cases.search("sam exmple").rows) == 1
    assert store.drafts.read("case-1") is not None
    store.drafts.save("case-1", store.drafts.read("case-1").plan.replace(b"Sam", b"Tom"), "Renamed").result()
print(*sorted({"sqlmodel", "sqlalchemy", "pydantic", "textual", "rich", "reportlab", "openpyxl"} & sys.modules.keys()))
"""


def test_unlocking_listing_and_saving_load_nothing_heavy(folder: Path, code: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", LIGHT, str(folder), code], capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == []
    assert found.stderr == ""


def test_no_crash_leaves_the_key_in_a_file(folder: Path, code: str) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        with Store.unlock(folder, code):
            assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


def test_the_list_and_the_head_are_read_from_any_thread(folder: Path, code: str) -> None:
    with Store.unlock(folder, code) as store, ThreadPoolExecutor(8) as pool:
        works: list[Callable[[], object]] = [
            store.cases.page,
            store.head,
            lambda: store.records("case-1"),
            lambda: store.settings.get("author"),
            lambda: store.drafts.read("case-1"),
        ] * 8
        assert len([future.result() for future in [pool.submit(work) for work in works]]) == 40


def test_a_daily_backup_is_made_once_a_day(folder: Path, code: str) -> None:
    clock = Clock()
    with Store.unlock(folder, code, clock=clock) as store:
        assert store.back_up_daily() is not None
        assert store.back_up_daily() is None
        clock.at = "2026-11-24T08:00:00Z"
        assert store.back_up_daily() is not None


@pytest.mark.parametrize("left", [0, 4096])
def test_a_store_that_was_cut_off_is_refused_and_not_begun_anew(tmp_path: Path, left: int) -> None:
    folder = tmp_path / "store"
    store, _ = Store.create(folder, PASSPHRASE, at=AT, author="Fay", cost=FLOOR)
    store.close()
    cut = (folder / "store.db").read_bytes()[:left]
    (folder / "store.db").write_bytes(cut)
    with pytest.raises(StoreDamaged):
        Store.unlock(folder, PASSPHRASE)
    assert (folder / "store.db").read_bytes() == cut
    assert not examine(folder, lambda: PASSPHRASE, at=AT).well


def test_an_escrow_is_not_sealed_into_slots_that_somebody_else_has_changed(tmp_path: Path) -> None:
    public = (
        X25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    with new_store(tmp_path / "store") as store, new_store(tmp_path / "other"):
        other = (tmp_path / "other" / KEYSLOTS).read_bytes()
        (tmp_path / "store" / KEYSLOTS).write_bytes(other)
        with pytest.raises(StoreDamaged, match="changed by somebody else"):
            store.add_escrow(public.decode())
        assert (tmp_path / "store" / KEYSLOTS).read_bytes() == other
