"""Stores for journeys that open one again and again: their passphrase costs a moment to try, not a second."""

from pathlib import Path

from supportplan.domain.plan import Plan
from supportplan.services.cases import take_in, working_plan
from supportplan.services.practice import sample_plan
from supportplan.services.schedule_versions import keep_schedule
from supportplan.services.schedules import sample_schedule
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store

PASSPHRASE = "seven small boats at anchor"


def make_store(home: Path) -> str:
    """Make the store of a home with the sample case and its prices in it, and return the number of the case."""
    store, _ = Store.create(home / "store", PASSPHRASE, at=now(), author="Pat, broker", cost=FLOOR)
    with store:
        keep_schedule(store, sample_schedule())
        take_in(store, sample_plan())
    return sample_plan().case


def kept_plan(home: Path, case: str) -> Plan:
    """Read a case's plan from the store of a home, as a program does that opens it next."""
    with Store.unlock(home / "store", PASSPHRASE) as store:
        return working_plan(store, case)
