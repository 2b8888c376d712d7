"""Autosave: from handing a plan to the store until the disk has acknowledged it, against a raw commit of the same bytes."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.material import new_store, plan_of
from bench.measure import Effort, in_turn
from bench.table import Line
from supportplan.domain.canonical import canonical
from supportplan.domain.costing import cost
from supportplan.domain.plan import Plan
from supportplan.storage.cases.case_projection import glance
from supportplan.storage.database.connection import Connection, open_keyed
from supportplan.storage.store import Store

REACH = 1.7
# The program carries its log over into the database after so many commits; the raw one does the same.
_CARRY_OVER = 200
_BEFORE = 10


def measure(effort: Effort, folder: Path) -> Iterator[Line]:
    """Save typical plans one edit after another."""
    for lines in (60, 200):
        with new_store(folder / f"autosave-{lines}") as store:
            raw = _Raw(folder / f"raw-{lines}.db")
            try:
                yield from _compare(store, raw, lines, effort.rounds(400))
            finally:
                raw.close()


def _compare(store: Store, raw: "_Raw", lines: int, rounds: int) -> Iterator[Line]:
    edits = [_edited(plan_of(lines), count) for count in range(rounds + _BEFORE)]
    bodies = [canonical(edit) for edit in edits]
    # The screen has costed the plan already when it saves it, and hands over what the list shows.
    shown = glance(edits[0], cost(edits[0]))
    ours, theirs, typed = iter(bodies), iter(bodies), iter(bodies)

    def save(case: str, body: bytes, *, goes_on: bool) -> None:
        store.drafts.save(case, body, "Changed what a support is", goes_on, shown=shown).result()

    found = in_turn(
        {
            "raw": lambda: raw.commit(next(theirs)),
            "save": lambda: save("one-by-one", next(ours), goes_on=False),
            "typing": lambda: save("typing", next(typed), goes_on=True),
        },
        rounds,
        before=_BEFORE,
    )
    plan = f"a {lines}-line plan ({len(bodies[0]) / 1024:.0f} KiB)"
    against = "raw commit of the same bytes"
    yield Line(f"autosave of {plan}", found["save"].p50, "s", against, found["raw"].p50, REACH)
    yield Line(
        "  the same while typing in one field", found["typing"].p50, "s", against, found["raw"].p50, REACH
    )
    yield Line("  the slowest of 20", found["save"].p95, "s", "the slowest of 20", found["raw"].p95)


def _edited(plan: Plan, count: int) -> Plan:
    """Return the plan as it is after a letter or two were typed into a support in its middle."""
    place = len(plan.supports) // 2
    changed = msgspec.structs.replace(
        plan.supports[place], what="Swimming and a walk home " + "x" * (count % 40) + str(count)
    )
    return msgspec.structs.replace(
        plan, supports=(*plan.supports[:place], changed, *plan.supports[place + 1 :])
    )


class _Raw:
    """The driver alone, with the same key, the same settings and the same bytes."""

    def __init__(self, path: Path) -> None:
        path.touch()
        self._driver: Connection = open_keyed(path, bytes(range(32)))
        self._driver.execute("CREATE TABLE draft (case_id TEXT PRIMARY KEY, plan BLOB) STRICT")
        self._driver.execute("INSERT INTO draft VALUES ('c', x'')")
        self._commits = 0

    def commit(self, body: bytes) -> None:
        self._driver.execute("BEGIN IMMEDIATE")
        self._driver.execute("UPDATE draft SET plan = ? WHERE case_id = 'c'", (body,))
        self._driver.execute("COMMIT")
        self._commits += 1
        if self._commits % _CARRY_OVER == 0:
            self._driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        self._driver.close()
