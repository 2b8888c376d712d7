"""A case: an append-only set of entries, and the state that follows from them.

An entry is a header whose SHA-256 is its id, and a body, a document of its own that the header names by its SHA-256.
So a signature can name the very bytes that were signed, and a set of entries can only grow.
"""

from collections.abc import Iterable
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
    "copy_issued",
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


def plan_records(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records that are plans, in the order in which they were added; the last is the newest here."""
    return tuple(one for one in records if one.entry.kind == "plan")


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
