"""Numbered steps that bring a store's schema up to date, each whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2

from supportplan.domain.problems import StoreDamaged, StoreTooNew
from supportplan.storage.database.connection import Connection, demand_sealed

APPLICATION = 0x53504C4E  # 'SPLN'


class Step(NamedTuple):
    """One change of the schema: its number, and the statements that make it."""

    number: int
    script: str


def released() -> tuple[Step, ...]:
    """Return every step in order. The last one's number is the schema that this program reads and writes."""
    scripts = sorted(Path(__file__).with_name("steps").glob("*.sql"))
    return tuple(Step(int(script.name[:4]), script.read_text(encoding="utf-8")) for script in scripts)


def schema_of(connection: Connection) -> int:
    """Return the number of the last step that made this store; 0 for an empty database."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def migrate(
    connection: Connection, *, before: Callable[[int], None], steps: Sequence[Step] | None = None
) -> None:
    """Bring the schema up to date.

    `before` is called once, with the schema found, when a store that holds something is about to change: it makes
    the backup. Raises StoreTooNew and StoreDamaged, and leaves such a store as it is.
    """
    known = released() if steps is None else steps
    found = schema_of(connection)
    newest = known[-1].number
    if found > newest:
        raise StoreTooNew(
            "A newer supportplan wrote this store.",
            mend="Install the newest supportplan. Nothing was changed.",
        )
    _demand_ours(connection, found)
    todo = [step for step in known if step.number > found]
    if todo and found:
        before(found)
    for step in todo:
        _take(connection, step)


def _demand_ours(connection: Connection, found: int) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if found and application != APPLICATION:
        raise StoreDamaged(
            "This database is not a store of supportplan.", mend="Name the folder of a store with --store."
        )


def _take(connection: Connection, step: Step) -> None:
    # A step may rebuild a table that others refer to. The switch has no effect inside a transaction.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements(step.script):
            connection.execute(statement)
        _demand_references(connection)
        demand_sealed(connection)
        connection.execute(f"PRAGMA user_version = {step.number}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _demand_references(connection: Connection) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StoreDamaged(
            "Bringing this store up to date would leave parts of it without what they belong to.",
            mend="Nothing was changed. Ask `supportplan doctor`.",
        )


def statements(script: str) -> Iterator[str]:
    """Split a script into its statements; a trigger is one."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if dbapi2.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError("the script ends within a statement")
