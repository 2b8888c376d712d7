"""Two programs on one store, or a program on a store that a newer one wrote: the second is told, and changes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from supportplan.domain.problems import StoreInUse, StoreTooNew
from supportplan.storage.backups.backup import restore, verify_backup
from supportplan.storage.rescue.doctor import examine
from supportplan.storage.store import Store
from tests.faults.disk_trace import files_of
from tests.faults.workload import AT, make_store, nothing_lost, run, save


def second_program(folder: Path, code: str, first: int, count: int) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.faults.workload", str(folder), code, str(first), str(count)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_second_program_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    code = make_store(folder)
    with Store.unlock(folder, code) as opened:
        save(opened, 0)
        backup = opened.back_up(tmp_path / "a.backup").path
        refused = second_program(folder, code, 1, 1)
        assert refused.stdout == ""
        assert f"StoreInUse: {folder}: Another program (process {os.getpid()})" in refused.stderr
        with pytest.raises(StoreInUse):
            restore(backup, folder, code, at=AT, replace=True)
        assert examine(folder, lambda: code, at=AT).well
        save(opened, 1)
    assert second_program(folder, code, 2, 1).stdout == "2\n"
    with Store.unlock(folder, code) as opened:
        nothing_lost(opened, 2)


def test_a_newer_store_and_its_log_stay_as_they_are_to_the_byte(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    code = make_store(folder)
    run(folder, code, 0, 3)
    with Store.unlock(folder, code) as opened:
        backup = opened.back_up(tmp_path / "older.backup").path
        opened._writer.submit(
            lambda transaction: transaction.driver.execute("PRAGMA user_version = 99")
        ).result()
        with pytest.raises(StoreTooNew):
            opened.back_up(tmp_path / "newer.backup")
    before = files_of(folder)
    with pytest.raises(StoreTooNew):
        Store.unlock(folder, code)
    assert not examine(folder, lambda: code, at=AT).well
    assert files_of(folder) == before
    assert verify_backup(backup, code, tmp_path / "look").entries == 2
