"""The passphrase in the keyring: off until it is turned on, and out again when it is turned off."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError, PasswordDeleteError

from supportplan.domain.problems import NotAllowed
from supportplan.services.remembered import forget, remember, remembered


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    """The keyring of the system, for one test."""
    before = keyring.get_keyring()
    made = Drawer()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_nothing_is_asked_of_the_keyring_until_it_is_turned_on(drawer: Drawer, tmp_path: Path) -> None:
    drawer.kept["supportplan", str(tmp_path)] = "planted"
    assert remembered(tmp_path) is None


def test_a_passphrase_is_remembered_for_one_store_and_forgotten(drawer: Drawer, tmp_path: Path) -> None:
    remember(tmp_path, "seven small boats")
    assert remembered(tmp_path) == "seven small boats"
    assert [path.name for path in tmp_path.iterdir() if b"seven" in path.read_bytes()] == []
    forget(tmp_path)
    assert remembered(tmp_path) is None
    assert drawer.kept == {}
    forget(tmp_path)


class NoKeyring(Drawer):
    """What a computer without a keyring has."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NoKeyringError


def test_a_computer_without_a_keyring_says_so(drawer: Drawer, tmp_path: Path) -> None:
    keyring.set_keyring(NoKeyring())
    with pytest.raises(NotAllowed, match="no keyring"):
        remember(tmp_path, "seven small boats")
    assert remembered(tmp_path) is None


class Shut(Drawer):
    """A keyring that is not open at the moment."""

    def delete_password(self, service: str, username: str) -> None:
        raise NoKeyringError


def test_a_passphrase_that_could_not_be_taken_out_is_tried_again(drawer: Drawer, tmp_path: Path) -> None:
    remember(tmp_path, "seven small boats")
    shut = Shut()
    shut.kept = drawer.kept
    keyring.set_keyring(shut)
    assert not forget(tmp_path)
    assert remembered(tmp_path) is None, "it is asked no more"
    assert not forget(tmp_path), "it is still there, and nobody says otherwise"
    keyring.set_keyring(drawer)
    assert forget(tmp_path)
    assert drawer.kept == {}
