"""Whole visits at the terminal: killed, closed, resized, taken up again."""

import random
from pathlib import Path

import pytest

from tests.journeys.at_terminal import Terminal, terminal
from tests.journeys.stores import PASSPHRASE


def set_up(screen: Terminal) -> None:
    """Set the store up and begin a plan for Sam."""
    screen.wait("Your name")
    screen.type("Pat", "Tab", "broker", "Tab", PASSPHRASE, "Tab", PASSPHRASE, "Tab", "Enter")
    screen.wait("recovery code")
    screen.type("Enter", "n", "Sam Example", "Tab", "Sam", "Tab", "Enter")
    screen.wait("Sam > Outcomes and supports")


def unlock(screen: Terminal) -> None:
    """Unlock the store and open the first case."""
    screen.wait("supportplan is locked")
    screen.type(PASSPHRASE, "Enter")
    screen.wait("Sam Example")
    screen.type("Enter")
    screen.wait("Sam > Outcomes and supports")


def test_a_first_cost_by_keys_alone(tmp_path: Path) -> None:
    with terminal(home=tmp_path) as screen:
        set_up(screen)
        screen.type("Enter", "Go swimming every week", "Escape")
        screen.wait("1 Go swimming")
        screen.type(
            "Tab", "a", "Personal assistant", "Tab", "p", "Tab", "Alex", "Tab", "Tab", "6", "Tab", "h", "h"
        )
        screen.wait("[6 ")
        screen.type("Tab", "Tab", "16.29", "Tab", "The rate of 2024")
        seen = screen.wait("£5,082.48")
        assert "£97.74 a week; x 52 weeks" in " ".join(seen.split())
        screen.type("C-s")
        screen.wait("Cash value £5,336.60", "Saved")


def test_a_year_is_typed_without_being_interrupted(tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path) as screen:
        screen.wait("1 I want to go")
        screen.type("g")
        screen.wait("Name, days and review")
        screen.type("Down", "Down", "Down", "Enter")
        screen.wait("Plan ends")
        # An end that somebody has set stays where it is, and does not follow the start.
        screen.type("Tab", "Tab", "Tab", "Tab", "Tab", "15 june 2027", "Tab", "BTab", "BTab")
        screen.type("1 september 2030", "Tab")
        seen = screen.wait("! The plan ends before it starts.", "[1 september 2030 ")
        assert "This did not work" not in seen
        screen.type("31 august 2031", "Tab")
        screen.wait("= Sunday 1 September 2030", "= Sunday 31 August 2031", without="! The plan")


def test_what_was_shown_as_saved_is_there_after_a_kill(tmp_path: Path) -> None:
    chance = random.Random(20261124)
    with terminal(home=tmp_path) as screen:
        set_up(screen)
        screen.type("Enter", "I want to swim", "Escape")
        screen.wait("1 I want to swim", "Saved")
        screen.kill()
    with terminal(home=tmp_path) as screen:
        unlock(screen)
        screen.wait("1 I want to swim")
        words = " and then to sing with the choir on Fridays"
        screen.type("Enter", "Enter")
        screen.wait("What do they want?")
        screen.says(words[: chance.randrange(10, len(words))])
        shown = screen.wait("I want to swim and", "Saved")
        line = next(line for line in shown.splitlines() if "I want to swim" in line)
        screen.kill()
    with terminal(home=tmp_path) as screen:
        screen.wait("supportplan is locked")
        screen.type(PASSPHRASE, "Enter")
        screen.wait("You left off at: Words of an outcome")
        screen.type("Enter")
        kept = screen.wait("What do they want?", "I want to swim")
        assert line.strip(" │") in " ".join(kept.split())


def test_a_window_that_is_closed_loses_nothing(tmp_path: Path) -> None:
    with terminal(home=tmp_path) as screen:
        set_up(screen)
        screen.type("Enter", "I want a dog", "Escape")
        screen.wait("1 I want a dog", "Saved")
        screen.close_window()
    with terminal(home=tmp_path) as screen:
        unlock(screen)
        screen.wait("1 I want a dog")


def test_undo_takes_a_removed_outcome_back_also_after_a_restart(tmp_path: Path) -> None:
    with terminal(home=tmp_path) as screen:
        set_up(screen)
        screen.type("Enter", "I want a dog", "Escape")
        screen.wait("1 I want a dog")
        screen.type("Delete")
        screen.wait("Removed. Ctrl+Z brings it back", without="1 I want a dog")
        screen.type("C-q")
    with terminal(home=tmp_path) as screen:
        unlock(screen)
        screen.type("C-z")
        screen.wait("1 I want a dog", "Taken back: Removed an outcome")


def test_a_small_window_says_so_and_goes_on_where_it_was(tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path, columns=60, rows=20) as screen:
        screen.wait("1 I want to go")
        screen.type("Enter")
        screen.wait("Change these words")
        screen.resize(50, 12)
        screen.wait("too small")
        screen.resize(120, 40)
        screen.wait("Change these words", "Cash value £11,731.26", without="too small")


@pytest.mark.parametrize(
    "environment",
    [{"COLORTERM": "", "TERM": "xterm"}, {"NO_COLOR": "1"}, {"COLORTERM": "", "TERM": "xterm-256color"}],
)
def test_few_colours_or_none_are_enough(tmp_path: Path, environment: dict[str, str]) -> None:
    with terminal("demo", home=tmp_path, environment=environment) as screen:
        screen.wait("> 1 I want to go", "Cash value £11,731.26")


def test_locking_clears_the_screen_and_unlocking_goes_on(tmp_path: Path) -> None:
    with terminal(home=tmp_path) as screen:
        set_up(screen)
        screen.type("Enter", "I want a dog", "Escape")
        screen.wait("1 I want a dog", "Saved")
        screen.type("C-l")
        screen.wait("supportplan is locked", without="dog")
        screen.type(PASSPHRASE, "Enter")
        screen.wait("1 I want a dog")
        screen.type("Enter", "Enter")
        screen.wait("What do they want?")
        screen.says(" and a cat")
        screen.wait("I want a dog and a cat", "Saved")


def test_a_row_is_opened_with_the_mouse(tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path, columns=120, rows=40) as screen:
        seen = screen.settled("Change these words").splitlines()
        row = next(number for number, line in enumerate(seen, 1) if "Change these words" in line)
        screen.click(seen[row - 1].index("Change these words") + 2, row)
        screen.wait("What do they want?")
