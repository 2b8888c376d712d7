"""Plain mode from an empty computer to the printed plan: from a file of answers, and by somebody at a terminal."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pdfplumber
import pytest

from supportplan.domain.plan import Plan
from supportplan.services.cases import list_cases, overview
from supportplan.services.opening import unlock
from tests.cli.terminal import ROOT, in_terminal
from tests.plain.sample_answers import whole_visit

PASSPHRASE = "a kettle, two maps and rain"


def test_the_sample_plan_is_made_from_a_file_of_answers(tmp_path: Path, sample: Plan) -> None:
    pdf, store = tmp_path / "plan.pdf", tmp_path / "store"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SUPPORTPLAN")}
    done = subprocess.run(
        [sys.executable, "-m", "supportplan", "--store", str(store), "--plain"],
        input="\n".join(whole_visit(sample, pdf, passphrase=PASSPHRASE)),
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path,
        env=kept | {"PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout
    assert PASSPHRASE not in said
    assert "6 hours x £16.29 = £97.74 a week; x 52 weeks = £5,082.48" in said
    assert "Totals: one-off £399.49; recurring £10,792.16; cash value £11,731.26." in said
    assert "Everything that sign-off needs is there." in said
    assert said.count("\nSigned.") == 3
    assert said.endswith("Everything is saved.\nGoodbye.\n")
    assert not set(said) & set("│─┌┐└┘█⠿\x1b")
    with pdfplumber.open(pdf) as printed:
        last = printed.pages[-1].extract_text()
    assert "£11,731.26" in last
    with unlock(store, lambda: PASSPHRASE) as opened:
        assert opened.author == "Fay Example, facilitator"
        row = list_cases(opened, most=9).rows[0]
        assert row.state in ("submitted", "agreed", "signed", "active")
        plan = overview(opened, row.case).plan
    assert [(one.what, one.quantity, one.every, one.rate) for one in plan.supports] == [
        (one.what, one.quantity, one.every, one.rate) for one in sample.supports
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_somebody_at_a_terminal_begins_leaves_and_comes_back(tmp_path: Path) -> None:
    where = {"XDG_DATA_HOME": str(tmp_path / "data"), "SUPPORTPLAN_PLAIN": "1"}
    long = "word " * 1_200
    first = in_terminal(
        [],
        where=tmp_path,
        environment=where,
        replies=[
            ("Your name, ", "Fay\n"),
            ("Your role, ", "\n"),
            ("Passphrase? ", f"{PASSPHRASE}\n"),
            ("The same again? ", f"{PASSPHRASE}\n"),
            ("Which case? ", "new\n"),
            ("full name? ", "Sam Example\n"),
            ("like to be called? ", "Sam\n"),
            ("What now? ", "talk\n"),
            ("Question 1 of 9.", f"{long}\nFunny [/] [b]\n\n"),
            ("Question 2 of 9.", "Half a story\n\n"),
            ("Question 3 of 9.", "\x04"),
        ],
    )
    assert first.code == 0, first.screen
    assert PASSPHRASE not in first.screen
    assert "\x1b" not in first.written
    assert first.screen.endswith("Everything is saved.\nGoodbye.\n")
    again = in_terminal(
        [],
        where=tmp_path,
        environment=where,
        replies=[
            ("Passphrase? ", "not that one, surely\n"),
            ("Passphrase? ", f"{PASSPHRASE}\n"),
            ("Which case? ", "1\n"),
            ("What now? ", "read\n"),
            ("What now? ", "undo\n"),
            ("What now? ", "\x04"),
        ],
    )
    assert again.code == 0, again.screen
    assert "Try again." in again.screen
    assert "1. Sam Example, draft, £0.00." in again.screen
    assert f"{long.strip()}\nFunny [/] [b]" in again.screen
    assert "What matters most to you? Half a story" in again.screen
    assert "Undone: Wrote down: what matters." in again.screen
    assert again.screen.endswith("Everything is saved.\nGoodbye.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops a program in another way")
def test_ctrl_c_says_that_all_is_saved_and_leaves(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "supportplan", "demo", "--plain"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path)},
    ) as running:  # fmt: skip
        assert running.stdout
        said = ""
        while "What now? " not in said:
            said += running.stdout.read(1)
        # Python lets a signal wait that comes in the instant before it waits for input: press again, as anybody would.
        while running.poll() is None:
            running.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                running.wait(0.5)
        assert running.stdout.read().endswith("The practice plan is gone. Goodbye.\n")
        assert running.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize("asked", [["demo", "--plain"], ["--plain", "demo"], ["demo"]])
def test_the_practice_plan_opens_in_plain_lines(tmp_path: Path, asked: list[str]) -> None:
    preferences = tmp_path / "preferences.json"
    preferences.write_text('{"plain": true}' if asked == ["demo"] else "{}", encoding="utf-8")
    seen = in_terminal(
        asked,
        where=tmp_path,
        environment={"SUPPORTPLAN_PREFERENCES": str(preferences)},
        replies=[("What now? ", "totals\n"), ("What now? ", "back\n")],
    )
    assert seen.code == 0
    assert "Total budget: £13,891.26." in seen.screen
    assert seen.screen.endswith("The practice plan is gone. Goodbye.\n")
