"""Small stores to test with: cheap to open, with plans of a few bytes."""

import json
from pathlib import Path

from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import EntryKind, Record, record
from supportplan.domain.plan import read_plan
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.plans import sample_document

PASSPHRASE = "seven small boats at anchor"
AT = "2026-11-23T10:00:00Z"


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, at: str = AT) -> None:
        self.at = at

    def __call__(self) -> str:
        return self.at


def new_store(folder: Path, clock: Clock | None = None) -> Store:
    """Make a store at the least cost of a guess."""
    return new_store_and_code(folder, clock)[0]


def new_store_and_code(folder: Path, clock: Clock | None = None) -> tuple[Store, str]:
    """Make a store, and return its recovery code with it."""
    return Store.create(folder, PASSPHRASE, at=AT, author="A Facilitator", cost=FLOOR, clock=clock or Clock())


def plan_bytes(name: str = "Sam Example", **person: str) -> bytes:
    """The canonical bytes of a plan that says little but whose it is."""
    document = {key: sample_document()[key] for key in ("format", "version", "id", "case", "period")}
    return _canonical({**document, "person": {"name": name, **person}})


def sample_bytes() -> bytes:
    """The canonical bytes of the sample plan, which has a cost."""
    return _canonical(sample_document())


def entry(
    store: Store, body: bytes, *, case: str = "case-1", kind: EntryKind = "plan", at: str = AT
) -> Record:
    """A record by the store's own device."""
    return record(body, case=case, kind=kind, author="A Facilitator", device=store.device, at=at)


def _canonical(document: dict[str, object]) -> bytes:
    return canonical(read_plan(json.dumps(document).encode()))
