"""Where a case stands: each step of DESIGN 5, what does not count, work done apart, and any order of arrival."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from supportplan.domain.canonical import Document, canonical, read
from supportplan.domain.cases.entries import EntryKind, Record, record
from supportplan.domain.cases.rules import allow
from supportplan.domain.cases.state import CaseState, Standing, state
from supportplan.domain.cases.steps import (
    STEP_KINDS,
    CopyIssued,
    Decision,
    Review,
    ScanAdded,
    Signature,
    Step,
    Submitted,
    Views,
)
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import BadDocument, NotAllowed
from supportplan.domain.profile import Signer

SIGNERS = (
    Signer(role="person", words="The person", may_be_represented=True),
    Signer(role="facilitator", words="The facilitator"),
    Signer(role="approver", words="For the council"),
)
BEFORE, DURING, AFTER = date(2026, 8, 1), date(2026, 10, 1), date(2027, 9, 1)
KINDS: dict[type[Document], EntryKind] = dict([(Plan, "plan"), *STEP_KINDS.items()])


class Case:
    """A case under way. Each entry follows from all that this laptop knows, unless `after` says from what."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.clock = 0

    def add(self, body: Document, after: list[str] | None = None, schema: int = 1) -> str:
        self.clock += 1
        made = record(
            canonical(body),
            case="c1",
            kind=KINDS[type(body)],
            author="Fay",
            device="laptop-1",
            # The clock runs backwards, for no clock may matter.
            at=f"2026-08-01T00:{59 - self.clock // 60:02}:{59 - self.clock % 60:02}Z",
            parents=tuple(self.newest() if after is None else after),
            schema=schema,
        )
        self.records.append(made)
        return made.entry.id

    def newest(self) -> list[str]:
        named = {parent for one in self.records for parent in one.entry.parents}
        return [one.entry.id for one in self.records if one.entry.id not in named]

    def plan(self, about: str = "", after: list[str] | None = None, start: str = "2026-09-01") -> str:
        begins = date.fromisoformat(start)
        document: dict[str, Any] = {
            "format": "supportplan/plan",
            "version": 1,
            "id": "p1",
            "case": "c1",
            "person": {"name": "Sam", "about": about},
            "period": {"start": start, "end": (begins + timedelta(days=364)).isoformat()},
            "review": {"due": "2027-02-28"},
        }
        return self.add(read_plan(msgspec.json.encode(document)), after)

    def submit(self, plan: str, after: list[str] | None = None, **more: Any) -> str:
        return self.add(submitted(plan, **more), after)

    def decide(self, plan: str, verdict: Any = "agreed", after: list[str] | None = None, **more: Any) -> str:
        return self.add(decision(plan, verdict, **more), after)

    def sign(self, plan: str, *roles: str, after: list[str] | None = None, basis: str = "") -> list[str]:
        return [self.add(signature(plan, role, basis), after) for role in roles or ROLES]

    def review(self, plan: str, result: Any, after: list[str] | None = None, **more: Any) -> str:
        return self.add(review(plan, result, **more), after)

    def state(self, on: date = BEFORE) -> CaseState:
        return state(self.records, on)

    def of(self, plan: str, on: date = BEFORE) -> Standing:
        found = self.state(on).of(plan)
        assert found is not None
        return found


ROLES = ("person", "facilitator", "approver")


def submitted(plan: str, signers: tuple[Signer, ...] = SIGNERS, failed: tuple[str, ...] = ()) -> Submitted:
    return Submitted(
        format="supportplan/submitted", version=1, plan=plan, on=BEFORE, signers=signers, failed=failed
    )


def decision(plan: str, verdict: Any = "agreed", reasons: str = "It fits.", **more: Any) -> Decision:
    return Decision(
        format="supportplan/decision",
        version=1,
        plan=plan,
        verdict=verdict,
        by="The panel",
        on=BEFORE,
        reasons=reasons,
        **more,
    )


def signature(plan: str, role: str, basis: str = "") -> Signature:
    return Signature(
        format="supportplan/signature",
        version=1,
        plan=plan,
        role=role,
        name="Somebody",
        on=BEFORE,
        basis=basis,
    )


def review(plan: str, result: Any, reasons: str = "", next_due: date | None = None) -> Review:
    return Review(
        format="supportplan/review",
        version=1,
        plan=plan,
        on=DURING,
        result=result,
        reasons=reasons,
        next_due=next_due,
    )


