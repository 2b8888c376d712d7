"""From nothing to a first plan of one's own: begun, written out, edited, taken in, costed, checked, printed."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PASSPHRASE, Ask
from tests.cli.terminal import in_terminal
from tests.plans import sample_document

OUTCOME = {"id": "o1", "text": "Go swimming every week"}
SUPPORT = {
    "id": "s1",
    "outcomes": ["o1"],
    "what": "Somebody at the pool",
    "supporter": {"kind": "personal_assistant"},
    "paid_by": "budget",
    "kind": "recurring",
    "quantity": "6",
    "unit": "hour",
    "every": "week",
    "rate": {"amount": "16.29", "unit": "hour", "reason": "What the council pays"},
}


def begun(ask: Ask, *more: object) -> dict[str, Any]:
    answer: dict[str, Any] = ask(
        "case", "new", "Zofia Example", "--start", "1 September 2026", "--json", *more
    ).json
    return answer


def test_a_case_is_begun_as_its_profile_says(ask: Ask, store: Path) -> None:
    answer = begun(ask, "--known-as", "Zosia", "--profile", "newcastle")
    plan = ask("case", "show", answer["case"], "--json").json
    assert plan["person"] == {"name": "Zofia Example", "known_as": "Zosia"}
    assert plan["profile"] == "newcastle"
    assert (plan["period"]["start"], plan["period"]["end"]) == ("2026-09-01", "2027-08-31")
    shown = ask("case", "show", answer["case"]).out
    assert "1 September 2026 to 31 August 2027" in shown
    assert "1 of 1 cases" in ask("case", "list").out


def test_a_plan_goes_out_to_be_edited_and_comes_back(ask: Ask, store: Path, tmp_path: Path) -> None:
    case = begun(ask)["case"]
    file = tmp_path / "plan.json"
    written = ask("case", "export-plan", case, "-o", file)
    assert (written.code, "not encrypted" in written.err) == (0, True)
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o077 == 0
    document = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(document | {"outcomes": [OUTCOME], "supports": [SUPPORT]}), encoding="utf-8")

    kept = ask("case", "export-plan", case, "-o", file)
    assert (kept.code, "--replace" in kept.err) == (2, True)
    assert "swimming" in file.read_text(encoding="utf-8")

    assert ask("case", "import", file, "--replace").code == 0
    assert "£5,082.48" in ask("cost", "--case", case).out
    assert "Not ready for sign-off" in ask("check", "--case", case).out
    assert ask("pdf", "--case", case, "-o", tmp_path / "plan.pdf").code == 0
    assert ask("case", "export-plan", case, "-o", file, "--replace").code == 0
    edits = ask("case", "show", case).out
    assert ask("case", "import", file).code == 0
    assert ask("case", "show", case).out == edits


@pytest.mark.parametrize(
    "words",
    ["milk, bread", "about supportplan/plan", '["supportplan/plan"]', '{"about": "supportplan/plan"}'],
)
def test_a_file_that_is_no_plan_is_not_replaced(ask: Ask, store: Path, tmp_path: Path, words: str) -> None:
    case = begun(ask)["case"]
    notes = tmp_path / "notes.txt"
    notes.write_text(words, encoding="utf-8")
    refused = ask("case", "export-plan", case, "-o", notes, "--replace")
    assert (refused.code, "not a plan" in refused.err) == (2, True)
    assert notes.read_text(encoding="utf-8") == words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("",), "nobody to ask"),
        ((), "nobody to ask"),
        (("...",), "at least one letter"),
        (("Zo\x1bfia",), "cannot be shown"),
        (("Zofia\udcff",), "cannot be shown"),
        (("Z" * 201,), "longer than 200"),
        (("Zofia", "--known-as", "-"), "at least one letter"),
        (("Zofia", "--profile", "atlantis"), "The profiles here are"),
        (("Zofia", "--start", "soon"), "--start"),
        (("Zofia", "--start", "31/02/2026"), "no calendar"),
    ],
)
def test_what_cannot_begin_a_case_is_said(
    ask: Ask, store: Path, arguments: tuple[str, ...], words: str
) -> None:
    answer = ask("case", "new", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert "What to do: " in answer.err
    assert "0 of 0 cases" in ask("case", "list").out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_at_a_terminal_the_name_is_asked_for(store: Path, tmp_path: Path) -> None:
    seen = in_terminal(
        ["case", "new"],
        where=tmp_path,
        environment={"SUPPORTPLAN_STORE": str(store)},
        replies=[
            ("Passphrase: ", f"{PASSPHRASE}\n"),
            ("The person's name: ", "Zofia Łucja Example\n"),
            ("Enter to leave it open): ", "\n"),
            ("first day (Enter for today", "01/09/2026\n"),
        ],
    )
    assert seen.code == 0, seen.screen
    assert "from 1 September 2026 to 31 August 2027" in seen.screen
    assert "supportplan case export-plan" in seen.screen


def test_an_indicative_budget_is_given_when_a_plan_is_costed_and_checked(
    ask: Ask, store: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(sample_document()), encoding="utf-8")

    def within(amount: str) -> bool:
        findings = ask("check", plan, "--indicative", amount, "--json").json["findings"]
        return all(one["passed"] for one in findings if one["check"] == "indicative")

    assert within("£13,000")
    assert not within("11731.25")
    assert "£1,268.74" in ask("cost", plan, "--indicative", "13000").out
    assert "over it by" in ask("cost", plan, "--indicative", "11,731.25").out
    assert ask("cost", plan, "--indicative", "13000", "--json").json["indicative"] == "13000.00"
    refused = ask("check", plan, "--indicative", "lots")
    assert (refused.code, refused.out) == (2, "")
    assert "--indicative: is not an amount of money" in refused.err
    budget_first = tmp_path / "first.json"
    budget_first.write_text(json.dumps(sample_document() | {"profile": "newcastle"}), encoding="utf-8")
    told = "add --indicative AMOUNT"
    assert told in ask("check", budget_first).err
    assert told not in ask("check", budget_first, "--indicative", "13000").err


@pytest.mark.parametrize("command", [("pdf", "plan.json", "-o"), ("demo", "--pdf")])
def test_a_pdf_replaces_nothing_but_a_pdf(ask: Ask, tmp_path: Path, command: tuple[str, ...]) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(sample_document()), encoding="utf-8")
    before = plan.read_bytes()
    refused = ask(*command, plan)
    assert (refused.code, "it is not a PDF" in refused.err) == (2, True)
    assert plan.read_bytes() == before
    assert ask(*command, tmp_path / "plan.pdf").code == 0
