"""Small remembered answers, inside the encrypted store: who the facilitator is, which column of a file means what."""

from __future__ import annotations

from concurrent.futures import Future

from supportplan.storage.database.engine import CoreReaders
from supportplan.storage.database.writer import Transaction, Writer

AUTHOR = "author"


class Settings:
    """Answers by key. What a text means is for those who put it there."""

    def __init__(self, writer: Writer, core: CoreReaders) -> None:
        self._writer = writer
        self._core = core

    def get(self, key: str) -> str | None:
        """Return an answer, or None."""
        from sqlmodel import Session

        from supportplan.storage.database.tables import SettingRow

        with self._core.connection() as connection, Session(connection) as session:
            found = session.get(SettingRow, key)
            return found.value if found else None

    def put(self, key: str, value: str) -> Future[None]:
        """Remember an answer in place of an earlier one."""

        def work(transaction: Transaction) -> None:
            from sqlmodel import Session

            from supportplan.storage.database.tables import SettingRow

            with Session(transaction.core.connection) as session:
                session.merge(SettingRow(key=key, value=value))
                session.commit()  # within the writer's transaction, which decides

        return self._writer.submit(work)