def signed_case() -> tuple[Case, str]:
    case = Case()
    plan = case.plan()
    case.submit(plan)
    case.decide(plan)
    case.sign(plan)
    return case, plan


# The road of one plan


def test_a_case_with_nothing_in_it_is_a_draft() -> None:
    assert state([], BEFORE) == CaseState(standings=(), heads=(), in_force=(), unread=())
    assert state([], BEFORE).state == "draft"


def test_the_road_from_draft_to_closed() -> None:
    case = Case()
    plan = case.plan()
    assert case.state().state == "draft"
    case.submit(plan)
    assert case.state().state == "submitted"
    assert case.of(plan).awaited == ROLES
    case.decide(plan)
    assert case.state().state == "agreed"
    case.sign(plan, "person", "facilitator")
    assert case.state().state == "agreed"
    assert case.of(plan).awaited == ("approver",)
    assert case.state().in_force == ()
    case.sign(plan, "approver")
    assert case.state().state == "signed"
    assert [one.plan for one in case.state().in_force] == [plan]
    assert case.state(date(2026, 8, 31)).state == "signed"
    assert case.state(date(2026, 9, 1)).state == "active"
    case.review(plan, "begun")
    assert case.state(DURING).state == "under_review"
    case.review(plan, "continues", next_due=date(2027, 6, 1))
    assert case.state(DURING).state == "active"
    assert case.of(plan).review_due == date(2027, 6, 1)
    assert case.state(date(2027, 8, 31)).state == "active"
    assert case.state(AFTER).state == "closed"
    case.review(plan, "ends", reasons="Sam moved away.")
    assert case.state(DURING).state == "closed"


def test_the_signatures_may_come_before_the_decision() -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan)
    case.sign(plan)
    assert case.state().state == "submitted"
    case.decide(plan)
    assert case.state().state == "signed"


@pytest.mark.parametrize("verdict", ["returned", "refused"])
def test_a_plan_turned_down_and_sent_again(verdict: str) -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan)
    first = case.decide(plan, verdict)
    assert case.state().state == verdict
    assert case.of(plan).decision == first
    case.submit(plan)
    assert case.state().state == "submitted"
    assert case.of(plan).decision is None
    case.decide(plan)
    assert case.state().state == "agreed"


def test_agreed_with_changes_is_agreed_in_the_changed_plan() -> None:
    case = Case()
    asked = case.plan("6 hours")
    case.submit(asked)
    case.sign(asked, "person")
    agreed = case.plan("5 hours")
    case.submit(agreed)
    made = case.decide(asked, "agreed_with_changes", instead=agreed)
    assert case.of(asked).state == "superseded"
    assert case.of(agreed).state == "agreed_with_changes"
    assert case.of(agreed).decision == made
    assert case.of(agreed).earlier == (asked,)
    case.sign(asked, "facilitator", "approver")
    assert case.of(agreed).state == "agreed_with_changes"
    assert case.of(asked).state == "superseded"
    case.sign(agreed)
    assert case.state().state == "signed"
    assert [one.plan for one in case.state().heads] == [agreed]


def test_a_changed_plan_may_be_submitted_after_the_decision() -> None:
    case = Case()
    asked = case.plan("6 hours")
    case.submit(asked)
    agreed = case.plan("5 hours")
    case.decide(asked, "agreed_with_changes", instead=agreed)
    case.sign(agreed)
    assert case.state().state == "agreed_with_changes"
    case.submit(agreed)
    assert case.state().state == "signed"


def test_a_plan_that_was_not_made_from_the_other_is_not_agreed_in_its_place() -> None:
    case = Case()
    asked = case.plan("6 hours")
    case.submit(asked)
    apart = case.plan("5 hours", after=[])
    case.submit(apart, after=[apart])
    case.decide(asked, "agreed_with_changes", instead=apart)
    assert case.of(apart).state == "submitted"


def test_copies_are_with_the_plan_they_are_of() -> None:
    case, plan = signed_case()
    copy = CopyIssued(
        format="supportplan/copy", version=1, plan=plan, on=DURING, to="Jo", copy="standard", file="0" * 64
    )
    allow(case.records, copy, DURING)
    issued = case.add(copy)
    assert case.of(plan).copies == (issued,)


# Changes


