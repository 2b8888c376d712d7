"""What a costing says in words, of a support, of an outcome, and of a change."""

from msgspec.structs import replace

from supportplan.domain.costing import cost
from supportplan.domain.costing_words import change_words, outcome_words, source_words, sum_words
from supportplan.domain.edits import with_support
from supportplan.domain.money import UnitPrice
from supportplan.domain.plan_money import Rate
from tests.plans import sample_plan


def test_a_support_says_its_sum_or_what_it_still_needs_or_that_it_is_given_freely() -> None:
    plan = sample_plan()
    paid = plan.supports[0]
    assert sum_words(paid, cost(plan)) == "6 hours x £16.29 = £97.74 a week; x 52 weeks = £5,082.48"
    open_one = replace(paid, quantity=None, rate=None)
    said = sum_words(open_one, cost(with_support(plan, open_one)))
    assert said == "Not costed yet: it is not said how many hours, days or items; what one unit costs."
    free = next(one for one in plan.supports if one.paid_by == "nobody")
    assert sum_words(free, cost(plan)) == "Given freely: it has no cost, and is printed all the same."


def test_a_price_says_where_it_comes_from_on_one_line() -> None:
    listed = Rate(amount=UnitPrice("1"), unit="hour", item="PA", schedule="Rates\nof ours", version="1")
    assert source_words(listed) == "Price: PA, Rates of ours, 1"
    own = Rate(amount=UnitPrice("1"), unit="hour", reason="Three quotes")
    assert source_words(own) == "Price: our own, Three quotes"
    assert source_words(replace(own, reason="")) == "Price: our own"


def test_what_serves_no_outcome_has_its_sum_too() -> None:
    plan = sample_plan()
    loose = with_support(plan, replace(plan.supports[0], outcomes=()))
    assert outcome_words(cost(loose), "") == "In all: one-off £0.00, recurring £5,082.48."
    assert outcome_words(cost(plan), "") == ""


def test_a_change_says_which_total_changed_and_by_how_much() -> None:
    plan = sample_plan()
    without = replace(plan, contingency=None)
    assert change_words(cost(plan), cost(plan)) == ""
    assert change_words(cost(plan), cost(without)).startswith("Cash value was £11,731.26, is £11,191.65: ")
    assert change_words(cost(plan), cost(without)).endswith("£539.61 less, £539.61 of it contingency.")
