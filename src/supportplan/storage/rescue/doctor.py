"""What is wrong with a store, in plain words: round it, without a passphrase, and within. Looking changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from supportplan.domain.field_types import LIBRARY
from supportplan.domain.plan import read_plan
from supportplan.domain.problems import BadDocument, NoStore, StoreDamaged
from supportplan.domain.units import counted
from supportplan.storage.backups.progress import Progress, silent
from supportplan.storage.cases.case_projection import cases_shown_wrongly
from supportplan.storage.database.clock import day_of
from supportplan.storage.database.connection import Connection, open_to_look, translate_errors
from supportplan.storage.database.integrity import damage_in
from supportplan.storage.database.location import DATABASE, RESTORED, is_store
from supportplan.storage.database.migrations import APPLICATION, released, schema_of
from supportplan.storage.entries.chain import all_faults, head_of
from supportplan.storage.keys import keyslots
from supportplan.storage.keys.keyslots import Keyslots
from supportplan.storage.rescue.finding import Examination, Finding, Remedy
from supportplan.storage.rescue.surroundings import surroundings

_WAYS = {
    "PassphraseSlot": "passphrase",
    "RecoverySlot": "recovery code",
    "EscrowSlot": "organisation's key",
}
_NAMED = 3


def examine(folder: Path, ask: Callable[[], str], *, at: str, progress: Progress = silent) -> Examination:
    """Look a store over. `ask` is called for the passphrase, once what needs none has been looked at.

    Another program may have the store open meanwhile. Raises NoStore, WrongPassphrase; DiskRefused where the disk lets
    nobody look.
    """
    if not is_store(folder):
        raise NoStore("There is no store here.", where=str(folder), mend="Name its folder with --store.")
    around = tuple(surroundings(folder, day_of(at), progress))
    hindrance = _hindrance(folder)
    if hindrance is not None:
        return Examination((hindrance, *around))
    slots = keyslots.read(folder)
    key = keyslots.unwrap(slots, ask())
    return Examination((_openings(slots), *around, *_inside(folder / DATABASE, key, progress)))


def _hindrance(folder: Path) -> Finding | None:
    """Return what keeps the store from being opened at all, whatever the passphrase."""
    if (folder / RESTORED).exists():
        return Finding(
            "wrong",
            "Bringing a backup back was interrupted before the last step. Nothing is lost.",
            Remedy.OPEN,
        )
    if not (folder / DATABASE).exists():
        return Finding("wrong", "The keys of a store are here, but its data is not.", Remedy.RESTORE)
    try:
        keyslots.read(folder)
    except StoreDamaged as problem:
        return Finding("wrong", problem.what, Remedy.KEYS_FROM_BACKUP)
    return None


def _openings(slots: Keyslots) -> Finding:
    named = ", ".join(_WAYS[type(slot).__name__] for slot in slots.slots)
    return Finding("sound", f"The keys can be read. The store opens with: {named}.")


def _inside(database: Path, key: bytes, progress: Progress) -> Iterator[Finding]:
    """Look at what the passphrase opens, and stop where looking on makes no sense."""
    try:
        with translate_errors(database), closing(open_to_look(database, key)) as connection:
            yield from _opened(connection, progress)
    except StoreDamaged as problem:
        yield Finding("wrong", problem.what, Remedy.RESTORE)


def _opened(connection: Connection, progress: Progress) -> Iterator[Finding]:
    newest, found = released()[-1].number, schema_of(connection)
    if found > newest:
        yield Finding("wrong", "A newer supportplan wrote this store.", Remedy.UPDATE)
        return
    if not found:
        yield Finding("wrong", "The store's database is empty.", Remedy.RESTORE)
        return
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        yield Finding("wrong", "This database is not a store of supportplan.", Remedy.ANOTHER_FOLDER)
        return
    progress("Checking the pages", 0, 4)
    damage = damage_in(connection)
    if damage:
        yield Finding("wrong", f"The store is damaged in {_of(len(damage), 'place')}.", Remedy.RESTORE)
        return
    yield Finding("sound", "Every page of the store is as it was written, and encrypted.")
    if found < newest:
        yield Finding(
            "advice",
            "An older supportplan wrote this store. It is backed up and brought up to date when it is opened.",
            Remedy.OPEN,
        )
        return
    progress("Checking the entries", 1, 4)
    yield _entries(connection)
    progress("Checking the drafts", 2, 4)
    yield _drafts(connection)
    progress("Checking the list", 3, 4)
    yield _list(connection)
    progress("Checking the list", 4, 4)


def _entries(connection: Connection) -> Finding:
    faults = tuple(all_faults(connection))
    if faults:
        return Finding(
            "wrong",
            f"The record of what was agreed and signed does not hold in {_of(len(faults), 'place')}. The first is "
            f"{faults[0].where}: {faults[0].what}.",
            Remedy.RESTORE,
        )
    number, chain = head_of(connection)
    return Finding(
        "sound",
        f"{_all(number, ('entry', 'entries'))} what was written, signed and in order. The check code of the record begins with "
        f"{chain[:8]}: it becomes another with every entry, so two copies that have the same hold the same entries.",
    )


def _drafts(connection: Connection) -> Finding:
    count, unreadable = 0, []
    for case, plan in connection.execute("SELECT case_id, plan FROM draft ORDER BY case_id"):
        count += 1
        try:
            read_plan(plan)
        except BadDocument:
            unreadable.append(case[:8])
    if unreadable:
        return Finding(
            "wrong",
            f"{len(unreadable)} of {_of(count, 'draft')} cannot be read: {_named(unreadable)}. What is in them is kept "
            "as it is.",
            Remedy.UNDO_LAST_EDIT,
        )
    if not count:
        return Finding("sound", "There are no drafts.")
    return Finding("sound", f"{_all(count, ('draft', 'drafts'))} readable.")


def _list(connection: Connection) -> Finding:
    missing, superfluous = connection.execute(_DIFFERENCE, (LIBRARY,)).fetchone()
    if missing or superfluous:
        return Finding(
            "wrong",
            f"The list of cases lacks {_of(missing, 'case')} and has {superfluous} too many. No plan is lost.",
            Remedy.REBUILD_LIST,
        )
    wrong = list(cases_shown_wrongly(connection))
    if wrong:
        return Finding(
            "wrong",
            f"The list of cases shows {_of(len(wrong), 'case')} otherwise than the plan says: {_named(wrong)}. No plan "
            "is changed by it.",
            Remedy.REBUILD_LIST,
        )
    return Finding("sound", "The list of cases agrees with the plans.")


def _of(count: int, one: str) -> str:
    return counted(Decimal(count), (one, f"{one}s"))


def _all(count: int, words: tuple[str, str]) -> str:
    """Begin a sentence about all there are: `All 20 drafts are`, or `The one draft is`."""
    return f"The one {words[0]} is" if count == 1 else f"All {count:,} {words[1]} are"


def _named(cases: Sequence[str]) -> str:
    """Name some cases by the beginning of their ids, by which commands know them."""
    more = len(cases) - _NAMED
    return f"case {', '.join(cases[:_NAMED])}" + (f" and {more} more" if more > 0 else "")


_DIFFERENCE = """
    WITH known AS (SELECT case_id FROM draft UNION SELECT case_id FROM entry WHERE case_id <> ?)
    SELECT (SELECT count(*) FROM (SELECT case_id FROM known EXCEPT SELECT case_id FROM case_index)),
           (SELECT count(*) FROM (SELECT case_id FROM case_index EXCEPT SELECT case_id FROM known))
"""
