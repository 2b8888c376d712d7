"""What somebody at a terminal, or a program beside ours, sees: progress, Ctrl+C, pipes, full disks, foreign letters."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import pytest

from tests.cli.conftest import PASSPHRASE
from tests.cli.terminal import ROOT, in_terminal
from tests.plans import sample_document

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind"
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The sample plan as a file."""
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(sample_document()), encoding="utf-8")
    return path


def supportplan(
    *arguments: object,
    where: Path,
    out: IO[bytes] | int = subprocess.PIPE,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as another program would, with nobody at its input."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("SUPPORTPLAN", "LC_", "LANG"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "supportplan", *map(str, arguments)],
        cwd=where,
        env=kept | {"PYTHONPATH": str(ROOT / "src"), "HOME": str(where)} | dict(environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    return done


def test_ctrl_c_ends_long_work_with_a_sentence_and_keeps_nothing_of_it(store: Path, tmp_path: Path) -> None:
    rows = "".join(f"R{number},Service {number},hour,{number % 90}.50\n" for number in range(30_000))
    (tmp_path / "rates.csv").write_text(f"Code,Service,Unit,Price\n{rows}", encoding="utf-8")
    right = ("Passphrase: ", f"{PASSPHRASE}\n")
    place = {"SUPPORTPLAN_STORE": str(store)}
    seen = in_terminal(
        ["schedule", "import", "rates.csv"],
        where=tmp_path,
        environment=place,
        replies=[right, ("Reading", "\x03")],
    )
    assert (seen.code, "Stopped. What was saved before is safe." in seen.screen) == (130, True), seen.screen
    assert "Traceback" not in seen.screen
    after = in_terminal(["schedule", "list"], where=tmp_path, environment=place, replies=[right])
    assert (after.code, "no schedule of costs" in after.screen) == (0, True)


def test_progress_is_shown_to_somebody_and_to_nobody_else(store: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(PASSPHRASE, encoding="utf-8")
    place = {"SUPPORTPLAN_STORE": str(store), "SUPPORTPLAN_PASSPHRASE_FILE": str(tmp_path / "secret.txt")}
    seen = in_terminal(["backup", "kept.backup"], where=tmp_path, environment=place)
    assert "Copying" in seen.screen
    unseen = supportplan("backup", "kept.backup", where=tmp_path, environment=place)
    assert (unseen.returncode, unseen.stderr) == (0, b"")


def test_a_pdf_is_seen_in_the_making(plan: Path, tmp_path: Path) -> None:
    seen = in_terminal(["pdf", plan, "-o", "plan.pdf"], where=tmp_path)
    assert (seen.code, "Making the PDF" in seen.screen) == (0, True)
    assert seen.screen.rstrip().endswith("Written: plan.pdf (16 pages)")


def test_no_colour_and_no_codes_reach_a_pipe(plan: Path, tmp_path: Path) -> None:
    for arguments in (("cost", plan), ("check", plan), ("cost", "nowhere.json"), ("--help",)):
        done = supportplan(*arguments, where=tmp_path, environment={"FORCE_COLOR": "1"})
        assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.skipif(
    not str(ROOT).isascii(), reason="Python cannot find what stands in such a folder with these settings"
)
@pytest.mark.parametrize("locale", ["C", "POSIX", "en_GB.ISO-8859-1"])
def test_any_language_setting_gives_the_same_bytes(plan: Path, tmp_path: Path, locale: str) -> None:
    usual = supportplan("text", plan, where=tmp_path, environment={"LC_ALL": "C.UTF-8"}).stdout
    assert "£11,731.26".encode() in usual
    other = supportplan(
        "text",
        plan,
        where=tmp_path,
        environment={"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert other.stdout == usual


def test_a_reader_that_goes_away_is_no_trouble(plan: Path, tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as nobody:
        done = supportplan("text", plan, where=tmp_path, out=nobody)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("arguments", [("cost", "plan.json", "--json"), ("--help",), ("text", "plan.json")])
def test_an_answer_that_cannot_be_written_is_said(
    plan: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = supportplan(*arguments, where=tmp_path, out=full)
    assert done.returncode == 2
    assert b"The answer could not be written: No space left on device." in done.stderr


def test_places_that_are_closed_are_held_before_any_file_is_opened(tmp_path: Path) -> None:
    first_file = (
        "import os, sys; from supportplan.cli.answers import hold_standard_places; hold_standard_places(); "
        "sys.exit(os.open('first', os.O_CREAT | os.O_WRONLY))"
    )
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -c "$1" <&- >&- 2>&-', sys.executable, first_file],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert done.returncode > 2


def test_places_that_are_closed_are_not_used_for_files(store: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(PASSPHRASE, encoding="utf-8")
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -m supportplan case list <&- >&- 2>&-', sys.executable],
        cwd=tmp_path,
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT / "src"),
            "SUPPORTPLAN_STORE": str(store),
            "SUPPORTPLAN_PASSPHRASE_FILE": str(tmp_path / "secret.txt"),
        },
        check=False,
    )
    assert done.returncode == 0
    well = supportplan(
        "doctor",
        where=tmp_path,
        environment={
            "SUPPORTPLAN_STORE": str(store),
            "SUPPORTPLAN_PASSPHRASE_FILE": str(tmp_path / "secret.txt"),
        },
    )
    assert well.returncode == 0


def test_a_list_fits_a_narrow_terminal(store: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(PASSPHRASE, encoding="utf-8")
    place = {"SUPPORTPLAN_STORE": str(store), "SUPPORTPLAN_PASSPHRASE_FILE": str(tmp_path / "secret.txt")}
    supportplan("case", "new", "Zofia Example", where=tmp_path, environment=place)
    listed = supportplan(
        "case", "list", where=tmp_path, environment=place | {"COLUMNS": "40"}
    ).stdout.decode()
    assert max(map(len, listed.splitlines())) <= 40
    listed = supportplan(
        "case", "list", where=tmp_path, environment=place | {"COLUMNS": "80"}
    ).stdout.decode()
    assert len(listed.splitlines()) == 2
    assert max(map(len, listed.splitlines())) <= 80
