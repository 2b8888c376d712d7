"""A brisk typist: whatever is typed while a screen opens comes out right, at whatever pace."""

import time
from pathlib import Path

import pytest

from tests.journeys.at_terminal import PATIENCE, Terminal, terminal
from tests.journeys.stores import PASSPHRASE


@pytest.mark.parametrize("gap", [0.0, 0.01, 0.05, 0.1])
def test_a_quantity_typed_while_the_editor_opens_is_the_one_that_counts(tmp_path: Path, gap: float) -> None:
    with terminal("demo", home=tmp_path) as screen:
        screen.wait("Outcomes and supports", "1 I want to go")
        screen.type("Tab", "a", "taxi", "Tab", "Tab", "Tab", "Tab", "7.5", gap=gap)
        seen = screen.wait("[7.5 ")
        assert "[taxi " in seen


def test_everything_from_setting_up_to_an_outcome_typed_in_one_go(tmp_path: Path) -> None:
    with terminal(home=tmp_path) as screen:
        screen.wait("Your name")
        screen.type(
            "Pat", "Tab", "broker", "Tab", PASSPHRASE, "Tab", PASSPHRASE, "Tab", "Enter",
        )  # fmt: skip
        screen.wait("recovery code")
        screen.type(
            "Enter",
            "n",
            "Sam Example",
            "Tab",
            "Sam",
            "Tab",
            "Enter",
            "Enter",
            "Swim [/] every week",
            "Escape",
        )
        screen.wait("1 Swim [/] every", "Saved")


def test_a_letter_typed_into_every_dialog_at_once_is_there(tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path) as screen:
        screen.wait("Outcomes and supports", "1 I want to go")
        screen.type("C-p", "undo")
        screen.wait("[undo ", "Take the last change back")
        # A terminal sends what follows Escape at once as one key with Alt, so that nobody could tell them apart.
        screen.type("Escape")
        screen.wait("Outcomes and supports", without="[undo ")
        screen.type("Tab", "a", "F4", "payroll")
        screen.wait("[payroll ", "> Payroll service")


def test_the_cursor_follows_the_row_for_those_who_listen(tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path) as screen:
        screen.wait("> 1 I want to go")
        for outcome in ("> 1 ", "> 2 ", "> 3 "):
            until = time.monotonic() + PATIENCE
            while not at_cursor(screen).startswith(outcome) and time.monotonic() < until:
                time.sleep(0.05)
            assert at_cursor(screen).startswith(outcome), screen.screen()
            screen.type("Down")


def test_the_cursor_stands_where_the_person_is_from_the_first_field_to_the_buttons(tmp_path: Path) -> None:
    with terminal(home=tmp_path) as screen:
        seen = screen.settled("Your name").splitlines()
        line = next(number for number, one in enumerate(seen) if "Your name" in one)
        assert screen.cursor() == (seen[line].index("[") + 1, line)
        screen.type("Pat", "Tab", "Tab", "Tab", "Tab")
        screen.settled("[Pat ")
        assert at_cursor(screen).startswith("Begin ]")
        screen.type("Right")
        screen.settled("[Pat ")
        assert at_cursor(screen).startswith("Show what I type ]")


def at_cursor(screen: Terminal) -> str:
    """Return what stands on the screen from the terminal's cursor on."""
    column, line = screen.cursor()
    return screen.screen().splitlines()[line][column:]
