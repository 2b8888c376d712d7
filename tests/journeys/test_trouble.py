"""Trouble in a visit: the window changes or is closed, the program is killed, it locks itself; nothing that was shown as saved is lost."""

import random
from pathlib import Path

import pytest

from supportplan.domain.plan import Plan
from tests.journeys.at_terminal import Terminal, terminal
from tests.journeys.stores import PASSPHRASE, kept_plan, make_store

WORDS = "Sam swims on most Saturdays, and Jo waits at the side."


def unlock(screen: Terminal) -> None:
    """Unlock the store, open its only case where it was left, and go out to its outcomes."""
    screen.wait("supportplan is locked")
    screen.type(PASSPHRASE, "Enter", "Enter")
    screen.wait("Sam > ", "Saved")
    screen.type("F3")
    screen.wait("─ Go to ─")
    screen.type("o")
    screen.wait("Outcomes and supports", "Saved", without="─ Go to ─")
    # From a support one comes back to its own row, on the right.
    if not any(line.startswith("> ") for line in screen.settled("Outcomes and supports").splitlines()):
        screen.type("Escape")
    screen.wait("\n> ")


def kept(home: Path, case: str) -> Plan:
    """Read the plan that a program has left behind."""
    return kept_plan(home, case)


def test_typing_goes_on_while_the_window_changes(tmp_path: Path) -> None:
    sizes = [(120, 40), (80, 24), (60, 20), (40, 10), (80, 24), (40, 10), (120, 40)]
    with terminal("demo", home=tmp_path, columns=80, rows=24) as screen:
        screen.wait("> 1 I want to go")
        screen.type("a")
        screen.wait("What do they want?")
        for number, letters in enumerate(WORDS[at : at + 6] for at in range(0, len(WORDS), 6)):
            screen.resize(*sizes[number % len(sizes)])
            screen.says(letters)
        screen.resize(120, 40)
        screen.wait(WORDS, "Saved", without="too small")
        column, line = screen.cursor()
        assert screen.screen().splitlines()[line][:column].endswith(WORDS)


@pytest.mark.parametrize("half", ["7.", "6h", "1,24"])
def test_half_a_figure_stays_as_it_is_while_the_window_changes(half: str, tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path, columns=80, rows=24) as screen:
        screen.wait("> 1 I want to go")
        screen.type("Tab", "a", "Taxi", *("Tab",) * 4, half)
        screen.wait(f"[{half} ")
        screen.resize(40, 10)
        screen.wait("too small")
        screen.says("5")
        screen.resize(80, 24)
        screen.wait(f"[{half}5 ", without="too small")


def test_a_field_has_both_its_edges_again_after_the_window_was_too_small(tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path, columns=80, rows=24) as screen:
        screen.wait("> 1 I want to go")
        screen.type("Tab", "a", "Taxi")
        edges = [line.count("]") for line in screen.settled("[Taxi ").splitlines()]
        for columns, rows in ((60, 20), (40, 10), (80, 24)):
            screen.resize(columns, rows)
            screen.settled("too small" if columns == 40 else "[Taxi ")
        assert [line.count("]") for line in screen.settled("[Taxi ").splitlines()] == edges


def test_what_is_locked_behind_a_dialog_goes_on_with_half_a_field(tmp_path: Path) -> None:
    make_store(tmp_path)
    with terminal(home=tmp_path) as screen:
        screen.wait("supportplan is locked")
        screen.type(PASSPHRASE, "Enter", "n", "Alex Exa")
        screen.wait("[Alex Exa ")
        screen.type("C-l")
        screen.wait("supportplan is locked", without="Alex")
        screen.type(PASSPHRASE, "Enter")
        screen.wait("[Alex Exa ")
        screen.type("mple", "Tab", "Alex", "Tab", "Enter")
        screen.wait("Alex > Outcomes and supports")


def test_half_a_figure_is_there_after_unlocking(tmp_path: Path) -> None:
    make_store(tmp_path)
    with terminal(home=tmp_path) as screen:
        unlock(screen)
        screen.type("Tab", "a", "Taxi", *("Tab",) * 4, "7.")
        screen.wait("[7. ")
        screen.type("C-l")
        screen.wait("supportplan is locked", without="Taxi")
        screen.type(PASSPHRASE, "Enter", "5")
        screen.wait("[7.5 ")


def test_what_was_shown_as_saved_outlives_twenty_kills(tmp_path: Path) -> None:
    case = make_store(tmp_path)
    chance = random.Random(20261126)
    for kill in range(20):
        with terminal(home=tmp_path, columns=100, rows=40) as screen:
            unlock(screen)
            said = f"Visit {kill}: " + " ".join(chance.choices(("swim", "sing", "dance", "rest"), k=9))
            seen = EDITS[kill % len(EDITS)](screen, said, chance)
            screen.kill()
        plan = kept(tmp_path, case)
        texts = [outcome.text for outcome in plan.outcomes] + [one.what for one in plan.supports]
        assert any(text.startswith(seen) for text in [*texts, plan.person.about]), (kill, seen, texts)


def an_outcome(screen: Terminal, said: str, chance: random.Random) -> str:
    """Begin an outcome, and look up somewhere in it."""
    screen.type("a")
    screen.wait("What do they want?", "Outcome ")
    return type_and_look(screen, said, chance)


def a_support(screen: Terminal, said: str, chance: random.Random) -> str:
    """Begin a support, and look up somewhere in what it is."""
    screen.type("Tab", "a")
    screen.wait("What is it", "Not costed yet")
    return type_and_look(screen, said, chance)


