import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from supportplan.domain.problems import StoreInUse
from supportplan.storage.database.lock import HOLDER, StoreLock

HOLD = """
import sys
from pathlib import Path
from supportplan.storage.database.lock import StoreLock
lock = StoreLock(Path(sys.argv[1]))
lock.take()
print("taken", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_told_who_has_it_and_may_have_it_after_a_kill(tmp_path: Path) -> None:
    lock = StoreLock(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"taken\n"
        with pytest.raises(StoreInUse, match=f"process {other.pid}"):
            lock.take()
        other.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        other.wait()
    lock.take()
    assert str(os.getpid()) in (tmp_path / HOLDER).read_text()
    lock.release()


def test_it_can_be_taken_again_when_it_was_given_back(tmp_path: Path) -> None:
    one, other = StoreLock(tmp_path), StoreLock(tmp_path)
    one.take()
    with pytest.raises(StoreInUse, match=f"process {os.getpid()}"):
        other.take()
    one.release()
    other.take()
    other.release()
    other.release()


def test_a_spoilt_note_names_nobody(tmp_path: Path) -> None:
    one = StoreLock(tmp_path)
    one.take()
    (tmp_path / HOLDER).write_text("{")
    with pytest.raises(StoreInUse, match="Another program has"):
        StoreLock(tmp_path).take()
    one.release()


def test_a_disk_that_takes_no_note_keeps_nobody_from_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    lock = StoreLock(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("supportplan.storage.database.lock.make_private_file", refused)
        lock.take()
    with pytest.raises(StoreInUse, match="Another program has"):
        StoreLock(tmp_path).take()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        lock.release()
    again = StoreLock(tmp_path)
    again.take()
    again.release()
