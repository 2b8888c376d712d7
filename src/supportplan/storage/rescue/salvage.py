"""Saving what can be saved of a damaged store, into a new one beside it. The damaged one is read from a copy only.

What is copied is what nothing else says: bodies, entries, their order, drafts and their steps, settings, the device's
key. An entry is taken only if it is the one that was written, with its body. Lists and rates are made anew from them.
What the store has lost is taken from its newest automatic backup: entries as they were, drafts as they were then.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from supportplan.disk import flush_folder, write_whole
from supportplan.domain.canonical import canonical, digest, read
from supportplan.domain.cases.entries import Entry, Record
from supportplan.domain.problems import BadDocument, DiskRefused, Problem, StoreDamaged, StoreExists
from supportplan.storage.backups.automatic_backups import automatic_backups
from supportplan.storage.backups.backup_file import unpack_backup
from supportplan.storage.backups.progress import Progress, silent
from supportplan.storage.backups.replacing import locked
from supportplan.storage.cases.case_projection import CaseProjection
from supportplan.storage.database.clock import Clock
from supportplan.storage.database.connection import Connection, open_keyed, translate_errors
from supportplan.storage.database.location import (
    DATABASE,
    KEYSLOTS,
    make_private_file,
    make_private_folder,
)
from supportplan.storage.database.migrations import migrate
from supportplan.storage.database.writer import Transaction, Writer, demand_carried_over
from supportplan.storage.entries.chain import START, link
from supportplan.storage.entries.ledger import Ledger
from supportplan.storage.keys.device_key import DeviceKey, kept_device_key, new_device_key
from supportplan.storage.rate_rows import list_rates_of
from supportplan.storage.rescue.damaged import DamagedDatabase
from supportplan.storage.settings import AUTHOR

_READING = "reading"
_NEW = "new.db"
_REPORT_EVERY = 200


class Salvaged(NamedTuple):
    """What was saved and, as far as that can be told, what was lost.

    A draft from the backup lacks what was done since; the backup's moment is `as_of`, empty where there was none. A
    draft without steps is whole, but what was done to it can no longer be undone.
    """

    folder: Path
    entries: int
    entries_lost: int
    drafts: int
    drafts_lost: int
    drafts_without_steps: int
    drafts_from_backup: int = 0
    as_of: str = ""


def salvage(folder: Path, key: bytes, into: Path, *, clock: Clock, progress: Progress = silent) -> Salvaged:
    """Save what can be read of the store in `folder` into a new store in `into`, which opens with the same secrets.

    Its log is a new one over the entries that were saved, in their old order. Raises StoreExists; StoreDamaged where
    not even the list of tables can be read; DiskRefused.
    """
    if into.exists() and any(into.iterdir()):
        raise StoreExists("This folder is not empty.", where=str(into), mend="Name a new folder.")
    with translate_errors(into):
        make_private_folder(into)
        reading = into / _READING
        make_private_folder(reading)
        try:
            copy = _copied(folder, reading)
            with ExitStack() as opened, translate_errors(folder / DATABASE):
                sources = [opened.enter_context(DamagedDatabase(copy, key))]
                backup, as_of = _newest_backup(folder, key, reading)
                if backup:
                    sources.append(opened.enter_context(backup))
                found = _Salvage(sources, reading / _NEW, key, progress).save(clock)
            slots = (folder / KEYSLOTS).read_bytes()
            write_whole(into / KEYSLOTS, lambda file: file.write(slots))
            (reading / _NEW).replace(into / DATABASE)
            flush_folder(into)
        finally:
            shutil.rmtree(reading, ignore_errors=True)
    return found._replace(folder=into, as_of=as_of)


def _copied(folder: Path, reading: Path) -> Path:
    """Copy the database and its log: even looking into a damaged store could carry damage from one to the other."""
    with _locked_where_possible(folder):
        for path in (folder / DATABASE, folder / f"{DATABASE}-wal"):
            if path.exists():
                make_private_file(reading / path.name)
                shutil.copyfile(path, reading / path.name)
    return reading / DATABASE


@contextmanager
def _locked_where_possible(folder: Path) -> Iterator[None]:
    """Keep other programs from writing meanwhile; a disk that can only be read lets nobody write. Raises StoreInUse."""
    with ExitStack() as held:
        with suppress(DiskRefused):
            held.enter_context(locked(folder))
        yield


def _newest_backup(folder: Path, key: bytes, reading: Path) -> tuple[DamagedDatabase | None, str]:
    """Open the newest automatic backup that is sound, and say when it was made."""
    for number, path in enumerate(automatic_backups(folder)):
        place = reading / f"backup-{number}"
        make_private_folder(place)
        with suppress(Problem):
            header = unpack_backup(path, place)
            return DamagedDatabase(place / DATABASE, key), header.made
        shutil.rmtree(place)
    return None, ""


class _Salvage:
    """Copies from the damaged store first, and then, where something is missing, from its backup."""

    def __init__(
        self, sources: Sequence[DamagedDatabase], path: Path, key: bytes, progress: Progress
    ) -> None:
        damaged = sources[0]
        self._damaged = damaged
        self._sources = sources
        self._path = path
        self._key = key
        self._progress = progress
        self._expected = damaged.value("SELECT count(*) FROM entry") or damaged.last_number("entry")
        self._read = 0

    def save(self, clock: Clock) -> Salvaged:
        """Copy what nothing else says, and make the rest from it."""
        make_private_file(self._path)
        with closing(open_keyed(self._path, self._key)) as new:
            migrate(new, before=lambda _: None)
            new.execute("BEGIN IMMEDIATE")
            self._settings(new)
            self._bodies(new)
            order = self._entries(new)
            self._log(new, order)
            drafts, without_steps, from_backup = self._drafts(new)
            drafts_expected = self._damaged.value("SELECT count(*) FROM draft") or self._damaged.last_number(
                "draft"
            )
            device, author = self._device(new), _author(new)
            new.execute("COMMIT")
        self._derive(device, author, clock)
        return Salvaged(
            folder=self._path.parent,
            entries=len(order),
            entries_lost=max(self._expected - len(order), 0),
            drafts=drafts,
            drafts_lost=max(drafts_expected - drafts, 0),
            drafts_without_steps=without_steps,
            drafts_from_backup=from_backup,
        )

    def _rows(self, table: str, columns: str, *sources: DamagedDatabase) -> Iterator[tuple[Any, ...]]:
        query = f"SELECT rowid, {columns} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"  # noqa: S608 - our own names
        for source in sources or self._sources:
            for row in source.rows(query, (), 1, source.last_number(table)):
                yield row[1:]

    def _settings(self, new: Connection) -> None:
        for row in self._rows("setting", "key, value"):
            new.execute("INSERT OR IGNORE INTO setting (key, value) VALUES (?, ?)", row)

    def _bodies(self, new: Connection) -> None:
        for kept, body in self._rows("doc", "digest, body"):
            if digest(body) == kept:
                new.execute("INSERT OR IGNORE INTO doc (digest, body) VALUES (?, ?)", (kept, body))
            self._report()

    def _entries(self, new: Connection) -> list[str]:
        """Copy the entries that are what was written and have their body; return their ids in the order of the log."""
        number_of = {entry: number for number, entry in self._rows("log", "number, entry_id")}
        places: dict[str, int] = {}
        place = 0
        for header, signature in self._rows("entry", "header, signature"):
            entry = _entry(header)
            if (
                entry
                and entry.id not in places
                and new.execute("SELECT 1 FROM doc WHERE digest = ?", (entry.doc,)).fetchone()
            ):
                new.execute(
                    _ENTRY, (entry.id, entry.case, entry.kind, entry.at, entry.doc, header, signature)
                )
                # One whose link was lost keeps its place after the entry that it was written after.
                place = places[entry.id] = number_of.get(entry.id, place)
            self._report()
        return sorted(places, key=lambda entry: places[entry])

    def _log(self, new: Connection, order: list[str]) -> None:
        chain = START
        for number, entry in enumerate(order, 1):
            chain = link(chain, entry)
            new.execute("INSERT INTO log (number, entry_id, chain) VALUES (?, ?, ?)", (number, entry, chain))

    def _drafts(self, new: Connection) -> tuple[int, int, int]:
        """Copy the drafts, each with its newest steps as far back as none is missing: those beyond cannot be undone."""
        count = without = from_backup = 0
        for source in self._sources:
            for case, plan, step, at in self._rows("draft", "case_id, plan, step, at", source):
                if new.execute("SELECT 1 FROM draft WHERE case_id = ?", (case,)).fetchone():
                    continue
                steps = _steps(source, case, step)
                new.execute(
                    "INSERT INTO draft (case_id, plan, step, at) VALUES (?, ?, ?, ?)",
                    (case, plan, step if steps else 0, at),
                )
                new.executemany(_STEP, [(case, *row) for row in steps or ()])
                count += 1
                without += step > 0 and not steps
                from_backup += source is not self._damaged
        return count, without, from_backup

    def _device(self, new: Connection) -> DeviceKey:
        """Copy the device's key; where it is lost, this is a new device from now on."""
        for row in self._rows("device", "id, public_key, sealed_key"):
            new.execute("INSERT OR IGNORE INTO device (id, public_key, sealed_key) VALUES (?, ?, ?)", row)
        try:
            return kept_device_key(new, self._key)
        except StoreDamaged:
            new.execute("DELETE FROM device")
            device = new_device_key()
            device.keep(new, self._key)
            return device

    def _derive(self, device: DeviceKey, author: str, clock: Clock) -> None:
        """Make what follows from the entries: the rates to choose from, the list of cases, the device's introduction."""
        writer = Writer(open_keyed(self._path, self._key), self._path)
        try:
            writer.submit(_list_rates).result()
            ledger = Ledger(writer, device, CaseProjection(lambda _: None), clock)
            if not writer.submit(lambda transaction: _is_introduced(transaction, device)).result():
                ledger.append([device.introduction(author, clock())]).result()
            ledger.show_all_anew().result()
        finally:
            writer.close()
        demand_carried_over(self._path)

    def _report(self) -> None:
        self._read += 1
        if self._read % _REPORT_EVERY == 0:
            self._progress("Saving", min(self._read, 2 * self._expected), 2 * self._expected)


