import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from supportplan.domain.problems import DiskRefused, NoStore, StoreDamaged, StoreInUse, StoreProblem
from supportplan.storage.database import connection as opening
from supportplan.storage.database.connection import Connection, Readers, open_keyed, translate_errors
from supportplan.storage.database.engine import CoreReaders
from supportplan.storage.database.location import make_private_file

KEY = bytes(range(32))
SECRET = "Siobhan's diagnosis"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "store.db"
    make_private_file(found)
    with closing(open_keyed(found, KEY)) as made:
        made.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT UNIQUE) STRICT")
        made.execute("INSERT INTO note (words) VALUES (?)", (SECRET,))
    return found


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
    ],
)
def test_it_is_opened_durable_and_private(path: Path, pragma: str, value: object) -> None:
    with closing(open_keyed(path, KEY)) as opened:
        assert opened.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_nothing_in_the_file_can_be_read(path: Path) -> None:
    with closing(open_keyed(path, KEY)) as opened:
        opened.execute("INSERT INTO note (words) VALUES ('Zofia Kowalska')")
        raw = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert len(raw) > 8192
    for word in (SECRET.encode(), b"Zofia", b"CREATE TABLE", b"SQLite format"):
        assert word not in raw


def test_another_key_does_not_open_it_and_says_nothing_on_the_terminal(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StoreDamaged):
        open_keyed(path, bytes(32))
    assert capfd.readouterr() == ("", "")


def test_a_plain_database_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "store.db"
    with closing(sqlite3.connect(plain)) as made:
        made.execute("CREATE TABLE note (words)")
    before = plain.read_bytes()
    with pytest.raises(StoreDamaged, match="not encrypted"):
        open_keyed(plain, KEY)
    assert plain.read_bytes() == before


def test_an_engine_that_cannot_encrypt_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_cipher(*_: object, **__: object) -> sqlite3.Connection:
        return sqlite3.connect(":memory:")

    monkeypatch.setattr(dbapi2, "connect", without_cipher)
    with pytest.raises(StoreProblem, match="cannot encrypt"):
        open_keyed(path, KEY)


def test_an_engine_with_a_known_fault_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(StoreProblem, match="fault"):
        open_keyed(path, KEY)


def test_a_missing_database_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        open_keyed(tmp_path / "store.db", KEY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("at", [0, 20, 100, 4095, 4096, 8000])
def test_a_flipped_bit_is_noticed(path: Path, at: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)

    def read() -> list[tuple[str]]:
        with translate_errors(path), closing(open_keyed(path, KEY)) as opened:
            return opened.execute("SELECT words FROM note").fetchall()

    with pytest.raises(StoreDamaged):
        read()


def test_who_only_reads_cannot_write(path: Path) -> None:
    with (
        closing(open_keyed(path, KEY, read_only=True)) as opened,
        pytest.raises(DiskRefused),
        translate_errors(path),
    ):
        opened.execute("DELETE FROM note")


def _fill(opened: Connection) -> None:
    opened.execute("PRAGMA max_page_count = 4")
    for number in range(10):
        opened.execute("INSERT INTO note (words) VALUES (?)", (f"{SECRET} {number}" * 200,))


def _busy(opened: Connection) -> None:
    opened.execute("PRAGMA busy_timeout = 0")
    opened.execute("BEGIN IMMEDIATE")


def test_a_full_disk_and_a_busy_one_are_named_without_what_was_written(path: Path) -> None:
    with closing(open_keyed(path, KEY)) as one, closing(open_keyed(path, KEY)) as other:
        with pytest.raises(DiskRefused, match="full") as full, translate_errors(path):
            _fill(one)
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreInUse) as busy, translate_errors(path):
            _busy(other)
    for caught in (full.value, busy.value):
        assert SECRET not in f"{caught!r} {caught.what} {caught.where} {caught.mend}"
        assert caught.mend
        assert caught.__suppress_context__


@pytest.mark.parametrize(
    ("number", "words"), [(28, "full"), (30, "read-only"), (13, "read-only"), (5, "failed"), (27, "failed")]
)
def test_what_the_system_refuses_is_named(number: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(DiskRefused, match=words), translate_errors(tmp_path):
        raise OSError(number, os.strerror(number))


def test_a_fault_of_the_program_is_not_called_the_disks(path: Path) -> None:
    with (
        closing(open_keyed(path, KEY)) as opened,
        pytest.raises(dbapi2.OperationalError),
        translate_errors(path),
    ):
        opened.execute("SELECT no_such_column FROM note")


def test_sqlalchemy_shows_no_parameter(path: Path) -> None:
    core = CoreReaders(lambda: open_keyed(path, KEY), path)
    try:
        with core.connection() as connection:
            assert KEY.hex() not in str(connection.engine.url)
            with pytest.raises(IntegrityError) as caught:
                connection.execute(text("INSERT INTO note (words) VALUES (:words)"), {"words": SECRET})
    finally:
        core.close()
    assert SECRET not in str(caught.value)


def test_sqlalchemy_names_the_disk_as_everyone_does(path: Path) -> None:
    core = CoreReaders(lambda: open_keyed(path, KEY, read_only=True), path)
    try:
        with core.connection() as connection, pytest.raises(DiskRefused):
            connection.execute(text("DELETE FROM note"))
    finally:
        core.close()


def test_readers_are_lent_again_and_closed_in_the_end(path: Path) -> None:
    opened: list[Connection] = []

    def open_one() -> Connection:
        opened.append(open_keyed(path, KEY, read_only=True))
        return opened[-1]

    readers = Readers(open_one, path)
    for _ in range(3):
        with readers.connection() as one:
            assert one.execute("SELECT count(*) FROM note").fetchone() == (1,)
    assert len(opened) == 1
    with readers.connection() as one, readers.connection() as other:
        assert one is not other
        readers.close()
    for connection in opened:
        with pytest.raises(dbapi2.ProgrammingError):
            connection.execute("SELECT 1")


def test_a_key_of_another_length_is_a_fault_of_the_program(path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_keyed(path, b"short")
    assert opening.KEY_BYTES == 32
