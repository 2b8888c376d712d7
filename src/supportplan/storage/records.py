"""Reading records: one by its id, or all of a case."""

from supportplan.domain.canonical import read
from supportplan.domain.cases.entries import Entry, Record
from supportplan.domain.problems import NotFound
from supportplan.storage.database.connection import Connection

# Who opens a case reads its records: for that alone, SQLModel would take longer to load than all the rest.
_RECORD = "SELECT header, body FROM entry JOIN doc ON digest = doc WHERE id = ?"
_RECORDS = """
    SELECT header, CASE WHEN kind = 'blob' AND NOT ? THEN x'' ELSE body END
    FROM entry JOIN doc ON digest = doc JOIN log ON entry_id = entry.id WHERE case_id = ? ORDER BY number
"""


def record_of(driver: Connection, entry_id: str) -> Record:
    """Return one record. Raises NotFound."""
    found = driver.execute(_RECORD, (entry_id,)).fetchone()
    if found is None:
        raise NotFound("There is no such entry.", where=entry_id)
    header, body = found
    return Record(read(header, Entry), body)


def records_of(driver: Connection, case: str, *, blobs: bool = True) -> tuple[Record, ...]:
    """Return a case's records in the order in which they were added; without `blobs` the bodies of those are empty."""
    found = driver.execute(_RECORDS, (blobs, case)).fetchall()
    return tuple(Record(read(header, Entry), body) for header, body in found)
