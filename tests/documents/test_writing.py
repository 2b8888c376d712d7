import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from supportplan.documents.writing import write_file
from supportplan.domain.canonical import digest
from supportplan.domain.problems import CannotWrite

# Names such as are given to files that are not whole yet.
LEFT = [f".writing-{number}123456789abcdef.part" for number in "012"]


@pytest.fixture(params=["nameless", "hidden"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of writing: where the system has files without a name, and where it has none."""
    way: str = request.param
    if way == "hidden":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif not hasattr(os, "O_TMPFILE"):
        pytest.skip("this system has no files without a name")
    return way


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
    def forbidden(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    # Nothing is forbidden to whom the tests may run as, so the refusal itself is played.
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", forbidden)
        with pytest.raises(CannotWrite, match="may not write"):
            write_file(tmp_path / "plan.pdf", b"plan")


@pytest.mark.parametrize("code", [5, 32])
def test_a_file_that_windows_will_not_replace_is_open_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refused(*_: object) -> None:
        error = PermissionError(errno.EACCES, "Access is denied")
        error.winerror = code  # type: ignore[attr-defined] # which it has on Windows only
        raise error

    path = tmp_path / "plan.pdf"
    write_file(path, b"shown in a viewer")
    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(CannotWrite, match="open in another program") as caught:
        write_file(path, b"newer")
    assert "Close it there, or save under another name." in caught.value.mend
    assert path.read_bytes() == b"shown in a viewer"
    assert names(tmp_path) == ["plan.pdf"]


KILLED = """
import os, signal, sys
from pathlib import Path
from supportplan.documents.writing import write_file
moment, path, way = sys.argv[1:]
if way == "hidden":
    del os.O_TMPFILE
def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(os, moment, killed)
write_file(Path(path), b"whose plan this is")
"""


@pytest.mark.parametrize(
    ("killed_in", "moment", "earlier", "leaves"),
    [
        ("nameless", "fsync", True, 0),
        ("nameless", "fsync", False, 0),
        ("nameless", "link", True, 0),
        ("nameless", "link", False, 0),
        ("nameless", "replace", True, 1),
        ("hidden", "fsync", True, 1),
        ("hidden", "fsync", False, 1),
        ("hidden", "replace", True, 1),
        ("hidden", "replace", False, 1),
    ],
)
def test_a_killed_run_leaves_nothing_or_what_the_next_clears_away(
    tmp_path: Path, killed_in: str, moment: str, leaves: int, *, earlier: bool
) -> None:
    path = tmp_path / "plan.pdf"
    if earlier:
        path.write_bytes(b"as it was")
    done = subprocess.run([sys.executable, "-c", KILLED, moment, str(path), killed_in], check=False)
    assert done.returncode == -signal.SIGKILL
    left = [name for name in names(tmp_path) if name != "plan.pdf"]
    assert len(left) == leaves
    assert all(stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600 for name in left)
    write_file(tmp_path / "another.txt", b"the next one")
    assert names(tmp_path) == ["another.txt", *(["plan.pdf"] if earlier else [])]
    assert not earlier or path.read_bytes() == b"as it was"


def test_what_another_program_is_writing_is_left_alone(tmp_path: Path) -> None:
    busy, left, other = (tmp_path / name for name in (LEFT[0], LEFT[1], ".writing-mine.part"))
    for path in (busy, left, other):
        path.write_bytes(b"?")
    with busy.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write_file(tmp_path / "plan.pdf", b"plan")
    assert names(tmp_path) == sorted([busy.name, other.name, "plan.pdf"])


def test_what_only_looks_like_ours_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"not ours")
    (tmp_path / LEFT[0]).symlink_to(tmp_path / "letter")
    (tmp_path / LEFT[1]).mkdir()
    os.mkfifo(tmp_path / LEFT[2])
    write_file(tmp_path / "plan.pdf", b"plan")
    assert (tmp_path / "letter").read_bytes() == b"not ours"
    assert (tmp_path / "plan.pdf").read_bytes() == b"plan"


def test_a_name_that_cannot_be_given_is_reached_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refused)
    write_file(tmp_path / "plan.pdf", b"plan")
    assert names(tmp_path) == ["plan.pdf"]


def test_a_file_that_the_disk_did_not_confirm_is_said_to_be_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing_flush(folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("supportplan.disk.flush_folder", failing_flush)
    with pytest.raises(CannotWrite, match="in its place") as problem:
        write_file(tmp_path / "plan.pdf", b"new")
    assert (tmp_path / "plan.pdf").read_bytes() == b"new"
    assert "replaced" not in problem.value.mend
