"""One road for every step: what the case does not allow, or nobody could read again, is not recorded."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from supportplan.domain.cases.steps import CopyIssued
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import BadDocument, BadInput, NotAllowed
from supportplan.services.cases import take_in
from supportplan.services.copies import issue_pdf
from supportplan.services.desk import Desk
from supportplan.services.taking_steps import take_step
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
        step = take_step(store, sample.case, copy_of(kept))
        assert [one.entry.id for one in store.records(sample.case)] == [kept, step]
        assert store.record(step).entry.parents == (kept,)
        with pytest.raises(NotAllowed, match="not in this case"):
            take_step(store, sample.case, copy_of("f" * 64))
        with pytest.raises(BadDocument):
            take_step(store, sample.case, copy_of(kept, to="Jo\x1b[2J"))
        assert len(store.records(sample.case)) == 2


@pytest.mark.parametrize("receiver", ["", "...", "Jo\x1b[2J", "J" * 201])
def test_a_copy_for_nobody_is_neither_written_nor_recorded(
    tmp_path: Path, sample: Plan, receiver: str
) -> None:
    with new_store(tmp_path / "store") as store:
        take_in(store, sample)
        with pytest.raises(BadInput):
            issue_pdf(Desk(store, sample.case), tmp_path / "plan.pdf", given_to=receiver)
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
        issue_pdf(desk, tmp_path / "plan.pdf", given_to="Jo")
        assert desk.saved
        assert read_plan(store.records(sample.case)[0].body) == changed
