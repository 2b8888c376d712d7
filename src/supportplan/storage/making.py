"""Making the files of a new store: in a folder of their own, and moved into place when they are whole."""

import shutil
from pathlib import Path

from supportplan.disk import flush_folder
from supportplan.domain.problems import StoreExists
from supportplan.storage.cases.case_projection import CaseProjection
from supportplan.storage.database.connection import open_keyed
from supportplan.storage.database.location import (
    DATABASE,
    is_store,
    make_private_file,
    make_private_folder,
)
from supportplan.storage.database.migrations import migrate
from supportplan.storage.database.writer import Transaction, Writer, demand_carried_over
from supportplan.storage.entries.ledger import Ledger
from supportplan.storage.keys import keyslots
from supportplan.storage.keys.device_key import DeviceKey, new_device_key
from supportplan.storage.keys.keyslots import Keyslots
from supportplan.storage.settings import AUTHOR

# Where a new store is made: one that was not finished is never taken for a store.
MAKING = "making"


def refuse_existing(folder: Path) -> None:
    """Refuse a folder that holds a store already, or a part of one. Raises StoreExists."""
    unfinished = (folder / MAKING / DATABASE).exists() and not (folder / DATABASE).exists()
    if not unfinished and is_store(folder):
        raise StoreExists(
            "There is a store here already.",
            where=str(folder),
            mend="Open it, or name another folder with --store.",
        )


def make(folder: Path, slots: Keyslots, key: bytes, *, author: str, at: str) -> None:
    """Make the files of a store that opens with a key. Raises DiskRefused, and then there is none."""
    place = folder / MAKING
    shutil.rmtree(place, ignore_errors=True)
    make_private_folder(place)
    path = place / DATABASE
    make_private_file(path)
    connection = open_keyed(path, key)
    try:
        migrate(connection, before=lambda _: None)
    except BaseException:
        connection.close()
        raise
    device = new_device_key()
    writer = Writer(connection, path)
    try:
        writer.submit(lambda transaction: _begin(transaction, device, key, author)).result()
        ledger = Ledger(writer, device, CaseProjection(lambda _: None), lambda: at)
        ledger.append([device.introduction(author, at)]).result()
    finally:
        writer.close()
    demand_carried_over(path)
    keyslots.write(folder, slots)
    path.replace(folder / DATABASE)
    flush_folder(folder)
    shutil.rmtree(place)


def _begin(transaction: Transaction, device: DeviceKey, key: bytes, author: str) -> None:
    device.keep(transaction.driver, key)
    transaction.driver.execute("INSERT INTO setting (key, value) VALUES (?, ?)", (AUTHOR, author))
