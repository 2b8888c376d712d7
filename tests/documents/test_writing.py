import errno
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from supportplan.documents.writing import write_file
from supportplan.domain.canonical import digest
from supportplan.domain.problems import CannotWrite


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def failing(number: int) -> Callable[[int], None]:
    def fsync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    return fsync


def test_a_file_is_written_whole_for_its_owner_only_and_hashed(tmp_path: Path) -> None:
    path = tmp_path / "Sam's plan.pdf"
    assert write_file(path, b"%PDF whole") == digest(b"%PDF whole")
    assert path.read_bytes() == b"%PDF whole"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == ["Sam's plan.pdf"]


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    write_file(path, b"first")
    write_file(path, b"")
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "full"),
        (errno.EIO, "failing"),
        (errno.EROFS, "only be read"),
        (errno.EDQUOT, "share"),
        (errno.EMFILE, "could not"),
    ],
)
def test_a_failing_disk_leaves_the_file_before_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    path = tmp_path / "plan.pdf"
    write_file(path, b"signed")
    monkeypatch.setattr(os, "fsync", failing(number))
    with pytest.raises(CannotWrite, match=words) as caught:
        write_file(path, b"half")
    assert caught.value.where == str(path)
    assert caught.value.mend.endswith("Nothing was replaced.")
    assert path.read_bytes() == b"signed"
    assert names(tmp_path) == ["plan.pdf"]


def test_bytes_that_come_back_different_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.pdf"
    write_file(path, b"signed")
    fsync = os.fsync

    def lying(handle: int) -> None:
        os.pwrite(handle, b"?", 0)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", lying)
    with pytest.raises(CannotWrite, match="read back"):
        write_file(path, b"another")
    assert path.read_bytes() == b"signed"
    assert names(tmp_path) == ["plan.pdf"]


def test_a_folder_that_cannot_be_flushed_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    write_file(tmp_path / "plan.pdf", b"whole")
    assert (tmp_path / "plan.pdf").read_bytes() == b"whole"


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "plan.pdf", b"half")
    assert names(tmp_path) == []


def test_a_place_that_holds_no_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for place, words in (
        ("missing/plan.pdf", "not there"),
        ("file/plan.pdf", "not there"),
        ("folder", "is a folder"),
        ("n" * 300, "too long"),
        ("a\0b", "no file name can hold"),
    ):
        with pytest.raises(CannotWrite, match=words) as caught:
            write_file(tmp_path / place, b"plan")
        assert caught.value.mend
    with pytest.raises(CannotWrite, match="device"):
        write_file(Path(os.devnull), b"plan")
    assert names(tmp_path) == ["file", "folder"]


def test_a_folder_that_may_not_be_written_in_is_refused_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    # Nothing is forbidden to whom the tests may run as, so the refusal itself is played.
    monkeypatch.setattr(tempfile, "mkstemp", forbidden)
    with pytest.raises(CannotWrite, match="may not write"):
        write_file(tmp_path / "plan.pdf", b"plan")