def test_a_change_voids_the_signatures_of_what_was_not_signed_yet() -> None:
    case = Case()
    first = case.plan("one")
    case.submit(first)
    case.decide(first)
    case.sign(first, "person", "facilitator")
    second = case.plan("two")
    found = case.state()
    assert found.state == "draft"
    assert case.of(first).state == "superseded"
    assert [one.void for one in case.of(first).signatures] == ["The plan was changed after it."] * 2
    assert case.of(second).signatures == ()
    assert case.of(second).earlier == (first,)


def test_a_signed_plan_stays_in_force_until_a_later_signed_one_begins() -> None:
    case, first = signed_case()
    second = case.plan("next year", start="2027-09-01")
    assert case.of(first, DURING).state == "under_review"
    assert case.state(DURING).state == "draft"
    assert [one.plan for one in case.state(DURING).in_force] == [first]
    assert all(not one.void for one in case.of(first).signatures)
    case.submit(second)
    case.decide(second)
    case.sign(second)
    assert case.of(first, DURING).state == "active"
    assert case.of(second, DURING).state == "signed"
    assert case.of(first, AFTER).state == "superseded"
    assert case.state(AFTER).state == "active"
    assert [one.plan for one in case.state(AFTER).in_force] == [second]
    assert all(not one.void for one in case.of(first, AFTER).signatures)


def test_a_signed_change_within_the_year_supersedes_at_once() -> None:
    case, first = signed_case()
    second = case.plan("more hours", start="2026-09-15")
    case.submit(second)
    case.decide(second)
    case.sign(second)
    assert case.of(first, date(2026, 9, 14)).state == "active"
    assert case.of(first, date(2026, 9, 15)).state == "superseded"


def test_a_change_made_apart_does_not_take_back_what_was_signed() -> None:
    """The approver signs the plan at the office while the facilitator changes it at the kitchen table."""
    case = Case()
    first = case.plan("one")
    case.submit(first)
    case.decide(first)
    *_, last = case.sign(first, "person", "facilitator")
    case.plan("two", after=[last])
    assert case.of(first).state == "superseded"
    case.sign(first, "approver", after=[last])
    assert case.of(first).state == "under_review"
    assert case.state().state == "draft"


def test_parents_count_through_entries_that_are_no_plans() -> None:
    case = Case()
    first = case.plan("one")
    sent = case.submit(first)
    second = case.plan("two", after=[sent])
    assert [one.plan for one in case.state().heads] == [second]


# What does not count


@pytest.mark.parametrize("verdict", ["agreed", "returned", "refused"])
@pytest.mark.parametrize("reasons", ["", "  ", "..."])
def test_a_decision_without_reasons_does_not_count_and_is_not_allowed(verdict: str, reasons: str) -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan)
    with pytest.raises(NotAllowed, match="reasons") as caught:
        allow(case.records, decision(plan, verdict, reasons=reasons), BEFORE)
    assert caught.value.mend
    case.decide(plan, verdict, reasons=reasons)
    case.sign(plan)
    assert case.state().state == "submitted"
    assert case.of(plan).decision is None


def test_a_signature_for_another_needs_its_basis_in_a_role_that_allows_it() -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan)
    case.decide(plan)
    case.sign(plan, "person", basis="Parental responsibility")
    case.sign(plan, "facilitator", basis="On holiday")
    case.sign(plan, "approver")
    case.sign(plan, "neighbour")
    assert case.of(plan).awaited == ("facilitator",)
    assert {one.signature.role: one.void for one in case.of(plan).signatures} == {
        "person": "",
        "facilitator": "Nobody may sign for somebody else in this role.",
        "approver": "",
        "neighbour": "No signature in this role is asked for.",
    }
    case.sign(plan, "facilitator")
    assert case.state().state == "signed"


def test_a_plan_with_failed_checks_is_never_signed() -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan, failed=("risks",))
    case.decide(plan)
    case.sign(plan)
    assert case.state().state == "agreed"
    assert case.of(plan).failed == ("risks",)


def test_a_plan_that_was_never_submitted_is_never_signed() -> None:
    case = Case()
    plan = case.plan()
    case.decide(plan)
    case.sign(plan)
    assert case.state().state not in ("signed", "active")


def test_signatures_over_other_bytes_do_not_add_up() -> None:
    case = Case()
    first = case.plan("one")
    case.submit(first)
    case.sign(first, "person", "facilitator")
    second = case.plan("two")
    case.submit(second)
    case.decide(second)
    case.sign(second, "approver")
    assert case.of(second).state == "agreed"
    assert case.of(second).awaited == ("person", "facilitator")


