from datetime import date

import pytest

from supportplan.domain.cases.next_step import TASKS, Task, next_step
from supportplan.domain.cases.state import STATES, State

ON = date(2026, 11, 26)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("due", [None, date(2026, 9, 26), date(2027, 9, 26)])
@pytest.mark.parametrize("parked", [0, 1, 999])
def test_whatever_there_is_to_say_fits_its_column(
    state: State, task: Task, due: date | None, parked: int
) -> None:
    step = next_step(state, on=ON, task=task, review_due=due, parked=parked)
    assert 0 < len(step.stage) <= 12
    assert len(step.words) <= 22
    assert step.waits == (task != "" or parked > 0 or (due is not None and due <= ON))


def test_a_review_waits_from_its_day_on() -> None:
    due = date(2026, 11, 27)
    coming = next_step("active", on=ON, review_due=due)
    assert (coming.stage, coming.words, coming.waits) == ("In force", "Review 27 Nov 2026", False)
    come = next_step("active", on=due, review_due=due)
    assert (come.stage, come.words, come.waits) == ("Review due", "Review due 27 Nov 2026", True)


def test_what_is_most_pressing_is_said_first() -> None:
    assert (
        next_step("returned", on=ON, task="returned", parked=2, review_due=ON).words
        == "Change it, send again"
    )
    assert next_step("active", on=ON, task="copy", parked=2, review_due=ON).words == "Review due 26 Nov 2026"
    assert next_step("active", on=ON, task="copy", parked=2).words == "Give the family a copy"
    assert next_step("draft", on=ON, parked=2).words == "Place 2 parked notes"
    assert next_step("draft", on=ON, parked=1).words == "Place 1 parked note"


def test_a_plan_that_cannot_be_read_says_so_before_anything_else() -> None:
    step = next_step("draft", on=ON, parked=3, readable=False)
    assert (step.stage, step.words, step.waits) == ("Not readable", "See supportplan doctor", False)
