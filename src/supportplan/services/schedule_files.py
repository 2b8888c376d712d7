"""A schedule of costs as a file of our own columns."""

from pathlib import Path

from supportplan.documents.spreadsheets.csv_table import write_csv
from supportplan.documents.writing import write_file
from supportplan.domain.schedules.schedule import Schedule
from supportplan.services.replacing import demand_same_kind


def write_schedule(schedule: Schedule, to: Path) -> None:
    """Write a schedule as CSV. Raises CannotWrite."""
    content = write_csv(schedule)
    demand_same_kind(to, content.partition(b"\n")[0], "a schedule that was written here before")
    write_file(to, content)
