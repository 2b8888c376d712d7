import json
from pathlib import Path

import pytest

from supportplan.storage.cases.case_projection import Glance
from supportplan.storage.store import Store
from tests.cli.conftest import PASSPHRASE, Ask
from tests.plans import sample_document

CASE = sample_document()["case"]


@pytest.fixture
def kept(ask: Ask, store: Path, tmp_path: Path) -> Path:
    """A store with the sample case."""
    (tmp_path / "plan.json").write_text(json.dumps(sample_document()), encoding="utf-8")
    assert ask("case", "import", tmp_path / "plan.json").code == 0
    return store


def test_a_backup_comes_back_in_another_folder(ask: Ask, kept: Path, tmp_path: Path) -> None:
    assert "Backed up and verified" in ask("backup", tmp_path / "kept.backup").out
    assert ask("restore", tmp_path / "kept.backup", "--store", tmp_path / "other").code == 0
    shown = ask("case", "show", CASE, "--json", "--store", tmp_path / "other")
    assert shown.json == sample_document()


def test_a_backup_is_checked_again_where_it_lies(ask: Ask, kept: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.backup"
    ask("backup", file)
    before = file.read_bytes()
    sound = ask("backup", "--verify", file)
    assert (sound.code, "The backup is sound" in sound.out) == (0, True)
    assert file.read_bytes() == before
    raw = bytearray(before)
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)
    damaged = ask("backup", "--verify", file)
    assert (damaged.code, "damaged" in damaged.out) == (1, True)
    assert ask("backup", "--verify", tmp_path / "passphrase.txt").code == 2
    assert ask("backup", "--verify", tmp_path / "nowhere.backup").code == 2
    assert list(tmp_path.glob("supportplan-*")) == []


def test_a_store_is_not_overwritten_unless_asked(ask: Ask, kept: Path, tmp_path: Path) -> None:
    ask("backup", tmp_path / "kept.backup")
    refused = ask("restore", tmp_path / "kept.backup")
    assert refused.code == 2
    assert "There is a store here already" in refused.err
    assert "--replace" in refused.err
    assert "set-aside" in ask("restore", tmp_path / "kept.backup", "--replace").out


def test_the_doctor_finds_a_store_well_and_a_damaged_one_not(ask: Ask, kept: Path) -> None:
    answer = ask("doctor", "--json")
    assert answer.code == 0
    assert answer.json["well"] is True
    database = kept / "store.db"
    raw = bytearray(database.read_bytes())
    raw[len(raw) // 2] ^= 1
    database.write_bytes(raw)
    answer = ask("doctor")
    assert answer.code == 1
    assert "To mend" in answer.out
    assert "supportplan restore" in answer.out


def test_what_can_be_read_is_saved_and_the_list_is_made_anew(ask: Ask, kept: Path, tmp_path: Path) -> None:
    assert "1 draft." in ask("doctor", "--salvage", tmp_path / "saved").out
    assert ask("case", "show", CASE, "--json", "--store", tmp_path / "saved").json == sample_document()
    assert ask("doctor", "--mend").code == 0
    assert "1 of 1 cases" in ask("case", "list").out


def test_a_draft_that_cannot_be_read_stops_neither_mending_nor_saving(
    ask: Ask, kept: Path, tmp_path: Path
) -> None:
    with Store.unlock(kept, PASSPHRASE) as store:
        store.drafts.save(CASE, b"from the future", "Newer", shown=Glance(name="Sam")).result()
    assert ask("doctor").code == 1
    assert ask("doctor", "--mend").code == 0
    assert "1 of 1 cases" in ask("case", "list").out
    assert "1 draft" in ask("doctor", "--salvage", tmp_path / "saved").out
    assert "Undone: Newer" in ask("case", "undo", CASE).out
    assert ask("doctor").code == 0


def test_a_passphrase_is_changed_and_a_recovery_code_made_anew(
    ask: Ask, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new.txt").write_text("other words altogether\n", encoding="utf-8")
    assert ask("passphrase", "--new-file", tmp_path / "new.txt").code == 0
    refused = ask("case", "list")
    assert refused.code == 2
    assert "Neither passphrase nor recovery code fits" in refused.err
    monkeypatch.setenv("SUPPORTPLAN_PASSPHRASE_FILE", str(tmp_path / "new.txt"))
    made = ask("passphrase", "--recovery").out
    code = next(line.strip() for line in made.splitlines() if line.count("-") == 7)
    (tmp_path / "code.txt").write_text(code.lower().replace("-", " "), encoding="utf-8")
    monkeypatch.setenv("SUPPORTPLAN_PASSPHRASE_FILE", str(tmp_path / "code.txt"))
    assert "1 of 1 cases" in ask("case", "list").out


def test_the_name_in_a_store_is_changed_and_nothing_else_with_it(
    ask: Ask, kept: Path, tmp_path: Path
) -> None:
    assert "Your name is changed." in ask("passphrase", "--name", "Fran Newname, broker").out
    with Store.unlock(kept, PASSPHRASE) as store:
        assert store.author == "Fran Newname, broker"
    refused = ask("passphrase", "--name", "Fran", "--recovery")
    assert (refused.code, "Only one thing" in refused.err) == (2, True)
    assert ask("passphrase", "--name", "...").code == 2


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [("short", "fewer than 12"), ("aaaaaaaaaaaaaaaa", "repeats"), ("", "holds no passphrase")],
)
def test_a_weak_passphrase_makes_no_store(ask: Ask, tmp_path: Path, passphrase: str, words: str) -> None:
    (tmp_path / "new.txt").write_text(passphrase, encoding="utf-8")
    answer = ask("passphrase", "--new-file", tmp_path / "new.txt")
    assert answer.code == 2
    assert words in answer.err
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("backup", "missing/kept.backup"), "missing"),
        (("restore", "nowhere.backup", "--store", "other"), "nowhere.backup"),
        (("restore", "passphrase.txt", "--store", "other"), "passphrase.txt"),
        (("passphrase", "--escrow", "passphrase.txt"), "key"),
        (("doctor", "--store", "other"), "no store here"),
    ],
)
def test_what_cannot_be_done_is_said(ask: Ask, kept: Path, arguments: tuple[str, ...], words: str) -> None:
    answer = ask(*arguments)
    assert answer.code == 2
    assert words in answer.err
    assert PASSPHRASE not in answer.err + answer.out


