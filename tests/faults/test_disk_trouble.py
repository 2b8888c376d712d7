"""A disk that is full, read-only or failing: it is said in plain words, nothing that was saved is lost, and work goes on."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest

from supportplan.domain.problems import DiskRefused, WrongPassphrase
from supportplan.storage.backups.backup import verify_backup
from supportplan.storage.database.location import DATABASE, KEYSLOTS
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.faults.disk_trace import Rename, Said, Write, need_strace, record
from tests.faults.workload import AT, PASSPHRASE, make_store, nothing_lost, run, save

if sys.platform == "win32":
    pytest.skip("Windows has neither mounts of this kind nor modes of files", allow_module_level=True)

import resource

BEFORE, EDITS = 4, 30
DISK = 3 * 1024 * 1024
ANOTHER = "eight small boats at sea"


def cannot(words: str) -> NoReturn:
    """Skip a test that cannot be done here, but never in continuous integration: there it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def as_root(*command: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a command as root, where that needs no password."""
    before = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if before and not shutil.which("sudo"):
        cannot("this needs root or sudo")
    return subprocess.run([*before, *command], capture_output=True, check=False)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of three megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    options = f"size={DISK},mode=0700,uid={os.getuid()},gid={os.getgid()}"
    if as_root("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)).returncode:
        cannot("no disk can be mounted here, so none was full or read-only")
    try:
        yield place
    finally:
        assert as_root("umount", str(place)).returncode == 0


def leave_free(disk: Path, free: int) -> Path:
    """Fill a disk but for so many bytes."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - free))
    return ballast


def left_open(folder: Path) -> list[str]:
    """Return the files in a folder that this program holds open, where the system says so."""
    held = []
    for file in Path("/proc/self/fd").glob("*"):
        with suppress(FileNotFoundError):
            held.append(str(file.readlink()))
    return [name for name in held if name.startswith(str(folder))]


def save_until_refused(opened: Store, first: int) -> int:
    """Save until the disk refuses, and return the last edit that it took."""
    for number in range(first, first + 1_000):
        try:
            save(opened, number)
        except DiskRefused:
            return number - 1
    raise AssertionError("the disk took everything")


def test_a_full_disk_refuses_and_work_goes_on_when_there_is_space(disk: Path) -> None:
    folder = disk / "store"
    code = make_store(folder)
    with Store.unlock(folder, code) as opened:
        save(opened, 0)
        ballast = leave_free(disk, 400_000)
        saved = save_until_refused(opened, 1)
        assert saved > 2
        assert save_until_refused(opened, saved + 1) == saved, "it refuses as long as it is full"
        nothing_lost(opened, saved)
        ballast.unlink()
        save(opened, saved + 1)
        nothing_lost(opened, saved + 1)
    with Store.unlock(folder, code) as opened:
        nothing_lost(opened, saved + 1)


def test_a_store_closed_on_a_full_disk_is_whole_when_there_is_space(disk: Path) -> None:
    folder = disk / "store"
    code = make_store(folder)
    with Store.unlock(folder, code) as opened:
        ballast = leave_free(disk, 400_000)
        saved = save_until_refused(opened, 0)
        ballast.write_bytes(bytes(ballast.stat().st_size + shutil.disk_usage(disk).free))
    try:
        with Store.unlock(folder, code) as opened:
            nothing_lost(opened, saved)
    except DiskRefused:
        pass  # to open it takes some space too
    ballast.unlink()
    with Store.unlock(folder, code) as opened:
        nothing_lost(opened, saved)
        save(opened, saved + 1)


def test_a_backup_and_a_passphrase_that_find_no_room_leave_everything_as_it_was(disk: Path) -> None:
    folder = disk / "store"
    code = make_store(folder)
    with Store.unlock(folder, code) as opened:
        save(opened, 0)
        before = sorted(path.name for path in folder.iterdir())
        leave_free(disk, 0)
        with pytest.raises(DiskRefused):
            opened.back_up(disk / "a backup")
        with pytest.raises(DiskRefused):
            opened.change_passphrase(code, ANOTHER)
        assert not (disk / "a backup").exists()
        assert sorted(path.name for path in folder.iterdir()) == before
    (disk / "ballast").unlink()
    with pytest.raises(WrongPassphrase):
        Store.unlock(folder, ANOTHER)
    with Store.unlock(folder, PASSPHRASE) as opened:
        nothing_lost(opened, 0)
        opened.change_passphrase(PASSPHRASE, ANOTHER)
    Store.unlock(folder, ANOTHER).close()


def test_a_store_that_found_no_room_to_be_made_can_be_made_later(disk: Path) -> None:
    ballast = leave_free(disk, 40_000)
    with pytest.raises(DiskRefused):
        Store.create(disk / "store", PASSPHRASE, at=AT, author="A Facilitator", cost=FLOOR)
    assert not left_open(disk)
    ballast.unlink()
    store, _ = Store.create(disk / "store", PASSPHRASE, at=AT, author="A Facilitator", cost=FLOOR)
    with store:
        save(store, 0)


def test_a_read_only_disk_refuses_and_changes_nothing(disk: Path) -> None:
    folder = disk / "store"
    code = make_store(folder)
    run(folder, code, 0, BEFORE)
    database = (folder / DATABASE).read_bytes()
    assert as_root("mount", "-o", "remount,ro", str(disk)).returncode == 0
    with pytest.raises(DiskRefused, match="read-only"):
        Store.unlock(folder, code)
    with pytest.raises(DiskRefused, match="read-only"):
        Store.create(disk / "another", PASSPHRASE, at=AT, author="A Facilitator", cost=FLOOR)
    assert as_root("mount", "-o", "remount,rw", str(disk)).returncode == 0
    assert (folder / DATABASE).read_bytes() == database
    with Store.unlock(folder, code) as opened:
        nothing_lost(opened, BEFORE - 1)
        save(opened, BEFORE)


@contextmanager
def files_no_longer_than(length: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes: as a full disk, where none can be mounted."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_may_not_grow_refuses_and_work_goes_on_when_it_may(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    code = make_store(folder)
    with Store.unlock(folder, code) as opened:
        with files_no_longer_than(300_000):
            saved = save_until_refused(opened, 0)
            nothing_lost(opened, saved)
        save(opened, saved + 1)
    with Store.unlock(folder, code) as opened:
        nothing_lost(opened, saved + 1)


class Trouble(NamedTuple):
    """What strace lets fail: calls on a file of the store, with an error, from the first to the last of them."""

    calls: str
    error: str
    file: str
    when: str


WRITES, SYNCS, LOG = "pwrite64", "fsync,fdatasync", f"{DATABASE}-wal"


def troubled(folder: Path, code: str, trouble: Trouble) -> list[str]:
    """Save under trouble, and return what the program says."""
    # strace knows a file that is not there yet by its path alone.
    watch = ["strace", "-f", "-qq", "-P", str(folder / trouble.file), "-o", str(folder.parent / "trace")]
    inject = ["-e", f"inject={trouble.calls}:error={trouble.error}:when={trouble.when}"]
    program = [sys.executable, "-m", "tests.faults.troubled", str(folder), code, "save"]
    done = subprocess.run(
        [*watch, "-e", f"trace={trouble.calls}", *inject, *program, str(BEFORE), str(EDITS)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "(INJECTED)" in (folder.parent / "trace").read_text(), "there was trouble"
    return done.stdout.splitlines()


@pytest.fixture
def begun(tmp_path: Path) -> tuple[Path, str]:
    """A store with a few edits, closed in good order, and its recovery code."""
    need_strace()
    folder = tmp_path.resolve() / "store"
    code = make_store(folder)
    run(folder, code, 0, BEFORE)
    return folder, code


@pytest.mark.parametrize(
    ("calls", "error", "first", "last"),
    [
        (WRITES, "ENOSPC", 40, 55),
        (WRITES, "EIO", 43, 43),
        (WRITES, "EROFS", 41, 50),
        (SYNCS, "EIO", 6, 9),
    ],
)
def test_work_goes_on_after_trouble(
    begun: tuple[Path, str], calls: str, error: str, first: int, last: int
) -> None:
    folder, code = begun
    said = troubled(folder, code, Trouble(calls, error, LOG, f"{first}..{last}"))
    assert {line for line in said if line.startswith("refused")} == {"refused DiskRefused"}
    saved = [line for line in said if line.startswith("saved")]
    assert saved == [f"saved {number}" for number in range(BEFORE, BEFORE + EDITS)]
    with Store.unlock(folder, code) as opened:
        nothing_lost(opened, BEFORE + EDITS - 1)


@pytest.mark.parametrize(
    ("calls", "error", "first"), [(WRITES, "ENOSPC", 40), (WRITES, "EIO", 41), (SYNCS, "EIO", 8)]
)
def test_trouble_that_stays_loses_nothing_of_what_was_saved(
    begun: tuple[Path, str], calls: str, error: str, first: int
) -> None:
    folder, code = begun
    said = troubled(folder, code, Trouble(calls, error, LOG, f"{first}+"))
    saved = [int(line.split()[1]) for line in said if line.startswith("saved")]
    assert saved
    assert saved[-1] < BEFORE + EDITS - 1
    assert said[-1] == "refused DiskRefused"
    with Store.unlock(folder, code) as opened:
        number = nothing_lost(opened, saved[-1])
        save(opened, number + 1)


@pytest.mark.parametrize("calls", [WRITES, SYNCS])
def test_what_cannot_be_carried_over_stays_in_the_log(begun: tuple[Path, str], calls: str) -> None:
    folder, code = begun
    said = troubled(folder, code, Trouble(calls, "EIO", DATABASE, "1+"))
    assert said[-1] == f"saved {BEFORE + EDITS - 1}"
    with Store.unlock(folder, code) as opened:
        nothing_lost(opened, BEFORE + EDITS - 1)


def test_a_new_passphrase_rewrites_no_data(begun: tuple[Path, str], tmp_path: Path) -> None:
    folder, code = begun
    database = (folder / DATABASE).read_bytes()
    program = [sys.executable, "-m", "tests.faults.troubled", str(folder), code, "passphrase"]
    events = record([*program, PASSPHRASE, ANOTHER], folder, tmp_path / "trace").events
    opened, changed = (place for place, event in enumerate(events) if isinstance(event, Said))
    written = [event for event in events[opened:changed] if isinstance(event, Write)]
    new = {
        event.path for event in events[opened:changed] if isinstance(event, Rename) and event.to == KEYSLOTS
    }
    made = {event.path for event in events[opened:changed] if isinstance(event, Rename) and event.to in new}
    assert {event.path for event in written} == (made or new)
    assert 0 < sum(len(event.data) for event in written) < 4096
    assert (folder / DATABASE).read_bytes() == database
    with pytest.raises(WrongPassphrase):
        Store.unlock(folder, PASSPHRASE)
    with Store.unlock(folder, ANOTHER) as opened_store:
        nothing_lost(opened_store, BEFORE - 1)


@pytest.fixture
def careless() -> Iterator[None]:
    """A computer on which every new file is everybody's."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def all_files(store: Store) -> list[Path]:
    """Work with a store, and return every file and folder that it has made, its own folder first."""
    save(store, 0)
    backup = store.back_up(store.folder / "a backup")
    store.back_up_daily()
    store.change_passphrase(PASSPHRASE, ANOTHER)
    verify_backup(backup.path, PASSPHRASE, store.folder / "checking")
    save(store, 1)
    return [store.folder, *store.folder.rglob("*")]


@pytest.mark.usefixtures("careless")
def test_every_file_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    store, _ = Store.create(tmp_path / "new" / "store", PASSPHRASE, at=AT, author="A Facilitator", cost=FLOOR)
    with store:
        found = all_files(store)
    assert {f"{DATABASE}-wal", f"{DATABASE}-shm", DATABASE, KEYSLOTS} <= {path.name for path in found}
    with Store.unlock(tmp_path / "new" / "store", ANOTHER) as opened:
        found = [tmp_path / "new", opened.folder, *opened.folder.rglob("*")]
        modes = {str(path): path.stat().st_mode & 0o777 for path in found}
        assert modes == {str(path): 0o700 if path.is_dir() else 0o600 for path in found}


@pytest.mark.usefixtures("careless")
def test_another_user_of_the_computer_cannot_read_the_store() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        place.chmod(0o755)
        plain = place / "plain"
        plain.write_text("for everybody")
        if not read_by_nobody(plain):
            cannot("there is no other user to try it as")
        store, _ = Store.create(place / "store", PASSPHRASE, at=AT, author="A Facilitator", cost=FLOOR)
        with store:
            files = [path for path in all_files(store) if path.is_file()]
            assert len(files) > 5
            assert [path for path in files if read_by_nobody(path)] == []
            # Even if somebody opens the folders, the files are shut.
            for folder in (place / "store", *(path.parent for path in files)):
                folder.chmod(0o755)
            assert [path for path in files if read_by_nobody(path)] == []


def read_by_nobody(path: Path) -> bool:
    """Say whether a user without any rights can read a file."""
    return (
        as_root("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "cat", str(path)).returncode
        == 0
    )
