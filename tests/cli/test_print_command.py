"""Printing from the command line: asked at a terminal whether it came out, noted only then, and the same copy again."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from supportplan.domain.plan import Plan
from supportplan.services.cases import take_in
from supportplan.services.desk import Desk
from supportplan.services.sealing import sealed_file
from supportplan.services.signing import HowSigned, sign
from supportplan.services.views import GivenViews, write_down
from supportplan.storage.store import Store
from tests.cli.conftest import PASSPHRASE, Ask
from tests.cli.terminal import in_terminal
from tests.printing import Commands, commands


@pytest.fixture
def lp(tmp_path: Path) -> Iterator[Commands]:
    with commands(tmp_path / "commands") as there:
        yield there


@pytest.fixture
def case(store: Path, sample: Plan) -> str:
    with Store.unlock(store, PASSPHRASE) as opened:
        take_in(opened, sample)
    return sample.case


def test_where_nobody_says_that_it_came_out_it_is_printed_and_not_noted(
    ask: Ask, case: str, lp: Commands
) -> None:
    answer = ask("print", "--case", case[:8], "--one-side", "--json")
    assert answer.code == 0
    assert (answer.json["printer"], answer.json["noted"]) == ("office", False)
    assert "not noted as given out" in answer.err
    assert "sides=one-sided" in lp.calls("lp")[0]["arguments"]
    assert ask("case", "copies", case[:8]).out == "No copy has been given out yet.\n"


def test_somebody_at_the_terminal_says_that_it_came_out(
    ask: Ask, case: str, lp: Commands, tmp_path: Path
) -> None:
    seen = in_terminal(
        ["print", "--case", case[:8], "--to", "Jo Example", "--printer", "portable"],
        where=tmp_path,
        environment={
            "SUPPORTPLAN_STORE": str(tmp_path / "store"),
            "SUPPORTPLAN_PASSPHRASE_FILE": str(tmp_path / "passphrase.txt"),
        },
        replies=[
            ("Did it come out", "perhaps\n"),
            ("Did it come out", "again\n"),
            ("Did it come out", "yes\n"),
        ],
    )
    assert seen.code == 0, seen.screen
    assert "given to Jo Example, on paper" in " ".join(seen.screen.split())
    assert [one["arguments"][:2] for one in lp.calls("lp")] == [["-d", "portable"]] * 2
    (copy,) = ask("case", "copies", case[:8], "--json").json
    assert (copy["number"], copy["as"], copy["to"], copy["kept"]) == (1, "paper", "Jo Example", True)
    # Where these printers are, this one is used the next time.
    assert ask("print", "--case", case[:8], "--json").json["printer"] == "portable"


def test_the_same_copy_again_by_its_number(ask: Ask, case: str, tmp_path: Path) -> None:
    assert ask("pdf", "--case", case[:8], "-o", "first.pdf", "--to", "Jo Example").code == 0
    assert ask("pdf", "--case", case[:8], "-o", "again.pdf", "--again", "1").code == 0
    first, again = ((tmp_path / name).read_bytes() for name in ("first.pdf", "again.pdf"))
    assert first == again
    copies = ask("case", "copies", case[:8], "--json").json
    assert [one["number"] for one in copies] == [2, 1]
    assert {one["to"] for one in copies} == {"Jo Example"}
    assert {one["sha256"] for one in copies} == {hashlib.sha256(first).hexdigest()}
    said = ask("case", "copies", case[:8]).out
    assert "Standard copy as PDF, version 1, not signed yet, for Jo Example" in said


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["print", "--case", "CASE", "--printer", "kitchen"], "There is no such printer"),
        (["print", "--case", "CASE", "--copy", "gold"], "There is no such copy"),
        (["print", "--case", "CASE", "--again", "7"], "No copy was given out under that number"),
        (["print", "--case", "CASE", "--times", "400"], "less than or equal to 20"),
        (["pdf", "--case", "CASE", "-o", "x.pdf", "--again", "7"], "No copy was given out under that number"),
        (["pdf", "plan.json", "-o", "x.pdf", "--again", "1"], "Only a case has copies"),
    ],
)
def test_what_cannot_be_done_is_said(
    ask: Ask, case: str, lp: Commands, arguments: list[str], expected: str
) -> None:
    answer = ask(*(case[:8] if one == "CASE" else one for one in arguments))
    assert answer.code == 2
    assert expected in answer.err
    assert not lp.calls("lp")


def test_a_printer_that_fails_is_said_and_nothing_is_noted(ask: Ask, case: str, lp: Commands) -> None:
    lp.answer("lp ", complained='lp: Destination "office" is not accepting jobs.\n', exit=1)
    answer = ask("print", "--case", case[:8])
    assert answer.code == 2
    assert "The printer takes no prints at the moment" in answer.err
    assert ask("case", "copies", case[:8], "--json").json == []


def test_both_views_are_a_copy_and_the_sealed_one_is_said_to_lack_them(
    ask: Ask, case: str, store: Path, lp: Commands
) -> None:
    assert ask("pdf", "--case", case[:8], "-o", "views.pdf", "--copy", "views").code == 2
    assert "Only a case has views" in ask("pdf", "plan.json", "-o", "x.pdf", "--copy", "views").err
    with Store.unlock(store, PASSPHRASE) as opened:
        desk = Desk(opened, case)
        sign(desk, "person", HowSigned("Sam Example"))
        sealed_file(opened, case, desk.keep())
        write_down(desk, GivenViews("I do not want this.", "It is fine."))
    assert "not in the sealed copy" in ask("pdf", "--case", case[:8], "-o", "plan.pdf").err
    assert "not in the sealed copy" in ask("print", "--case", case[:8]).err
    answer = ask("pdf", "--case", case[:8], "-o", "views.pdf", "--copy", "views", "--to", "Jo", "--json")
    assert (answer.code, answer.json["pages"]) == (0, 1)
    assert "not in the sealed copy" not in answer.err
    assert ask("case", "copies", case[:8], "--json").json[0]["copy"] == "views"
