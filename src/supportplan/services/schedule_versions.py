"""The schedules of costs in the store: each version an entry of the library, kept once and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportplan.domain.canonical import canonical, digest, read
from supportplan.domain.cases.entries import record
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.problems import BadDocument, BadInput, NotAllowed, NotFound
from supportplan.domain.schedules.columns import ColumnMap
from supportplan.domain.schedules.schedule import Schedule
from supportplan.storage.database.clock import now

if TYPE_CHECKING:
    from supportplan.storage.rate_rows import ScheduleVersion as ScheduleVersion
    from supportplan.storage.store import Store

_MAPPING = "columns:"
_WITHDRAWN = "schedules withdrawn"


def keep_schedule(store: Store, schedule: Schedule, mapping: ColumnMap | None = None) -> bool:
    """Keep a version, and how its columns were read; return whether it is new. Waits until the disk has it.

    One that was withdrawn, and is brought in once more, is offered again.

    Raises NotAllowed where the store holds other rates under the same name and version.
    """
    body = canonical(schedule)
    version_id = digest(body)
    with store.recording:
        for known in store.rates.versions():
            if known.id == version_id:
                _remember(store, mapping)
                offer(store, known.id)
                return False
            if (known.name, known.label) == (schedule.name, schedule.label):
                raise NotAllowed(
                    "The store holds other rates under this name and version, and a version never changes.",
                    where=f"{schedule.name}, version {schedule.label}",
                    mend="Give this one a version of its own.",
                )
        made = record(body, case=LIBRARY, kind="schedule", author=store.author, device=store.device, at=now())
        store.append([made]).result()
    _remember(store, mapping)
    return True


def _remember(store: Store, mapping: ColumnMap | None) -> None:
    if mapping is not None:
        store.settings.put(_MAPPING + mapping.signature, canonical(mapping).decode()).result()


def remembered_mapping(store: Store, signature: str) -> ColumnMap | None:
    """Return how the columns under a header of this signature were read before, if they were."""
    kept = store.settings.get(_MAPPING + signature)
    try:
        return read(kept.encode(), ColumnMap) if kept else None
    except BadDocument:
        return None  # Another version of the program remembered it; the columns are guessed anew.


def list_schedules(store: Store) -> tuple[ScheduleVersion, ...]:
    """Return the versions in the store, those that came in last first."""
    return store.rates.versions()


def withdrawn(store: Store) -> frozenset[str]:
    """Return the ids of the versions whose prices are not offered any more, such as one brought in by mistake."""
    return frozenset((store.settings.get(_WITHDRAWN) or "").split())


def withdraw(store: Store, version_id: str) -> None:
    """Offer the prices of a version no more. It stays in the store: a plan made with it can still be held against it.

    Waits until the disk has it.
    """
    store.settings.put(_WITHDRAWN, " ".join(sorted(withdrawn(store) | {version_id}))).result()


def offer(store: Store, version_id: str) -> None:
    """Offer the prices of a version that was withdrawn again. Waits until the disk has it."""
    out = withdrawn(store)
    if version_id in out:
        store.settings.put(_WITHDRAWN, " ".join(sorted(out - {version_id}))).result()


def find_version(store: Store, called: str) -> ScheduleVersion:
    """Return the version that a person means: by the start of its id, by its name, or by `name@version`.

    Of several versions of one name, the one that came in last. Raises NotFound and BadInput.
    """
    versions = store.rates.versions()
    by_name = [one for one in versions if called in (one.name, f"{one.name}@{one.label}")]
    if by_name:
        return by_name[0]
    by_id = [one for one in versions if one.id.startswith(called)]
    if not by_id:
        raise NotFound(
            "There is no such schedule of costs in the store.",
            where=called,
            mend="`supportplan schedule list` shows those there are.",
        )
    if len(by_id) > 1:
        raise BadInput("Several schedules begin so.", where=called, mend="Give more of the id.")
    return by_id[0]


def load_schedule(store: Store, version: ScheduleVersion) -> Schedule:
    """Return a version whole, as it came in."""
    return store.rates.schedule(version.id)
