"""Schedules of costs: bringing one in from a file, and the one that comes with the program.

Nothing is kept here: what a service remembers is handed in, and what it should remember is in the result.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec

from supportplan.documents.bundled import SAMPLE_SCHEDULE, bundled_path
from supportplan.documents.spreadsheets.bounds import Watch
from supportplan.documents.spreadsheets.opening import Table, open_table
from supportplan.domain.canonical import MOST_BYTES, canonical, digest
from supportplan.domain.problems import BadSchedule, NotFound
from supportplan.domain.schedules.cells import tidy
from supportplan.domain.schedules.columns import (
    ColumnMap,
    certainty,
    choose_area,
    correct,
    doubts,
    guess,
    lacking,
    normal,
    signature,
)
from supportplan.domain.schedules.header_words import is_ndis
from supportplan.domain.schedules.reading_rows import RawRow, RowError
from supportplan.domain.schedules.schedule import Schedule
from supportplan.domain.schedules.taking import Taken, take
from supportplan.domain.short import printable, shortened

# A header stands under at most this many lines of title.
_MOST_ABOVE = 25
_MOST_LABEL = 200

SAMPLE_NAME = "Coventry direct payment rates (example)"
SAMPLE_LABEL = "2024-04-01"


# How the columns under a header were read before, by its signature.
Remembered = Callable[[str], ColumnMap | None]


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What an import found. `rows` counts the rows of data, `taken` those that are good.

    `schedule` is the version made of the good rows, and `version_id` its SHA-256; both are missing where no row is
    good. `mapping` is what the columns were taken to hold: it can be put right, and remembered under its signature.
    `used` is what of it was read: the prices of one area, where one was asked for.
    """

    rows: int
    taken: int
    errors: tuple[RowError, ...]
    warnings: tuple[str, ...]
    version_id: str | None
    schedule: Schedule | None
    mapping: ColumnMap
    used: ColumnMap
    sheet: str
    header_row: int

    def answer(self) -> dict[str, Any]:
        """Return what the command line answers as JSON."""
        return {
            "rows": self.rows,
            "taken": self.taken,
            "errors": [msgspec.structs.asdict(error) for error in self.errors],
            "warnings": list(self.warnings),
            "version_id": self.version_id,
        }