def test_a_review_that_ends_a_plan_needs_reasons() -> None:
    case, plan = signed_case()
    case.review(plan, "ends")
    assert case.state(DURING).state == "active"


def test_what_this_program_cannot_read_is_named_and_counts_for_nothing() -> None:
    case = Case()
    plan = case.plan()
    newer = case.add(submitted(plan), schema=2)
    damaged = record(
        b"{}", case="c1", kind="decision", author="A", device="d", at="2026-01-01T00:00:00Z", parents=(plan,)
    )
    case.records.append(damaged)
    found = case.state()
    assert set(found.unread) == {newer, damaged.entry.id}
    assert found.state == "draft"


def test_steps_about_a_plan_that_has_not_arrived_wait_for_it() -> None:
    case, plan = signed_case()
    without = [one for one in case.records if one.entry.id != plan]
    assert state(without, BEFORE).heads == ()
    assert state(case.records, BEFORE).state == "signed"


# Work done apart


def test_two_plans_made_apart_are_both_heads() -> None:
    case = Case()
    first = case.plan("one")
    left = case.plan("left", after=[first])
    right = case.plan("right", after=[first])
    case.submit(right, after=[right])
    found = case.state()
    assert {one.plan for one in found.heads} == {left, right}
    assert found.concurrent
    assert found.state == "draft"
    for step in (submitted(left), decision(right), signature(right, "person")):
        with pytest.raises(NotAllowed, match="apart"):
            allow(case.records, step, BEFORE)
    merged = case.plan("both", after=[left, right])
    assert [one.plan for one in case.state().heads] == [merged]
    assert not case.state().concurrent


def test_decisions_made_apart_that_differ_cancel_each_other_until_one_knows_of_both() -> None:
    case = Case()
    plan = case.plan()
    sent = case.submit(plan)
    yes = case.decide(plan, "agreed", after=[sent])
    no = case.decide(plan, "refused", after=[sent])
    assert case.state().state == "submitted"
    assert case.of(plan).contested == tuple(sorted([yes, no]))
    assert case.of(plan).decision is None
    last = case.decide(plan, "refused", after=[yes, no], reasons="After talking it over.")
    assert case.state().state == "refused"
    assert case.of(plan).contested == ()
    assert case.of(plan).decision == last


def test_decisions_made_apart_that_say_the_same_are_one() -> None:
    case = Case()
    plan = case.plan()
    sent = case.submit(plan)
    case.decide(plan, "agreed", after=[sent], reasons="One")
    case.decide(plan, "agreed", after=[sent], reasons="Two")
    assert case.state().state == "agreed"


def test_submissions_made_apart_ask_for_all_their_signers_by_the_stricter_rule() -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan, after=[plan], signers=SIGNERS[:2])
    strict = (Signer(role="person", words="In person"), Signer(role="nurse", words="The nurse"))
    case.submit(plan, after=[plan], signers=strict)
    assert set(case.of(plan).awaited) == {"person", "facilitator", "nurse"}
    case.sign(plan, "person", basis="Parental responsibility")
    assert "person" in case.of(plan).awaited


def test_reviews_made_apart_that_differ_leave_the_plan_under_review() -> None:
    case, plan = signed_case()
    known = case.newest()
    case.review(plan, "continues", after=known, next_due=date(2027, 6, 1))
    case.review(plan, "ends", after=known, reasons="Moved away")
    assert case.state(DURING).state == "under_review"


# What is allowed


def test_the_road_is_allowed_step_by_step() -> None:
    case = Case()
    plan = case.plan()
    steps: list[Step] = [
        submitted(plan),
        decision(plan, "returned", reasons="Say how the nights are covered."),
        submitted(plan),
        signature(plan, "person", "Parental responsibility"),
        decision(plan),
        signature(plan, "facilitator"),
        signature(plan, "approver"),
        review(plan, "begun"),
        review(plan, "continues"),
        review(plan, "ends", reasons="Moved away."),
    ]
    for step in steps:
        allow(case.records, step, DURING)
        case.add(step)
    assert case.state(DURING).state == "closed"


def test_a_decision_with_changes_is_allowed_once_the_changed_plan_is_sent() -> None:
    case = Case()
    asked = case.plan("6 hours")
    case.submit(asked)
    agreed = case.plan("5 hours")
    step = decision(asked, "agreed_with_changes", instead=agreed)
    with pytest.raises(NotAllowed, match="not been sent"):
        allow(case.records, step, BEFORE)
    case.submit(agreed)
    allow(case.records, step, BEFORE)
    with pytest.raises(NotAllowed, match="not made from"):
        allow(case.records, decision(agreed, "agreed_with_changes", instead=agreed), BEFORE)


