"""Whatever is answered, in whatever order: nothing but leaving ends a visit, and what was said of the plan is what is kept."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supportplan.plain.asker import Leave
from supportplan.plain.case import COMMANDS, work_on
from supportplan.services.cases import working_plan
from supportplan.services.desk import Desk
from tests.plain.conftest import Conversation

WORDS = [
    *(one.word for one in COMMANDS if one.word not in ("leave", "back")),
    *("", "", "", ".", "?", "back", "skip", "done", "all", "new", "remove", "up", "yes", "no", "clear", "+", "-"),
    *(str(number) for number in range(16)),
    *("6", "7.5", "6h30", "1,240", "£16.29", "0.001", "-3", "999999999999", "1e9", "5%", "101", "²", "٣"),
    *("today", "31 february", "1/13/2026", "in 999 years", "1 may 1066", "29 feb", "00/00/0000"),
    *("hours", "a week", "occasion", "once", "budget", "nobody", "another funder", "PA-STD", "assistant"),
    *("Jo, mum", "[/] [b] {0} %s", "日本語 e\u0301", "\x1b[2J", "\ud800", "x" * 21_000, '"back"', "1, 1 and 2"),
]  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.sampled_from(WORDS), max_size=120))
def test_any_answers_in_any_order_are_taken_or_refused_in_words(
    desk: Desk, tmp_path: Path, answers: list[str]
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(tmp_path)
        patched.setenv("HOME", str(tmp_path))
        patched.setenv("PATH", "")  # so that nothing is opened or printed
        talk = Conversation(answers)
        try:
            work_on(talk.asker, desk)
        except Leave as leaving:
            assert str(leaving) == "Everything is saved."  # noqa: PT017 - going back is as good an end
    desk.store.flush()
    assert working_plan(desk.store, desk.case) == desk.plan
