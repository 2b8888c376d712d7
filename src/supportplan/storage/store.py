"""The store as the rest of the program sees it: made or opened with a secret, its parts, and closed in good order."""

from __future__ import annotations

import atexit
import sys
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from contextlib import ExitStack
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Self

from supportplan.domain.cases.entries import Record
from supportplan.domain.problems import NotFound
from supportplan.storage.backups.progress import Progress, silent
from supportplan.storage.backups.replacing import finish_restoring
from supportplan.storage.cases.case_index import CaseIndex
from supportplan.storage.cases.case_projection import CaseProjection, turned
from supportplan.storage.cases.drafts import Drafts
from supportplan.storage.cases.left_off import LeftOffs
from supportplan.storage.database.clock import Clock, day_of, now
from supportplan.storage.database.connection import Connection, Readers, open_keyed, translate_errors
from supportplan.storage.database.engine import CoreReaders
from supportplan.storage.database.location import (
    DATABASE,
    make_private_folder,
)
from supportplan.storage.database.lock import StoreLock
from supportplan.storage.database.migrations import migrate
from supportplan.storage.database.writer import Transaction, Writer, locked
from supportplan.storage.entries.chain import Fault, Head, all_faults, head_of, tail_faults
from supportplan.storage.entries.ledger import Ledger
from supportplan.storage.entries.signed_records import introductions_of, known_devices, signed_records_of
from supportplan.storage.keys import keyslots, passphrase
from supportplan.storage.keys.device_key import kept_device_key
from supportplan.storage.keys.keyslots import Keyslots
from supportplan.storage.keys.passphrase import Cost
from supportplan.storage.making import make, refuse_existing
from supportplan.storage.passing_files import PassingFiles
from supportplan.storage.rate_rows import RateRows
from supportplan.storage.records import record_of, records_of
from supportplan.storage.settings import AUTHOR, Settings
from supportplan.storage.soundness import demand_begun, demand_sound, without_database

if TYPE_CHECKING:
    from supportplan.storage.backups.backup import Backup
    from supportplan.storage.bundles.bundle import Bundle

# Seconds for which opening waits until the list says how each case stands today.
_MOMENT = 1.0


