"""A copy on its way to paper: made once, printed as often as is wanted, noted only once it came out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from supportplan.services.desk import Desk
from supportplan.services.issuing import MadeCopy, copies_given, copy_to_give
from supportplan.services.on_paper import OnPaper
from supportplan.services.printing import HowToPrint, printers
from supportplan.services.usual_printer import remember_printer, remembered_printer
from tests.printing import Commands, commands


@pytest.fixture
def lp(tmp_path: Path) -> Iterator[Commands]:
    with commands(tmp_path / "commands") as there:
        yield there


def _stands(paper: OnPaper) -> tuple[bool, bool]:
    return paper.waits, paper.noted


def nothing(_doing: str, _done: int, _of: int) -> None:
    """Go on, whatever is being done."""


def test_it_is_made_once_printed_twice_and_noted_when_it_came_out(desk: Desk, lp: Commands) -> None:
    made: list[MadeCopy] = []

    def make() -> MadeCopy:
        made.append(copy_to_give(desk))
        return made[-1]

    there = printers()
    paper = OnPaper(desk, HowToPrint("portable"), there=there, given_to="Jo Example", make=make)
    paper.print(nothing)
    paper.answer("again")
    assert _stands(paper) == (True, False)
    assert not copies_given(desk.store, desk.case)
    paper.print(nothing)
    paper.answer("yes")
    assert _stands(paper) == (False, True)
    assert len(made) == 1
    assert len(lp.calls("lp")) == 2
    (given,) = copies_given(desk.store, desk.case)
    assert (given.issued.to, given.issued.medium) == ("Jo Example", "paper")
    assert remembered_printer(desk.store, there) == ("portable", False)


@pytest.mark.parametrize("answer", ["no", "nobody"])
def test_what_did_not_come_out_is_not_noted(desk: Desk, lp: Commands, answer: str) -> None:
    paper = OnPaper(
        desk, HowToPrint("office"), there=printers(), given_to="Jo", make=lambda: copy_to_give(desk)
    )
    paper.print(nothing)
    paper.answer("no" if answer == "no" else "nobody")
    assert _stands(paper) == (False, False)
    assert not copies_given(desk.store, desk.case)


def test_signatures_alone_leave_the_usual_sides_as_they_were(desk: Desk, lp: Commands) -> None:
    there = printers()
    remember_printer(desk.store, there, "office", two_sided=True)
    how = HowToPrint("office", signatures=True)
    paper = OnPaper(desk, how, there=there, given_to="Jo", make=lambda: copy_to_give(desk))
    paper.print(nothing)
    paper.answer("yes")
    assert paper.pages == 1
    assert remembered_printer(desk.store, there) == ("office", True)
    assert copies_given(desk.store, desk.case)[0].issued.copy == "signature_page"
