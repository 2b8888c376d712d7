"""A program that saves drafts and appends entries, and says on its standard output what the disk has acknowledged.

Run as `python -m tests.faults.workload FOLDER CODE FIRST COUNT [--synchronous MODE]`. Each line is the number of an
edit whose draft, and whose entry where it has one, are on the disk.
"""

import argparse
import os
from importlib import resources
from pathlib import Path
from unittest import mock

import msgspec

from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import Record, record
from supportplan.domain.plan import Plan, read_plan
from supportplan.storage import store
from supportplan.storage.database.connection import Connection, open_keyed
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store

PASSPHRASE = "seven small boats at anchor"
AT = "2026-11-23T10:00:00Z"
CASE = "case-1"
ENTRY_EVERY = 3


def make_store(folder: Path) -> str:
    """Make a store with an empty log but for its device, and return its recovery code, which opens it quickly."""
    made, code = Store.create(folder, PASSPHRASE, at=AT, author="A Facilitator", cost=FLOOR)
    made.close()
    return code


def edit(number: int) -> bytes:
    """Return the plan as it is after an edit: longer and shorter, and its reference says which edit it was."""
    plan = _sample()
    about = f"Edit {number}. " + "Likes music. " * (number * 37 % 90)
    person = msgspec.structs.replace(plan.person, reference=f"N-{number}", about=about)
    return canonical(msgspec.structs.replace(plan, case=CASE, person=person))


def number_of(plan: bytes) -> int:
    """Return which edit made a plan, after making sure that it is that plan to the last byte."""
    number = int(read_plan(plan).person.reference.removeprefix("N-"))
    assert plan == edit(number), f"edit {number} is not as it was saved"
    return number


def entry_of(number: int, device: str) -> Record:
    """Return the entry that goes with an edit."""
    return record(edit(number), case=CASE, kind="plan", author="A Facilitator", device=device, at=AT)


def save(opened: Store, number: int) -> None:
    """Make an edit, and wait until the disk has it."""
    opened.drafts.save(CASE, edit(number), f"Edit {number}").result()
    if number % ENTRY_EVERY == 0:
        opened.append([entry_of(number, opened.device)]).result()


def state_of(opened: Store) -> tuple[int, list[int]]:
    """Return which edit the draft holds, and which the entries do, after checking that the store is sound."""
    assert opened.verify() == (), "the log does not hold"
    draft = opened.drafts.read(CASE)
    number = number_of(draft.plan) if draft else -1
    row = opened.cases.row(CASE)
    assert (row.reference if row else "N--1") == f"N-{number}", (
        "the list and the draft are of one transaction"
    )
    steps = [int(deed.words.removeprefix("Edit ")) for deed in opened.drafts.history(CASE)]
    assert steps == list(range(1, number + 1)), "every edit can be undone"
    return number, [number_of(kept.body) for kept in opened.records(CASE)]


def nothing_lost(opened: Store, acknowledged: int) -> int:
    """Demand that a store holds all that was acknowledged, and at most what was under way besides. Return its edit."""
    number, entries = state_of(opened)
    assert acknowledged <= number <= acknowledged + 1, f"{acknowledged} was acknowledged, {number} is there"
    demanded = list(range(0, acknowledged + 1, ENTRY_EVERY))
    allowed = list(range(0, number + 1, ENTRY_EVERY))
    assert entries in (demanded, allowed), f"{acknowledged} was acknowledged, entries {entries} are there"
    return number


def _sample() -> Plan:
    raw = resources.files("supportplan").joinpath("data/sample/plan.json").read_bytes()
    return read_plan(raw)


def run(folder: Path, code: str, first: int, count: int, synchronous: str = "FULL") -> None:
    """Open a store, make edits, one after the other, and close it."""

    def open_otherwise(path: Path, key: bytes, *, read_only: bool = False) -> Connection:
        found = open_keyed(path, key, read_only=read_only)
        found.execute(f"PRAGMA synchronous = {synchronous}")
        return found

    with mock.patch.object(store, "open_keyed", open_otherwise), Store.unlock(folder, code) as opened:
        for number in range(first, first + count):
            save(opened, number)
            os.write(1, f"{number}\n".encode())


def main() -> None:
    """Run what the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("code")
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--synchronous", default="FULL")
    given = parser.parse_args()
    run(given.folder, given.code, given.first, given.count, given.synchronous)


if __name__ == "__main__":
    main()
