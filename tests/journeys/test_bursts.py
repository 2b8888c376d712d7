"""A burst typist on every dialog and form: it is opened and typed into in one write, and every key lands in its place."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.journeys.at_terminal import Terminal, terminal
from tests.journeys.stores import PASSPHRASE, make_store


class Burst(NamedTuple):
    """Keys that open a dialog and go on typing into it, and what then stands on the screen."""

    keys: tuple[str, ...]
    seen: tuple[str, ...]


def place(downs: int) -> tuple[str, ...]:
    """The keys that lead from outcomes and supports to the place so many rows further down in the list of places."""
    return ("g", *("Down",) * downs, "Enter")


IN_A_CASE = {
    "places, there and back": Burst(
        ("g", *("Down",) * 6, *("Up",) * 5, "Enter", "c", "12345.50"), ("[12345.50 ", "= £12,345.50")
    ),
    "support": Burst(
        ("Tab", "a", "Swimming lessons", "Tab", "Tab", "Jo Example", "Tab", "Tab", "7.25"),
        ("[Swimming lessons ", "[Jo Example ", "[7.25 "),
    ),
    "chooser of a support": Burst(
        ("Tab", "a", "Taxi", "Tab", "Enter", "Home", "Down", "Down", "Enter", "Tab", "Alex the driver"),
        ("[Taxi ", "[ Public service ", "[Alex the driver "),
    ),
    "price picker": Burst(
        ("Tab", "a", "Payroll", "F4", "payroll serv", "Enter", "3"),
        ("[Payroll ", "Price: PAYROLL", "[3 ", "= 3 weeks"),
    ),
    "price of one's own": Burst(
        ("Tab", "a", *("Tab",) * 3, "Tab", "3", "Tab", "h", "Tab", "Tab", "16.29", "Tab", "A quote of May"),
        ("[16.29 ", "[A quote of May ", "£"),
    ),
    "outcome": Burst(
        ("a", "To swim [/] daily", "Tab", "Not since May", "Tab", "She laughs a lot"),
        ("│ To swim [/] daily", "│ Not since May", "│ She laughs a lot"),
    ),
    "commands": Burst(("C-p", "sign-off still needs"), ("[sign-off still needs", "> See what sign-off")),
    "a command given": Burst(("C-p", "one question at", "Enter", "C-s", "Sings aloud"), ("Sings aloud",)),
    "parked note": Burst(("t", "F2", "Buy a bicycle [b]", "Tab", "Enter"), ("Parked.",)),
    "list of notes": Burst(
        (*place(5), "a", "Buy a bicycle [b]", "Tab", "Enter"), ("  Buy a bicycle [b]", "> + Park a note")
    ),
    "rules of money": Burst(
        (*place(2), "12345.5", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "C-u", "1 april 2027"),
        ("[12345.5 ", "[1 april 2027"),
    ),
    "basics": Burst(
        (*place(3), " Exampleson", "Tab", "my", "Tab", "Tab", "-XY"), ("Exampleson ", "my ", "-XY ")
    ),
    "risk": Burst(
        (*place(4), "a", "Falls [/] in", "Tab", "A vest, always"), ("│ Falls [/] in", "│ A vest, always")
    ),
    "emergency": Burst(
        (*place(4), "End", "Enter", "Ill, then. ", "Tab", "Ring.", "Tab", " too", "Tab", " ext 12"),
        ("Ill, then.", "Ring.", " too ", " ext 12"),
    ),
    "sign here": Burst((*place(9), "Enter", " the Second of May"), ("the Second of May ", "I agree, and sign")),
    "save as": Burst(
        (*place(10), "C-s", "C-u", "/somewhere/abc.pdf"), ("[/somewhere/abc.pdf", "Not now")
    ),
}  # fmt: skip

AT_HOME = {
    "new case": Burst(("n", "Alex Exampleson", "Tab", "Lexie", "Tab", "Enter"), ("Lexie > Outcomes",)),
    "import file": Burst(
        ("p", "End", "Up", "Enter", "rates.csv", "Tab", "Our rates", "Tab", "April 2026"),
        ("[rates.csv ", "[Our rates ", "[April 2026 "),
    ),
    "backups": Burst(
        ("b", "C-u", "/x/plans.backup", "Tab", "Tab", "Enter", "/y/old.backup", "Tab", "seven boats"),
        ("[/y/old.backup ", "[•••••••••••" ),
    ),
    "settings": Burst(
        ("s", "Tab", "Space", "Space", "Space", "Tab", "Tab", "Right", "Right", "Left"),
        ("[ ] Letter keys", "(*) 10 minutes"),
    ),
    "find": Burst(("/", "somebody else"), ("[somebody else ",)),
}  # fmt: skip


@pytest.mark.parametrize("name", IN_A_CASE)
def test_a_burst_in_a_case_lands_key_by_key(name: str, tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path, columns=100, rows=40) as screen:
        screen.wait("> 1 I want to go")
        lands(screen, IN_A_CASE[name])


@pytest.mark.parametrize("gap", [0.02, 0.05, 0.1])
@pytest.mark.parametrize("name", ["chooser of a support", "price picker", "outcome"])
def test_a_brisk_typist_is_followed_too(name: str, gap: float, tmp_path: Path) -> None:
    with terminal("demo", home=tmp_path, columns=100, rows=40) as screen:
        screen.wait("> 1 I want to go")
        lands(screen, IN_A_CASE[name], gap=gap)


@pytest.mark.parametrize("name", AT_HOME)
def test_a_burst_from_the_passphrase_on_lands_key_by_key(name: str, tmp_path: Path) -> None:
    make_store(tmp_path)
    with terminal(home=tmp_path, columns=100, rows=40) as screen:
        screen.wait("supportplan is locked")
        burst = AT_HOME[name]
        lands(screen, burst._replace(keys=(PASSPHRASE, "Enter", *burst.keys)))


def lands(screen: Terminal, burst: Burst, *, gap: float = 0.0) -> None:
    """Type a burst, and wait for what it comes to."""
    screen.type(*burst.keys, gap=gap)
    screen.wait(*burst.seen)
