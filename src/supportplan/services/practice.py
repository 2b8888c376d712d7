"""The practice case: the sample plan and its rates in a store that is thrown away. Nothing in it is real."""

import secrets
import tempfile
from pathlib import Path

from supportplan.documents.bundled import SAMPLE_PLAN, bundled
from supportplan.domain.plan import Plan, read_plan
from supportplan.services.cases import take_in
from supportplan.services.desk import Desk
from supportplan.services.schedule_versions import keep_schedule
from supportplan.services.schedules import sample_schedule
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store


def sample_plan() -> Plan:
    """Return the plan of the sample case."""
    return read_plan(bundled(SAMPLE_PLAN), name="the sample plan")


class Practice:
    """A store with the practice case, in a folder of its own. Closing it takes everything away."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="supportplan-practice-")
        # The store lives for a while: its passphrase need not cost a second to guess.
        self.store, _ = Store.create(
            Path(self._place.name) / "store",
            secrets.token_urlsafe(24),
            at=now(),
            author="Practice",
            cost=FLOOR,
        )
        self.case = sample_plan().case
        keep_schedule(self.store, sample_schedule())
        take_in(self.store, sample_plan())

    def desk(self) -> Desk:
        """Open the case."""
        return Desk(self.store, self.case, practice=True)

    def close(self) -> None:
        """Close the store and remove its folder."""
        self.store.close()
        self._place.cleanup()
