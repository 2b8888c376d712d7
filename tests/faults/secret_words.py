"""Made-up words in every place where people write, and a program that does with them what the store is for.

Run as `python -m tests.faults.secret_words WORK STORE`; WORK is `whole`, `endless` (it says `saved` again and again until
it is killed) or `thrown` (a fault of the program's own, with a plan at hand).
"""

import json
import os
import sys
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any, NoReturn
from unittest import mock

from supportplan.cli import main, plan_commands
from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import EntryKind, record
from supportplan.domain.cases.steps import Signature
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.money import UnitPrice
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import BadDocument
from supportplan.domain.schedules.schedule import Row, Schedule
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.plans import document_of, plan_from

# Nobody's word, and too long to come about by chance: whoever finds this has found something that somebody wrote.
STEM = "qzvexjor"
AT = "2026-11-23T10:00:00Z"
CASE = "case-1"
PASSPHRASE = f"{STEM}key of seven small boats"
NEW_PASSPHRASE = f"{STEM}newkey of eight small boats"

Place = tuple[str | int, ...]


def word(number: int) -> str:
    """Return one of 17,576 words that begin alike."""
    letters = "".join(chr(ord("a") + number // 26**power % 26) for power in (2, 1, 0))
    return f"{STEM.title()}{letters}"


def words(number: int) -> str:
    """Return what stands in one field: two words of its own."""
    return f"{word(2 * number)} {word(2 * number + 1)}"


def texts(value: Any, place: Place = ()) -> Iterator[Place]:
    """Give the place of every text in a document."""
    if isinstance(value, str):
        yield place
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from texts(part, (*place, key))


def with_value(document: dict[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """Return a document with another value in one place."""
    changed = deepcopy(document)
    found: Any = changed
    for key in place[:-1]:
        found = found[key]
    found[place[-1]] = value
    return changed


def secret_document() -> tuple[dict[str, Any], list[Place]]:
    """Return a plan with its own words wherever words are allowed, and where these places are."""
    document, free = document_of(3), []
    document["supports"][1]["payer"] = document["supports"][1]["rate"]["item"] = "Somebody"
    document["supports"][1]["rate"] |= {"schedule": "Sample rates", "version": "2024"}
    for number, place in enumerate(list(texts(document))):
        changed = with_value(document, place, words(number))
        try:
            plan_from(changed)
        except BadDocument:
            continue
        document = changed
        free.append(place)
    return document, free


def plan_bytes(document: dict[str, Any]) -> bytes:
    """Return the canonical bytes of a plan."""
    return canonical(read_plan(json.dumps(document).encode()))


def edited(document: dict[str, Any], number: int) -> bytes:
    """Return the plan after an edit that puts other words in."""
    return plan_bytes(with_value(document, ("person", "about"), f"{words(500 + number % 1_000)} " * 20))


def schedule() -> Schedule:
    """Return a schedule of costs that says our words wherever it says anything."""
    row = Row(
        item_code=word(3_001),
        name=words(1_501),
        unit="hour",
        rate=UnitPrice("16.29"),
        valid_from=date(2024, 4, 1),
        notes=words(1_502),
    )
    return Schedule(
        format="supportplan/schedule",
        version=1,
        name=words(1_503),
        label=words(1_504),
        currency="GBP",
        rows=(row,),
    )


def signature() -> Signature:
    """Return somebody's signature."""
    return Signature(
        format="supportplan/signature",
        version=1,
        plan="0" * 64,
        role="person",
        name=words(1_505),
        on=date(2026, 11, 23),
        basis=words(1_506),
    )


def add_entries(store: Store) -> None:
    """Add an entry of each kind that holds words."""
    bodies: tuple[tuple[str, EntryKind, bytes], ...] = (
        (CASE, "plan", plan_bytes(secret_document()[0])),
        (CASE, "signature", canonical(signature())),
        (CASE, "note", words(1_507).encode()),
        (LIBRARY, "schedule", canonical(schedule())),
    )
    store.append(
        [
            record(body, case=case, kind=kind, author=store.author, device=store.device, at=AT)
            for case, kind, body in bodies
        ]
    ).result()


def whole(folder: Path) -> None:
    """Make a store, do everything with it, and close it in good order."""
    document = secret_document()[0]
    store, _ = Store.create(folder, PASSPHRASE, at=AT, author=words(1_508), cost=FLOOR)
    with store:
        for number in range(20):
            store.drafts.save(CASE, edited(document, number), words(1_509)).result()
        for _ in range(3):
            store.drafts.undo(CASE).result()
        store.drafts.redo(CASE).result()
        store.settings.put(f"columns.{words(1_510)}", words(1_511)).result()
        add_entries(store)
        name = document["person"]["name"]
        assert store.cases.search(name).rows
        assert store.cases.search(f"{name[:-2]}{name[-1]}{name[-2]}").loosely
        assert store.rates.rows(record_id(store))
        store.back_up(folder.parent / "a backup")
        store.back_up_daily()
        store.rebuild_index().result()
        store.change_passphrase(PASSPHRASE, NEW_PASSPHRASE)
        assert not store.verify()


def record_id(store: Store) -> str:
    """Return the id of the schedule in the store."""
    return next(one.entry.doc for one in store.records(LIBRARY) if one.entry.kind == "schedule")


def endless(folder: Path) -> None:
    """Edit and append until killed; nothing is closed or carried over."""
    document = secret_document()[0]
    store, _ = Store.create(folder, PASSPHRASE, at=AT, author=words(1_508), cost=FLOOR)
    add_entries(store)
    number = 0
    while True:
        store.drafts.save(CASE, edited(document, number), words(1_509)).result()
        if number == 10:
            store.back_up(folder.parent / "a backup")
        os.write(1, b"saved\n")
        number += 1


def thrown(folder: Path) -> None:
    """Run a command that fails by a fault of the program's own, deep down, with the plan in its hands."""

    def fail(plan: Plan, *, name: str = "") -> NoReturn:
        everything = canonical(plan).decode()
        raise RuntimeError(f"cannot do it with {plan} of {name}: {everything}")

    folder.mkdir()
    plan = folder / "plan.json"
    plan.write_bytes(plan_bytes(secret_document()[0]))
    sys.argv = ["supportplan", "cost", str(plan)]
    with mock.patch.object(plan_commands, "costed_whole", fail):
        try:
            main.main()
        finally:
            plan.unlink()


if __name__ == "__main__":
    {"whole": whole, "endless": endless, "thrown": thrown}[sys.argv[1]](Path(sys.argv[2]))
