"""The tables as SQLModel classes, for reading and writing where the last microsecond does not count.

The migrations make the tables; these classes say the same in Python, and a test holds the two against each other.
SQLModel takes most of a second to import: nothing that unlocks a store or lists its cases imports this module.
"""

from sqlmodel import Field, SQLModel


class DocRow(SQLModel, table=True):
    """A body, by the SHA-256 of its bytes."""

    __tablename__ = "doc"

    digest: str = Field(primary_key=True)
    body: bytes


class EntryRow(SQLModel, table=True):
    """An entry: its header's canonical bytes, the device's signature on its id, and what it is looked up by."""

    __tablename__ = "entry"

    id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    kind: str
    at: str
    doc: str = Field(foreign_key="doc.digest")
    header: bytes
    signature: bytes


class LogRow(SQLModel, table=True):
    """A link of the log: an entry's number, and the seal over it and all before."""

    __tablename__ = "log"

    number: int = Field(primary_key=True)
    entry_id: str = Field(foreign_key="entry.id", unique=True)
    chain: bytes


class SettingRow(SQLModel, table=True):
    """A remembered answer."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str


class ScheduleRow(SQLModel, table=True):
    """A version of a schedule of costs, by the SHA-256 of its bytes."""

    __tablename__ = "schedule"

    id: str = Field(primary_key=True, foreign_key="doc.digest")
    name: str
    label: str
    currency: str
    dated_example: bool
    row_count: int
    at: str


class RateRow(SQLModel, table=True):
    """A row of a schedule. Its columns are those of our own spreadsheet (FIELD 2.12)."""

    __tablename__ = "rate"

    schedule_id: str = Field(primary_key=True, foreign_key="schedule.id")
    number: int = Field(primary_key=True)
    item_code: str
    name: str
    category: str
    unit: str
    rate: str | None
    valid_from: str | None
    valid_to: str | None
    area: str
    rate_kind: str
    tier: str
    day_type: str
    min_units: str | None
    ratio_staff: int | None
    ratio_people: int | None
    vat: str | None
    in_house: bool
    allowed_routes: str
    notes: str
    source: str
