"""Giving a copy out at the terminal: printed and noted, killed before anybody said that it came out, and at the prompt."""

from pathlib import Path

import pytest

from supportplan.services.issuing import copies_given
from supportplan.storage.store import Store
from tests.journeys.at_terminal import Terminal, terminal
from tests.journeys.hands import ByKeys
from tests.journeys.stores import PASSPHRASE, make_store
from tests.printing import Commands, commands


@pytest.fixture
def case(tmp_path: Path) -> str:
    return make_store(tmp_path)


def given(home: Path, case: str) -> list[tuple[str, str, str]]:
    with Store.unlock(home / "store", PASSPHRASE) as store:
        return [
            (one.issued.copy, one.issued.medium, one.issued.to) for one in reversed(copies_given(store, case))
        ]


def unlocked(screen: Terminal) -> ByKeys:
    hand = ByKeys(screen)
    hand.sees("Passphrase")
    hand.fill_secret("Passphrase", PASSPHRASE)
    screen.type("Enter")
    hand.sees("Cash value")
    hand.command("p", "Print")
    hand.sees("[ Print ]", "Office, by the stairs")
    return hand


def test_a_copy_is_printed_noted_and_given_again_at_80_by_24(tmp_path: Path, case: str) -> None:
    with (
        commands(tmp_path / "commands") as lp,
        terminal("--case", case, home=tmp_path, environment=_path(lp)) as screen,
    ):
        hand = unlocked(screen)
        hand.fill("For whom", "Jo Example")
        hand.press("Print")
        hand.sees("Is it for signing?")
        hand.press("Send it, then print")
        hand.sees("Did it come out?")
        hand.press("Yes, all of it")
        hand.sees("Noted: on paper, for")
        hand.command("g", "Go to")
        hand.sees("─ Go to ─")
        hand.row("Copies given out")
        hand.sees("Standard copy on paper, version 1")
        hand.row("Standard copy on paper, version 1")
        hand.sees("The very same file again", "[ Print ]")
        hand.press("Print")
        hand.sees("Did it come out?")
        hand.press("No")
        hand.sees("Not noted as given out")
        first, again = lp.calls("lp")
        # On both sides, an empty page may stand before the last: the same both times.
        assert first["sha256"] == again["sha256"]
    assert given(tmp_path, case) == [("standard", "paper", "Jo Example")]


def test_killed_before_anybody_said_that_it_came_out_nothing_is_noted(tmp_path: Path, case: str) -> None:
    with (
        commands(tmp_path / "commands") as lp,
        terminal("--case", case, home=tmp_path, environment=_path(lp)) as screen,
    ):
        hand = unlocked(screen)
        hand.press("Print")
        hand.sees("Is it for signing?")
        hand.press("Print it as it is")
        hand.sees("Did it come out?")
        screen.kill()
    assert given(tmp_path, case) == []
    assert not (tmp_path / "store" / "passing").exists()


def _path(lp: Commands) -> dict[str, str]:
    import os

    return {"PATH": f"{lp.place}{os.pathsep}{os.environ['PATH']}"}
