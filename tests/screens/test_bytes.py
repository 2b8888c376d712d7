"""Bytes written to a terminal for a key: a count that says whether more is painted than has changed."""

import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.terminal import Terminal, terminal

ROOT = Path(__file__).parents[2]
DOWN, TAB, BACKSPACE = b"\x1b[B", b"\t", b"\x7f"
# So long nothing more is written once all that a key does has been painted and acknowledged, in seconds.
QUIET = 0.4

# What was measured, 2,800, 3,000 and 5,800, and room for other terminals. The mark of what is saved is painted twice.
MOST = {"outcome": 3_300, "how much": 4_400, "list": 8_700}


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Terminal]:
    """The practice case in a terminal of 120 by 40."""
    if os.name != "posix":
        pytest.skip("needs a terminal of its own")
    environment = {"PYTHONPATH": str(ROOT / "src"), "SUPPORTPLAN_PREFERENCES": str(tmp_path / "none.json")}
    with terminal((sys.executable, "-m", "supportplan", "demo"), environment) as opened:
        assert opened.wait_for("Outcomes and supports")
        opened.wait_quiet(QUIET)
        yield opened


def go(screen: Terminal, keys: bytes, words: str = "") -> None:
    """Press keys and wait until words stand on the screen and it has come to rest."""
    so_far = len(screen.pieces)
    screen.press(keys)
    assert screen.wait_for(words, since=so_far), words
    screen.wait_quiet(QUIET)


def written(screen: Terminal, keys: list[bytes]) -> float:
    """Return how many bytes are written for a key in the middle of these, each pressed when the last has been painted."""
    found = []
    for key in keys:
        so_far = len(screen.pieces)
        go(screen, key)
        found.append(sum(len(piece.data) for piece in screen.pieces[so_far:]))
    return statistics.median(found)


def test_a_letter_in_the_words_of_an_outcome_paints_little(screen: Terminal) -> None:
    go(screen, b"\r", "Change these words")
    go(screen, b"\r", "What do they want?")
    assert 0 < written(screen, [b"s", b"w", b"i", b"m"]) <= MOST["outcome"]


def test_a_digit_in_how_much_of_a_support_paints_little_though_all_totals_move(screen: Terminal) -> None:
    go(screen, TAB, "Change these words")
    go(screen, DOWN + b"\r", "What is it")
    go(screen, TAB * 4)
    assert 0 < written(screen, [b"1", BACKSPACE, b"2", BACKSPACE]) <= MOST["how much"]


def test_going_down_the_list_of_outcomes_paints_only_what_changes(screen: Terminal) -> None:
    assert 0 < written(screen, [DOWN, DOWN]) <= MOST["list"]
