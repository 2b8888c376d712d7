"""The timeline: everything after what it follows from, the same in any order of arrival, and nothing told twice."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from supportplan.domain.cases.entries import (
    Record,
    newest_entries,
    newest_plans,
    parents_first,
    plan_records,
    record,
)
from supportplan.domain.cases.state import state
from supportplan.domain.cases.steps import CopyIssued, ScanAdded, Signature
from supportplan.domain.cases.timeline import timeline
from tests.domain.test_case_state import BEFORE, DURING, Case, histories, signed_case


@settings(max_examples=50)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_is_the_same_however_entries_arrive(records: list[Record], chance: random.Random) -> None:
    shuffled = [*records, *records[:3]]
    chance.shuffle(shuffled)
    order = list(parents_first(records))
    assert list(parents_first(shuffled)) == order
    place = {id_: at for at, id_ in enumerate(order)}
    assert all(place[parent] < place[one.entry.id] for one in records for parent in one.entry.parents)
    assert timeline(shuffled, DURING) == timeline(records, DURING)


@settings(max_examples=50)
@given(histories())
def test_the_newest_plans_are_the_heads_of_the_state(records: list[Record]) -> None:
    heads = {one.plan for one in state(records, BEFORE).heads}
    assert {one.entry.id for one in newest_plans(records)} == heads
    assert plan_records(records)[-1].entry.id in heads
    named = {parent for one in records for parent in one.entry.parents}
    assert set(newest_entries(records)) == {one.entry.id for one in records} - named


def test_a_parent_that_has_not_arrived_is_passed_over() -> None:
    case, plan = signed_case()
    rest = [one for one in case.records if one.entry.id != plan]
    assert len(parents_first(rest)) == len(rest)
    assert timeline(rest, BEFORE)[0].words == "A plan that is not here was sent for a decision"


def test_what_happened_is_said_in_words_with_what_does_not_count() -> None:
    case = Case()
    first = case.plan("one")
    case.submit(first)
    case.sign(first, "person")
    second = case.plan("two")
    case.submit(second)
    case.decide(first, "agreed_with_changes", instead=second)
    case.decide(second, "refused", reasons="")
    case.review(second, "ends", reasons="Moved away.")
    found = timeline(case.records, BEFORE)
    assert [one.words for one in found] == [
        "Version 1 was written",
        "Version 1 was sent for a decision",
        "Version 1 was signed by Somebody",
        "Version 2 was written",
        "Version 2 was sent for a decision",
        "Version 1: agreed with changes by The panel",
        "Version 2: refused by The panel",
        "The plan was ended",
    ]
    assert [one.void for one in found if one.void] == ["The plan was changed after it.", "It has no reasons."]
    assert found[5].more == ("Version 2 has the changes in it.", "Why: It fits.")
    assert {one.by for one in found} == {"Fay"}


def test_a_file_is_told_with_the_step_that_names_it() -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan)
    scan, later, lone = (
        record(data, case="c1", kind="blob", author="Fay", device="laptop-1", at="2026-08-01T00:00:00Z")
        for data in (b"scan", b"later", b"lone")
    )
    case.records += [scan, later, lone]
    signed = case.add(
        Signature(
            format="supportplan/signature",
            version=1,
            plan=plan,
            role="person",
            name="Jo",
            on=BEFORE,
            way="ink",
            seen_by="Fran",
            scan=scan.entry.doc,
        )
    )
    case.add(
        ScanAdded(
            format="supportplan/scan", version=1, plan=plan, on=BEFORE, signature=signed, file=later.entry.doc
        )
    )
    case.add(
        CopyIssued(
            format="supportplan/copy",
            version=1,
            plan=plan,
            on=BEFORE,
            to="Jo",
            copy="large_print",
            medium="paper",
            file="0" * 64,
        )
    )
    found = timeline(case.records, BEFORE)
    assert [one.words for one in found if one.kind == "blob"] == ["A file was added"]
    assert [one.words for one in found][-3:] == [
        "Version 1 was signed by Jo",
        "Version 1: the scan of a signature in ink was added",
        "The large-print copy of version 1 was given to Jo, on paper",
    ]
    assert found[-3].more == (
        "As: The person.",
        "Signed in ink on the printed plan, seen by Fran.",
        "The scan of it is in the case.",
        "Signed, but not sealed yet.",
    )


def test_what_this_program_cannot_read_is_said_to_be_there() -> None:
    case = Case()
    plan = case.plan()
    case.submit(plan)
    newer = case.records[-1]
    case.records[-1] = record(
        newer.body,
        case="c1",
        kind="submitted",
        author="Fay",
        device="laptop-1",
        at=newer.entry.at,
        parents=newer.entry.parents,
        schema=2,
    )
    assert timeline(case.records, BEFORE)[-1].words == "Something that this program cannot read"
