"""One road for every step: what the case does not allow, or nobody could read again, is not recorded."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import newest_plans, plan_records, record
from supportplan.domain.cases.steps import CopyIssued
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import BadDocument, BadInput, NotAllowed, NotFound
from supportplan.services.cases import take_in, working_plan
from supportplan.services.desk import Desk
from supportplan.services.issuing import issue_copy
from supportplan.services.recording import (
    MOST_BLOB_BYTES,
    blob,
    join_plans,
    record_blob,
    record_plan,
    record_step,
)
from supportplan.storage.cases.case_projection import cases_shown_wrongly
from supportplan.storage.store import Store
from tests.storage.stores import new_store


def copy_of(plan: str, to: str = "Jo") -> CopyIssued:
    return CopyIssued(
        format="supportplan/copy",
        version=1,
        plan=plan,
        on=date(2026, 11, 23),
        to=to,
        copy="standard",
        file="0" * 64,
    )


def test_a_step_is_recorded_where_the_case_allows_it(tmp_path: Path, sample: Plan) -> None:
    with new_store(tmp_path / "store") as store:
        take_in(store, sample)
        kept = Desk(store, sample.case).keep()
        step = record_step(store, sample.case, copy_of(kept))
        assert [one.entry.id for one in store.records(sample.case)] == [kept, step]
        assert store.record(step).entry.parents == (kept,)
        with pytest.raises(NotAllowed, match="not in this case"):
            record_step(store, sample.case, copy_of("f" * 64))
        with pytest.raises(BadDocument):
            record_step(store, sample.case, copy_of(kept, to="Jo\x1b[2J"))
        assert len(store.records(sample.case)) == 2


@pytest.mark.parametrize("receiver", ["", "...", "Jo\x1b[2J", "J" * 201])
def test_a_copy_for_nobody_is_neither_written_nor_recorded(
    tmp_path: Path, sample: Plan, receiver: str
) -> None:
    with new_store(tmp_path / "store") as store:
        take_in(store, sample)
        with pytest.raises(BadInput):
            issue_copy(Desk(store, sample.case), tmp_path / "plan.pdf", given_to=receiver)
        assert store.records(sample.case) == ()
    assert not (tmp_path / "plan.pdf").exists()


def test_a_copy_is_of_the_plan_on_the_desk_also_while_a_change_is_on_its_way(
    tmp_path: Path, sample: Plan
) -> None:
    with new_store(tmp_path / "store") as store:
        take_in(store, sample)
        desk = Desk(store, sample.case)
        changed = replace(sample, person=replace(sample.person, name="Sam Newname"))
        desk.put(changed, "Changed the person's name")
        issue_copy(desk, tmp_path / "plan.pdf", given_to="Jo")
        assert desk.saved
        assert read_plan(store.records(sample.case)[0].body) == changed


def test_a_step_follows_from_all_that_is_known_here(tmp_path: Path, sample: Plan) -> None:
    with new_store(tmp_path / "store") as store:
        take_in(store, sample)
        kept = Desk(store, sample.case).keep()
        first = record_step(store, sample.case, copy_of(kept))
        second = record_step(store, sample.case, copy_of(kept, to="Sam"))
        assert store.record(second).entry.parents == (first,)


def plan_bytes(sample: Plan, name: str) -> bytes:
    return canonical(replace(sample, person=replace(sample.person, name=name)))


def apart(store: Store, sample: Plan) -> tuple[str, str, str]:
    """Record a plan and two that were made from it apart: the first here, the second as on another computer."""
    first = record_plan(store, sample.case, canonical(sample))
    here = record_plan(store, sample.case, plan_bytes(sample, "Sam Here"))
    there = record(
        plan_bytes(sample, "Sam There"),
        case=sample.case,
        kind="plan",
        author="Approver",
        device=store.device,
        at="2099-01-01T00:00:00Z",
        parents=(first,),
    )
    store.append([there]).result()
    return first, here, there.entry.id


def test_plans_made_apart_stay_apart_until_one_is_chosen(tmp_path: Path, sample: Plan) -> None:
    with new_store(tmp_path / "store") as store:
        first, here, there = apart(store, sample)
        # What is recorded already, on either side, is no new version.
        assert record_plan(store, sample.case, plan_bytes(sample, "Sam Here")) == here
        assert record_plan(store, sample.case, plan_bytes(sample, "Sam There")) == there
        with pytest.raises(NotFound):
            join_plans(store, sample.case, first)
        joined = join_plans(store, sample.case, here)
        assert set(store.record(joined).entry.parents) == {here, there}
        assert store.record(joined).body == plan_bytes(sample, "Sam Here")
        assert [one.entry.id for one in newest_plans(store.records(sample.case))] == [joined]
        assert join_plans(store, sample.case, joined) == joined


def test_the_doctor_and_the_list_agree_on_which_plan_is_newest(tmp_path: Path, sample: Plan) -> None:
    with new_store(tmp_path / "store") as store:
        _, here, there = apart(store, sample)
        assert [one.entry.id for one in plan_records(store.records(sample.case))][-1] == there
        # An older plan that arrives last, as from another computer, is not the newest one.
        elsewhere = record(
            plan_bytes(sample, "Sam Before"),
            case=sample.case,
            kind="plan",
            author="Approver",
            device=store.device,
            at="2020-01-01T00:00:00Z",
        )
        store.append([elsewhere]).result()
        row = store.cases.row(sample.case)
        assert row is not None
        assert row.name == "Sam There"
        assert working_plan(store, sample.case).person.name == "Sam There"
        with store._readers.connection() as driver:
            assert list(cases_shown_wrongly(driver)) == []
        assert here != there


def test_a_file_is_kept_once_and_read_back(tmp_path: Path, sample: Plan) -> None:
    with new_store(tmp_path / "store") as store:
        name = record_blob(store, sample.case, b"%PDF-1.7 scan")
        assert record_blob(store, sample.case, b"%PDF-1.7 scan") == name
        (kept,) = store.records(sample.case)
        assert (kept.entry.kind, kept.entry.doc) == ("blob", name)
        assert blob(store, sample.case, name) == b"%PDF-1.7 scan"
        with pytest.raises(NotFound):
            blob(store, sample.case, "0" * 64)
        with pytest.raises(BadInput, match="25 MB"):
            record_blob(store, sample.case, bytes(MOST_BLOB_BYTES + 1))
        assert len(store.records(sample.case)) == 1