def import_schedule(
    path: Path,
    *,
    name: str = "",
    version: str = "",
    source: str = "",
    corrections: Sequence[str] = (),
    area: str = "",
    currency: str = "",
    sheet: str = "",
    remembered: Remembered | None = None,
    dated_example: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Read a schedule of costs from a CSV file or an Excel workbook.

    Without `name` it is called as its file is, and without `version` by the latest day on which a row starts. `corrections`
    are `COL=FIELD`, as on the command line; `remembered` gives the mapping of a header with this signature. Raises
    BadInput, BadSchedule or NotFound where there is nothing to be had from the file, and Stopped where `cancelled`
    said so; what is wrong with single rows is in the result.
    """
    watch = Watch(progress or Watch().progress, cancelled or Watch().cancelled)
    with open_table(path, watch) as table:
        head = _find_header(table, sheet, corrections, remembered or (lambda _: None), path.name)
        used = choose_area(head.mapping, area) if area else head.mapping
        taken = take(head.rows, used, area=tidy(area), currency=currency)
        warnings = [*table.warnings, *head.warnings(table), *doubts(used), *taken.warnings]
    money, note = _currency(taken, currency, foreign=is_ndis(map(normal, head.headers)))
    warnings += note
    schedule = _schedule(
        taken,
        name=tidy(name) or tidy(path.stem) or "Schedule of costs",
        label=tidy(version) or _latest(taken),
        currency=money,
        source=source,
        dated_example=dated_example,
    )
    raw = canonical(schedule) if schedule else b""
    if len(raw) > MOST_BYTES:
        raise BadSchedule(
            "is larger than a schedule can be",
            where=path.name,
            mend="Import the prices of one area only, with --area.",
        )
    return ImportResult(
        rows=taken.rows,
        taken=taken.taken,
        errors=taken.errors,
        warnings=tuple(warnings),
        version_id=digest(raw) if schedule else None,
        schedule=schedule,
        mapping=head.mapping,
        used=used,
        sheet=head.sheet,
        header_row=head.number,
    )


def sample_schedule() -> Schedule:
    """Return the schedule that comes with the program: rates that were true in 2024, marked as a dated example."""
    with bundled_path(SAMPLE_SCHEDULE) as path:
        result = import_schedule(
            path,
            name=SAMPLE_NAME,
            version=SAMPLE_LABEL,
            source="Guideline direct payment rates that Coventry published from 1 April 2024, and invented rows beside them",
            dated_example=True,
        )
    if result.schedule is None or result.errors:
        raise BadSchedule(
            "the schedule that comes with the program cannot be read", mend="Install the program again."
        )
    return result.schedule


class _Head(msgspec.Struct):
    """A header that was found: where, what it says, and the rows under it."""

    sheet: str
    number: int
    headers: tuple[str, ...]
    mapping: ColumnMap
    rows: Iterator[RawRow]

    def warnings(self, table: Table) -> Iterator[str]:
        """Say which sheets were not read, and whether the one that was is one that nobody sees."""
        others = [one for one in table.sheets if one != self.sheet]
        if others:
            yield f"Only the sheet “{_name(self.sheet)}” was read. Others: {', '.join(map(_name, others))}."
        hidden = [one for one in table.hidden if one != self.sheet]
        if hidden:
            yield f"Hidden sheets were not read: {', '.join(map(_name, hidden))}."
        if self.sheet in table.hidden:
            yield f"The sheet “{_name(self.sheet)}” is hidden; it was read because you asked for it."


def _find_header(
    table: Table, sheet: str, corrections: Sequence[str], remembered: Remembered, name: str
) -> _Head:
    """Find the header: on the sheet that was asked for, or on the first visible one that has any."""
    if sheet and sheet not in (*table.sheets, *table.hidden):
        raise NotFound(
            "has no such sheet",
            where=name,
            mend=f"Its sheets are: {', '.join(map(_name, (*table.sheets, *table.hidden)))}."
            if any(table.sheets)
            else "Leave the sheet out: this file has none.",
        )
    if not sheet and not table.sheets:
        raise BadSchedule(
            "has only hidden sheets, which are not read unless they are asked for",
            where=name,
            mend=f"Name one of them: {', '.join(map(_name, table.hidden))}.",
        )
    problem: BadSchedule | None = None
    for candidate in [sheet] if sheet else table.sheets:
        rows = table.rows(candidate)
        top = list(islice(rows, _MOST_ABOVE))
        found, why = _header_in(top, corrections, remembered, name)
        if found is not None:
            place, mapping = found
            return _Head(
                candidate, top[place].number, top[place].cells, mapping, chain(top[place + 1 :], rows)
            )
        problem = problem or why
    raise problem or BadSchedule("has no rows", where=name, mend="Check that it is the right file.")


def _header_in(
    top: Sequence[RawRow], corrections: Sequence[str], remembered: Remembered, name: str
) -> tuple[tuple[int, ColumnMap] | None, BadSchedule | None]:
    """Find, among the first rows, the header from which most can be had; else the problem with the likeliest one."""
    best: tuple[int, int, ColumnMap] | None = None
    likeliest: tuple[int, BadSchedule] | None = None
    for place, row in enumerate(top):
        if not row.filled:
            continue
        known = remembered(signature(row.cells))
        try:
            mapping = correct(known or guess(row.cells), row.cells, corrections)
        except BadSchedule as problem:
            likeliest = max(likeliest or (0, problem), (len(row.filled), problem), key=lambda one: one[0])
            continue
        why = lacking(mapping)
        score = certainty(mapping) + (1_000 if known else 0)
        if why is None and (best is None or score > best[0]):
            best = (score, place, mapping)
        elif why is not None:
            found = BadSchedule(why[0], where=f"{name}, row {row.number}", mend=why[1])
            likeliest = max(likeliest or (0, found), (len(row.filled), found), key=lambda one: one[0])
    if best is not None:
        return (best[1], best[2]), None
    return None, likeliest[1] if likeliest else None


def _currency(taken: Taken, asked: str, *, foreign: bool) -> tuple[str, list[str]]:
    """Return the schedule's currency, and what to say where the file only says `$`."""
    if asked or taken.currency not in ("", "$"):
        return asked or taken.currency, []
    if foreign:
        return "AUD", []
    if taken.currency == "$":
        return "USD", ["The prices are in $, and were taken as US dollars (USD)."]
    return "GBP", []


def _latest(taken: Taken) -> str:
    days = [row.valid_from for row in taken.made if row.valid_from is not None]
    return max(days).isoformat() if days else "undated"


def _schedule(
    taken: Taken, *, name: str, label: str, currency: str, source: str, dated_example: bool
) -> Schedule | None:
    if not taken.made:
        return None
    return Schedule(
        format="supportplan/schedule",
        version=1,
        name=name[:_MOST_LABEL],
        label=label[:_MOST_LABEL],
        currency=currency,
        source=source,
        dated_example=dated_example,
        rows=taken.made,
    )


def _name(sheet: str) -> str:
    """Return the name of a sheet as it may be shown."""
    return shortened(printable(sheet), 60)
