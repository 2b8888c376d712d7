"""Nothing that people write is found in any file that the program leaves, nor in what it says when it cannot go on."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supportplan.cli.main import run
from supportplan.storage.store import Store
from tests.faults.secret_words import (
    CASE,
    NEW_PASSPHRASE,
    PASSPHRASE,
    STEM,
    Place,
    secret_document,
    texts,
    whole,
    with_value,
    words,
)

REPOSITORY = Path(__file__).parents[2]
PLACES = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/roaming",
    "LOCALAPPDATA": "home/local",
    "TMPDIR": "temporary",
    "SQLITE_TMPDIR": "temporary",
    "TMP": "temporary",
    "TEMP": "temporary",
    "XDG_DATA_HOME": "home/data",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_STATE_HOME": "home/state",
    "XDG_RUNTIME_DIR": "runtime",
    "SUPPORTPLAN_STORE": "store",
}
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
SIGNS = re.compile(b"|".join(re.escape(STEM.encode(one)) for one in ENCODINGS), re.IGNORECASE)


def found_in(folder: Path) -> list[str]:
    """Return the files below a folder in which, or in the name of which, one of the words stands."""
    return [
        str(path)
        for path in folder.rglob("*")
        if STEM in path.name.casefold() or (path.is_file() and SIGNS.search(path.read_bytes()))
    ]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment in which every place that a program may write to lies below one folder."""
    for place in PLACES.values():
        if place != "store":
            (tmp_path / place).mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        **{name: str(tmp_path / place) for name, place in PLACES.items()},
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "src")]),
    }


def start(work: str, home: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.secret_words", work, home["SUPPORTPLAN_STORE"]],
        env=home,
        cwd=home["HOME"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_the_words_are_in_every_text_of_a_plan_and_the_search_finds_them() -> None:
    document, free = secret_document()
    for field in ("name", "known_as", "reference", "about", "communication"):
        assert ("person", field) in free
    for field in ("payer", "what"):
        assert ("supports", 1, field) in free
    assert ("emergency", "phone") in free
    assert ("supports", 2, "rate", "top_up", "payer") in free
    assert ("supports", 1, "rate", "reason") in free
    said = [word for place in free for word in value_at(document, place).split()]
    assert len(said) == len(set(said)) >= 80


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_that_holds_a_word_is_found(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "folder").mkdir()
    plain = tmp_path / "folder" / "log"
    plain.write_bytes(b"\x00\xff" * 999 + words(7).upper().encode(encoding))
    (tmp_path / "folder" / "clean").write_bytes(os.urandom(4096))
    assert found_in(tmp_path) == [str(plain)]


def test_no_file_holds_a_word_after_a_day_of_work(tmp_path: Path, home: dict[str, str]) -> None:
    program = start("whole", home)
    _, errors = program.communicate(timeout=120)
    assert (program.returncode, errors) == (0, b"")
    assert found_in(tmp_path) == []
    assert (tmp_path / "a backup").stat().st_size > 10_000
    with Store.unlock(tmp_path / "store", NEW_PASSPHRASE) as opened:
        draft = opened.drafts.read(CASE)
        assert draft
        assert SIGNS.search(draft.plan), "the words were in the store all the time"
        assert found_in(tmp_path) == [], "also while it is open"


def test_no_file_holds_a_word_when_the_program_is_killed(tmp_path: Path, home: dict[str, str]) -> None:
    program = start("endless", home)
    assert program.stdout
    for _ in range(25):
        assert program.stdout.readline().strip() == b"saved"
    program.kill()
    _, errors = program.communicate(timeout=60)
    assert errors == b""
    assert (tmp_path / "store" / "store.db-wal").stat().st_size > 10_000
    assert found_in(tmp_path) == []
    with Store.unlock(tmp_path / "store", PASSPHRASE) as opened:
        assert len(opened.drafts.history(CASE)) >= 24


def test_a_fault_of_our_own_says_where_it_is_and_never_what_was_at_hand(
    tmp_path: Path, home: dict[str, str]
) -> None:
    program = start("thrown", home)
    said, errors = program.communicate(timeout=60)
    assert program.returncode == 2
    assert b"RuntimeError in fail" in errors
    assert not SIGNS.search(said + errors)
    assert found_in(tmp_path) == []


def broken_documents() -> Iterator[dict[str, Any]]:
    """Give the plan with each text in turn replaced by what does not belong there, our words in it."""
    document, free = secret_document()
    for number, place in enumerate(texts(document)):
        secret = words(number + 2_000)
        if place in free:
            yield with_value(document, place, [secret])
            yield with_value(document, place, {"text": secret})
            yield with_value(document, place, f"{secret}\x1b[2J")
            yield with_value(document, place, f"{secret} " * 2_000)
        else:
            yield with_value(document, place, secret)
            yield with_value(document, place, secret.split()[0].casefold())
            yield with_value(document, place, [secret])
            yield with_value(document, place, "")


def broken_files() -> Iterator[bytes]:
    document = secret_document()[0]
    whole_text = json.dumps(document)
    for broken in broken_documents():
        yield json.dumps(broken).encode()
    yield from (whole_text[:length].encode() for length in range(40, len(whole_text), 400))
    yield whole_text.replace(STEM.title(), f"{STEM.title()}\\ud800", 1).encode()
    yield whole_text.encode("utf-16")
    yield whole_text.encode().replace(b"Qz", b"Qz\xff", 1)
    yield f'{{"person": {{"name": "{words(1)}", "name": "{words(2)}"}}}}'.encode()
    yield json.dumps(words(3)).encode()
    yield words(4).encode()


def test_a_plan_that_cannot_be_used_is_not_quoted_in_what_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.json"
    refused, loud = 0, []
    for content in broken_files():
        file.write_bytes(content)
        code = run(["cost", str(file)])
        said, errors = capsys.readouterr()
        if code:
            refused += 1
            assert errors
        if STEM in errors.casefold() or (code and STEM in said.casefold()):
            loud.append(errors)
    assert loud == []
    assert refused > 400


def test_commands_that_fail_with_the_store_open_do_not_quote_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    whole(store)
    secret = tmp_path / "secret"
    secret.write_text(NEW_PASSPHRASE, encoding="utf-8")
    monkeypatch.setenv("SUPPORTPLAN_STORE", str(store))
    monkeypatch.setenv("SUPPORTPLAN_PASSPHRASE_FILE", str(secret))
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(secret_document()[0]), encoding="utf-8")
    for arguments in (
        ["case", "import", str(plan)],  # the case is there already
        ["case", "show", "nobody"],
        ["cost", "--case", "nobody"],
        ["cost", "--case", CASE, str(plan)],
        ["schedule", "show", "nothing"],
        ["schedule", "import", str(plan)],
        ["backup", str(plan)],
        ["restore", str(tmp_path / "a backup")],
        ["restore", str(plan), "--replace"],
        ["pdf", "--case", CASE, "-o", str(tmp_path / "nowhere" / "plan.pdf")],
    ):
        code = run(arguments)
        said, errors = capsys.readouterr()
        assert code, arguments
        assert STEM not in (said + errors).casefold(), arguments
    secret.write_text(f"{words(9)} is not the passphrase", encoding="utf-8")
    assert run(["case", "list"])
    said, errors = capsys.readouterr()
    assert errors
    assert STEM not in (said + errors).casefold()


def value_at(document: Any, place: Place) -> Any:
    for key in place:
        document = document[key]
    return document
