"""Recording in a case: the one road on which anything becomes an entry, and waits until the disk has it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from supportplan.domain.canonical import canonical, digest, read
from supportplan.domain.cases.entries import (
    Digest,
    EntryKind,
    Record,
    newest_entries,
    newest_plans,
    record,
)
from supportplan.domain.cases.rules import allow
from supportplan.domain.cases.steps import STEP_KINDS, Step
from supportplan.domain.problems import BadInput, NotFound
from supportplan.services.clock import today
from supportplan.storage.database.clock import now
from supportplan.storage.store import Store

# A scan of a few pages is 1 to 5 MB; what is larger was not meant for a case, and would fill every backup of it.
MOST_BLOB_BYTES = 25 * 1024 * 1024


class Together:
    """What is about to be recorded of a case in one go, each part knowing of those before it. `records` are all so far."""

    def __init__(self, store: Store, case: str) -> None:
        self._store = store
        self._case = case
        self.records = list(store.records(case, blobs=False))
        self.made: list[Record] = []

    def step(self, step: Step) -> str:
        """Add a step if the case allows it; return the entry's id. It follows from all that is known here.

        Raises NotAllowed with what stands in its way, and BadDocument for a step that nobody could read again.
        """
        body = canonical(step)
        read(body, type(step))
        allow(self.records, step, today())
        return self._add(STEP_KINDS[type(step)], body, newest_entries(self.records))

    def plan(self, body: bytes) -> str:
        """Add a plan, made from the newest one here, unless a newest one is the same; return the entry's id.

        Of plans made apart it follows the one that was made on this computer: only `join_plans` brings them together.
        """
        newest = newest_plans(self.records)
        same = next((one.entry.id for one in newest if one.body == body), None)
        return same or self._keep(made_plan(self._store, self._case, newest, body))

    def blob(self, data: bytes) -> Digest:
        """Add the bytes of a file, such as a scan; return their SHA-256. What is there already is kept once.

        Raises BadInput for one that is larger than a case takes.
        """
        if len(data) > MOST_BLOB_BYTES:
            raise BadInput(
                f"The file is larger than {MOST_BLOB_BYTES // 1024**2} MB, which is the most that a case takes.",
                mend="Scan it in grey or black and white, or at 200 dots an inch, and try again.",
            )
        name = digest(data)
        if _blob_entry(self.records, name) is None:
            self._add("blob", data, ())
        return name

    def join(self, chosen: str) -> str:
        """Add one of the plans that were made apart once more, made from all of them; return the entry's id."""
        newest = {one.entry.id: one for one in newest_plans(self.records)}
        if chosen not in newest:
            raise NotFound(
                "That is not one of the versions to choose from.",
                mend="Choose one of those that are listed.",
            )
        return chosen if len(newest) == 1 else self._add("plan", newest[chosen].body, tuple(newest))

    def _add(self, kind: EntryKind, body: bytes, parents: tuple[str, ...]) -> str:
        return self._keep(_made(self._store, self._case, kind, body, parents))

    def _keep(self, made: Record) -> str:
        self.records.append(made)
        self.made.append(made)
        return made.entry.id


@contextmanager
def recorded_together(store: Store, case: str) -> Iterator[Together]:
    """Record what is added inside, all of it at the end or, where any of it is refused, nothing. Raises DiskRefused.

    Nothing else is recorded in the store meanwhile: what a case allows is still allowed when it is written.
    """
    with store.recording:
        together = Together(store, case)
        yield together
        if together.made:
            store.append(together.made).result()


def record_step(store: Store, case: str, step: Step) -> str:
    """Record a step of a case, as `Together.step` says; return the entry's id."""
    with recorded_together(store, case) as together:
        return together.step(step)


def record_plan(store: Store, case: str, body: bytes) -> str:
    """Record a plan, as `Together.plan` says; return the entry's id."""
    with recorded_together(store, case) as together:
        return together.plan(body)


def made_plan(store: Store, case: str, newest: Sequence[Record], body: bytes) -> Record:
    """Make the record of a plan that follows the newest ones here, as `record_plan` would; nothing is recorded yet."""
    own = [one for one in newest if one.entry.device == store.device]
    made_from = (own or newest)[-1:]
    return _made(store, case, "plan", body, tuple(one.entry.id for one in made_from))


def join_plans(store: Store, case: str, chosen: str) -> str:
    """Bring plans that were made apart together: one of them goes on, made from all; return the new entry's id.

    The others stay in the case to be looked at. Where there is one plan only, that is it. Raises NotFound.
    """
    with recorded_together(store, case) as together:
        return together.join(chosen)


def record_blob(store: Store, case: str, data: bytes) -> Digest:
    """Keep the bytes of a file in a case, as `Together.blob` says; return their SHA-256."""
    with recorded_together(store, case) as together:
        return together.blob(data)


def blob(store: Store, case: str, name: Digest) -> bytes:
    """Return the bytes of a file that a case holds, by their SHA-256. Raises NotFound."""
    entry = _blob_entry(store.records(case, blobs=False), name)
    if entry is None:
        raise NotFound(
            "The file is not in this case here.", mend="It may still be on the computer where it was added."
        )
    return store.record(entry).body


def _blob_entry(records: Sequence[Record], name: Digest) -> str | None:
    entries = (one.entry for one in records)
    return next((one.id for one in entries if one.kind == "blob" and one.doc == name), None)


def _made(store: Store, case: str, kind: EntryKind, body: bytes, parents: tuple[str, ...]) -> Record:
    return record(
        body,
        case=case,
        kind=kind,
        author=store.author,
        device=store.device,
        at=now(),
        parents=parents,
    )