def test_what_is_not_allowed_says_why_and_what_to_do() -> None:
    draft = Case()
    plan = draft.plan()
    sent = Case()
    sent_plan = sent.plan()
    sent.submit(sent_plan)
    sent.sign(sent_plan, "person")
    refused = Case()
    refused_plan = refused.plan()
    refused.submit(refused_plan)
    refused.decide(refused_plan, "refused")
    done, done_plan = signed_case()
    older = Case()
    older_plan = older.plan("one")
    older.plan("two")
    tries: list[tuple[Case, Step, str]] = [
        (draft, submitted("0" * 64), "not in this case"),
        (draft, submitted(plan, failed=("risks", "costed")), "risks, costed"),
        (draft, decision(plan), "not been sent"),
        (draft, signature(plan, "person"), "may still change"),
        (draft, review(plan, "begun"), "not in force"),
        (sent, submitted(sent_plan), "sent already"),
        (sent, signature(sent_plan, "nurse"), "no signature in that role"),
        (sent, signature(sent_plan, "person"), "signed in that role already"),
        (sent, signature(sent_plan, "approver", "A friend"), "for somebody else"),
        (refused, signature(refused_plan, "person"), "not agreed"),
        (done, decision(done_plan, "refused"), "is signed"),
        (done, signature(done_plan, "person"), "is signed"),
        (done, review(done_plan, "ends"), "reasons"),
        (older, submitted(older_plan), "later plan"),
    ]
    for case, step, words in tries:
        with pytest.raises(NotAllowed, match=words) as caught:
            allow(case.records, step, BEFORE)
        assert caught.value.mend
    with pytest.raises(NotAllowed, match="has ended"):
        allow(done.records, submitted(done_plan), AFTER)


def test_the_changed_plan_goes_with_agreed_with_changes_only() -> None:
    document = msgspec.json.decode(canonical(decision("0" * 64)))
    for wrong in ({"verdict": "agreed_with_changes"}, {"instead": "1" * 64}):
        with pytest.raises(BadDocument, match="instead"):
            read(msgspec.json.encode(document | wrong), Decision)


def test_a_day_lies_between_the_sending_and_today() -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan)
    for step in (decision(plan), signature(plan, "person")):
        with pytest.raises(NotAllowed, match="still to come") as caught:
            allow(case.records, replace(step, on=DURING), BEFORE)
        assert caught.value.where == "on"
        with pytest.raises(NotAllowed, match="cannot be from before"):
            allow(case.records, replace(step, on=BEFORE - timedelta(days=1)), DURING)
        allow(case.records, replace(step, on=DURING), DURING)


def test_a_version_that_was_changed_meanwhile_can_still_be_turned_down_and_not_agreed() -> None:
    case = Case()
    first = case.plan("one")
    case.submit(first)
    second = case.plan("two")
    with pytest.raises(NotAllowed, match="later plan"):
        allow(case.records, decision(first), BEFORE)
    refusal = decision(first, "refused")
    allow(case.records, refusal, BEFORE)
    case.add(refusal)
    assert case.of(first).state == "superseded"
    assert case.of(second).state == "draft"


def test_views_need_a_view_and_a_disagreement_both() -> None:
    case = Case()
    plan = case.plan()
    given = Views(format="supportplan/views", version=1, plan=plan, on=BEFORE)
    for step, where in (
        (given, "young_person"),
        (replace(given, young_person="I like it", disagree=True), "parent"),
        (replace(given, parent="Too soon", disagree=True), "young_person"),
    ):
        with pytest.raises(NotAllowed) as caught:
            allow(case.records, step, BEFORE)
        assert caught.value.where == where
    both = replace(given, young_person="I like it", parent="Too soon", disagree=True)
    allow(case.records, both, BEFORE)
    case.add(both)
    assert case.state().state == "draft"


def test_a_scan_is_added_to_a_signature_in_ink_alone() -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan)
    (typed,) = case.sign(plan, "facilitator")
    ink = case.add(replace(signature(plan, "person"), way="ink", seen_by="Fran"))
    scan = ScanAdded(format="supportplan/scan", version=1, plan=plan, on=BEFORE, signature=ink, file="0" * 64)
    allow(case.records, scan, BEFORE)
    for other in (typed, "f" * 64):
        with pytest.raises(NotAllowed, match="no such signature in ink"):
            allow(case.records, replace(scan, signature=other), BEFORE)


