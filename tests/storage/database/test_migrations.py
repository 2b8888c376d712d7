from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from supportplan.domain.problems import StoreDamaged, StoreTooNew
from supportplan.storage.database.connection import Connection, open_keyed
from supportplan.storage.database.location import make_private_file
from supportplan.storage.database.migrations import (
    APPLICATION,
    Step,
    migrate,
    released,
    schema_of,
    statements,
)

KEY = bytes(32)
FIRST = Step(
    1,
    f"PRAGMA application_id = {APPLICATION};\n"
    "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;\nCREATE TABLE b (a INTEGER NOT NULL REFERENCES a (id)) STRICT;\n",
)
SECOND = Step(2, "ALTER TABLE a ADD COLUMN words TEXT;\nINSERT INTO a (id, words) VALUES (1, 'x');\n")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    make_private_file(tmp_path / "store.db")
    with closing(open_keyed(tmp_path / "store.db", KEY)) as opened:
        yield opened


def schema(connection: Connection) -> list[tuple[str]]:
    return connection.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall()


def test_the_released_steps_are_numbered_from_one() -> None:
    assert [step.number for step in released()] == list(range(1, len(released()) + 1))


def test_a_new_store_is_brought_to_the_newest_schema_without_a_backup(connection: Connection) -> None:
    calls: list[int] = []
    migrate(connection, before=calls.append)
    assert schema_of(connection) == released()[-1].number
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert calls == []
    migrate(connection, before=calls.append)
    assert calls == []


def test_a_store_that_holds_something_is_backed_up_once_before_it_changes(connection: Connection) -> None:
    calls: list[tuple[int, list[tuple[str]]]] = []
    migrate(connection, before=lambda _: None, steps=[FIRST])
    old = schema(connection)
    migrate(
        connection,
        before=lambda found: calls.append((found, schema(connection))),
        steps=[FIRST, SECOND, Step(3, "DROP TABLE b;\n")],
    )
    assert calls == [(1, old)]
    assert schema_of(connection) == 3
    assert connection.execute("SELECT words FROM a").fetchall() == [("x",)]


def test_without_its_backup_a_store_stays_as_it_was(connection: Connection) -> None:
    migrate(connection, before=lambda _: None, steps=[FIRST])
    old = schema(connection)

    def fail(_: int) -> None:
        raise StoreDamaged("no backup")

    with pytest.raises(StoreDamaged):
        migrate(connection, before=fail, steps=[FIRST, SECOND])
    assert (schema_of(connection), schema(connection)) == (1, old)


@pytest.mark.parametrize(
    "broken",
    [
        "INSERT INTO a (id) VALUES (7);\nCREATE TABLE c (x) STRICT;\n",
        "INSERT INTO a (id) VALUES (7);\nINSERT INTO nowhere VALUES (1);\n",
        "INSERT INTO b (a) VALUES (99);\n",
    ],
)
def test_a_step_that_fails_leaves_nothing_behind(connection: Connection, broken: str) -> None:
    migrate(connection, before=lambda _: None, steps=[FIRST])
    old = schema(connection)
    with pytest.raises((dbapi2.Error, StoreDamaged)):
        migrate(connection, before=lambda _: None, steps=[FIRST, Step(2, broken)])
    assert (schema_of(connection), schema(connection)) == (1, old)
    assert connection.execute("SELECT count(*) FROM a").fetchone() == (0,)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_steps_before_the_one_that_fails_are_kept(connection: Connection) -> None:
    with pytest.raises(dbapi2.Error):
        migrate(connection, before=lambda _: None, steps=[FIRST, SECOND, Step(3, "nonsense;\n")])
    assert schema_of(connection) == 2


def test_a_newer_store_is_refused_and_left_alone(connection: Connection) -> None:
    migrate(connection, before=lambda _: None)
    connection.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreTooNew, match="newer supportplan") as caught:
        migrate(connection, before=lambda _: None)
    assert "Install" in caught.value.mend
    assert schema_of(connection) == 999


def test_a_database_of_another_program_is_refused(connection: Connection) -> None:
    connection.execute("PRAGMA user_version = 1")
    with pytest.raises(StoreDamaged, match="not a store"):
        migrate(connection, before=lambda _: None)


@given(
    st.lists(
        st.sampled_from(["SELECT 1;", "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END;"])
    )
)
def test_a_script_is_split_between_statements(parts: list[str]) -> None:
    found = [statement.strip() for statement in statements("-- why\n" * bool(parts) + "\n".join(parts))]
    assert [one.removeprefix("-- why\n") for one in found] == parts


def test_a_script_that_ends_within_a_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="within a statement"):
        list(statements("SELECT 1;\nSELECT"))