class Store:
    """An open store. `drafts`, `cases`, `left_offs`, `rates`, `settings` and `passing` are its parts.

    `device` and `author` say who writes. Whoever adds to the log what follows from what is in it holds `recording` from
    reading to the disk's answer.
    """

    def __init__(
        self, folder: Path, key: bytes, connection: Connection, lock: StoreLock, clock: Clock
    ) -> None:
        self.folder = folder
        self._key = key
        self._lock = lock
        self._clock = clock
        self.recording = RLock()
        path = folder / DATABASE

        def open_reader() -> Connection:
            if not self._key:
                raise locked()
            return open_keyed(path, self._key, read_only=True)

        self._device = kept_device_key(connection, key)
        self.device = self._device.id
        self.author = _author(connection)
        # Resolved when the list says of every case how it stands today; a problem, such as a full disk, leaves some as
        # they stood when the store was last opened.
        self.up_to_day: Future[None] = Future()
        self.up_to_day.set_result(None)
        self._writer = Writer(connection, path)
        self._readers = Readers(open_reader, path)
        self._core = CoreReaders(open_reader, path)
        self.cases = CaseIndex(self._readers)
        self._projection = CaseProjection(self.cases.named)
        self.drafts = Drafts(self._writer, self._readers, self._projection, clock)
        self.left_offs = LeftOffs(self._writer, self._readers)
        self.rates = RateRows(self._core)
        self.settings = Settings(self._writer, self._core)
        self.passing = PassingFiles(folder)
        self.passing.clear()
        self._ledger = Ledger(self._writer, self._device, self._projection, clock)
        # Whoever forgets to close loses nothing that was handed in.
        self._at_exit = _closing(weakref.ref(self))
        atexit.register(self._at_exit)

    @classmethod
    def create(
        cls, folder: Path, secret: str, *, at: str, author: str, cost: Cost | None = None, clock: Clock = now
    ) -> tuple[Self, str]:
        """Make a store in a folder and open it. Returns it with its recovery code, to be shown once.

        `cost` is what one guess at the passphrase costs; without it, about a second of this computer. Raises
        StoreExists, BadInput for a passphrase that is guessed easily, StoreInUse, DiskRefused.
        """
        passphrase.demand_strength(secret)
        _keep_no_core()
        with translate_errors(folder):
            make_private_folder(folder)
            lock = StoreLock(folder)
            lock.take()
            try:
                refuse_existing(folder)
                slots, key, code = keyslots.create(secret, cost or passphrase.calibrated())
                make(folder, slots, key, author=author, at=at)
                return cls._open(folder, key, lock, clock), code
            except BaseException:
                lock.release()
                raise

    @classmethod
    def unlock(cls, folder: Path, secret: str, *, clock: Clock = now) -> Self:
        """Open a store with its passphrase, its recovery code, or the organisation's private key (PEM).

        Raises NoStore, WrongPassphrase, StoreInUse, StoreTooNew, StoreDamaged, DiskRefused.
        """
        _keep_no_core()
        finish_restoring(folder)
        slots = keyslots.read(folder)
        if not (folder / DATABASE).exists():
            raise without_database(folder)
        with translate_errors(folder):
            demand_begun(folder)
            lock = StoreLock(folder)
            lock.take()
            try:
                return cls._open(folder, keyslots.unwrap(slots, secret), lock, clock)
            except BaseException:
                lock.release()
                raise

    @classmethod
    def _open(cls, folder: Path, key: bytes, lock: StoreLock, clock: Clock) -> Self:
        connection = open_keyed(folder / DATABASE, key)
        try:
            with translate_errors(folder / DATABASE):
                migrate(connection, before=_backup_before(folder, key, clock))
                demand_sound(folder, tail_faults(connection))
                opened = cls(folder, key, connection, lock, clock)
        except BaseException:
            connection.close()
            raise
        try:
            opened._bring_up_to_day()
        except BaseException:
            opened.close()
            raise
        return opened

    def _bring_up_to_day(self) -> None:
        """Begin to work out anew what a day that came has changed, and wait a moment: most often that is all of it."""
        on = day_of(self._clock())
        with self._readers.connection() as driver:
            cases = turned(driver, on)
        if cases:
            self.up_to_day = self._ledger.bring_up_to_day(cases, on)
            wait([self.up_to_day], timeout=_MOMENT)

    def close(self) -> None:
        """Wait until all that was handed in is on the disk, then close. A second time does nothing."""
        atexit.unregister(self._at_exit)
        with ExitStack() as closing:
            closing.callback(self._lock.release)
            closing.callback(self.passing.clear)
            closing.callback(self._forget_key)
            closing.callback(self._core.close)
            closing.callback(self._readers.close)
            closing.callback(self._writer.close)

    def _forget_key(self) -> None:
        self._key = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, records: Sequence[Record]) -> Future[int]:
        """Add records of this device to the log, all or none; the future gives the number of the newest link."""
        return self._ledger.append(records)

    def records(self, case: str, *, blobs: bool = True) -> tuple[Record, ...]:
        """Return a case's records in the order in which they were added; without `blobs` the bodies of those are empty."""
        with self._readers.connection() as driver:
            return records_of(driver, case, blobs=blobs)

    def record(self, entry_id: str) -> Record:
        """Return one record. Raises NotFound."""
        with self._readers.connection() as driver:
            return record_of(driver, entry_id)

    def bundle_of(self, case: str) -> bytes:
        """Lay all entries of a case, signed, and the keys of the devices that made them into a bundle. Raises NotFound."""
        from supportplan.storage.bundles.bundle import pack

        with self._readers.connection() as driver:
            records = signed_records_of(driver, case)
            devices = {self.device, *(one.record.entry.device for one in records)}
            introductions = introductions_of(driver, devices)
        if not records:
            raise NotFound("Nothing of this case is recorded yet.", where=f"case {case}")
        return pack(case, introductions, records, self._device, author=self.author, made=self._clock())

    def take_in(
        self, bundle: Bundle, *, own: Sequence[Record] = (), draft: bytes | None = None, deed: str = ""
    ) -> Future[int]:
        """Add the entries of a verified bundle, and before them some of this device's, all or none.

        With `draft`, the case's draft goes on from that plan, as a deed that can be undone. The future gives the number of
        the newest link.
        """

        def before(transaction: Transaction) -> None:
            if draft is not None:
                self.drafts.follow(transaction, bundle.contents.case, draft, deed)

        return self._ledger.take_in((*bundle.introductions, *bundle.records), own=own, before=before)

    def known_devices(self) -> dict[str, bytes]:
        """Return the public key of every device whose entries are here, by the device's id."""
        with self._readers.connection() as driver:
            return known_devices(driver)

    def head(self) -> Head:
        """Return the newest link of the log: its number and the seal over all entries."""
        with self._readers.connection() as driver:
            return head_of(driver)

    def verify(self) -> tuple[Fault, ...]:
        """Check every link, entry, signature and body. Returns what does not hold; nothing if all does."""
        with self._readers.connection() as driver:
            return tuple(all_faults(driver))

    def flush(self) -> None:
        """Wait until all that was handed in is on the disk, or was refused."""
        self._writer.flush()

    def rebuild_index(self) -> Future[None]:
        """Build the list of cases again from drafts and entries."""
        return self._ledger.show_all_anew()

    def back_up(self, to: Path, *, replace: bool = False, progress: Progress = silent) -> Backup:
        """Write an encrypted, verified backup of all that is on the disk into one file. Raises as `backup.back_up` does."""
        from supportplan.storage.backups.backup import back_up

        self.flush()
        return back_up(self.folder, self._key, to, at=self._clock(), replace=replace, progress=progress)

    def back_up_daily(self, *, progress: Progress = silent) -> Backup | None:
        """Make today's automatic backup, unless there is one."""
        from supportplan.storage.backups.automatic_backups import back_up_daily

        self.flush()
        return back_up_daily(self.folder, self._key, at=self._clock(), progress=progress)

    def change_author(self, author: str) -> None:
        """Write under another name from here on, once the disk has it; what is recorded keeps its own. Raises DiskRefused."""
        self.settings.put(AUTHOR, author).result()
        self.author = author

    def change_passphrase(self, old: str, new: str) -> None:
        """Put a new passphrase in the place of the old one, which opens the store no more. The data is not rewritten.

        `old` may be the recovery code. Raises WrongPassphrase, BadInput.
        """
        self._change_slots(old, lambda slots, key: keyslots.with_passphrase(slots, key, new))

    def new_recovery_code(self, secret: str) -> str:
        """Make a new recovery code and return it, to be shown once; the old one opens the store no more."""
        code = passphrase.new_recovery_code()
        self._change_slots(secret, lambda slots, key: keyslots.with_recovery_code(slots, key, code))
        return code

    def add_escrow(self, public_key_pem: str) -> None:
        """Let the holder of an organisation's private key open the store too. Raises BadInput, StoreDamaged."""
        slots = keyslots.read(self.folder)
        keyslots.demand_sealed_with(slots, self._key)
        keyslots.write(self.folder, keyslots.with_escrow(slots, self._key, public_key_pem))

    def _change_slots(self, secret: str, change: Callable[[Keyslots, bytes], Keyslots]) -> None:
        slots = keyslots.read(self.folder)
        key = keyslots.unwrap(slots, secret)
        keyslots.write(self.folder, change(slots, key))


def _backup_before(folder: Path, key: bytes, clock: Clock) -> Callable[[int], None]:
    def back_up_first(_: int) -> None:
        from supportplan.storage.backups.automatic_backups import back_up_before_schema_change

        back_up_before_schema_change(folder, key, at=clock())

    return back_up_first


def _author(driver: Connection) -> str:
    found = driver.execute("SELECT value FROM setting WHERE key = ?", (AUTHOR,)).fetchone()
    return found[0] if found else ""


def _keep_no_core() -> None:
    """Let no crash write this program's memory, and the key in it, to the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _closing(store: weakref.ref[Store]) -> Callable[[], None]:
    def close() -> None:
        found = store()
        if found is not None:
            found.close()

    return close
