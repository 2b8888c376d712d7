"""What emptying a figure of the money rules comes to."""

from datetime import date

from msgspec.structs import replace

from supportplan.domain.money import Amount, Percent, Quantity, UnitPrice
from supportplan.domain.money_edits import with_first_payment, with_fixed_amount, with_percent
from supportplan.domain.plan_money import Contingency, Payments, TopSlice
from tests.plans import sample_plan

HELD = Contingency(held_by="authority", percent=Percent("5"), of="all")


def test_an_emptied_percentage_sets_nothing_aside_and_leaves_the_rest() -> None:
    plan = replace(sample_plan(), contingency=HELD)
    assert with_percent(plan, None).contingency == replace(HELD, percent=Percent("0"))
    assert with_percent(with_percent(plan, None), Percent("7")).contingency == replace(
        HELD, percent=Percent("7")
    )


def test_an_emptied_amount_sets_nothing_aside_and_leaves_the_rest() -> None:
    plan = replace(sample_plan(), contingency=Contingency(held_by="authority", amount=Amount("250.00")))
    assert with_fixed_amount(plan, None).contingency == Contingency(
        held_by="authority", amount=Amount("0.00")
    )


def test_an_amount_takes_the_place_of_a_top_slice() -> None:
    cut = TopSlice(points=Quantity("100"), gross=UnitPrice("71"), net=UnitPrice("55"))
    plan = replace(sample_plan(), contingency=Contingency(held_by="authority", top_slice=cut))
    amount = with_fixed_amount(plan, Amount("250.00")).contingency
    assert amount == Contingency(held_by="authority", amount=Amount("250.00"))


def test_an_emptied_first_payment_is_the_first_day_of_the_plan() -> None:
    plan = replace(sample_plan(), payments=Payments(every="month", first=date(2026, 11, 2)))
    assert with_first_payment(plan, None).payments == Payments(every="month", first=plan.period.start)
    unpaid = replace(plan, payments=None)
    assert with_first_payment(unpaid, None) == unpaid
