"""Setting up and unlocking at a real terminal: what is asked, and what is said when an answer no longer fits."""

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE
from tests.cli.terminal import in_terminal

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind"
)


@pytest.fixture
def keyring(tmp_path: Path) -> dict[str, str]:
    """The environment of a computer with a keyring, and a store in the folder `store`."""
    return {
        "SUPPORTPLAN_STORE": str(tmp_path / "store"),
        "PYTHON_KEYRING_BACKEND": "tests.cli.file_keyring.FileKeyring",
        "KEYRING_FILE": str(tmp_path / "keyring.json"),
    }


def test_setting_up_asks_for_the_name_and_the_passphrase(tmp_path: Path) -> None:
    place = {"SUPPORTPLAN_STORE": str(tmp_path / "store")}
    seen = in_terminal(
        ["passphrase"],
        where=tmp_path,
        environment=place,
        replies=[
            ("Your name, as your plans will show it: ", "Fay Example\n"),
            ("New passphrase: ", f"{PASSPHRASE}\n"),
            ("The same again: ", f"{PASSPHRASE}\n"),
        ],
    )
    assert seen.code == 0
    assert "The store is ready" in seen.screen
    assert "Recovery code" in seen.screen
    assert PASSPHRASE not in seen.screen
    listed = in_terminal(
        ["case", "list"],
        where=tmp_path,
        environment=place,
        replies=[("Passphrase: ", f"{PASSPHRASE}\n")],
    )
    assert (listed.code, "0 of 0 cases" in listed.screen) == (0, True)


def test_a_remembered_passphrase_that_no_longer_fits_is_said_and_asked_for(
    store: Path, tmp_path: Path, keyring: dict[str, str]
) -> None:
    right = [("Passphrase: ", f"{PASSPHRASE}\n")]
    kept = in_terminal(["passphrase", "--remember"], where=tmp_path, environment=keyring, replies=right)
    assert (kept.code, "This computer remembers the passphrase" in kept.screen) == (0, True)
    assert in_terminal(["case", "list"], where=tmp_path, environment=keyring).code == 0
    held = tmp_path / "keyring.json"
    held.write_text(held.read_text(encoding="utf-8").replace(PASSPHRASE, "of last year"), encoding="utf-8")
    for command in (["case", "list"], ["doctor"], ["passphrase", "--recovery"]):
        seen = in_terminal(command, where=tmp_path, environment=keyring, replies=right)
        assert seen.code == 0, seen.screen
        assert "The passphrase remembered by this computer no longer opens the store." in seen.screen
    assert (
        in_terminal(["passphrase", "--remember"], where=tmp_path, environment=keyring, replies=right).code
        == 0
    )
    again = in_terminal(["case", "list"], where=tmp_path, environment=keyring)
    assert (again.code, "no longer" in again.screen) == (0, False)


def test_a_keyring_that_is_locked_does_not_lock_the_store(
    store: Path, tmp_path: Path, keyring: dict[str, str]
) -> None:
    right = [("Passphrase: ", f"{PASSPHRASE}\n")]
    in_terminal(["passphrase", "--remember"], where=tmp_path, environment=keyring, replies=right)
    (tmp_path / "keyring.json").write_text("locked", encoding="utf-8")
    seen = in_terminal(["case", "list"], where=tmp_path, environment=keyring, replies=right)
    assert (seen.code, "cannot be had" in seen.screen) == (0, True)
    forgot = in_terminal(["passphrase", "--forget"], where=tmp_path, environment=keyring)
    assert (forgot.code, "may still be in it" in forgot.screen) == (2, True)
    seen = in_terminal(["case", "list"], where=tmp_path, environment=keyring, replies=right)
    assert (seen.code, "cannot be had" in seen.screen) == (0, False)


def test_a_wrong_passphrase_is_not_asked_for_twice(store: Path, tmp_path: Path) -> None:
    seen = in_terminal(
        ["case", "list"],
        where=tmp_path,
        environment={"SUPPORTPLAN_STORE": str(store)},
        replies=[("Passphrase: ", "not this one at all\n")],
    )
    assert seen.code == 2
    assert "Neither passphrase nor recovery code fits" in seen.screen


@pytest.mark.parametrize("reply", ["\x03", "\x04"])
def test_ctrl_c_and_ctrl_d_at_the_prompt_end_it_with_a_sentence(
    store: Path, tmp_path: Path, reply: str
) -> None:
    seen = in_terminal(
        ["case", "list"],
        where=tmp_path,
        environment={"SUPPORTPLAN_STORE": str(store)},
        replies=[("Passphrase: ", reply)],
    )
    assert "Traceback" not in seen.screen
    if reply == "\x03":
        assert (seen.code, "Stopped. What was saved before is safe." in seen.screen) == (130, True)
    else:
        assert (seen.code, "No passphrase was typed." in seen.screen) == (2, True)
