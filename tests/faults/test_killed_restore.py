"""A store is replaced by a restored one, or it is not: whenever that is killed, one of the two is whole and opens."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from supportplan.domain.problems import StoreExists
from supportplan.services.opening import is_store
from supportplan.storage.backups.backup import restore
from supportplan.storage.backups.replacing import SET_ASIDE
from supportplan.storage.database.location import DATABASE, KEYSLOTS, RESTORED
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.storage.stores import AT, PASSPHRASE, Clock, new_store, plan_bytes

if sys.platform == "win32":
    pytest.skip("Windows knows no SIGKILL", allow_module_level=True)

# Another store altogether, so that neither opens with the other's keys.
ANOTHER = "eight small boats at sea"
OLD, RESTORED_PLAN = plan_bytes("Sam Old"), plan_bytes("Sam Restored")


@pytest.fixture
def stores(tmp_path: Path) -> tuple[Path, Path]:
    """A store that was killed, so that its newest draft is in its log alone, and the backup of another one."""
    with new_store(tmp_path / "other") as other:
        other.drafts.save("case-1", RESTORED_PLAN, "Began").result()
        backup = other.back_up(tmp_path / "other.backup").path
    store, _ = Store.create(
        tmp_path / "open", ANOTHER, at=AT, author="A Facilitator", cost=FLOOR, clock=Clock()
    )
    with store:
        store.drafts.save("case-1", OLD, "Began").result()
        (tmp_path / "store").mkdir(mode=0o700)
        for name in (DATABASE, f"{DATABASE}-wal", KEYSLOTS):
            shutil.copy(tmp_path / "open" / name, tmp_path / "store" / name)
    assert (tmp_path / "store" / f"{DATABASE}-wal").stat().st_size
    return tmp_path / "store", backup


def killed_at(number: int, folder: Path, backup: Path) -> bool:
    command = [
        sys.executable,
        "-m",
        "tests.faults.killed_restore",
        str(backup),
        str(folder),
        PASSPHRASE,
        str(number),
    ]
    done = subprocess.run(command, check=False)
    assert done.returncode in (0, -signal.SIGKILL)
    return done.returncode != 0


def draft_in(folder: Path, passphrase: str) -> bytes:
    with Store.unlock(folder, passphrase, clock=Clock()) as store:
        draft = store.drafts.read("case-1")
        assert draft is not None
        assert store.verify() == ()
        return draft.plan


def test_whenever_it_is_killed_the_old_store_or_the_restored_one_opens(
    stores: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, backup = stores
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    number, outcomes, half = 0, [], 0
    while True:
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        killed = killed_at(number, folder, backup)
        half += (folder / RESTORED).exists()
        assert is_store(folder)
        with pytest.raises(StoreExists):
            Store.create(folder, ANOTHER, at=AT, author="Another", cost=FLOOR)
        # Who restored it has the passphrase of the restored one; until it counts, that of the old one opens.
        restored = (folder / RESTORED).exists() or bool(list(folder.glob(f"{SET_ASIDE}-*")))
        outcomes.append(restored)
        assert draft_in(folder, PASSPHRASE if restored else ANOTHER) == (RESTORED_PLAN if restored else OLD)
        asides = list(folder.glob(f"{SET_ASIDE}-*"))
        assert len(asides) == restored
        for aside in asides:
            assert draft_in(aside, ANOTHER) == OLD, "nothing of the old one is lost, its log included"
        assert not (folder / RESTORED).exists()
        if not killed:
            break
        number += 1
    assert outcomes == sorted(outcomes), "once the restored one counts, it does"
    assert half > 5, "it was killed in the middle, several times"


def test_a_restoring_that_was_cut_off_is_finished_before_another(stores: tuple[Path, Path]) -> None:
    folder, backup = stores
    number = 0
    while not (folder / f"{RESTORED}" / KEYSLOTS).exists():
        assert killed_at(number, folder, backup)
        number += 1
    with pytest.raises(StoreExists):
        restore(backup, folder, PASSPHRASE, at=AT)
    restore(backup, folder, PASSPHRASE, at=AT, replace=True)
    assert draft_in(folder, PASSPHRASE) == RESTORED_PLAN
    assert len(list(folder.glob(f"{SET_ASIDE}-*"))) == 2