def taken_back(screen: Terminal, said: str, chance: random.Random) -> str:
    """Add an outcome, take it back and make it again."""
    screen.type("a")
    screen.wait("What do they want?", "Outcome ")
    screen.says(said)
    screen.wait(said, "Saved")
    screen.type("Escape")
    screen.wait("Outcomes and supports", said[:15])
    screen.type("C-z")
    screen.wait("Taken back: Wrote about", without=said[:15])
    screen.type("C-y")
    screen.wait("Made again: Wrote about", said[:15], "Saved")
    screen.says("x" if chance.random() < 0.5 else "q")
    return said


def removed(screen: Terminal, said: str, chance: random.Random) -> str:
    """Add an outcome, take away the first one, and begin another."""
    seen = taken_back(screen, said, chance)
    screen.type("Home")
    screen.wait("> 1 ")
    screen.type("Delete")
    screen.wait("Removed. Ctrl+Z brings it back", "Saved")
    return seen


EDITS = (an_outcome, a_support, taken_back, removed)


def type_and_look(screen: Terminal, said: str, chance: random.Random) -> str:
    """Type a part of something while more comes after it, and return what stood there as saved."""
    most = chance.randrange(12, len(said))
    screen.says(said[:most])
    screen.wait(said[:most].rstrip(), "Saved")
    screen.says(said[most:])
    return said[:most].rstrip()


MOMENTS = {
    "unlocking": (PASSPHRASE, "Enter"),
    "in a dialog": (PASSPHRASE, "Enter", "n", "Alex"),
    "while typing": (PASSPHRASE, "Enter", "Enter", "a", "I want a dog and a cat"),
    "in a list of places": (PASSPHRASE, "Enter", "Enter", "g", "Down"),
    "making the PDF": (PASSPHRASE, "Enter", "Enter", "g", *("Down",) * 8, "Enter", "Tab", "Enter", "Enter"),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_program_leaves_whenever_its_window_is_closed(moment: str, tmp_path: Path) -> None:
    case = make_store(tmp_path)
    with terminal(home=tmp_path) as screen:
        screen.wait("supportplan is locked")
        screen.type(*MOMENTS[moment])
        if moment == "while typing":
            screen.wait("I want a dog and a cat", "Saved")
        screen.close_window()
    plan = kept(tmp_path, case)
    assert plan.person.name == "Sam Example"
    if moment == "while typing":
        assert plan.outcomes[-1].text == "I want a dog and a cat"


def test_the_practice_case_goes_with_its_window(tmp_path: Path) -> None:
    for _ in range(3):
        with terminal("demo", home=tmp_path, environment={"TMPDIR": str(tmp_path)}) as screen:
            screen.wait("> 1 I want to go")
            screen.type("a", "I want a dog")
            screen.close_window()
        assert not [*tmp_path.glob("supportplan-practice-*")]


def test_a_paste_of_many_lines_keeps_them_in_a_box_and_joins_them_in_a_field(tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path, columns=100, rows=40) as screen:
        screen.wait("> 1 I want to go")
        screen.type("a")
        screen.wait("What do they want?", "Outcome ")
        screen.paste("one [b]\ntwo [/]\nthree")
        screen.wait("│ one [b]", "│ two [/]", "│ three")
        screen.type("Escape")
        screen.wait("Outcomes and supports")
        screen.type("Tab", "a")
        screen.wait("What is it", "Not costed yet")
        screen.paste("one [b]\ntwo [/]\nthree")
        screen.wait("[one [b] two [/] three ")


@pytest.mark.parametrize("last", ["C-q", "C-l"])
def test_what_is_typed_and_left_in_one_burst_is_kept(last: str, tmp_path: Path) -> None:
    case = make_store(tmp_path)
    with terminal(home=tmp_path, columns=100, rows=40) as screen:
        unlock(screen)
        screen.program()
        screen.type("Home", "a", "Sing aloud", "Tab", "Hums", last)
        if last == "C-l":
            screen.wait("supportplan is locked")
            screen.kill()
        else:
            screen.gone()
    assert ("Sing aloud", "Hums") in [(one.text, one.baseline) for one in kept(tmp_path, case).outcomes]


def test_odd_text_stands_there_as_it_was_typed_after_a_kill(tmp_path: Path) -> None:
    odd = "[/] [b]so[/b] Zoe\u0308 سارة 山田太郎 [@click=app.quit]go[/] [red"
    case = make_store(tmp_path)
    with terminal(home=tmp_path, columns=100, rows=40) as screen:
        unlock(screen)
        screen.type("a")
        screen.wait("What do they want?", "Outcome ")
        screen.paste(odd)
        screen.wait("go[/] [red", "Saved")
        screen.type("Escape")
        screen.wait("Outcomes and supports")
        screen.type("t")
        # The first questions are answered, so the talk begins at the third.
        screen.wait("What does a good week look like?")
        screen.type("C-s")
        screen.wait("Who is in your life?")
        screen.type("C-End", "Enter")
        screen.paste(f"{odd}, neighbour")
        screen.wait("[red, neighbour", "Saved")
        screen.kill()
    plan = kept(tmp_path, case)
    assert plan.outcomes[-1].text == odd
    assert (plan.people[-1].name, plan.people[-1].relationship) == (odd, "neighbour")
    with terminal(home=tmp_path, columns=100, rows=40) as screen:
        screen.wait("supportplan is locked")
        screen.type(PASSPHRASE, "Enter", "Enter")
        screen.wait("Who is in your life?", "[b]so[/b]", "山田太郎", "[@click=app.quit]go[/] [red, neighbour")
        screen.type("Escape")
        screen.wait("Outcomes and supports", "5 [/] [b]so[/b]", "[@click=app.quit]go[/]")
