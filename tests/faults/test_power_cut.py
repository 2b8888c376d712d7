"""The power fails at any moment: nothing that was acknowledged is lost. And the simulation finds a loss where there is one."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from supportplan.domain.problems import Problem
from supportplan.storage.backups.backup import verify_backup
from supportplan.storage.store import Store
from tests.faults.disk_trace import Create, Event, Recording, Rename, Said, Sync, Write, need_strace, record
from tests.faults.power_cut import SECTOR, images, lay
from tests.faults.workload import entry_of, make_store, nothing_lost, run

IMAGES = int(os.environ.get("SUPPORTPLAN_POWER_CUTS", "200"))
BEFORE, EDITS = 4, 16
# A disk in memory, where there is one: what is tried here is laid out a thousand times.
MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store with a few edits, closed in good order, and its recovery code."""
    need_strace()
    folder = tmp_path_factory.mktemp("begun") / "store"
    code = make_store(folder)
    run(folder, code, 0, BEFORE)
    return folder, code


def recording(begun: tuple[Path, str], place: Path, synchronous: str) -> Recording:
    folder = place / "store"
    shutil.copytree(begun[0], folder)
    workload = [sys.executable, "-m", "tests.faults.workload", str(folder), begun[1], str(BEFORE), str(EDITS)]
    found = record([*workload, "--synchronous", synchronous], folder, place / "trace")
    assert len(found.said_before(len(found.events))) == EDITS
    return found


def losses(recorded: Recording, code: str, count: int, *, lying: bool = False) -> Iterator[str]:
    """Lay out what the disk holds after each power cut, open it with the real program, and say what is lost."""
    for moment, image in images(recorded, count, seed=7, lying=lying):
        acknowledged = int((recorded.said_before(moment) or [str(BEFORE - 1)])[-1])
        with TemporaryDirectory(dir=MEMORY) as place:
            lay(image, Path(place))
            try:
                with Store.unlock(Path(place), code) as opened:
                    nothing_lost(opened, acknowledged)
            except (Problem, AssertionError) as error:
                yield f"after event {moment}, with {acknowledged} acknowledged: {error}"


def test_nothing_acknowledged_is_lost_when_the_power_fails(begun: tuple[Path, str], tmp_path: Path) -> None:
    assert list(losses(recording(begun, tmp_path, "FULL"), begun[1], IMAGES)) == []


def test_the_simulation_finds_what_is_lost_without_a_sync_at_every_commit(
    begun: tuple[Path, str], tmp_path: Path
) -> None:
    assert next(losses(recording(begun, tmp_path, "NORMAL"), begun[1], IMAGES), None)


def test_the_simulation_finds_what_is_lost_on_a_disk_that_lies(
    begun: tuple[Path, str], tmp_path: Path
) -> None:
    assert next(losses(recording(begun, tmp_path, "FULL"), begun[1], IMAGES, lying=True), None)


def test_what_was_synced_is_kept_and_what_was_not_is_torn_at_sectors() -> None:
    first, second = Write("file", 0, b"a" * 2048), Write("file", 1024, b"b" * 2048)
    recorded = Recording({"file": b""}, [first, Sync("file"), second])
    found = {image["file"] for moment, image in images(recorded, 400, seed=1) if moment == 3}
    assert {len(data) for data in found} == {2048, 2560, 3072}
    for data in found:
        assert data[:1024] == b"a" * 1024
        sectors = {data[start : start + SECTOR] for start in range(1024, len(data), SECTOR)}
        assert sectors <= {b"a" * SECTOR, b"b" * SECTOR, bytes(SECTOR)}
    assert {data[1024:2048] for data in found} == {
        one * SECTOR + other * SECTOR for one in (b"a", b"b") for other in (b"a", b"b")
    }


def test_a_name_lasts_once_its_folder_is_synced() -> None:
    making: list[Event] = [Create("new"), Write("new", 0, b"whole"), Sync("new"), Rename("new", "file")]
    recorded = Recording({"file": b"old"}, [*making, Sync("."), Said("done")])
    found = [(moment, image) for moment, image in images(recorded, 400, seed=1) if moment >= len(making)]
    assert {image["file"] for moment, image in found if moment == len(making)} == {b"old", b"whole"}
    assert {image["file"] for moment, image in found if moment > len(making)} == {b"whole"}


def test_a_backup_is_the_old_one_or_the_new_one_whole(begun: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(begun[0], folder)
    with Store.unlock(folder, begun[1]) as opened:
        old = opened.back_up(folder / "a.backup").entries
        opened.append([entry_of(BEFORE + 1, opened.device)]).result()
    code = (
        "import sys; from pathlib import Path; from supportplan.storage.store import Store\n"
        "folder = Path(sys.argv[1])\n"
        "with Store.unlock(folder, sys.argv[2]) as opened: opened.back_up(folder / 'a.backup')\n"
        "print('backed up')"
    )
    recorded = record([sys.executable, "-c", code, str(folder), begun[1]], folder, tmp_path / "trace")
    for moment, image in images(recorded, 60, seed=9):
        with TemporaryDirectory(dir=MEMORY) as place:
            lay(image, Path(place))
            found = verify_backup(Path(place) / "a.backup", begun[1], Path(place) / "look")
            assert (
                found.entries == old + 1 if recorded.said_before(moment) else found.entries in (old, old + 1)
            )