# Any order of arrival


@st.composite
def histories(draw: st.DrawFn) -> list[Record]:
    """Entries made by laptops that know of some of what the others did, sound steps and unsound ones."""
    case = Case()
    plans = [case.plan("0", after=[])]
    for number in range(draw(st.integers(0, 14))):
        known = [one.entry.id for one in case.records]
        after = draw(st.lists(st.sampled_from(known), max_size=3, unique=True))
        about = draw(st.sampled_from(plans))
        step = draw(
            st.sampled_from(["plan", "submit", "decide", "changes", "sign", "sign", "sign", "review"])
        )
        if step == "plan":
            start = draw(st.sampled_from(["2026-09-01", "2027-09-01"]))
            plans.append(case.plan(str(number + 1), after=after or [about], start=start))
        elif step == "submit":
            failed = draw(st.sampled_from([(), (), ("risks",)]))
            case.submit(about, after=after, signers=SIGNERS[: draw(st.integers(1, 3))], failed=failed)
        elif step == "decide":
            verdict = draw(st.sampled_from(["agreed", "agreed", "returned", "refused"]))
            case.decide(about, verdict, after=after, reasons=draw(st.sampled_from(["Yes", "Yes", ""])))
        elif step == "changes":
            case.decide(about, "agreed_with_changes", after=after, instead=draw(st.sampled_from(plans)))
        elif step == "sign":
            case.sign(about, draw(st.sampled_from(ROLES)), after=after)
        else:
            result = draw(st.sampled_from(["begun", "continues", "changes", "ends"]))
            case.review(about, result, after=after, reasons=draw(st.sampled_from(["Why", ""])))
    return case.records


DAYS = st.sampled_from([BEFORE, DURING, AFTER])


@given(records=histories(), data=st.data(), on=DAYS)
def test_any_order_of_arrival_gives_the_same_state(
    records: list[Record], data: st.DataObject, on: date
) -> None:
    found = state(records, on)
    shuffled = data.draw(st.permutations(records))
    again = data.draw(st.lists(st.sampled_from(records), max_size=3))
    assert state(shuffled + again, on) == found


@given(records=histories(), on=DAYS)
def test_signed_means_what_it_says(records: list[Record], on: date) -> None:
    found = state(records, on)
    assert {one.plan for one in found.heads} <= {one.plan for one in found.standings}
    assert found.heads
    for one in found.standings:
        if one.state in ("signed", "active", "under_review"):
            assert one.awaited == ()
            assert one.failed == ()
            assert one.decision is not None
            roles = {signed.signature.role for signed in one.signatures if not signed.void}
            assert {signer.role for signer in one.signers} <= roles
            assert all(signed.signature.plan == one.plan for signed in one.signatures)


@given(records=histories(), on=DAYS, data=st.data())
def test_what_is_allowed_counts(records: list[Record], on: date, data: st.DataObject) -> None:
    """A step that `allow` lets through changes where its plan stands."""
    case = Case()
    case.records = list(records)
    plan = data.draw(st.sampled_from([one.plan for one in state(records, on).standings]))
    steps: list[Step] = [
        submitted(plan),
        decision(plan, "refused"),
        decision(plan),
        *(signature(plan, role) for role in ROLES),
        review(plan, "begun"),
        review(plan, "ends", reasons="Moved"),
    ]
    step = data.draw(st.sampled_from(steps))
    before = case.of(plan, on)
    try:
        allow(case.records, step, on)
    except NotAllowed:
        return
    case.add(step)
    after = case.of(plan, on)
    if isinstance(step, Signature):
        assert set(after.awaited) == set(before.awaited) - {step.role}
    elif isinstance(step, Decision):
        # A review that came too early is passed over until the plan is signed, and then seen.
        assert after.state in (step.verdict, "signed", "active", "under_review", "closed")
    elif isinstance(step, Submitted):
        # A plan agreed to in another's place was decided on before it was sent.
        in_place = ("agreed_with_changes", "signed", "active", "under_review", "closed")
        assert after.state == "submitted" or (before.decision and after.state in in_place)
        assert {signer.role for signer in after.signers} >= {*ROLES}
    else:
        assert after.state == ("under_review" if step == review(plan, "begun") else "closed")
