"""What a store must be before it is opened."""

from pathlib import Path

from supportplan.domain.problems import NoStore, StoreDamaged
from supportplan.storage.database.location import DATABASE
from supportplan.storage.entries.chain import Fault
from supportplan.storage.making import MAKING


def without_database(folder: Path) -> NoStore | StoreDamaged:
    """Say what is the matter with a store whose database is not there."""
    if (folder / MAKING).exists():
        return NoStore("The store here was never finished.", where=str(folder), mend="Make it again.")
    return StoreDamaged(
        "The keys of a store are here, but its data is not.",
        where=str(folder / DATABASE),
        mend="Restore the newest backup.",
    )


def demand_begun(folder: Path) -> None:
    """Refuse a database that was emptied, before anything is written into it. Raises StoreDamaged."""
    if not (folder / DATABASE).stat().st_size:
        raise StoreDamaged(
            "The store's database is empty.",
            where=str(folder / DATABASE),
            mend="Go on with the newest backup: supportplan restore FILE --replace",
        )


def demand_sound(folder: Path, faults: tuple[Fault, ...]) -> None:
    """Refuse a store whose record of what was agreed does not hold. Raises StoreDamaged."""
    if faults:
        raise StoreDamaged(
            f"The record of what was agreed and signed does not hold at {faults[0].where}: {faults[0].what}.",
            where=str(folder / DATABASE),
            mend="Restore the newest backup, or ask `supportplan doctor` what can be saved.",
        )
