import errno
import os
from pathlib import Path

import pytest

from supportplan.disk import flush_file, flush_folder

fcntl = pytest.importorskip("fcntl")
FULL = 51


class Mac:
    """The flush that a Mac has beside `fsync`, played: what is asked of it, and what it answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, answer: int = 0) -> None:
        self.asked: list[object] = []
        self.synced = 0

        def control(number: int, command: int) -> None:
            self.asked.append(command)
            if answer:
                raise OSError(answer, os.strerror(answer))

        def fsync(_: int) -> None:
            self.synced += 1

        monkeypatch.setattr(fcntl, "F_FULLFSYNC", FULL, raising=False)
        monkeypatch.setattr(fcntl, "fcntl", control)
        monkeypatch.setattr(os, "fsync", fsync)


def flush_both(folder: Path) -> None:
    with (folder / "file").open("wb") as file:
        file.write(b"x")
        flush_file(file)
    assert (folder / "file").read_bytes() == b"x"
    flush_folder(folder)


def test_a_mac_is_asked_to_empty_the_memory_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mac = Mac(monkeypatch)
    flush_both(tmp_path)
    assert (mac.asked, mac.synced) == ([FULL, FULL], 0)


@pytest.mark.parametrize("answer", [errno.ENOTSUP, errno.EINVAL, errno.ENOTTY])
def test_a_disk_that_knows_no_stronger_flush_is_flushed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    mac = Mac(monkeypatch, answer)
    flush_both(tmp_path)
    assert mac.synced == 2


def test_a_disk_that_fails_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Mac(monkeypatch, errno.EIO)
    with pytest.raises(OSError, match="error"):
        flush_both(tmp_path)


def test_elsewhere_the_file_and_its_folder_are_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(fcntl, "F_FULLFSYNC", raising=False)
    flush_both(tmp_path)
