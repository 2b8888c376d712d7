"""A case is taken in or it is not: whenever that is killed, and whatever the disk says."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from supportplan.domain.cases.entries import newest_plans
from supportplan.domain.problems import CannotWrite, DiskRefused
from supportplan.services.bundles import hand_over, look_into, take_in_bundle
from supportplan.services.cases import take_in
from supportplan.services.desk import Desk
from supportplan.services.recording import record_blob
from supportplan.storage.database.location import DATABASE
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.faults.disk_trace import need_strace
from tests.faults.test_disk_trouble import files_no_longer_than
from tests.plans import sample_plan
from tests.storage.stores import AT, PASSPHRASE

if sys.platform == "win32":
    pytest.skip("Windows knows neither SIGKILL nor such limits", allow_module_level=True)

WORDS = "otter violin maple harbour quilt zebra"
CASE = sample_plan().case


class Two(NamedTuple):
    """A store with the first version of a case and its recovery code, and a file that brings the second and a scan."""

    folder: Path
    code: str
    file: Path
    entries: int


def _quiet(_: str, __: int, ___: int) -> None:
    pass


@pytest.fixture
def two(tmp_path: Path) -> Two:
    """A case that was handed over, and went on where it came from."""
    here, code = Store.create(tmp_path / "here", PASSPHRASE, at=AT, author="Ann", cost=FLOOR)
    there, _ = Store.create(tmp_path / "there", PASSPHRASE, at=AT, author="Fay", cost=FLOOR)
    with here, there:
        take_in(there, sample_plan())
        take_in(here, sample_plan())
        _over(there, tmp_path / "first.supportplan")
        take_in_bundle(here, look_into(here, tmp_path / "first.supportplan", WORDS, _quiet).bundle)
        desk = Desk(there, CASE)
        desk.change(replace(desk.plan, person=replace(desk.plan.person, known_as="Sammy")), "Named").result()
        record_blob(there, CASE, bytes(range(256)) * 200)
        _over(there, tmp_path / "second.supportplan")
        entries = len(there.records(CASE))
    return Two(tmp_path / "here", code, tmp_path / "second.supportplan", entries)


def _over(store: Store, file: Path) -> None:
    hand_over(Desk(store, CASE), file, WORDS, _quiet, cost=FLOOR)


def _is_taken(store: Store, entries: int) -> bool:
    """Say whether all of it is there or none, with draft and list to match."""
    records = store.records(CASE)
    taken = len(records) == entries
    assert taken or len(records) == 1
    assert store.verify() == ()
    draft, row = store.drafts.read(CASE), store.cases.row(CASE)
    assert draft is not None
    assert row is not None
    assert draft.plan == newest_plans(records)[-1].body
    assert row.known_as == ("Sammy" if taken else sample_plan().person.known_as)
    return taken


def test_whenever_it_is_killed_all_of_it_is_there_or_nothing(two: Two, tmp_path: Path) -> None:
    need_strace()
    whole = tmp_path / "whole"
    shutil.copytree(two.folder, whole)
    outcomes, number, killed = [], 1, True
    while killed:
        shutil.rmtree(two.folder)
        shutil.copytree(whole, two.folder)
        kill = f"inject=pwrite64,fsync,fdatasync:signal=SIGKILL:when={number}"
        log = two.folder / f"{DATABASE}-wal"
        command = ["strace", "-f", "-qq", "-P", str(log), "-o", str(tmp_path / "trace"), "-e", kill]
        program = [
            sys.executable,
            "-m",
            "tests.faults.taking_in",
            *map(str, (two.folder, two.code, two.file)),
            WORDS,
        ]
        done = subprocess.run([*command, *program], capture_output=True, text=True, timeout=120, check=False)
        killed = done.returncode != 0
        assert not killed or done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), done.stderr
        with Store.unlock(two.folder, two.code) as store:
            taken = _is_taken(store, two.entries)
            assert taken or not done.stdout, "what was said to be taken in is there"
        outcomes.append(taken)
        number += 8
    assert outcomes == sorted(outcomes)
    assert outcomes.count(False) > 2


def test_a_full_disk_takes_nothing_and_all_when_there_is_space(two: Two) -> None:
    with Store.unlock(two.folder, two.code) as store:
        offer = look_into(store, two.file, WORDS, _quiet)
        log = two.folder / f"{DATABASE}-wal"
        with files_no_longer_than(log.stat().st_size + 30_000), pytest.raises(DiskRefused):
            take_in_bundle(store, offer.bundle)
        assert not _is_taken(store, two.entries)
        take_in_bundle(store, offer.bundle)
        assert _is_taken(store, two.entries)


def test_a_full_disk_leaves_no_half_of_a_hand_over_file(two: Two, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    with Store.unlock(two.folder, two.code) as store:
        with files_no_longer_than(2_000), pytest.raises(CannotWrite):
            _over(store, place / "back.supportplan")
        assert list(place.iterdir()) == []
        _over(store, place / "back.supportplan")
        assert [path.name for path in place.iterdir()] == ["back.supportplan"]
