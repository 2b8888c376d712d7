"""An open store for whoever needs one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from supportplan.storage.store import Store
from tests.storage.stores import Clock, new_store


@pytest.fixture
def clock() -> Clock:
    """The clock of the store."""
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A new store."""
    with new_store(tmp_path / "store", clock) as made:
        yield made