def test_a_missing_backup_is_said_before_a_passphrase_is_asked_for(
    ask: Ask, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUPPORTPLAN_PASSPHRASE_FILE")
    answer = ask("restore", "nowhere.backup", "--store", "other")
    assert (answer.code, "no such file" in answer.err) == (2, True)


def test_nobody_is_asked_where_nobody_sits(ask: Ask, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUPPORTPLAN_PASSPHRASE_FILE")
    answer = ask("case", "list")
    assert answer.code == 2
    assert "there is nobody to ask" in answer.err


def test_a_backup_is_made_each_day_without_asking(ask: Ask, kept: Path) -> None:
    assert len(list((kept / "backups").glob("daily-*.backup"))) == 1
    ask("case", "list")
    assert len(list((kept / "backups").glob("daily-*.backup"))) == 1


@pytest.mark.parametrize("option", ["--recovery", "--forget", "--remember"])
def test_what_opens_a_store_is_not_changed_where_there_is_none(ask: Ask, tmp_path: Path, option: str) -> None:
    answer = ask("passphrase", option, "--store", tmp_path / "nowhere")
    assert answer.code == 2
    assert "There is no store here yet" in answer.err
    assert not (tmp_path / "nowhere").exists()


def test_one_thing_is_changed_at_a_time(ask: Ask, kept: Path, tmp_path: Path) -> None:
    answer = ask("passphrase", "--recovery", "--new-file", tmp_path / "passphrase.txt")
    assert answer.code == 2
    assert "one thing" in answer.err


def test_a_store_without_its_keys_is_one_that_needs_its_backup(ask: Ask, store: Path) -> None:
    (store / "keyslots.json").unlink()
    for command in (("case", "list"), ("doctor",), ("backup", "new.backup")):
        answer = ask(*command)
        assert answer.code in (1, 2), command
        assert "keyslots.json, is missing" in answer.out + answer.err, command
        assert "no store here yet" not in answer.err
    assert "keyslots.json, is missing" in ask("passphrase").err


def test_two_jobs_of_the_doctor_at_once_are_refused(ask: Ask, store: Path, tmp_path: Path) -> None:
    answer = ask("doctor", "--mend", "--salvage", tmp_path / "saved")
    assert answer.code == 2
    assert "two different jobs" in answer.err
    assert ask("doctor", "--mend", "--json").json == {"mended": True}
    assert ask("doctor", "--salvage", tmp_path / "saved", "--json").json["drafts"] == 0
