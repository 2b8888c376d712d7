"""The tables that the migrations make and the SQLModel classes say the same, and say it strictly."""

from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary, Table
from sqlcipher3 import dbapi2
from sqlmodel import SQLModel

from supportplan.storage.database import tables
from supportplan.storage.database.connection import Connection, open_keyed
from supportplan.storage.database.location import make_private_file
from supportplan.storage.database.migrations import migrate

CLASSES = [
    SQLModel.metadata.tables[str(row.__tablename__)]
    for row in vars(tables).values()
    if isinstance(row, type) and issubclass(row, SQLModel) and row is not SQLModel
]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("tables") / "store.db"
    make_private_file(path)
    with closing(open_keyed(path, bytes(32))) as opened:
        migrate(opened, before=lambda _: None)
        yield opened


def _kind(column_type: object) -> str:
    if isinstance(column_type, Integer | Boolean):
        return "INTEGER"
    return "BLOB" if isinstance(column_type, LargeBinary) else "TEXT"


@pytest.mark.parametrize("table", CLASSES, ids=[table.name for table in CLASSES])
def test_the_classes_and_the_migrated_tables_agree(table: Table, connection: Connection) -> None:
    made = connection.execute(
        'SELECT name, type, "notnull", pk > 0 FROM pragma_table_info(?)', (table.name,)
    ).fetchall()
    said = [
        (column.name, _kind(column.type), int(not column.nullable), int(column.primary_key))
        for column in table.columns
    ]
    assert made == said
    references = connection.execute(
        'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', (table.name,)
    ).fetchall()
    assert sorted(references) == sorted(
        (key.parent.name, key.column.table.name, key.column.name) for key in table.foreign_keys
    )


def test_every_table_is_strict(connection: Connection) -> None:
    loose = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict "
        "AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    assert loose == []


@pytest.mark.parametrize("table", ["doc", "entry", "log"])
@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM {0}", "UPDATE {0} SET {1} = {1}", "INSERT OR REPLACE INTO {0} SELECT * FROM {0}"],
)
def test_what_only_grows_cannot_be_changed(statement: str, table: str, connection: Connection) -> None:
    digest = "0" * 64
    connection.execute("SAVEPOINT here")
    try:
        connection.execute("INSERT INTO doc VALUES (?, x'00')", (digest,))
        connection.execute(
            "INSERT INTO entry VALUES (?, 'c', 'plan', 'now', ?, x'00', zeroblob(64))", (digest, digest)
        )
        connection.execute("INSERT INTO log VALUES (1, ?, zeroblob(32))", (digest,))
        column = {"doc": "body", "entry": "kind", "log": "number"}[table]
        with pytest.raises(dbapi2.IntegrityError, match=r"never|gaps"):
            connection.execute(statement.format(table, column))
        with pytest.raises(dbapi2.IntegrityError, match="gaps"):
            connection.execute("INSERT INTO log VALUES (3, ?, zeroblob(32))", ("1" * 64,))
    finally:
        connection.execute("ROLLBACK TO here")
        connection.execute("RELEASE here")
