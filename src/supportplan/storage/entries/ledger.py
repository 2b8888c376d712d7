"""What only grows: entries with their bodies, signed by the device, in a numbered log whose links seal all before them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from supportplan.domain.canonical import canonical, digest, read
from supportplan.domain.cases.entries import Entry, Record
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.problems import BadDocument, StoreProblem
from supportplan.storage.cases.case_projection import CaseProjection, row_of
from supportplan.storage.database.clock import Clock, day_of
from supportplan.storage.database.writer import Transaction, Writer
from supportplan.storage.entries.chain import head_of, link
from supportplan.storage.entries.signed_records import SignedRecord
from supportplan.storage.keys.device_key import DeviceKey
from supportplan.storage.records import records_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection as CoreConnection

# How many cases of which a day has come are worked out in one transaction.
_RESTATED_AT_ONCE = 20

_CASES = """
    SELECT case_id, max(at) FROM (
        SELECT case_id, at FROM draft UNION ALL SELECT case_id, at FROM entry WHERE case_id <> ?
    ) GROUP BY case_id
"""


class Ledger:
    """Appending records, with what the list of cases and the choice of rates show of them."""

    def __init__(self, writer: Writer, device: DeviceKey, projection: CaseProjection, clock: Clock) -> None:
        self._writer = writer
        self._device = device
        self._projection = projection
        self._clock = clock

    def append(self, records: Sequence[Record]) -> Future[int]:
        """Add records of this device, all or none; the future gives the number of the newest link.

        A record that is there already is passed over: its id says that it is the same. Raises BadDocument for an
        entry that could not be read again.
        """
        if any(record.entry.device != self._device.id for record in records):
            raise ValueError("a device signs only what it wrote itself")
        if any(record.entry.doc != digest(record.body) for record in records):
            raise ValueError("a body is not the one that its entry names")
        for record in records:
            read(canonical(record.entry), Entry, name="an entry")
        signed = self._signed(records)
        return self._writer.submit(lambda transaction: self._append(transaction, signed))

    def take_in(
        self, records: Sequence[SignedRecord], *, own: Sequence[Record], before: Callable[[Transaction], None]
    ) -> Future[int]:
        """Add records of other devices, which were verified, under their own signatures, after some of this device's.

        All or none of them, in one transaction with what is done `before`; one that is there already is passed over. The
        future gives the number of the newest link.
        """
        signed = [*self._signed(own), *records]

        def work(transaction: Transaction) -> int:
            before(transaction)
            return self._append(transaction, signed)

        return self._writer.submit(work)

    def _signed(self, records: Sequence[Record]) -> list[SignedRecord]:
        return [SignedRecord(record, self._device.sign(record.entry.id)) for record in records]

    def bring_up_to_day(self, cases: Sequence[str], on: date) -> Future[None]:
        """Work the states of some cases out anew, because a day has come.

        A few at a time, so that whatever is saved meanwhile need not wait for all. The future is resolved when all are
        done, or has the problem that stopped it: the rest is then left for the next time.
        """
        whole: Future[None] = Future()
        whole.set_running_or_notify_cancel()
        self._restate_next(cases, on, whole)
        return whole

    def _restate_next(self, waiting: Sequence[str], on: date, whole: Future[None]) -> None:
        few, rest = waiting[:_RESTATED_AT_ONCE], waiting[_RESTATED_AT_ONCE:]

        def go_on(restated: Future[None]) -> None:
            problem = restated.exception()
            if problem is not None:
                whole.set_exception(problem)
            elif rest:
                self._restate_next(rest, on, whole)
            else:
                whole.set_result(None)

        try:
            self._writer.submit(lambda transaction: self._restate(transaction, few, on)).add_done_callback(
                go_on
            )
        except StoreProblem as closed:
            whole.set_exception(closed)

    def _restate(self, transaction: Transaction, cases: Sequence[str], on: date) -> None:
        for case in cases:
            # A case with an entry that cannot be read keeps the state it has; the doctor speaks of it.
            with suppress(BadDocument):
                records = records_of(transaction.driver, case, blobs=False)
                row = row_of(transaction.driver, case, records, "", on=on)
                self._projection.restate(transaction, case, row.listed)
                self._projection.refigure(transaction, case, row.glance)

    def show_all_anew(self) -> Future[None]:
        """Build every case's row again from its draft and its entries."""
        on = day_of(self._clock())

        def work(transaction: Transaction) -> None:
            driver = transaction.driver
            self._projection.rebuild(
                transaction,
                [
                    row_of(
                        driver,
                        case,
                        records_of(driver, case, blobs=False),
                        updated,
                        on=on,
                    )
                    for case, updated in driver.execute(_CASES, (LIBRARY,)).fetchall()
                ],
            )

        return self._writer.submit(work)

    def _append(self, transaction: Transaction, records: Sequence[SignedRecord]) -> int:
        from supportplan.storage.rate_rows import list_rates_of

        number, chain = head_of(transaction.driver)
        before = bytes.fromhex(chain)
        at = self._clock()
        connection = transaction.core.connection
        for record, signature in records:
            if _is_kept(transaction, record):
                continue
            number, before = number + 1, link(before, record.entry.id)
            _write(connection, record, signature, number, before)
            if record.entry.kind == "schedule":
                list_rates_of(connection, record)
        for case in dict.fromkeys(record.entry.case for record, _ in records):
            if case != LIBRARY:
                self._projection.entries_added(
                    transaction, case, records_of(transaction.driver, case, blobs=False), at
                )
        return number


def _is_kept(transaction: Transaction, record: Record) -> bool:
    found = transaction.driver.execute("SELECT 1 FROM entry WHERE id = ?", (record.entry.id,)).fetchone()
    return found is not None


def _write(connection: CoreConnection, record: Record, signature: bytes, number: int, chain: bytes) -> None:
    from sqlalchemy import insert
    from sqlalchemy.dialects.sqlite import insert as insert_new

    from supportplan.storage.database.tables import DocRow, EntryRow, LogRow

    entry = record.entry
    # Two entries may have one body, such as a plan that went back to an earlier version.
    connection.execute(
        insert_new(DocRow).on_conflict_do_nothing(), {"digest": entry.doc, "body": record.body}
    )
    connection.execute(
        insert(EntryRow),
        {
            "id": entry.id,
            "case_id": entry.case,
            "kind": entry.kind,
            "at": entry.at,
            "doc": entry.doc,
            "header": canonical(entry),
            "signature": signature,
        },
    )
    connection.execute(insert(LogRow), {"number": number, "entry_id": entry.id, "chain": chain})
