"""What is wrong with a store, in plain words, and what to do about it. Looking changes nothing."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from supportplan.domain.plan import read_plan
from supportplan.domain.problems import BadDocument, NoStore, Problem, StoreTooNew
from supportplan.storage.backups.automatic_backups import automatic_backups
from supportplan.storage.backups.backup import COPYING, RESTORING
from supportplan.storage.backups.backup_file import Progress, check_backup, silent
from supportplan.storage.database.connection import Connection, open_keyed, translate_errors
from supportplan.storage.database.integrity import damage_in
from supportplan.storage.database.location import DATABASE, KEYSLOTS, cautions
from supportplan.storage.database.migrations import APPLICATION, released, schema_of
from supportplan.storage.entries.chain import all_faults, head_of
from supportplan.storage.keys import keyslots

# `wrong` needs doing something about, `look` is worth knowing, `well` was looked at and is in order.
Level = Literal["wrong", "look", "well"]

DAYS_WITHOUT_BACKUP = 7

_LEAST_FREE = 200_000_000
_BACKUP = "Make a backup now, to a USB stick or another disk: supportplan backup FILE"
_RESTORE = (
    "Go on with the newest backup: supportplan restore FILE --replace. It sets this store aside and deletes nothing. "
    "Where work was done since, ask for what can be saved of this one: supportplan doctor --salvage FOLDER"
)
_REBUILD = "Nothing is lost: the list is made anew from the plans by supportplan doctor --mend"


class Finding(NamedTuple):
    """One thing that was looked at: how it stands, and what to do about it, if anything."""

    level: Level
    what: str
    mend: str = ""

    def shown(self) -> dict[str, str]:
        """Return it as a document writes it."""
        return {"level": self.level, "what": self.what, **({"mend": self.mend} if self.mend else {})}


class Examination(NamedTuple):
    """All that was found."""

    findings: tuple[Finding, ...]

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.level != "wrong" for finding in self.findings)


def examine(folder: Path, ask: Callable[[], str], *, at: str, progress: Progress = silent) -> Examination:
    """Look a store over. `ask` is called for the passphrase once what needs none has been looked at.

    Another program may have the store open meanwhile. Raises NoStore, WrongPassphrase.
    """
    if not (folder / KEYSLOTS).exists() and not (folder / DATABASE).exists():
        raise NoStore("There is no store here.", where=str(folder), mend="Name its folder with --store.")
    outside = tuple(_outside(folder, date.fromisoformat(at[:10]), progress))
    if any(finding.level == "wrong" for finding in outside[:1]):
        return Examination(outside)
    key = keyslots.unwrap(keyslots.read(folder), ask())
    return Examination((*outside, *_inside(folder / DATABASE, key, progress)))


def _outside(folder: Path, today: date, progress: Progress) -> Iterator[Finding]:
    """Look at what needs no passphrase; what the store cannot be opened without comes first."""
    yield _files(folder)
    yield from _privacy(folder)
    yield from _space(folder)
    yield from _leftovers(folder)
    yield from _backups(folder, today, progress)


def _files(folder: Path) -> Finding:
    if not (folder / DATABASE).exists():
        return Finding("wrong", "The keys of a store are here, but its data is not.", _RESTORE)
    try:
        found = keyslots.read(folder)
    except NoStore:
        return Finding(
            "wrong",
            "The file of keys, keyslots.json, is missing. Without it nobody can open the store.",
            _RESTORE,
        )
    except Problem as problem:
        return Finding("wrong", problem.what, problem.mend)
    ways = {
        "PassphraseSlot": "passphrase",
        "RecoverySlot": "recovery code",
        "EscrowSlot": "organisation's key",
    }
    named = ", ".join(ways[type(slot).__name__] for slot in found.slots)
    return Finding("well", f"The keys can be read. The store opens with: {named}.")


def _privacy(folder: Path) -> Iterator[Finding]:
    warnings = cautions(folder)
    yield from (Finding("look", words) for words in warnings)
    if os.name == "nt":
        return
    open_files = [
        path.name
        for path in sorted(folder.iterdir())
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_files:
        yield Finding(
            "look",
            f"Other users of this computer may read {', '.join(open_files)}. What is in them is encrypted all the same.",
            f"Shut them: chmod 600 '{folder}'/*.*",
        )
    elif not warnings:
        yield Finding("well", "Only you may read the store's files.")


def _space(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    size = (folder / DATABASE).stat().st_size if (folder / DATABASE).exists() else 0
    needed = max(_LEAST_FREE, 3 * size)
    if free < needed:
        yield Finding(
            "look",
            f"The disk has only {free // 1_000_000} MB free; {needed // 1_000_000} MB leave room for backups and updates.",
            "Free some space. What has been saved is safe.",
        )
    else:
        yield Finding("well", "The disk has room.")


def _leftovers(folder: Path) -> Iterator[Finding]:
    if any((folder / name).exists() for name in (COPYING, RESTORING)):
        yield Finding(
            "look",
            "A backup or a restoring was interrupted, and left files that nobody needs.",
            "Do it again: it clears them away.",
        )


def _backups(folder: Path, today: date, progress: Progress) -> Iterator[Finding]:
    found = automatic_backups(folder)
    if not found:
        yield Finding("look", "There is no automatic backup yet.", _BACKUP)
        return
    sound, newest = 0, ""
    for path in found:
        try:
            header = check_backup(path, progress=progress)
        except Problem as problem:
            yield Finding("look", f"{path.name}: {problem.what}", "Delete it, and make another backup.")
            continue
        sound, newest = sound + 1, max(newest, header.made)
    if not sound:
        yield Finding("wrong", "None of the automatic backups is sound.", _BACKUP)
        return
    days = (today - date.fromisoformat(newest[:10])).days
    if days > DAYS_WITHOUT_BACKUP:
        yield Finding("look", f"The newest automatic backup is {days} days old.", _BACKUP)
    else:
        yield Finding("well", f"{sound} automatic backups are sound; the newest is of {newest[:10]}.")


def _inside(database: Path, key: bytes, progress: Progress) -> Iterator[Finding]:
    """Look at what the passphrase opens, and stop where looking on makes no sense."""
    try:
        with translate_errors(database), closing(open_keyed(database, key, read_only=True)) as connection:
            yield from _opened(connection, progress)
    except StoreTooNew as problem:
        yield Finding("wrong", problem.what, problem.mend)
    except Problem as problem:
        yield Finding("wrong", problem.what, _RESTORE)


def _opened(connection: Connection, progress: Progress) -> Iterator[Finding]:
    newest, found = released()[-1].number, schema_of(connection)
    if found > newest:
        raise StoreTooNew(
            "A newer supportplan wrote this store.",
            mend="Install the newest supportplan. Nothing was changed.",
        )
    if not found:
        yield Finding("wrong", "The store's database is empty.", _RESTORE)
        return
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        yield Finding(
            "wrong", "This database is not a store of supportplan.", "Name another folder with --store."
        )
        return
    progress("Checking the pages", 0, 4)
    damage = damage_in(connection)
    if damage:
        yield Finding("wrong", f"The store is damaged: {len(damage)} places do not hold.", _RESTORE)
        return
    yield Finding("well", "Every page of the store is as it was written, and encrypted.")
    if found < newest:
        yield Finding(
            "look",
            "An older supportplan wrote this store.",
            "Open it once: it is backed up and brought up to date.",
        )
        return
    progress("Checking the log", 1, 4)
    yield from _log(connection)
    progress("Checking the drafts", 2, 4)
    yield from _drafts(connection)
    progress("Checking the list", 3, 4)
    yield from _list(connection)
    progress("Checking the list", 4, 4)


def _log(connection: Connection) -> Iterator[Finding]:
    faults = tuple(all_faults(connection))
    if faults:
        yield Finding(
            "wrong",
            f"The record of what was agreed and signed does not hold at {len(faults)} places, the first at link "
            f"{faults[0].number}: {faults[0].what}.",
            _RESTORE,
        )
        return
    number, chain = head_of(connection)
    yield Finding(
        "well",
        f"All {number} entries are what was written, signed and in order. The newest seal begins with {chain[:8]}: "
        "compare it with the one on a printed plan to see that none was taken off the end.",
    )


def _drafts(connection: Connection) -> Iterator[Finding]:
    count = unreadable = 0
    for (plan,) in connection.execute("SELECT plan FROM draft"):
        count += 1
        try:
            read_plan(plan)
        except BadDocument:
            unreadable += 1
    if unreadable:
        yield Finding(
            "wrong",
            f"{unreadable} of {count} drafts cannot be read.",
            "Install the newest supportplan; if it cannot read them either, restore the newest backup.",
        )
    else:
        yield Finding("well", f"All {count} drafts can be read.")


def _list(connection: Connection) -> Iterator[Finding]:
    missing, superfluous = connection.execute(_DIFFERENCE).fetchone()
    if missing or superfluous:
        yield Finding(
            "wrong", f"The list of cases lacks {missing} cases and has {superfluous} too many.", _REBUILD
        )
    else:
        yield Finding("well", "The list of cases agrees with the plans.")


_DIFFERENCE = """
    WITH known AS (SELECT case_id FROM draft UNION SELECT case_id FROM entry WHERE case_id <> 'library')
    SELECT (SELECT count(*) FROM (SELECT case_id FROM known EXCEPT SELECT case_id FROM case_index)),
           (SELECT count(*) FROM (SELECT case_id FROM case_index EXCEPT SELECT case_id FROM known))
"""
