"""A first plan without a screen, as a facilitator would do it: the real program, a real store, one process a command."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest

from tests.plans import sample_document

CASE = sample_document()["case"]
RATES = "Code;Service;Unit;Price (£);From\n007;Personal assistant;per hour;£16.29;01/04/2024\n008;Agency;per hour;£21.36;01/04/2024\n"


@pytest.fixture
def supportplan(tmp_path: Path) -> Callable[..., str]:
    """Run the program in an empty home; `passphrase` is what its owner has written into a file."""

    def run(*arguments: object, passphrase: str = "", code: int = 0) -> str:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("SUPPORTPLAN")}
        environment |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "PYTHONUTF8": "1"}
        if passphrase:
            (tmp_path / "secret.txt").write_text(passphrase, encoding="utf-8")
            environment["SUPPORTPLAN_PASSPHRASE_FILE"] = str(tmp_path / "secret.txt")
        done = subprocess.run(
            [sys.executable, "-m", "supportplan", *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    return run


def test_from_an_empty_computer_to_a_printed_plan_and_back_from_a_backup(
    supportplan: Callable[..., str], tmp_path: Path
) -> None:
    first, second = "a kettle, two maps and rain", "another kettle, other maps"
    (tmp_path / "first.txt").write_text(first, encoding="utf-8")
    (tmp_path / "second.txt").write_text(second, encoding="utf-8")
    (tmp_path / "rates.csv").write_text(RATES, encoding="utf-8-sig")
    (tmp_path / "plan.json").write_text(json.dumps(sample_document()), encoding="utf-8")

    made = supportplan("passphrase", "--new-file", "first.txt", "--name", "Fay Facilitator")
    recovery_code = next(line.strip() for line in made.splitlines() if line.count("-") == 7)

    taken = json.loads(supportplan("schedule", "import", "rates.csv", "--json", passphrase=first))
    assert (taken["taken"], taken["errors"]) == (2, [])
    assert '"007"' in supportplan("schedule", "show", "rates", "--json", passphrase=first)

    supportplan("case", "import", "plan.json", passphrase=first)
    assert "Ready for sign-off." in supportplan("check", "--case", CASE, passphrase=first)
    supportplan("pdf", "--case", CASE, "-o", "plan.pdf", passphrase=first)
    with pdfplumber.open(tmp_path / "plan.pdf") as pdf:
        assert "£11,731.26" in (pdf.pages[-1].extract_text() or "")

    supportplan("backup", "kept.backup", passphrase=first)
    supportplan("passphrase", "--new-file", "second.txt", passphrase=first)
    supportplan("case", "list", passphrase=first, code=2)
    assert "Sam Example" in supportplan("case", "list", passphrase=second)
    assert "Sam Example" in supportplan("case", "list", passphrase=recovery_code)

    supportplan("restore", "kept.backup", passphrase=first, code=2)
    supportplan("restore", "kept.backup", "--replace", passphrase=first)
    shown = supportplan("case", "show", CASE, passphrase=first)
    assert "The standard copy of version 1 was given to" in shown
    assert json.loads(supportplan("case", "show", CASE, "--json", passphrase=first)) == sample_document()
    assert "The store is well." in supportplan("doctor", passphrase=first)
