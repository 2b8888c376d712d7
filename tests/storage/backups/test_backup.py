import errno
import os
import stat
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from supportplan.domain.problems import (
    BadInput,
    CannotWrite,
    DiskRefused,
    Problem,
    StoreDamaged,
    StoreExists,
    StoreInUse,
    StoreTooNew,
    WrongPassphrase,
)
from supportplan.storage.backups import backup as backups
from supportplan.storage.backups import backup_file
from supportplan.storage.backups.backup import COPYING, RESTORING, restore, verify_backup
from supportplan.storage.database.location import DATABASE, KEYSLOTS
from supportplan.storage.store import Store
from tests.storage.stores import AT, PASSPHRASE, Clock, entry, new_store, new_store_and_code, plan_bytes

LATER = "2026-11-24T08:00:00Z"


class Stopped(Exception):
    """What a person who stops a long piece of work makes the program raise."""


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    """A backup of a store with a draft and two entries of its own, and the recovery code."""
    store, code = new_store_and_code(tmp_path / "store")
    with store:
        store.drafts.save("case-1", plan_bytes("Sam Draft"), "Began").result()
        store.append([entry(store, plan_bytes("Sam One")), entry(store, plan_bytes("Sam Two"))]).result()
        found = store.back_up(tmp_path / "store.backup")
    assert found == (tmp_path / "store.backup", AT, 1, 3, found.size)
    return found.path, code


def holds_all(folder: Path, secret: str = PASSPHRASE) -> bool:
    with Store.unlock(folder, secret, clock=Clock()) as store:
        draft = store.drafts.read("case-1")
        bodies = [record.body for record in store.records("case-1")]
        return (
            store.verify() == ()
            and draft is not None
            and draft.plan == plan_bytes("Sam Draft")
            and bodies == [plan_bytes("Sam One"), plan_bytes("Sam Two")]
        )


def test_a_backup_comes_back_with_all_that_was_in_it(made: tuple[Path, str], tmp_path: Path) -> None:
    found = restore(made[0], tmp_path / "again", PASSPHRASE, at=LATER)
    assert (found.backup.entries, found.backup.made, found.set_aside) == (3, AT, None)
    assert holds_all(tmp_path / "again")
    assert not (tmp_path / "again" / RESTORING).exists()
    assert not (tmp_path / "store" / COPYING).exists()


def test_a_backup_holds_the_store_as_it_was_while_saving_goes_on(tmp_path: Path) -> None:
    with new_store(tmp_path / "store") as store:
        store.append([entry(store, plan_bytes("Before"))]).result()
        written: list[int] = []

        def save_meanwhile(doing: str, done: int, of: int) -> None:
            if doing == "Copying" and not written:
                written.append(store.append([entry(store, plan_bytes("Meanwhile"))]).result())

        found = store.back_up(tmp_path / "store.backup", progress=save_meanwhile)
        assert written == [3]
        assert found.entries == 2
        assert store.head().number == 3
    restore(found.path, tmp_path / "again", PASSPHRASE, at=LATER)
    with Store.unlock(tmp_path / "again", PASSPHRASE) as again:
        assert again.head().number == 2
        assert again.verify() == ()


def test_nobody_else_may_read_a_backup_or_what_it_is_made_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)  # so that all of it has names, and can be looked at
    modes = set()
    with new_store(tmp_path / "store") as store:
        was = os.umask(0)
        try:

            def look(doing: str, done: int, of: int) -> None:
                for path in (*tmp_path.rglob("*.part"), *(tmp_path / "store" / COPYING).rglob("*")):
                    modes.add(stat.S_IMODE(path.stat().st_mode))

            found = store.back_up(tmp_path / "store.backup", progress=look)
        finally:
            os.umask(was)
    assert modes | {stat.S_IMODE(found.path.stat().st_mode)} == {0o600}


def test_nothing_in_a_backup_can_be_read_without_its_key(made: tuple[Path, str]) -> None:
    raw = made[0].read_bytes()
    assert b"Sam" not in raw
    assert b"SQLite format 3" not in raw
    assert PASSPHRASE.encode() not in raw


