"""The entries of a case as a history: what each one knew of when it was made, by its parents and never by a clock."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from supportplan.domain.canonical import Document, read
from supportplan.domain.cases.entries import EntryKind, Record, parents_first
from supportplan.domain.cases.steps import STEP_KINDS, Step
from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadDocument

_BODIES: dict[EntryKind, type[Plan] | type[Step]] = {
    "plan": Plan,
    **{kind: step for step, kind in STEP_KINDS.items()},
}

Body = TypeVar("Body", bound=Document)


class History:
    """A case's entries in an order in which parents come first, the same whatever order they arrived in.

    `unread` are the entries whose body this program cannot read: a newer format, or damage. They count for nothing
    but their place in the history.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        given = parents_first(records)
        self._place = {id_: place for place, id_ in enumerate(given)}
        # One bit an entry: which entries it knew of. Sets would grow with the square of a long case.
        self._knew: list[int] = []
        for one in given.values():
            knew = 0
            for parent in one.entry.parents:
                if parent in self._place:
                    place = self._place[parent]
                    knew |= self._knew[place] | 1 << place
            self._knew.append(knew)
        self._bodies: dict[type[Document], list[tuple[str, Document]]] = {}
        unread: list[str] = []
        for id_, one in given.items():
            self._read(id_, one, unread)
        self.unread = tuple(unread)

    def _read(self, id_: str, record: Record, unread: list[str]) -> None:
        kind = _BODIES.get(record.entry.kind)
        if kind is None:
            return
        if record.entry.schema != 1:
            unread.append(id_)
            return
        try:
            self._bodies.setdefault(kind, []).append((id_, read(record.body, kind)))
        except BadDocument:
            unread.append(id_)

    def knew(self, later: str, earlier: str) -> bool:
        """Say whether an entry descends from another: whoever made it knew of the other."""
        return bool(self._knew[self._place[later]] >> self._place[earlier] & 1)

    def every(self, kind: type[Body]) -> Iterator[tuple[str, Body]]:
        """Give the entries whose body is of a kind, parents first."""
        for id_, body in self._bodies.get(kind, ()):
            if isinstance(body, kind):
                yield id_, body

    def newest(self, entries: Iterable[str]) -> list[str]:
        """Keep of some entries those that no other of them knew of: one, or several made apart from one another."""
        some = list(entries)
        return [one for one in some if not any(self.knew(other, one) for other in some)]
