"""A case on two computers, by the command line: handed over, taken in, and brought together."""

import json
from pathlib import Path

import pytest

from supportplan.services import bundles
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.cli.conftest import PASSPHRASE, Ask
from tests.cli.terminal import in_terminal
from tests.plans import sample_document

CASE = sample_document()["case"]
WORDS = "otter violin maple harbour quilt zebra"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no guess cost what it should: the files here are opened by nobody else."""
    assert bundles.hand_over.__kwdefaults__ is not None
    monkeypatch.setitem(bundles.hand_over.__kwdefaults__, "cost", FLOOR)


@pytest.fixture
def other(store: Path, tmp_path: Path) -> Path:
    """The store of another computer."""
    made, _ = Store.create(
        tmp_path / "other", PASSPHRASE, at="2026-11-23T10:00:00Z", author="Ann, approver", cost=FLOOR
    )
    made.close()
    return tmp_path / "other"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A file with the words that open the hand-over file."""
    path = tmp_path / "words.txt"
    path.write_text(f"{WORDS}\n", encoding="utf-8")
    return path


@pytest.fixture
def file(ask: Ask, store: Path, words: Path, tmp_path: Path) -> Path:
    """The sample case, handed over."""
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(sample_document()), encoding="utf-8")
    assert ask("case", "import", plan).code == 0
    to = tmp_path / "sam.supportplan"
    answer = ask("case", "export", CASE[:6], to, "--words-file", words)
    assert answer.code == 0, answer.err
    assert answer.out == f"Written, and read back: {to}\n"
    assert "1 version of the plan" in answer.err
    assert WORDS not in answer.out + answer.err
    return to


def test_words_are_drawn_where_none_are_given_and_shown_once(
    ask: Ask, file: Path, other: Path, tmp_path: Path
) -> None:
    made = ask("case", "export", CASE, tmp_path / "two.supportplan", "--json").json
    assert len(made["words"].split()) == 6
    (tmp_path / "told.txt").write_text(made["words"].upper(), encoding="utf-8")
    shown = ask("case", "export", CASE, tmp_path / "three.supportplan")
    assert "by telephone" in shown.err
    assert "shown only now" in shown.out
    taken = ask(
        "case", "import", tmp_path / "two.supportplan", "--words-file", tmp_path / "told.txt", "--store", other, "--yes"
    )  # fmt: skip
    assert taken.code == 0


def test_a_case_is_said_before_it_is_taken_in(ask: Ask, file: Path, words: Path, other: Path) -> None:
    alone = ask("case", "import", file, "--words-file", words, "--store", other)
    assert alone.code == 2
    assert "add --yes" in alone.err
    assert "0 of 0 cases" in ask("case", "list", "--store", other).out
    answer = ask("case", "import", file, "--words-file", words, "--store", other, "--yes")
    assert answer.code == 0
    assert "The case of Sam Example, from Fay, handed over today at" in answer.out
    assert "Nothing from the computer of Fay was taken in here before. Its code is" in answer.out
    assert "It brings: 1 version of the plan." in answer.out
    assert answer.out.endswith(f"Taken in: case {CASE}\n")
    assert ask("case", "show", CASE, "--json", "--store", other).json == sample_document()
    again = ask("case", "import", file, "--words-file", words, "--store", other)
    assert (again.code, "nothing new" in again.out) == (0, True)
    assert ask("doctor", "--store", other).code == 0
    assert (
        ask("cost", "--case", CASE, "--json", "--store", other).json
        == ask("cost", "--case", CASE, "--json").json
    )


def test_somebody_at_the_terminal_types_the_words_and_says_yes_or_no(
    file: Path, store: Path, other: Path, tmp_path: Path
) -> None:
    environment = {
        "SUPPORTPLAN_PASSPHRASE_FILE": str(tmp_path / "passphrase.txt"),
        "SUPPORTPLAN_STORE": str(other),
    }
    for answer, code, said in (("no", 1, "Nothing was taken in."), ("yes", 0, f"Taken in: case {CASE}")):
        seen = in_terminal(
            ["case", "import", file],
            where=tmp_path,
            environment=environment,
            replies=[("The words that open it: ", f"{WORDS}\n"), ("Yes or no: ", f"{answer}\n")],
        )
        assert (seen.code, said in seen.screen) == (code, True)
        assert "otter" not in seen.screen


def test_a_file_that_is_damaged_or_opens_with_other_words_changes_nothing(
    ask: Ask, file: Path, words: Path, other: Path
) -> None:
    good = file.read_bytes()
    words.write_text("otter violin maple harbour quilt yacht", encoding="utf-8")
    wrong = ask("case", "import", file, "--words-file", words, "--store", other, "--yes")
    assert (wrong.code, "not the words that open this file" in wrong.err) == (2, True)
    file.write_bytes(good[:-1])
    cut = ask("case", "import", file, "--words-file", words, "--store", other, "--yes")
    assert (cut.code, "damaged or was cut short" in cut.err) == (2, True)
    file.write_bytes(good.replace(b'"version":1', b'"version":9'))
    newer = ask("case", "import", file, "--words-file", words, "--store", other, "--yes")
    assert (newer.code, "newer supportplan" in newer.err) == (2, True)
    assert "0 of 0 cases" in ask("case", "list", "--store", other).out


def test_versions_made_apart_are_listed_side_by_side_and_one_goes_on(
    ask: Ask, file: Path, words: Path, other: Path, tmp_path: Path
) -> None:
    assert ask("case", "import", file, "--words-file", words, "--store", other, "--yes").code == 0
    for folder, known_as in ((tmp_path / "store", "Samuel"), (other, "Sammy")):
        changed = sample_document()
        changed["person"]["known_as"] = known_as
        plan = tmp_path / f"{known_as}.json"
        plan.write_text(json.dumps(changed), encoding="utf-8")
        assert ask("case", "import", plan, "--replace", "--store", folder).code == 0
    nothing = ask("case", "join", CASE)
    assert (nothing.code, "nothing has to be chosen" in nothing.out) == (0, True)
    back = tmp_path / "back.supportplan"
    assert ask("case", "export", CASE, back, "--words-file", words, "--store", other).code == 0
    taken = ask("case", "import", back, "--words-file", words, "--yes")
    assert "You changed the plan here, and it was changed there too." in taken.out
    assert f"supportplan case join {CASE[:8]}" in taken.err
    listed = ask("case", "join", CASE)
    assert "About the person: known as" in listed.out
    numbers = {one["author"]: one["number"] for one in ask("case", "join", CASE, "--json").json["apart"]}
    assert numbers.keys() == {"Fay", "Ann, approver"}
    wrong = ask("case", "join", CASE, "--go-on-with", "77")
    assert (wrong.code, "Choose one of" in wrong.err) == (2, True)
    number = numbers["Ann, approver"]
    joined = ask("case", "join", CASE, "--go-on-with", number)
    assert joined.out == f"The plan goes on with Version {number}, by Ann, approver.\n"
    assert ask("case", "show", CASE, "--json").json["person"]["known_as"] == "Sammy"
    assert "nothing has to be chosen" in ask("case", "join", CASE).out
