"""Opening the app at a terminal where the passphrase need not be typed, and where what is at hand does not fit."""

import sys
from pathlib import Path

import pytest

from supportplan.domain.canonical import canonical
from supportplan.storage.store import Store
from tests.cli.conftest import PASSPHRASE
from tests.cli.terminal import Seen, in_terminal
from tests.plans import sample_plan

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind"
)

LEAVE = "\x11"


def opened(tmp_path: Path, *arguments: str, wait_for: str = "", **environment: str) -> Seen:
    """Open the app, leave it as soon as the words stand there, and return what was seen."""
    place = {"SUPPORTPLAN_STORE": str(tmp_path / "store"), **environment}
    replies = [(wait_for, LEAVE)] if wait_for else []
    return in_terminal(arguments, where=tmp_path, environment=place, replies=replies)


@pytest.fixture
def case(store: Path) -> str:
    """The id of a case in the store."""
    plan = sample_plan()
    with Store.unlock(store, PASSPHRASE) as kept:
        kept.drafts.save(plan.case, canonical(plan), "Began the plan").result()
    return plan.case


def test_the_app_opens_with_the_passphrase_that_stands_in_a_file(store: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    seen = opened(
        tmp_path, wait_for="Start a new plan", SUPPORTPLAN_PASSPHRASE_FILE=str(tmp_path / "secret.txt")
    )
    assert (seen.code, "is locked" in seen.screen) == (0, False)


def test_it_opens_at_the_case_whose_id_begins_so(case: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    place = {"SUPPORTPLAN_PASSPHRASE_FILE": str(tmp_path / "secret.txt")}
    seen = opened(tmp_path, "--case", case[:8], wait_for="Outcomes and supports", **place)
    assert seen.code == 0


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the boats of somebody else", "Neither passphrase nor recovery code fits this store."),
        ("", "secret.txt: holds no passphrase"),
        (None, "secret.txt"),
    ],
)
def test_a_file_that_does_not_open_the_store_is_said_in_words(
    store: Path, tmp_path: Path, written: str | None, said: str
) -> None:
    if written is not None:
        (tmp_path / "secret.txt").write_text(written, encoding="utf-8")
    seen = opened(tmp_path, SUPPORTPLAN_PASSPHRASE_FILE=str(tmp_path / "secret.txt"))
    assert (seen.code, "Traceback" in seen.screen) == (2, False)
    assert said in seen.screen
    assert "What to do: " in seen.screen


def test_the_app_opens_with_the_passphrase_that_the_keyring_holds_and_asks_where_it_is_an_old_one(
    store: Path, tmp_path: Path
) -> None:
    keyring = {
        "PYTHON_KEYRING_BACKEND": "tests.cli.file_keyring.FileKeyring",
        "KEYRING_FILE": str(tmp_path / "keyring.json"),
    }
    in_terminal(
        ["passphrase", "--remember"],
        where=tmp_path,
        environment={"SUPPORTPLAN_STORE": str(store), **keyring},
        replies=[("Passphrase: ", f"{PASSPHRASE}\n")],
    )
    assert opened(tmp_path, wait_for="Start a new plan", **keyring).code == 0
    held = tmp_path / "keyring.json"
    held.write_text(held.read_text(encoding="utf-8").replace(PASSPHRASE, "of last year"), encoding="utf-8")
    seen = opened(tmp_path, wait_for="is locked", **keyring)
    assert (seen.code, "no longer opens the store" in seen.screen) == (0, True)


def test_without_a_store_the_file_is_not_asked_for(tmp_path: Path) -> None:
    place = {"SUPPORTPLAN_PASSPHRASE_FILE": str(tmp_path / "nowhere.txt")}
    assert opened(tmp_path, wait_for="Welcome", **place).code == 0
