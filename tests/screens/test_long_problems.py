"""What is refused is said whole, however long it is: at the top of the screen and at its field, in 80 columns."""

import asyncio
import re
from datetime import date

import pytest

from supportplan.domain.cases.rules import demand_day
from supportplan.domain.problems import NotAllowed, Problem
from supportplan.screens.case_places import open_place
from supportplan.screens.deciding import Deciding
from supportplan.services.submitting import submit
from tests.screens.every_place import opened, practice
from tests.screens.on_screen import shown, until


def _too_early() -> Problem:
    with pytest.raises(NotAllowed) as refused:
        demand_day(date(2026, 9, 20), date(2026, 11, 27), date(2026, 11, 28), what="a signature")
    return refused.value


LONGEST = [
    _too_early(),
    NotAllowed(
        "The paper may be of another version of the plan: this one has the check code 1a2b3c4d, on every page.",
        where="on",
        mend="Compare it. Where it is another, print the plan again and have that signed.",
    ),
    NotAllowed(
        "“seen by the team manager on Monday” is not a day.",
        where="by",
        mend="Write it as 1 April, 23/11/26, next Tuesday or in 6 weeks, and the day is said back under the field.",
    ),
]


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("problem", LONGEST, ids=lambda one: one.what[:20])
def test_a_long_problem_is_said_whole_at_the_top_and_at_its_field(problem: Problem, columns: int) -> None:
    async def seen() -> str:
        async with practice(columns, 24) as (app, pilot, desk):
            submit(desk)
            screen = open_place("deciding", desk)
            await opened(app, pilot, screen)
            assert isinstance(screen, Deciding)
            await until(pilot, lambda: "was sent on" in shown(app))
            screen.refuse(problem)
            await until(pilot, lambda: shown(app).count("! ") >= 2)
            await pilot.pause()
            return shown(app)

    lines = asyncio.run(seen()).splitlines()
    what = f"{problem.what[:1].upper()}{problem.what[1:]}".rstrip(".")
    top = " ".join(" ".join(lines[:5]).split())
    assert f"! {what}." in top
    assert "Saved" in lines[0]
    # The bar at the right that says how far one is down the list is no part of the words.
    under = " ".join(re.sub("[▁-█]", " ", " ".join(lines[4:])).split())
    assert f"! {what}. {problem.mend}" in under
