"""The file of a store is taken away while it is open: nothing that is saved into nowhere is said to be saved."""

from pathlib import Path

import pytest

from supportplan.domain.problems import DiskRefused
from supportplan.storage.database.clock import now
from supportplan.storage.database.location import DATABASE
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.settings import AUTHOR
from supportplan.storage.store import Store


def test_saving_into_a_file_that_is_gone_is_refused_until_it_is_back(tmp_path: Path) -> None:
    store, _ = Store.create(
        tmp_path / "store", "seven small boats at anchor", at=now(), author="Pat", cost=FLOOR
    )
    with store:
        store.settings.put(AUTHOR, "Pat Example").result()
        database = tmp_path / "store" / DATABASE
        database.rename(tmp_path / "elsewhere")
        with pytest.raises(DiskRefused, match="gone from its folder"):
            store.settings.put(AUTHOR, "Nobody").result()
        database.write_bytes(b"another")
        with pytest.raises(DiskRefused, match="gone from its folder"):
            store.settings.put(AUTHOR, "Nobody").result()
        (tmp_path / "elsewhere").replace(database)
        store.settings.put(AUTHOR, "Pat again").result()
        assert store.settings.get(AUTHOR) == "Pat again"
