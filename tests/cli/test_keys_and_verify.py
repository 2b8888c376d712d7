"""The keys of seals, and checking a sealed plan, at the command line."""

import json
import sys
from pathlib import Path

import pytest

from supportplan.services.desk import Desk
from supportplan.services.signing import HowSigned, sign
from supportplan.storage.store import Store
from tests.cli.conftest import PASSPHRASE, Ask
from tests.cli.terminal import in_terminal
from tests.documents.seal.sealed_files import root_file, signed_plan
from tests.plans import sample_document


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.pdf"
    file.write_bytes(signed_plan())
    return file


def test_a_sealed_plan_is_checked_without_a_store(ask: Ask, plan: Path, tmp_path: Path) -> None:
    answer = ask("verify", plan, "--root", root_file(tmp_path), "--json")
    assert answer.code == 0
    assert answer.json["holds"] is True
    assert [one["result"] for one in answer.json["proofs"]] == ["yes", "yes", "yes", "yes", "unknown"]
    assert [one["name"] for one in answer.json["signatures"]][1:] == [
        "Jo Example",
        "Fran Example",
        "Ann Approver",
    ]
    answer = ask("verify", plan)
    assert answer.code == 1
    assert answer.out.startswith("This file does not hold as a sealed plan.\n")
    assert "DOES NOT HOLD: It is signed with a key that this computer does not know: laptop" in answer.out
    assert "What this does not prove:" in answer.out


def test_what_was_changed_is_said_and_the_answer_is_no(ask: Ask, plan: Path, tmp_path: Path) -> None:
    changed = bytearray(signed_plan())
    changed[len(changed) // 3] ^= 0x20
    plan.write_bytes(changed)
    answer = ask("verify", plan, "--root", root_file(tmp_path))
    assert answer.code == 1
    assert "DOES NOT HOLD: The file is not the one that was sealed" in answer.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Dear all,", "is not a PDF"),
        (b"%PDF-1.7\n" + b"<<" * 90_000, "cannot be read"),
        (None, "is a folder"),
    ],
    ids=["empty", "a letter", "deep", "a folder"],
)
def test_what_cannot_be_checked_is_said_in_words(
    ask: Ask, tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "given.pdf"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    answer = ask("verify", file)
    assert answer.code == 2
    assert words in answer.err
    assert "What to do: " in answer.err
    assert answer.out == ""


def test_a_huge_file_is_refused_before_it_is_read(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as huge:
        huge.write(b"%PDF-1.7\n")
        huge.truncate(200 * 1024**2)
    answer = ask("verify", file)
    assert answer.code == 2
    assert "is larger than 64 MB" in answer.err
    assert ask("verify", tmp_path / "nothing.pdf").code == 2


def test_a_root_that_is_none_is_said_to_be_none(ask: Ask, plan: Path) -> None:
    root = plan.with_name("letter.txt")
    root.write_text("Dear all", encoding="utf-8")
    answer = ask("verify", plan, "--root", root)
    assert answer.code == 2
    assert "holds no certificate" in answer.err


def test_keys_are_made_shown_and_known_elsewhere(ask: Ask, store: Path, plan: Path, tmp_path: Path) -> None:
    assert ask("keys", "show").code == 2
    made = ask("keys", "make", "--organisation", "Example Carers")
    assert made.code == 0
    assert "of Example Carers, until" in made.out
    assert ask("keys", "make").code == 2
    assert ask("keys", "root", "--export", tmp_path / "ours.pem").code == 0
    shown = ask("keys", "show", "--json").json
    assert shown["organisation"] == "Example Carers"
    assert shown["known"] == []
    assert ask("verify", plan).code == 1
    refused = ask("keys", "trust", root_file(tmp_path))
    assert refused.code == 2
    assert "add --yes" in refused.err
    assert refused.out.startswith("Seals of Example Brokers\n    ")
    assert ask("verify", plan).code == 1
    trusted = ask("keys", "trust", root_file(tmp_path), "--yes")
    assert "Known from now on." in trusted.out
    for known in (root_file(tmp_path), tmp_path / "ours.pem"):
        assert "Known here already." in ask("keys", "trust", known).out
    checked = ask("verify", plan)
    assert checked.code == 0
    assert "Not looked at: The plan in it is in none of the cases on this computer." in checked.out
    assert "Also known: Seals of Example Brokers" in ask("keys", "show").out
    number = ask("keys", "show", "--json").json["known"][0]["fingerprint"]
    assert ask("keys", "forget", number[:3]).code == 2
    assert ask("keys", "forget", number).code == 2
    # As somebody copies it from the screen, with its spaces.
    forgotten = ask("keys", "forget", *number.split(), "--yes")
    assert (forgotten.code, forgotten.out.splitlines()[-1]) == (0, "Not known any more.")
    assert "Also known" not in ask("keys", "show").out
    assert ask("verify", plan).code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_seals_are_shown_and_known_only_when_somebody_says_yes(
    ask: Ask, store: Path, plan: Path, tmp_path: Path
) -> None:
    place = {
        "SUPPORTPLAN_STORE": str(store),
        "SUPPORTPLAN_PASSPHRASE_FILE": str(tmp_path / "passphrase.txt"),
    }
    for reply, code in (("no\n", 1), ("yes\n", 0)):
        seen = in_terminal(
            ["keys", "trust", str(root_file(tmp_path))],
            where=tmp_path,
            environment=place,
            replies=[("Is that the number", reply)],
        )
        assert seen.code == code
        assert ask("verify", plan).code == 1 - (reply == "yes\n")


def test_a_plan_is_sealed_after_an_older_store_was_brought_back(
    ask: Ask, store: Path, tmp_path: Path
) -> None:
    document = sample_document()
    (tmp_path / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    assert ask("case", "import", "plan.json").code == 0
    assert ask("backup", "old.backup").code == 0
    assert ask("keys", "make").code == 0
    assert ask("restore", "old.backup", "--replace").code == 0
    with Store.unlock(store, PASSPHRASE) as opened:
        sign(Desk(opened, document["case"]), "person", HowSigned("Sam Example"))
    made = ask("pdf", "--case", document["case"], "-o", "plan.pdf")
    assert made.code == 0, made.err
    assert ask("verify", "plan.pdf").code == 0


def test_a_passphrase_of_the_keys_comes_from_a_file_that_is_named_for_it(
    ask: Ask, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, wrong = tmp_path / "secret.txt", tmp_path / "wrong.txt"
    secret.write_text("four old keys on a ring\n", encoding="utf-8")
    wrong.write_text("five old keys on a ring\n", encoding="utf-8")
    assert ask("keys", "make", "--passphrase-file", secret).code == 0
    refused = ask("keys", "renew")
    assert refused.code == 2
    assert "The passphrase of the keys is needed" in refused.err
    monkeypatch.setenv("SUPPORTPLAN_KEYS_PASSPHRASE_FILE", str(wrong))
    assert "does not open this computer's key" in ask("keys", "renew").err
    monkeypatch.setenv("SUPPORTPLAN_KEYS_PASSPHRASE_FILE", str(secret))
    assert ask("keys", "renew").code == 0
