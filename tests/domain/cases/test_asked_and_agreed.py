"""What was asked and what was agreed: the lines add up, whatever the two plans are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from supportplan.domain.cases.asked_and_agreed import CONTINGENCY, asked_and_agreed
from supportplan.domain.costing import NOTHING, cost
from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadInput
from tests.plans import plan_from, sample_document
from tests.random_plans import plans


@given(plans(), plans())
def test_the_differences_of_the_lines_add_up_to_the_difference_of_the_totals(
    asked: Plan, agreed: Plan
) -> None:
    found = asked_and_agreed(asked, agreed)
    before, after = cost(asked).totals, cost(agreed).totals
    assert found.cash.asked == before.cash_value
    assert found.cash.agreed == after.cash_value
    assert found.in_house.asked == before.in_house_value
    assert found.in_house.agreed == after.in_house_value
    for purse in (found.cash, found.in_house):
        assert sum((one.difference for one in purse.lines), NOTHING) == purse.difference
        assert sum((one.asked or NOTHING for one in purse.lines), NOTHING) == purse.asked
        assert sum((one.agreed or NOTHING for one in purse.lines), NOTHING) == purse.agreed
        assert len({one.support for one in purse.lines}) == len(purse.lines)


@given(plans())
def test_a_plan_that_was_agreed_as_it_was_asked_has_no_difference(plan: Plan) -> None:
    found = asked_and_agreed(plan, plan)
    assert found.cash.changed == found.in_house.changed == ()
    assert found.cash.difference == found.in_house.difference == 0


@given(plans(), plans())
def test_turned_round_every_difference_is_the_opposite(one: Plan, other: Plan) -> None:
    there, back = asked_and_agreed(one, other), asked_and_agreed(other, one)
    assert {line.support: line.difference for line in there.cash.lines} == {
        line.support: -line.difference for line in back.cash.lines
    }


@given(plans(), st.data())
def test_a_support_that_was_left_out_stands_with_all_it_was_asked_for(
    plan: Plan, data: st.DataObject
) -> None:
    if not plan.supports:
        return
    gone = data.draw(st.sampled_from(plan.supports))
    rest = replace(plan, supports=tuple(one for one in plan.supports if one != gone), contingency=None)
    found = asked_and_agreed(replace(plan, contingency=None), rest)
    lines = {one.support: one for one in (*found.cash.changed, *found.in_house.changed)}
    paid = gone.paid_by in ("budget", "in_house") and cost(plan).line(gone.id) is not None
    assert set(lines) == ({gone.id} if paid else set())
    if paid:
        assert lines[gone.id].agreed is None
        assert lines[gone.id].asked == -lines[gone.id].difference


def test_fewer_hours_and_what_follows_of_them_with_the_words_for_it() -> None:
    document = sample_document()
    asked = plan_from(document)
    hours = next(
        one for one in document["supports"] if one["paid_by"] == "budget" and one["kind"] == "recurring"
    )
    hours["quantity"] = str(Decimal(hours["quantity"]) - 1)
    agreed = plan_from(document)
    found = asked_and_agreed(asked, agreed, {hours["id"]: "School covers one hour."})
    line = next(one for one in found.cash.changed if one.support == hours["id"])
    assert line.what == hours["what"]
    assert line.why == "School covers one hour."
    assert line.difference < 0
    assert {one.support for one in found.cash.changed} <= {hours["id"], CONTINGENCY}
    assert found.cash.difference == cost(agreed).totals.cash_value - cost(asked).totals.cash_value


def test_two_currencies_have_no_difference() -> None:
    document = sample_document()
    pounds = plan_from(document)
    with pytest.raises(BadInput, match="currency"):
        asked_and_agreed(pounds, replace(pounds, currency="EUR"))
