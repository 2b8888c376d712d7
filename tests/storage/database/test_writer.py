import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from supportplan.domain.problems import DiskRefused, StoreProblem
from supportplan.storage.database import writer
from supportplan.storage.database.connection import Connection, open_keyed
from supportplan.storage.database.location import make_private_file
from supportplan.storage.database.writer import Transaction, Writer

KEY = bytes(32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "store.db"
    make_private_file(found)
    with closing(open_keyed(found, KEY)) as made:
        made.execute("CREATE TABLE kept (word TEXT NOT NULL UNIQUE) STRICT")
    return found


class Opened:
    """A writer whose commits are counted, and a second connection that sees only what is committed."""

    def __init__(self, path: Path) -> None:
        self.commits = 0
        self.connection = open_keyed(path, KEY)
        self.connection.set_trace_callback(self._count)
        self.writer = Writer(self.connection, path)
        self.reader = open_keyed(path, KEY, read_only=True)

    def _count(self, statement: str) -> None:
        self.commits += statement == "COMMIT"

    def words(self) -> list[str]:
        return [word for (word,) in self.reader.execute("SELECT word FROM kept ORDER BY rowid")]

    def keep(self, word: str) -> "Future[None]":
        return self.writer.submit(lambda transaction: _keep(transaction.driver, word))


def _keep(driver: Connection, word: str) -> None:
    driver.execute("INSERT INTO kept (word) VALUES (?)", (word,))


@pytest.fixture
def opened(path: Path) -> Iterator[Opened]:
    made = Opened(path)
    yield made
    made.writer.close()
    made.reader.close()


class Held:
    """Work that keeps the writer busy until it is let go, so that what is handed in meanwhile waits together."""

    def __init__(self, opened: Opened) -> None:
        self._go = threading.Event()
        begun = threading.Event()

        def work(_: Transaction) -> None:
            begun.set()
            self._go.wait()

        self.future = opened.writer.submit(work)
        begun.wait()

    def let_go(self) -> None:
        self._go.set()
        self.future.result()


def test_a_result_comes_when_others_can_read_it(opened: Opened) -> None:
    for number in range(20):
        opened.keep(f"w{number}").result()
        assert opened.words()[-1] == f"w{number}"


def test_what_waits_together_is_committed_together_and_in_order(opened: Opened) -> None:
    held = Held(opened)
    futures = [opened.keep(f"w{number}") for number in range(30)]
    before = opened.commits
    held.let_go()
    for future in futures:
        future.result()
    assert opened.words() == [f"w{number}" for number in range(30)]
    assert opened.commits - before == 2  # the one that was held, and the thirty


def test_one_that_fails_takes_no_other_with_it(opened: Opened) -> None:
    held = Held(opened)
    good, bad, after = opened.keep("a"), opened.keep("a"), opened.keep("b")
    held.let_go()
    good.result()
    after.result()
    with pytest.raises(Exception, match="UNIQUE"):
        bad.result()
    assert opened.words() == ["a", "b"]


def test_a_failed_piece_of_work_leaves_nothing(opened: Opened) -> None:
    def work(transaction: Transaction) -> None:
        _keep(transaction.driver, "half")
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        opened.writer.submit(work).result()
    opened.keep("whole").result()
    assert opened.words() == ["whole"]


def test_driver_and_sqlalchemy_write_in_one_transaction(opened: Opened) -> None:
    def work(transaction: Transaction) -> None:
        _keep(transaction.driver, "by the driver")
        transaction.core.connection.execute(text("INSERT INTO kept (word) VALUES ('by SQLAlchemy')"))
        assert opened.words() == []
        _keep(transaction.driver, "by the driver again")

    opened.writer.submit(work).result()
    assert len(opened.words()) == 3

    def fail(transaction: Transaction) -> None:
        _keep(transaction.driver, "x")
        transaction.core.connection.execute(text("INSERT INTO kept (word) VALUES ('y')"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        opened.writer.submit(fail).result()
    assert len(opened.words()) == 3


def test_what_is_to_follow_a_commit_follows_only_a_commit(opened: Opened) -> None:
    seen: list[list[str]] = []

    def work(transaction: Transaction) -> None:
        transaction.after_commit.append(lambda: seen.append(opened.words()))
        _keep(transaction.driver, "a")

    opened.writer.submit(work).result()
    with pytest.raises(Exception, match="UNIQUE"):
        opened.writer.submit(work).result()
    assert seen == [["a"]]


def test_what_follows_a_commit_and_fails_takes_no_acknowledgement_with_it(path: Path) -> None:
    made = Opened(path)
    seen: list[str] = []

    def fail() -> None:
        raise KeyError("Zebedee Quillfeather")

    def work(transaction: Transaction) -> str:
        _keep(transaction.driver, "a")
        transaction.after_commit += [fail, lambda: seen.append("the next")]
        return "done"

    assert made.writer.submit(work).result(timeout=60) == "done"
    assert seen == ["the next"]
    made.keep("b").result(timeout=60)
    assert made.words() == ["a", "b"]
    made.reader.close()
    with pytest.raises(RuntimeError, match=r"KeyError in fail, test_writer\.py") as caught:
        made.writer.close()
    assert "Zebedee" not in str(caught.value)
    assert caught.value.__context__ is None
    assert [file.name for file in path.parent.iterdir()] == ["store.db"], "it was closed in good order"
    made.writer.close()


def test_closing_waits_for_all_that_was_handed_in(path: Path) -> None:
    made = Opened(path)
    held = Held(made)
    futures = [made.keep(f"w{number}") for number in range(100)]
    threading.Timer(0.05, held.let_go).start()
    made.writer.close()
    assert all(future.done() for future in futures)
    assert len(made.words()) == 100
    with pytest.raises(StoreProblem, match="locked"):
        made.keep("too late")
    made.writer.close()
    made.reader.close()


def test_a_full_disk_is_named_and_saving_goes_on_when_there_is_space(opened: Opened) -> None:
    opened.keep("before").result()
    pages = opened.writer.submit(
        lambda transaction: transaction.driver.execute("PRAGMA page_count").fetchone()[0]
    ).result()
    opened.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskRefused, match="full"):
        opened.keep("x" * 50_000).result()
    assert opened.words() == ["before"]
    opened.connection.execute("PRAGMA max_page_count = 1000000")
    opened.keep("after").result()
    assert opened.words() == ["before", "after"]


@pytest.mark.parametrize("limit", [0, 4_000, 30_000])
def test_a_file_that_may_not_grow_loses_nothing_acknowledged(path: Path, limit: int) -> None:
    resource = pytest.importorskip("resource")
    made = Opened(path)
    made.keep("before").result()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = path.with_name("store.db-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + limit, hard))
    try:
        acknowledged = []
        for number in range(20):
            future = made.keep(f"{number} " + "x" * 3_000)
            if future.exception() is None:
                acknowledged.append(f"{number} ")
            else:
                assert isinstance(future.exception(), DiskRefused)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(acknowledged) < 20
    made.keep("after").result()
    found = [word[:2] if word[0].isdigit() else word for word in made.words()]
    assert ["before", *(word[:2] for word in acknowledged), "after"] == found
    made.writer.close()
    made.reader.close()
    with closing(open_keyed(path, KEY)) as again:
        assert again.execute("SELECT count(*) FROM kept").fetchone() == (len(acknowledged) + 2,)


def test_the_log_file_does_not_grow_for_ever(
    opened: Opened, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_MANY_COMMITS", 10)
    monkeypatch.setattr(writer, "_TOO_MANY_COMMITS", 20)
    log = path.with_name("store.db-wal")
    sizes = []
    for number in range(200):
        opened.keep(f"{number}" + "x" * 900).result()
        sizes.append(log.stat().st_size)
    assert sizes[-1] < sizes[0] + 21 * 8 * 4096
    assert len(set(sizes[50:])) < 30


def test_closing_leaves_one_file(path: Path) -> None:
    made = Opened(path)
    made.keep("a").result()
    made.reader.close()
    made.writer.close()
    assert [file.name for file in path.parent.iterdir()] == ["store.db"]
