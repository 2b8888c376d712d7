"""Supports and money by question and answer: the sum as a sentence, prices by their words, and what is refused."""

from decimal import Decimal

import pytest

from supportplan.services.desk import Desk
from tests.plain.test_questions import visit

ASSISTANT = ("supports", "new", "Swimming", "personal", "Alex", "the budget")


def test_each_answer_is_followed_by_the_sum_and_the_totals_in_sentences(desk: Desk) -> None:
    said = visit(desk, *ASSISTANT, "6", "hours", "a week", "PA-STD", "1", "done", "back")
    assert "6 hours x £16.29 = £97.74 a week; x 52 weeks = £5,082.48" in said
    assert "Totals: one-off £0.00; recurring £5,082.48; cash value £5,082.48." in said
    assert desk.plan.supports[0].rate is not None
    assert desk.plan.supports[0].rate.item == "PA-STD"


def test_a_price_is_found_by_words_among_numbered_ones_and_by_other_words(desk: Desk) -> None:
    said = visit(
        desk, *ASSISTANT, "6 hours", "", "week", "a week", "zebra", "personal assistant", "youth", "1", "done", "back"
    )  # fmt: skip
    assert "No price has such a name." in said
    assert "1. Personal assistant, standard rate, £16.29 an hour, PA-STD, a dated example" in said
    assert desk.plan.supports[0].rate is not None
    assert desk.plan.supports[0].rate.item == "YOUTH-CLUB"


def test_a_price_of_ones_own_has_a_reason(desk: Desk) -> None:
    said = visit(
        desk, *ASSISTANT, "1", "items", "once", "14 september", "349.99", "Three quotes", "done", "back"
    )
    rate = desk.plan.supports[0].rate
    assert rate is not None
    assert (rate.amount, rate.reason) == (Decimal("349.99"), "Three quotes")
    assert "Totals: one-off £349.99; recurring £0.00; cash value £349.99." in said


@pytest.mark.parametrize(
    ("typed", "quantity", "said_back"),
    [
        ("6h30", "6.5", "6.5."),
        ("6:15 hours", "6.25", "6.25 hours (6h15)."),
        ("2 nights", "2", None),
        ("1,240", "1240", None),
    ],
)
def test_a_quantity_is_taken_as_people_say_it(
    desk: Desk, typed: str, quantity: str, said_back: str | None
) -> None:
    said = visit(desk, *ASSISTANT, typed, "done", "back")
    assert desk.plan.supports[0].quantity == Decimal(quantity)
    assert said_back is None or f"\n{said_back}\n" in said


def test_occasions_are_whole_and_one_at_least(desk: Desk) -> None:
    said = visit(desk, *ASSISTANT, "2", "hours", "an occasion", "2.5", "0", "38", "done", "back")
    assert said.count("This is a whole number from 1 to 100,000.") == 2
    assert desk.plan.supports[0].occasions == 38


def test_what_is_still_needed_is_said_when_one_stops(desk: Desk) -> None:
    said = visit(desk, *ASSISTANT, "6", "done", "back")
    assert "it is not said what is counted, such as hours or nights" in said


def test_one_answer_of_a_support_is_changed_by_its_number_and_it_is_taken_away(desk: Desk) -> None:
    visit(desk, *ASSISTANT, "6", "hours", "a week", "16.29", "", "done", "back")
    said = visit(desk, "supports", "1", "5", "7", "back", "back")
    assert "7 hours x £16.29 = £114.03 a week; x 52 weeks = £5,929.56" in said
    visit(desk, "supports", "1", "remove", "back")
    assert desk.plan.supports == ()


def test_the_money_rules_and_how_far_the_plan_is_from_its_budget(desk: Desk) -> None:
    visit(desk, *ASSISTANT, "6", "hours", "a week", "16.29", "", "done", "back")
    said = visit(
        desk, "money", "all", "£5,000", "an amount", "100", "the authority", "a month", "1 may", "£5", "a week"
    )  # fmt: skip
    assert "£82.48 over the indicative budget of £5,000.00." in said
    plan = desk.plan
    assert plan.contingency is not None
    assert (plan.contingency.amount, plan.contingency.held_by) == (Decimal(100), "authority")
    assert plan.payments is not None
    assert plan.payments.every == "month"
    assert plan.contribution is not None
    assert (plan.contribution.amount, plan.contribution.every) == (Decimal(5), "week")


def test_a_price_for_another_unit_asks_anew_how_much_and_one_for_the_same_does_not(desk: Desk) -> None:
    visit(desk, *ASSISTANT, "6", "hours", "a week", "PA-STD", "1", "done", "back")
    same = visit(desk, "supports", "1", "8", "AGENCY-STD", "1", "back", "back")
    assert "How many" not in same
    assert desk.plan.supports[0].quantity == 6
    said = visit(desk, "supports", "1", "8", "payroll", "1", "many", "1", "back", "back")
    assert "This price is for a week: say how much anew." in said
    assert said.count("How many weeks? Enter for later. ") == 2
    (weekly,) = desk.plan.supports
    assert (weekly.unit, weekly.quantity) == ("week", Decimal(1))
    visit(desk, "supports", "1", "8", "PA-STD", "1", "", "back", "back")
    (left,) = desk.plan.supports
    assert (left.unit, left.quantity) == ("hour", None)
