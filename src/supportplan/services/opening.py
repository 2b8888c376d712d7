"""Making and opening the store of this computer. What a store needs is loaded when one is opened, not before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from supportplan.domain.problems import NoStore
from supportplan.storage.database.clock import now
from supportplan.storage.database.location import ENVIRONMENT as STORE_ENVIRONMENT
from supportplan.storage.database.location import default_folder, is_store

if TYPE_CHECKING:
    from supportplan.storage.store import Store as Store

__all__ = [
    "STORE_ENVIRONMENT",
    "demand_strength",
    "is_store",
    "load_store",
    "make_store",
    "store_folder",
    "unlock",
]


def store_folder(named: Path | None = None) -> Path:
    """Return the folder of the store: the one that was named, or this user's own."""
    return named or default_folder()


def demand_strength(secret: str) -> None:
    """Refuse a passphrase that is guessed easily, before anything is made with it. Raises BadInput."""
    from supportplan.storage.keys import passphrase

    passphrase.demand_strength(secret)


def make_store(folder: Path, secret: str, *, name: str, role: str = "") -> str:
    """Make a store for a facilitator and return its recovery code, to be shown once. Raises as Store.create does."""
    from supportplan.services.author import typed_author
    from supportplan.storage.store import Store

    store, code = Store.create(folder, secret, at=now(), author=str(typed_author(name, role)))
    store.close()
    return code


def load_store() -> None:
    """Load what a store is opened with; who does not, waits for it when one is opened."""
    import supportplan.storage.store  # noqa: F401 - what counts is that it is there


def unlock(folder: Path, ask: Callable[[], str]) -> Store:
    """Open the store in a folder; nobody is asked for a passphrase where there is none. Raises as Store.unlock does."""
    if not is_store(folder):
        raise NoStore(
            "There is no store here yet.", where=str(folder), mend="Set one up: supportplan passphrase"
        )
    from supportplan.storage.store import Store

    return Store.unlock(folder, ask())
