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

    def all(self, beginning: str = "") -> dict[str, str]:
        """Return the answers whose key begins so."""
        from sqlmodel import Session, col, select

        from supportplan.storage.database.tables import SettingRow

        wanted = select(SettingRow).where(col(SettingRow.key).startswith(beginning, autoescape=True))
        with self._core.connection() as connection, Session(connection) as session:
            return {row.key: row.value for row in session.exec(wanted.order_by(col(SettingRow.key)))}

    def put(self, key: str, value: str) -> Future[None]:
        """Remember an answer in place of an earlier one."""

        def work(transaction: Transaction) -> None:
            from sqlmodel import Session

            from supportplan.storage.database.tables import SettingRow

            with Session(transaction.core.connection) as session:
                session.merge(SettingRow(key=key, value=value))
                session.commit()  # within the writer's transaction, which decides

        return self._writer.submit(work)

    def forget(self, key: str) -> Future[None]:
        """Forget an answer, if there is one."""

        def work(transaction: Transaction) -> None:
            from sqlmodel import Session

            from supportplan.storage.database.tables import SettingRow

            with Session(transaction.core.connection) as session:
                found = session.get(SettingRow, key)
                if found:
                    session.delete(found)
                session.commit()

        return self._writer.submit(work)
