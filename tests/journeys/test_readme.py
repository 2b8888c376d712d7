"""The first plan of the README, done as it is written there: at a terminal, from an empty folder."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT, Seen, in_terminal
from tests.printing import Commands
from tests.spreadsheets import save_workbook

PASSPHRASE = "a kettle, two maps and rain"
RATES = [
    ["Code", "Service", "Unit", "Price (£)", "From"],
    ["PA", "Personal assistant", "per hour", "£16.29", "01/04/2024"],
]
ASKED = {
    "passphrase": [
        ("Your name, as your plans will show it: ", "Fay Example\n"),
        ("New passphrase: ", f"{PASSPHRASE}\n"),
        ("The same again: ", f"{PASSPHRASE}\n"),
    ],
    "print": [("Passphrase: ", f"{PASSPHRASE}\n"), ("or again: ", "yes\n")],
    "case new": [
        ("Passphrase: ", f"{PASSPHRASE}\n"),
        ("The person's name: ", "Sam Example\n"),
        ("Enter to leave it open): ", "Sam\n"),
        ("first day (Enter for today", "1 September 2026\n"),
    ],
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_a_newcomer_can_do_what_the_readme_says(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    walk = readme[readme.index("## A first plan of your own") : readme.index("## What you can rely on")]
    commands = re.findall(r"^supportplan (.*?) *(?:#.*)?$", walk, re.MULTILINE)
    filling = json.loads(walk[walk.index("```json") + 7 : walk.index("}\n```") + 1])
    printers = tmp_path / "printers"
    printers.mkdir()
    Commands(printers)
    path = f"{printers}{os.pathsep}{os.environ['PATH']}"
    save_workbook(tmp_path / "our-rates.xlsx", {"Rates": RATES})
    seen: dict[str, Seen] = {}
    case = ""
    for command in commands:
        replies = ASKED.get(command.partition(" --case")[0], [("Passphrase: ", f"{PASSPHRASE}\n")])
        said = in_terminal(
            command.replace("3f2a1b2c", case).split(),
            where=tmp_path,
            replies=replies,
            environment={"XDG_DATA_HOME": str(tmp_path / "data"), "PATH": path},
        )
        seen[command.partition(" --case")[0]] = said
        assert said.code == (1 if command.startswith("check") else 0), said.screen
        if command == "case new":
            case = said.screen.split("Saved: case ")[1][:8]
        if command.startswith("case export-plan"):
            file = tmp_path / "plan.json"
            document = json.loads(file.read_text(encoding="utf-8"))
            file.write_text(json.dumps(document | filling), encoding="utf-8")
    assert "Personal assistant" in seen["schedule show our-rates --search assist"].screen
    assert "6 hours x £16.29 = £97.74 a week; x 52 weeks = £5,082.48" in seen["cost"].screen
    assert "Not ready for sign-off" in seen["check"].screen
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "plans.backup").exists()
