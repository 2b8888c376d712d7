"""A schedule of costs as a file of our own columns."""

from pathlib import Path

from supportplan.documents.spreadsheets.csv_table import write_csv
from supportplan.documents.writing import write_file
from supportplan.domain.schedules.schedule import Schedule
from supportplan.services.overwriting import begins_with, demand_free


def write_schedule(schedule: Schedule, to: Path, *, replace: bool = False) -> None:
    """Write a schedule as CSV.

    A file that is there may hold edits: it is replaced only where that is asked for, and it has the same columns.
    Raises FileThere and CannotWrite.
    """
    content = write_csv(schedule)
    columns = begins_with(content.partition(b"\n")[0])
    demand_free(to, columns, "a schedule that was written here before", replace=replace)
    write_file(to, content)
