import os
import stat
from pathlib import Path

import pytest

from supportplan.storage.database import location


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_the_one_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SUPPORTPLAN_STORE", str(tmp_path / "mine"))
    assert location.default_folder() == tmp_path / "mine"


def test_without_a_name_it_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUPPORTPLAN_STORE", raising=False)
    found = location.default_folder()
    assert found.is_absolute()
    assert "supportplan" in found.parts


def test_folders_and_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        location.make_private_folder(tmp_path / "a" / "b")
        location.make_private_file(tmp_path / "a" / "b" / "c")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700
    assert mode(tmp_path / "a" / "b" / "c") == 0o600


def test_a_folder_that_serves_other_things_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o755)
    shared.chmod(0o755)
    (shared / "a letter").touch()
    location.make_private_folder(shared)
    assert mode(shared) == 0o755
    assert location.open_to_others(shared)


def test_new_folders_outlive_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    fsync = os.fsync

    def watched(number: int) -> None:
        flushed.append(os.fstat(number).st_ino)
        fsync(number)

    monkeypatch.setattr(os, "fsync", watched)
    location.make_private_folder(tmp_path / "a" / "b")
    assert flushed == [tmp_path.stat().st_ino, (tmp_path / "a").stat().st_ino]


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/fay/OneDrive - Council/store", "OneDrive"),
        ("/home/fay/Dropbox/store", "Dropbox"),
        ("/Users/fay/Library/Mobile Documents/store", "iCloud"),
        ("/home/fay/Google Drive/store", "Google Drive"),
    ],
)
def test_a_folder_that_is_copied_elsewhere_is_warned_of(folder: str, service: str) -> None:
    assert location.synced_by(Path(folder)) == service


def test_a_private_folder_of_this_computer_needs_no_warning(tmp_path: Path) -> None:
    for folder in (tmp_path / "store", tmp_path / "nowhere"):
        assert not location.synced_by(folder)
        assert not location.open_to_others(folder)
        location.make_private_folder(tmp_path / "store")
    assert not location.open_to_others(tmp_path / "store")
