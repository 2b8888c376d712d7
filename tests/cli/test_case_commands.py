import json
from pathlib import Path

import pytest

from supportplan.services.desk import Desk
from supportplan.services.signing import HowSigned, sign
from supportplan.storage.store import Store
from tests.cli.conftest import PASSPHRASE, Ask
from tests.plans import sample_document

CASE = sample_document()["case"]


@pytest.fixture
def kept(ask: Ask, store: Path, tmp_path: Path) -> Path:
    """The sample plan, as a file and as a case in the store."""
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(sample_document()), encoding="utf-8")
    answer = ask("case", "import", path)
    assert (answer.code, answer.out) == (0, f"Saved: case {CASE}\n")
    return path


def test_a_case_is_listed_with_its_money_and_found_with_typing_errors(ask: Ask, kept: Path) -> None:
    listed = ask("case", "list", "--json").json
    assert listed["count"] == 1
    assert listed["cases"][0]["cash_value"] == "11731.26"
    found = ask("case", "list", "--search", "Sma Exampel")
    assert "hold words like them" in found.err
    assert "Sam Example" in found.out
    assert "1 of 1 cases" in ask("case", "list").out
    assert "0 of 1 cases" in ask("case", "list", "--search", "Zofia").out


def test_a_case_is_shown_as_it_came_in(ask: Ask, kept: Path) -> None:
    shown = ask("case", "show", CASE[:6], "--json")
    assert shown.json == sample_document()
    assert "State        draft" in ask("case", "show", CASE[:6]).out


def test_a_case_costs_checks_and_prints_like_its_file(ask: Ask, kept: Path, tmp_path: Path) -> None:
    assert ask("cost", "--case", CASE, "--json").json == ask("cost", kept, "--json").json
    assert ask("check", "--case", CASE).code == 0
    assert "£11,731.26" in ask("text", "--case", CASE).out
    made = ask("pdf", "--case", CASE, "-o", tmp_path / "plan.pdf", "--to", "Jo", "--json").json
    shown = ask("case", "show", CASE).out
    assert "Version 1 was written" in shown
    assert "The standard copy of version 1 was given to Jo, as PDF" in shown
    assert len(made["sha256"]) == 64


def test_a_copy_that_was_not_written_is_not_recorded(ask: Ask, kept: Path, tmp_path: Path) -> None:
    answer = ask("pdf", "--case", CASE, "-o", tmp_path / "missing" / "plan.pdf")
    assert answer.code == 2
    assert "was given to" not in ask("case", "show", CASE).out


def test_another_plan_for_the_same_case_needs_a_word_and_can_be_undone(ask: Ask, kept: Path) -> None:
    other = sample_document() | {"review": {"due": "2027-01-31"}}
    kept.write_text(json.dumps(other), encoding="utf-8")
    refused = ask("case", "import", kept)
    assert refused.code == 2
    assert "--replace" in refused.err
    assert ask("case", "import", kept, "--replace").code == 0
    assert ask("case", "show", CASE, "--json").json["review"]["due"] == "2027-01-31"
    assert ask("case", "undo", CASE).out == "Undone: Took a plan in from a file\n"
    assert ask("case", "show", CASE, "--json").json == sample_document()
    assert ask("case", "redo", CASE).out == "Done again: Took a plan in from a file\n"
    assert ask("case", "redo", CASE).out == "There is nothing to redo.\n"


def test_a_signed_plan_is_not_changed_by_a_command_without_a_word(ask: Ask, kept: Path, store: Path) -> None:
    original = kept.read_text(encoding="utf-8")
    other = sample_document() | {"review": {"due": "2027-01-31"}}
    kept.write_text(json.dumps(other), encoding="utf-8")
    assert ask("case", "import", kept, "--replace").code == 0
    with Store.unlock(store, PASSPHRASE) as opened:
        sign(Desk(opened, CASE), "person", HowSigned("Sam Example"))
    kept.write_text(original, encoding="utf-8")
    for refused in (ask("case", "undo", CASE), ask("case", "import", kept, "--replace")):
        assert refused.code == 2
        assert "Signed by 1 of 3. A change makes a new version, which has to be signed again." in refused.err
        assert "--yes" in refused.err
    assert "It would take back: Took a plan in from a file." in ask("case", "undo", CASE).err
    assert ask("case", "show", CASE, "--json").json["review"]["due"] == "2027-01-31"
    assert ask("case", "undo", CASE, "--yes").code == 0
    # It is a draft now, and nobody is asked again; made again it is the signed one.
    assert ask("case", "redo", CASE).code == 0
    assert ask("case", "import", kept, "--replace", "--yes").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("case", "show", "nobody"), "There is no such case"),
        (("pdf", "--case", "nobody", "-o", "x.pdf"), "There is no such case"),
        (("case", "import", "nowhere.json"), "there is no such file"),
    ],
)
def test_what_is_not_there_is_said(ask: Ask, store: Path, arguments: tuple[str, ...], words: str) -> None:
    answer = ask(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err


def test_a_case_goes_from_draft_to_decided_and_its_history_says_so(ask: Ask, kept: Path) -> None:
    sent = ask("case", "submit", CASE, "--json").json
    assert (sent["case"], sent["state"]) == (CASE, "submitted")
    assert "sent already" in ask("case", "submit", CASE).err
    refused = ask("case", "decide", CASE, "--verdict", "refused", "--by", "Pat Panel")
    assert refused.code == 2
    assert "needs its reasons" in refused.err
    assert ask("case", "decide", CASE, "--verdict", "maybe", "--by", "Pat Panel").code == 2
    assert ask("case", "decide", CASE, "--verdict", "agreed", "--words", "Yes").code == 2
    given = ("--by", "Pat Panel", "--reason", "within_budget", "--words", "It fits.")
    decided = ask("case", "decide", CASE, "--verdict", "agreed", *given, "--json").json
    assert decided["state"] == "agreed"
    over = ask("case", "decide", CASE, "--verdict", "agreed", *given)
    assert over.code == 2
    assert "There is a decision already: Agreed by Pat Panel" in over.err
    assert "--again" in over.err
    words = [one["words"] for one in ask("case", "history", CASE, "--json").json]
    assert words[1:] == [
        "Version 1 was sent for a decision",
        "Version 1: agreed by Pat Panel, The council's Community Services",
    ]
    assert "Why: It is within the indicative budget." in ask("case", "history", CASE).out
    assert ask("case", "decide", CASE, "--verdict", "agreed", *given, "--again").code == 0
    assert ask("case", "close", CASE, "--reason", "...").code == 2
    assert ask("case", "close", CASE, "--reason", "Moved away", "--json").json["state"] == "closed"
