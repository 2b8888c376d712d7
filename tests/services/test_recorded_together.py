"""What is recorded in one go: all of it or nothing, also where several do it at once."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import timedelta

import pytest
from msgspec.structs import replace

from supportplan.domain.cases.entries import Record
from supportplan.domain.check_code import check_code
from supportplan.domain.problems import BadDocument, NotAllowed, Problem
from supportplan.domain.schedules.schedule import Schedule
from supportplan.services.clock import today
from supportplan.services.closing import close
from supportplan.services.deciding import GivenDecision, decide
from supportplan.services.desk import Desk
from supportplan.services.recording import recorded_together
from supportplan.services.schedule_versions import keep_schedule
from supportplan.services.schedules import sample_schedule
from supportplan.services.signing import HowSigned, code_to_compare, sign, signings
from supportplan.services.submitting import sent_plan, submit
from supportplan.services.views import GivenViews, write_down

TOO_LONG = "x" * 200_000


def kinds(desk: Desk) -> list[str]:
    return [one.entry.kind for one in desk.store.records(desk.case)]


def change(desk: Desk, about: str) -> None:
    desk.change(replace(desk.plan, person=replace(desk.plan.person, about=about)), "Wrote").result()


def test_a_decision_that_is_refused_leaves_the_plan_as_it_was_sent_and_its_signatures(desk: Desk) -> None:
    submit(desk)
    sign(desk, "person", HowSigned("Sam Example"))
    before = kinds(desk)
    change(desk, "Sings.")
    with pytest.raises(BadDocument):
        decide(desk, GivenDecision("agreed_with_changes", "Pat", today(), reasons=TOO_LONG))
    assert kinds(desk) == before
    decide(desk, GivenDecision("agreed_with_changes", "Pat", today(), reasons="Fewer hours."))
    assert kinds(desk) == [*before, "plan", "submitted", "decision"]


def test_a_decision_with_changes_is_one_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    submit(desk)
    change(desk, "Sings.")
    appended: list[int] = []
    append = desk.store.append

    def counted(records: Sequence[Record]) -> Future[int]:
        appended.append(len(records))
        return append(records)

    monkeypatch.setattr(desk.store, "append", counted)
    decide(desk, GivenDecision("agreed_with_changes", "Pat", today(), reasons="Fewer hours."))
    assert appended == [3]


def test_a_signature_that_is_refused_sends_no_plan(desk: Desk) -> None:
    with pytest.raises(BadDocument):
        sign(desk, "person", HowSigned("Sam Example", present=TOO_LONG))
    with pytest.raises(NotAllowed, match="no signature in that role"):
        sign(desk, "nobody", HowSigned("Sam Example"))
    assert kinds(desk) == []
    sign(desk, "person", HowSigned("Sam Example"))
    assert kinds(desk) == ["plan", "submitted", "signature"]


@pytest.mark.parametrize("days", [0, 2])
def test_in_ink_only_a_plan_is_signed_that_has_been_sent_or_compared(desk: Desk, days: int) -> None:
    ink = HowSigned("Sam Example", "ink", seen_by="Fran", on=today() - timedelta(days=days))
    with pytest.raises(NotAllowed, match="another version"):
        sign(desk, "person", ink)
    assert kinds(desk) == []
    submit(desk)
    change(desk, "Sings.")
    with pytest.raises(NotAllowed, match="another version"):
        sign(desk, "person", ink)
    assert kinds(desk) == ["plan", "submitted"]
    submit(desk)
    if days:
        with pytest.raises(NotAllowed, match="another version"):
            sign(desk, "person", ink)
    else:
        sign(desk, "person", ink)
        assert signings(desk)[0].valid


def test_paper_that_was_signed_before_the_plan_was_sent_counts_where_its_check_code_is_the_plans(
    desk: Desk,
) -> None:
    printed = check_code(desk.plan)
    ink = HowSigned("Sam Example", "ink", seen_by="Fran", on=today() - timedelta(days=1), paper_code=printed)
    assert code_to_compare(desk, ink.on) == printed
    sign(desk, "person", ink)
    assert kinds(desk) == ["plan", "submitted", "signature"]
    assert signings(desk)[0].valid
    assert code_to_compare(desk, today()) == ""
    assert code_to_compare(desk, ink.on) == printed


def test_paper_of_a_plan_that_was_changed_since_is_refused(desk: Desk) -> None:
    printed = check_code(desk.plan)
    change(desk, "Sings.")
    ink = HowSigned("Sam Example", "ink", seen_by="Fran", on=today() - timedelta(days=1), paper_code=printed)
    with pytest.raises(NotAllowed, match="another version"):
        sign(desk, "person", ink)
    assert kinds(desk) == []


def test_a_plan_that_was_changed_and_changed_back_can_be_signed(desk: Desk) -> None:
    submit(desk)
    first = desk.plan
    change(desk, "Sings.")
    desk.keep()
    desk.change(first, "Took back").result()
    sign(desk, "person", HowSigned("Sam Example"))
    assert signings(desk)[0].valid
    sent = sent_plan(desk)
    assert sent is not None
    assert sent.version == "Version 3"


def test_views_and_an_ending_that_are_refused_record_no_plan(desk: Desk) -> None:
    with pytest.raises(BadDocument):
        write_down(desk, GivenViews(young_person=TOO_LONG))
    with pytest.raises(BadDocument):
        close(desk, TOO_LONG)
    assert kinds(desk) == []


@pytest.mark.parametrize("sent", [True, False], ids=["sent before", "sent with it"])
def test_of_several_who_sign_a_role_at_once_one_does(desk: Desk, *, sent: bool) -> None:
    if sent:
        submit(desk)
    answers: list[str] = []
    ready = threading.Barrier(4)

    def one(name: str) -> None:
        own = Desk(desk.store, desk.case)
        ready.wait()
        try:
            sign(own, "person", HowSigned(name))
        except Problem as problem:
            answers.append(problem.what)
        else:
            answers.append("signed")

    threads = [threading.Thread(target=one, args=(f"Somebody {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds(desk) == ["plan", "submitted", "signature"]
    assert sorted(answers) == ["signed", *["somebody has signed in that role already"] * 3]


def test_what_is_refused_lets_others_go_on(desk: Desk) -> None:
    def cut_off() -> None:
        with recorded_together(desk.store, desk.case) as together:
            together.plan(desk.body)
            raise ValueError("cut off")

    with pytest.raises(ValueError, match="cut off"):
        cut_off()
    assert kinds(desk) == []
    thread = threading.Thread(target=submit, args=(desk,))
    thread.start()
    thread.join(30)
    assert kinds(desk) == ["plan", "submitted"]


def test_of_two_schedules_of_one_name_and_version_that_come_in_at_once_one_is_kept(desk: Desk) -> None:
    whole = sample_schedule()
    # Enough of them that two threads, without a lock, would find each other in the middle.
    for year in range(10):
        both = [replace(whole, label=f"version {year}", rows=whole.rows[place:]) for place in (0, 1)]
        answers: list[str] = []
        ready = threading.Barrier(2)

        def keep(one: Schedule, answers: list[str] = answers, ready: threading.Barrier = ready) -> None:
            ready.wait()
            try:
                keep_schedule(desk.store, one)
            except NotAllowed:
                answers.append("refused")
            else:
                answers.append("kept")

        threads = [threading.Thread(target=keep, args=(one,)) for one in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == ["kept", "refused"]