_ENTRY = "INSERT INTO entry (id, case_id, kind, at, doc, header, signature) VALUES (?, ?, ?, ?, ?, ?, ?)"
_STEP = "INSERT INTO draft_step (case_id, number, deed, at, start, removed, inserted) VALUES (?, ?, ?, ?, ?, ?, ?)"


def _entry(header: bytes) -> Entry | None:
    try:
        entry = read(header, Entry)
    except BadDocument:
        return None
    return entry if canonical(entry) == header else None


def _steps(source: DamagedDatabase, case: str, step: int) -> list[Any] | None:
    """Return the newest steps of a draft, which follow one another; None where that cannot be said of them."""
    query = (
        "SELECT number, deed, at, start, removed, inserted FROM draft_step "
        "WHERE case_id = ? AND number BETWEEN ? AND ? ORDER BY number"
    )
    highest = source.value("SELECT max(number) FROM draft_step WHERE case_id = ?", (case,)) or step
    found = list(source.rows(query, (case,), 1, highest))
    numbers = [row[0] for row in found]
    whole = numbers == list(range(highest - len(found) + 1, highest + 1)) and highest >= step
    return found if whole else None


def _author(new: Connection) -> str:
    found = new.execute("SELECT value FROM setting WHERE key = ?", (AUTHOR,)).fetchone()
    return found[0] if found else "Unknown"


def _list_rates(transaction: Transaction) -> None:
    rows = transaction.driver.execute(
        "SELECT header, body FROM entry JOIN doc ON digest = doc WHERE kind = 'schedule'"
    ).fetchall()
    for header, body in rows:
        # One that a newer program wrote stays an entry, and that program will choose from it.
        with suppress(BadDocument):
            list_rates_of(transaction.core.connection, Record(read(header, Entry), body))


def _is_introduced(transaction: Transaction, device: DeviceKey) -> bool:
    rows = transaction.driver.execute("SELECT header FROM entry WHERE kind = 'device'").fetchall()
    return any(read(header, Entry).device == device.id for (header,) in rows)
