"""A plan goes out as a form with a place for everything, and comes back as it was."""

import json

from hypothesis import given

from supportplan.documents.plan.form import filled_in, form
from supportplan.domain.canonical import canonical
from supportplan.domain.plan import Plan, read_plan
from supportplan.services.new_case import first_plan
from tests.random_plans import plans


@given(plans())
def test_a_form_that_nobody_touched_is_the_same_plan(plan: Plan) -> None:
    assert canonical(filled_in(read_plan(form(plan)))) == canonical(filled_in(plan))


def test_a_new_plans_form_has_a_place_for_every_answer() -> None:
    shown = json.loads(form(first_plan("Zofia Example")))
    assert shown["answers"] == {"in_control": "", "managed_by": "", "action_plan": ""}
    assert shown["emergency"] == {"trigger": "", "first_action": "", "who": "", "phone": ""}
    assert shown["outcomes"] == shown["supports"] == shown["risks"] == shown["people"] == []
    assert shown["person"]["important_to"] == ""
    assert list(shown)[:5] == ["format", "version", "id", "case", "profile"]


def test_a_new_plan_comes_back_as_it_was() -> None:
    plan = first_plan("Zofia Example")
    assert filled_in(read_plan(form(plan))) == plan
