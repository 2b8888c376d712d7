"""Price lists of 3,000 rows: brought in, against plain reading of the same file; and searched while somebody types."""

import csv
from collections.abc import Iterator
from pathlib import Path

from bench.costing import A_FRAME
from bench.material import AT, new_store, write_csv, write_xlsx
from bench.measure import Effort, Times, in_turn
from bench.table import Line
from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import record
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.schedules.schedule import Schedule
from supportplan.domain.schedules.search import RateIndex
from supportplan.services.schedules import import_schedule

ROWS = 3_000
_QUERIES = {
    "words in any order": ("saturday assistant", "rate enhanced agency", "club youth", "hour 01234", "training travel weekday"),
    "words not finished": ("pers ass", "hom car age", "swi les", "comm trans", "spee"),
    "initials": ("pa", "hca", "lic", "pa sat", "slw"),
    "missing and wrong letters": ("persnal asistant", "agancy home", "swiming", "speach terapy", "gardning halp"),
}  # fmt: skip


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Import, keep, search."""
    as_csv = write_csv(folder / "prices.csv", ROWS)
    as_xlsx = write_xlsx(folder / "prices.xlsx", ROWS)
    yield from _imports(effort, as_csv, as_xlsx)
    schedule = import_schedule(as_csv).schedule
    if schedule is None or len(schedule.rows) != ROWS:
        raise RuntimeError("the price list was not taken whole")
    yield from _kept(folder, schedule)
    yield from _searches(effort, schedule)


def _imports(effort: Effort, as_csv: Path, as_xlsx: Path) -> Iterator[Line]:
    found = in_turn(
        {
            "csv": lambda: import_schedule(as_csv),
            "plain csv": lambda: _plain_csv(as_csv),
            "xlsx": lambda: import_schedule(as_xlsx),
            "plain xlsx": lambda: _plain_xlsx(as_xlsx),
        },
        effort.rounds(10),
        before=1,
    )
    yield Line(
        f"import of {ROWS:,} rows, CSV", found["csv"].p50, "s", "csv.reader alone", found["plain csv"].p50
    )
    yield Line(
        f"import of {ROWS:,} rows, XLSX", found["xlsx"].p50, "s", "openpyxl alone", found["plain xlsx"].p50
    )


def _plain_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return len(list(csv.reader(file)))


def _plain_xlsx(path: Path) -> int:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return len(list(book.worksheets[0].iter_rows(values_only=True)))
    finally:
        book.close()


def _kept(folder: Path, schedule: Schedule) -> Iterator[Line]:
    """Keep it in the store once: an entry cannot be kept a second time."""
    with new_store(folder / "schedules") as store:
        body = canonical(schedule)
        made = record(body, case=LIBRARY, kind="schedule", author=store.author, device=store.device, at=AT)
        found = in_turn({"keep": lambda: store.append([made]).result()}, 1, before=0)
    yield Line("  kept in the store, with its rows", found["keep"].p50)


def _searches(effort: Effort, schedule: Schedule) -> Iterator[Line]:
    built = in_turn({"index": lambda: RateIndex(schedule.rows)}, effort.rounds(7), before=1)
    yield Line(f"getting {ROWS:,} rows ready to be searched", built["index"].p50)
    index = RateIndex(schedule.rows)
    works = {
        query: (lambda query=query: index.search(query)) for queries in _QUERIES.values() for query in queries
    }
    found = in_turn(works, effort.rounds(20), before=1)
    for kind, queries in _QUERIES.items():
        every = Times(tuple(second for query in queries for second in found[query].seconds))
        yield Line(f"search of {ROWS:,} rows: {kind}", every.p50, "s", "one frame of 16 ms", A_FRAME)
        yield Line("  the slowest of 20", every.p95, "s", "one frame of 16 ms", A_FRAME)
