"""The rows of every schedule of costs in the store, for choosing a rate. They follow from the schedules' entries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from supportplan.domain.canonical import read
from supportplan.domain.cases.entries import Record
from supportplan.domain.decodable import decodable
from supportplan.domain.problems import NotFound
from supportplan.storage.database.engine import CoreReaders

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from supportplan.domain.schedules.schedule import Row, Schedule

_TEXT_OR_NOTHING = ("rate", "valid_from", "valid_to", "min_units")


class ScheduleVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a schedule in the store: its SHA-256, what people call it, and when it came in."""

    id: str
    name: str
    label: str
    currency: str
    dated_example: bool
    rows: int
    at: str


class RateRows:
    """Which schedules there are, and their rows."""

    def __init__(self, core: CoreReaders) -> None:
        self._core = core

    def versions(self) -> tuple[ScheduleVersion, ...]:
        """Return the schedules, those that came in last first."""
        from sqlmodel import Session, col, func, select

        from supportplan.storage.database.tables import EntryRow, LogRow, ScheduleRow

        # The log says what came in when; a clock may stand, or be put back. One version may have several entries.
        came_in = (
            select(func.min(LogRow.number))
            .join(EntryRow, col(EntryRow.id) == col(LogRow.entry_id))
            .where(col(EntryRow.doc) == col(ScheduleRow.id))
            .scalar_subquery()
        )
        with self._core.connection() as connection, Session(connection) as session:
            found = session.exec(select(ScheduleRow).order_by(came_in.desc()))
            return tuple(
                ScheduleVersion(
                    id=row.id,
                    name=row.name,
                    label=row.label,
                    currency=row.currency,
                    dated_example=row.dated_example,
                    rows=row.row_count,
                    at=row.at,
                )
                for row in found
            )

    def schedule(self, schedule_id: str) -> Schedule:
        """Return a schedule whole, as it came in. Raises NotFound."""
        from sqlmodel import col, select

        from supportplan.domain.schedules.schedule import read_schedule
        from supportplan.storage.database.tables import DocRow, ScheduleRow

        wanted = (
            select(DocRow.body)
            .join(ScheduleRow, col(ScheduleRow.id) == col(DocRow.digest))
            .where(col(ScheduleRow.id) == schedule_id)
        )
        with self._core.connection() as connection:
            found = connection.execute(wanted).scalar()
        if found is None:
            raise _not_there(schedule_id)
        return read_schedule(found, name="a schedule in the store")

    def rows(self, schedule_id: str, *, on: date | None = None, area: str | None = None) -> tuple[Row, ...]:
        """Return a schedule's rows in its own order: all, or those valid on a day, and in an area. Raises NotFound."""
        from sqlalchemy import select
        from sqlmodel import SQLModel

        from supportplan.storage.database.tables import RateRow

        # As columns: an object for each of some thousand rows would take ten times as long.
        table = SQLModel.metadata.tables[RateRow.__tablename__]
        wanted = select(table).where(table.c.schedule_id == schedule_id).order_by(table.c.number)
        with self._core.connection() as connection:
            found = connection.execute(wanted).mappings().all()
        if not found:
            raise _not_there(schedule_id)
        rows = (_row(dict(one)) for one in found)
        return tuple(
            row for row in rows if (on is None or row.valid(on)) and (area is None or row.covers(area))
        )


def _not_there(schedule_id: str) -> NotFound:
    return NotFound("There is no such schedule of costs in the store.", where=schedule_id)


def list_rates_of(connection: Connection, record: Record) -> None:
    """Write the rows of a schedule's entry, in one go."""
    from sqlalchemy import insert
    from sqlalchemy.dialects.sqlite import insert as insert_new

    from supportplan.domain.schedules.schedule import Schedule
    from supportplan.storage.database.tables import RateRow, ScheduleRow

    schedule = read(record.body, Schedule)
    kept = connection.execute(
        insert_new(ScheduleRow).on_conflict_do_nothing(),
        {
            "id": record.entry.doc,
            "name": schedule.name,
            "label": schedule.label,
            "currency": schedule.currency,
            "dated_example": schedule.dated_example,
            "row_count": len(schedule.rows),
            "at": record.entry.at,
        },
    )
    if kept.rowcount:
        connection.execute(
            insert(RateRow),
            [_columns(record.entry.doc, number, row) for number, row in enumerate(schedule.rows, 1)],
        )


def _columns(schedule_id: str, number: int, row: Row) -> dict[str, Any]:
    columns = {name: getattr(row, name) for name in row.__struct_fields__}
    columns |= {name: None if columns[name] is None else str(columns[name]) for name in _TEXT_OR_NOTHING}
    columns["allowed_routes"] = " ".join(row.allowed_routes)
    return {"schedule_id": schedule_id, "number": number, **columns}


def _row(columns: dict[str, Any]) -> Row:
    from supportplan.domain.schedules.schedule import Row

    given = {name: columns[name] for name in Row.__struct_fields__ if columns[name] is not None}
    given["allowed_routes"] = columns["allowed_routes"].split()
    return msgspec.convert(given, decodable(Row), dec_hook=lambda kind, value: kind(value))
