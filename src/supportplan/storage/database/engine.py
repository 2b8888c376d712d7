"""SQLAlchemy over our own connections. It takes half a second to import, so it is imported when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlcipher3 import dbapi2

from supportplan.domain.problems import StoreDamaged
from supportplan.storage.database.connection import Connection, demand_sealed, problem_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection as CoreConnection
    from sqlalchemy.engine import Engine, ExceptionContext
    from sqlalchemy.pool import Pool


class CoreReaders:
    """An engine whose connections only read, from any thread."""

    def __init__(self, open_one: Callable[[], Connection], path: Path) -> None:
        self._open_one = open_one
        self._path = path
        self._engine: Engine | None = None

    @contextmanager
    def connection(self) -> Iterator[CoreConnection]:
        """Lend a connection. Raises StoreDamaged if what was read over it fails its seal."""
        if self._engine is None:
            from sqlalchemy.pool import QueuePool

            self._engine = _engine(self._open_one, self._path, QueuePool)
        with self._engine.connect() as connection:
            yield connection
            try:
                demand_sealed(cast("Connection", connection.connection.driver_connection))
            except StoreDamaged:
                connection.invalidate()
                raise

    def close(self) -> None:
        """Close the connections that are not in use."""
        if self._engine is not None:
            self._engine.dispose()


class CoreOver:
    """SQLAlchemy on the writer's connection, within the transaction that the writer has begun."""

    def __init__(self, driver: Connection, path: Path) -> None:
        self._driver = driver
        self._path = path
        self._connection: CoreConnection | None = None

    @property
    def connection(self) -> CoreConnection:
        """The connection to execute statements on. The writer begins and ends the transaction, not who uses this."""
        if self._connection is None:
            from sqlalchemy.pool import StaticPool

            engine = _engine(lambda: self._driver, self._path, StaticPool)
            _leave_transactions_alone(engine)
            self._connection = engine.connect()
        if not self._connection.in_transaction():
            self._connection.begin()  # SQLAlchemy's own note of it: to SQLite it says nothing.
        return self._connection

    def commit(self) -> None:
        """Tell SQLAlchemy, where anything was done here, that the transaction ends. The writer commits it."""
        if self._connection is not None:
            self._connection.commit()

    def roll_back(self) -> None:
        """Tell SQLAlchemy, where anything was done here, that the transaction ends. The writer rolls it back."""
        if self._connection is not None:
            self._connection.rollback()


def _leave_transactions_alone(engine: Engine) -> None:
    """Let SQLAlchemy end no transaction of the writer's.

    It rolls back whenever it opens a connection, to be sure of it: what the writer had written until then would be
    lost, and each statement after it would be committed by itself.
    """

    def nothing(dbapi_connection: object) -> None:
        pass

    engine.dialect.do_commit = nothing  # type: ignore[method-assign] # nothing else comes between it and the driver
    engine.dialect.do_rollback = nothing  # type: ignore[method-assign] # the same


def _engine(creator: Callable[[], Connection], path: Path, pool: type[Pool]) -> Engine:
    from sqlalchemy import create_engine, event

    # With the built-in dialect for SQLCipher the key would stand in the engine's URL; here it never leaves the opener.
    # A parameter is something a person wrote, so no error may show one.
    made = create_engine(
        "sqlite://", module=dbapi2, creator=creator, poolclass=pool, hide_parameters=True, echo=False
    )

    def explain(context: ExceptionContext) -> Any:
        return problem_of(context.original_exception, path)

    event.listen(made, "handle_error", explain, retval=True)
    return made