def test_it_opens_with_the_recovery_code_and_not_with_another_passphrase(
    made: tuple[Path, str], tmp_path: Path
) -> None:
    with pytest.raises(WrongPassphrase):
        restore(made[0], tmp_path / "again", "seven small goats at anchor", at=LATER)
    assert not (tmp_path / "again" / DATABASE).exists()
    restore(made[0], tmp_path / "again", made[1], at=LATER)
    assert holds_all(tmp_path / "again", made[1])


def test_an_organisation_restores_it_with_its_private_key(tmp_path: Path) -> None:
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with new_store(tmp_path / "store") as store:
        store.add_escrow(public.decode())
        made = store.back_up(tmp_path / "store.backup").path
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    restore(made, tmp_path / "again", pem, at=LATER)
    for secret in (pem, PASSPHRASE):
        Store.unlock(tmp_path / "again", secret).close()


def test_a_store_that_is_there_is_set_aside_only_when_asked(made: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Store.unlock(folder, PASSPHRASE) as store:
        store.append([entry(store, plan_bytes("After the backup"))]).result()
    before = {name: (folder / name).read_bytes() for name in (DATABASE, KEYSLOTS)}
    with pytest.raises(StoreExists):
        restore(made[0], folder, PASSPHRASE, at=LATER)
    assert {name: (folder / name).read_bytes() for name in before} == before

    found = restore(made[0], folder, PASSPHRASE, at=LATER, replace=True)
    assert holds_all(folder)
    assert found.set_aside
    assert found.set_aside.parent == folder
    assert {name: (found.set_aside / name).read_bytes() for name in before} == before
    with Store.unlock(found.set_aside, PASSPHRASE) as aside:
        assert aside.head().number == 4

    again = restore(made[0], folder, PASSPHRASE, at=LATER, replace=True)
    assert again.set_aside not in (None, found.set_aside)


def test_a_store_that_was_killed_is_set_aside_with_its_log(made: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    (folder / f"{DATABASE}-wal").write_bytes(b"what was not carried over")
    found = restore(made[0], folder, PASSPHRASE, at=LATER, replace=True)
    assert found.set_aside
    assert (found.set_aside / f"{DATABASE}-wal").read_bytes() == b"what was not carried over"
    assert holds_all(folder)


def test_a_disk_that_gives_a_file_one_name_only_is_no_hindrance(
    made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    before = (tmp_path / "store" / DATABASE).stat().st_ino
    monkeypatch.setattr(os, "link", refused)
    found = restore(made[0], tmp_path / "store", PASSPHRASE, at=LATER, replace=True)
    assert found.set_aside
    assert (found.set_aside / DATABASE).stat().st_ino == before, "moved, and nothing of it written anew"


def test_a_store_that_is_open_is_not_replaced(made: tuple[Path, str], tmp_path: Path) -> None:
    with (
        Store.unlock(tmp_path / "store", PASSPHRASE),
        pytest.raises(StoreInUse),
    ):
        restore(made[0], tmp_path / "store", PASSPHRASE, at=LATER, replace=True)
    assert holds_all(tmp_path / "store")


def test_it_can_be_stopped_at_any_report_and_leaves_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path / "store") as store:
        whole = store.back_up(tmp_path / "store.backup").path.read_bytes()
        reports: list[str] = []
        store.back_up(tmp_path / "counted.backup", progress=lambda doing, done, of: reports.append(doing))
        (tmp_path / "counted.backup").unlink()
        assert {"Copying", "Checking", "Writing", "Reading back"} <= set(reports)
        for stop in range(len(reports)):
            left = [stop]

            def stop_there(doing: str, done: int, of: int, left: list[int] = left) -> None:
                left[0] -= 1
                if left[0] < 0:
                    raise Stopped

            with pytest.raises(Stopped):
                store.back_up(tmp_path / "store.backup", progress=stop_there)
            assert (tmp_path / "store.backup").read_bytes() == whole
            assert {path.name for path in tmp_path.iterdir()} == {"store", "store.backup"}
            assert not (tmp_path / "store" / COPYING).exists()
        assert store.append([entry(store, plan_bytes("Still open"))]).result() == 2


def test_what_a_killed_program_left_is_cleared_away(tmp_path: Path) -> None:
    with new_store(tmp_path / "store") as store:
        (tmp_path / "store" / COPYING).mkdir()
        (tmp_path / "store" / COPYING / DATABASE).write_bytes(b"half")
        left = tmp_path / ".writing-0123456789abcdef.part"
        left.write_bytes(backup_file.FIRST_LINE + b"half")
        store.back_up(tmp_path / "store.backup")
        assert not (tmp_path / "store" / COPYING).exists()
        assert not left.exists()


def test_a_file_of_the_users_own_beside_a_backup_is_left_alone(tmp_path: Path) -> None:
    own = [tmp_path / "store.backup.part", tmp_path / ".store.backup.part", tmp_path / ".writing-1.part"]
    for path in own:
        path.write_bytes(b"my own")
    with new_store(tmp_path / "store") as store:
        store.back_up(tmp_path / "store.backup")
    assert [path.read_bytes() for path in own] == [b"my own"] * len(own)


def test_the_backup_of_another_store_is_not_written_over(tmp_path: Path) -> None:
    to = tmp_path / "usual.backup"
    with new_store(tmp_path / "mine") as mine, new_store(tmp_path / "hers") as hers:
        mine.back_up(to)
        kept = to.read_bytes()
        with pytest.raises(CannotWrite, match="another store"):
            hers.back_up(to)
        assert to.read_bytes() == kept
        mine.back_up(to)
        hers.back_up(to, replace=True)
    restore(to, tmp_path / "again", PASSPHRASE, at=LATER)
    assert (tmp_path / "again" / KEYSLOTS).read_bytes() == (tmp_path / "hers" / KEYSLOTS).read_bytes()


@pytest.mark.parametrize("spoilt", [backup_file.FIRST_LINE, backup_file.FIRST_LINE + b"{}\n" + bytes(9000)])
def test_a_backup_of_which_nobody_can_tell_whose_it_is_gives_way_only_when_asked(
    tmp_path: Path, spoilt: bytes
) -> None:
    to = tmp_path / "old.backup"
    to.write_bytes(spoilt)
    with new_store(tmp_path / "store") as store:
        with pytest.raises(CannotWrite, match="cannot be read") as caught:
            store.back_up(to)
        assert "--replace" in caught.value.mend
        assert to.read_bytes() == spoilt
        letter = tmp_path / "letter"
        letter.write_bytes(b"not ours")
        with pytest.raises(CannotWrite):
            store.back_up(letter, replace=True)
        store.back_up(to, replace=True)
    assert letter.read_bytes() == b"not ours"
    verify_backup(to, PASSPHRASE, tmp_path / "look")


def test_a_disk_that_gives_other_bytes_back_gets_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "store.backup"
    fsync = os.fsync

    def lying(number: int) -> None:
        if os.fstat(number).st_size > 10_000 and os.pread(number, 19, 0) == backup_file.FIRST_LINE:
            os.pwrite(number, b"?", 9000)
        fsync(number)

    with new_store(tmp_path / "store") as store:
        whole = store.back_up(to).path.read_bytes()
        monkeypatch.setattr(os, "fsync", lying)
        with pytest.raises(CannotWrite, match="read back"):
            store.back_up(to)
    assert to.read_bytes() == whole
    assert {path.name for path in tmp_path.iterdir()} == {"store", to.name}


def test_a_backup_that_the_disk_did_not_confirm_is_said_to_be_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to, fsync = tmp_path / "sticks" / "store.backup", os.fsync
    to.parent.mkdir()

    def failing(number: int) -> None:
        if os.path.samestat(os.fstat(number), to.parent.stat()):
            raise OSError(errno.EIO, "Input/output error")
        fsync(number)

    with new_store(tmp_path / "store") as store:
        monkeypatch.setattr(os, "fsync", failing)
        with pytest.raises(CannotWrite, match="in its place") as caught:
            store.back_up(to)
    assert "Nothing was replaced" not in caught.value.mend
    verify_backup(to, PASSPHRASE, tmp_path / "look")


def test_a_file_that_is_no_backup_is_never_overwritten(tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 not ours")
    with new_store(tmp_path / "store") as store:
        for to in (letter, tmp_path, tmp_path / "nowhere" / "b.backup", tmp_path / "store" / DATABASE):
            with pytest.raises(CannotWrite) as caught:
                store.back_up(to)
            assert caught.value.mend
    assert letter.read_bytes() == b"%PDF-1.7 not ours"
    assert not (tmp_path / "nowhere").exists()


def test_a_foreign_file_is_refused_and_nothing_is_made_for_it(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DATABASE, bytes(50_000_000))
    (tmp_path / "empty").touch()
    for foreign in (bomb, tmp_path / "empty", tmp_path / "missing", tmp_path):
        with pytest.raises(BadInput) as caught:
            restore(foreign, tmp_path / "again", PASSPHRASE, at=LATER)
        assert caught.value.where == str(foreign)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    "header",
    [
        b'{"database":9,"keyslots":9,"made":"2026-11-23T10:00:00Z","version":1}\n',
        b'{"database":99999999999,"keyslots":700,"made":"2026-11-23T10:00:00Z","version":1}\n',
        b'{"database":4096,"keyslots":999999999,"made":"2026-11-23T10:00:00Z","version":1}\n',
        b'{"database":-1,"keyslots":700,"made":"2026-11-23T10:00:00Z","version":1}\n',
        b'{"database":4096,"keyslots":700,"made":"now","version":1}\n',
        b"{" * 5000,
        b"\xff\xfe\n",
        b"",
    ],
)
def test_a_header_that_lies_is_refused(tmp_path: Path, header: bytes) -> None:
    lying = tmp_path / "lying.backup"
    lying.write_bytes(backup_file.FIRST_LINE + header + bytes(9000))
    with pytest.raises(StoreDamaged):
        restore(lying, tmp_path / "again", PASSPHRASE, at=LATER)
    assert not (tmp_path / "again" / DATABASE).exists()


def test_a_backup_by_a_newer_program_is_refused(tmp_path: Path) -> None:
    newer = tmp_path / "newer.backup"
    header = b'{"database":9,"keyslots":9,"made":"2026-11-23T10:00:00Z","version":2}\n'
    newer.write_bytes(backup_file.FIRST_LINE + header + bytes(9000))
    with pytest.raises(StoreTooNew):
        restore(newer, tmp_path / "again", PASSPHRASE, at=LATER)


def test_a_backup_that_was_cut_or_grew_is_refused(made: tuple[Path, str], tmp_path: Path) -> None:
    raw = made[0].read_bytes()
    for spoilt in (raw[:-1], raw[: len(raw) // 2], raw + b"\0", raw[:40]):
        made[0].write_bytes(spoilt)
        with pytest.raises(StoreDamaged):
            verify_backup(made[0], PASSPHRASE, tmp_path / "look")
        assert not (tmp_path / "look").exists()


def test_a_damaged_store_takes_no_backups_place(tmp_path: Path) -> None:
    folder, to = tmp_path / "store", tmp_path / "store.backup"
    with new_store(folder) as store:
        for number in range(40):
            store.append([entry(store, plan_bytes("Sam " * 300 + str(number)))]).result()
        whole = store.back_up(to).path.read_bytes()
    raw = bytearray((folder / DATABASE).read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / DATABASE).write_bytes(raw)
    with Store.unlock(folder, PASSPHRASE) as store, pytest.raises(StoreDamaged):
        store.back_up(to)
    assert to.read_bytes() == whole


def test_too_little_space_is_said_before_anything_is_written(
    made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_SPARE", 2**60)
    with pytest.raises(DiskRefused, match="too little space"):
        restore(made[0], tmp_path / "again", PASSPHRASE, at=LATER)
    with Store.unlock(tmp_path / "store", PASSPHRASE) as store, pytest.raises(DiskRefused):
        store.back_up(tmp_path / "other.backup")


def test_reading_a_large_backup_takes_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    (tmp_path / "pages").write_bytes(bytes(40_000_000))
    backup_file.write_backup(tmp_path / "large.backup", b"{}", tmp_path / "pages", made=AT)
    tracemalloc.start()
    try:
        backup_file.check_backup(tmp_path / "large.backup")
        (tmp_path / "out").mkdir()
        backup_file.unpack_backup(tmp_path / "large.backup", tmp_path / "out")
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_no_problem_carries_what_people_wrote(made: tuple[Path, str], tmp_path: Path) -> None:
    raw = bytearray(made[0].read_bytes())
    raw[-2000] ^= 8
    made[0].write_bytes(raw)
    with pytest.raises(Problem) as caught:
        restore(made[0], tmp_path / "again", PASSPHRASE, at=LATER)
    said = caught.value.what + caught.value.where + caught.value.mend
    assert "Sam" not in said
    assert PASSPHRASE not in said
