"""A case: an append-only set of entries, and the state that follows from them.

An entry is a header whose SHA-256 is its id, and a body, a document of its own that the header names by its SHA-256.
So a signature can name the very bytes that were signed, and a set of entries can only grow.
"""

from collections import Counter
from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from supportplan.domain.canonical import END, Document, canonical, digest
from supportplan.domain.field_types import Id, Name

Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}" + END)]
Moment = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z" + END)]

EntryKind = Literal[
    "plan",
    "submitted",
    "decision",
    "signature",
    "scan",
    "views",
    "copy_issued",
    "sealed",
    "review",
    "spend",
    "note",
    "blob",
    "schedule",
    "profile",
    "device",
    "erase",
]


class Entry(Document, frozen=True, kw_only=True):
    """The header of an immutable record in a case.

    `schema` is the version of the body's format, `parents` are the ids of the entries it follows from, `at` the
    device's clock in UTC, `doc` the SHA-256 of the body's bytes.
    """

    v: Literal[1]
    schema: Annotated[int, Meta(ge=1)]
    case: Id
    kind: EntryKind
    parents: tuple[Digest, ...]
    author: Name
    device: Id
    at: Moment
    doc: Digest

    @property
    def id(self) -> str:
        """The SHA-256 of the header's canonical bytes."""
        return digest(canonical(self))


class Record(msgspec.Struct, frozen=True):
    """An entry with the bytes of its body."""

    entry: Entry
    body: bytes


def parents_first(records: Iterable[Record]) -> dict[str, Record]:
    """Return records by their ids, each once and parents before children, the same in whatever order they arrived.

    Of those that do not know of one another, what an earlier clock wrote comes first, then what has the lower id. A
    parent that has not arrived is passed over.
    """
    given = {one.entry.id: one for one in records}
    children: dict[str, list[str]] = {}
    awaited: Counter[str] = Counter()
    for id_, one in given.items():
        for parent in {*one.entry.parents} & given.keys():
            children.setdefault(parent, []).append(id_)
            awaited[id_] += 1
    ready = [(one.entry.at, id_) for id_, one in given.items() if not awaited[id_]]
    heapify(ready)
    order: dict[str, Record] = {}
    while ready:
        _, id_ = heappop(ready)
        order[id_] = given[id_]
        for child in children.get(id_, ()):
            awaited[child] -= 1
            if not awaited[child]:
                heappush(ready, (given[child].entry.at, child))
    return order


def plan_records(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records that are plans, each after those it was made from; no later plan was made from the last."""
    return tuple(one for one in parents_first(records).values() if one.entry.kind == "plan")


def newest_plans(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the plans that no later plan was made from: one, or several made apart; the last as in `plan_records`."""
    made_from: set[str] = set()
    found: list[Record] = []
    for id_, one in reversed(parents_first(records).items()):
        is_plan = one.entry.kind == "plan"
        if is_plan and id_ not in made_from:
            found.append(one)
        if is_plan or id_ in made_from:
            made_from.update(one.entry.parents)
    return tuple(reversed(found))


def newest_entries(records: Iterable[Record]) -> tuple[str, ...]:
    """Return the ids of the entries that no other follows from: who makes another now knows of all of them."""
    order = parents_first(records)
    followed = {parent for one in order.values() for parent in one.entry.parents}
    return tuple(id_ for id_ in order if id_ not in followed)


def record(
    body: bytes,
    *,
    case: str,
    kind: EntryKind,
    author: str,
    device: str,
    at: str,
    parents: tuple[str, ...] = (),
    schema: int = 1,
) -> Record:
    """Make the entry for a body."""
    header = Entry(
        v=1,
        schema=schema,
        case=case,
        kind=kind,
        parents=parents,
        author=author,
        device=device,
        at=at,
        doc=digest(body),
    )
    return Record(header, body)
