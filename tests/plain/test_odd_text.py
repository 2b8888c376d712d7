"""Texts that are hard on a program: marks, other scripts, letters that combine, very long ones. They survive and print."""

import os
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pytest

from tests.cli.terminal import ROOT
from tests.plain.conftest import PASSPHRASE
from tests.plain.test_a_visit import plans_in

NAME = "ليلى حسن"
ODD = [
    "[/] [b] [@click=app.quit] {0} %s \\n <b>&amp;",
    "Ŵyn Llŷr, Zoë and e\u0301a\u0308n\u0303 \u0071\u0323\u0307",
    "日本語と中文和한국어",
    "swim " * 2_000,
]


@pytest.fixture
def program(folder: Path, tmp_path: Path) -> "Program":
    """The real program over the store, with answers from a file."""
    return Program(folder, tmp_path)


class Program:
    """Runs `supportplan --plain` with answers from a file, as bytes."""

    def __init__(self, folder: Path, place: Path) -> None:
        self._place = place
        (place / "passphrase.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SUPPORTPLAN")}
        self._environment = kept | {
            "SUPPORTPLAN_STORE": str(folder),
            "SUPPORTPLAN_PASSPHRASE_FILE": str(place / "passphrase.txt"),
            "PYTHONPATH": str(ROOT / "src"),
            "HOME": str(place),
        }

    def run(self, answers: bytes) -> str:
        """Give the answers, and return what was said once the program left in good order."""
        done = subprocess.run(
            [sys.executable, "-m", "supportplan", "--plain"],
            input=answers, capture_output=True, check=False, env=self._environment, cwd=self._place,
        )  # fmt: skip
        said = done.stdout.decode() + done.stderr.decode()
        assert done.returncode == 0, said
        return said


def test_odd_texts_survive_and_print(program: Program, folder: Path, tmp_path: Path) -> None:
    answers = ["new", NAME, "", "talk"]
    for text in ODD:
        answers += [text, ""]
    answers += ["done", "read", "print", "save", "", "plan", "", "", "leave"]
    said = program.run("\n".join(answers).encode())
    assert "Everything is saved." in said
    plan = plans_in(folder)[0]
    assert plan.person.name == NAME
    assert plan.person.about == ODD[0]
    assert plan.person.important_to == ODD[1]
    assert plan.person.good_week == ODD[2]
    assert plan.people[0].name == ODD[3].strip()
    assert ODD[2] in said
    assert said.count(ODD[3].strip()) >= 2
    with pdfplumber.open(tmp_path / "plan.pdf") as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
    assert "[/] [b] [@click=app.quit] {0} %s" in text
    assert text.count("swim") >= 2_000


def test_signs_that_steer_a_terminal_are_refused_and_never_said(program: Program, folder: Path) -> None:
    said = program.run(b"new\nSam Example\n\ntalk\n\x1b[2J\x07boo\n\nKind\n\ndone\nleave\n")
    assert "\x1b" not in said
    assert "\x07" not in said
    assert plans_in(folder)[0].person.about == "Kind"


def test_answers_of_another_computer_are_read(program: Program, folder: Path) -> None:
    """A mark at the beginning, lines that end as on Windows, and a letter that is no UTF-8."""
    program.run(b"\xef\xbb\xbfnew\r\nSam Example\r\n\r\ntalk\r\ncaf\xe9\r\n\r\nleave\r\n")
    assert plans_in(folder)[0].person.about == "caf\N{REPLACEMENT CHARACTER}"
