from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain import canonical
from supportplan.domain.costing import cost
from supportplan.domain.money import UnitPrice
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import BadInput
from supportplan.domain.schedules.repricing import CHANGE_WORDS, difference, reprice
from supportplan.domain.schedules.schedule import Row, Schedule, normal_price

PLAN = read_plan(
    b"""{"format": "supportplan/plan", "version": 1, "id": "p", "case": "c", "person": {"name": "Sam"},
    "period": {"start": "2026-09-01", "end": "2027-08-31"},
    "supports": [
      {"id": "pa", "paid_by": "budget", "kind": "recurring", "quantity": "6", "unit": "hour", "every": "week",
       "rate": {"amount": "16.29", "unit": "hour", "item": "PA", "schedule": "Rates", "version": "2026",
                "top_up": {"amount": "1.00", "payer": "Jo"}}},
      {"id": "dbs", "paid_by": "budget", "kind": "one_off", "quantity": "1", "unit": "each",
       "rate": {"amount": "49.50", "unit": "each", "item": "DBS", "schedule": "Rates", "version": "2026"}},
      {"id": "night", "paid_by": "in_house", "kind": "recurring", "quantity": "1", "unit": "night", "every": "occasion",
       "occasions": 12, "rate": {"amount": "180.00", "unit": "night", "item": "NIGHT", "schedule": "Rates", "version": "2026"}},
      {"id": "laptop", "paid_by": "budget", "kind": "one_off", "quantity": "1", "unit": "each",
       "rate": {"amount": "349.99", "unit": "each", "reason": "Quote"}},
      {"id": "other", "paid_by": "budget", "kind": "one_off", "quantity": "1", "unit": "each",
       "rate": {"amount": "1.00", "unit": "each", "item": "PA", "schedule": "Other rates", "version": "2026"}},
      {"id": "unit", "paid_by": "budget", "kind": "one_off", "quantity": "1", "unit": "day",
       "rate": {"amount": "9.00", "unit": "day", "item": "PA", "schedule": "Rates", "version": "2026"}},
      {"id": "waiting", "paid_by": "budget", "kind": "one_off",
       "rate": {"amount": "49.50", "unit": "each", "item": "DBS", "schedule": "Rates", "version": "2026"}}],
    "contingency": {"percent": "5", "of": "recurring", "held_by": "family"}}"""
)


def row(code: str, unit: Any, rate: str | None, **more: Any) -> Row:
    price = UnitPrice(rate) if rate else None
    return Row(
        item_code=code, name=code, unit=unit, rate=price, rate_kind="fixed" if rate else "quote", **more
    )


def schedule(*rows: Row, **more: Any) -> Schedule:
    values: dict[str, Any] = {"name": "Rates", "label": "2027", "currency": "GBP", **more}
    return Schedule(format="supportplan/schedule", version=1, rows=rows, **values)


def test_what_a_new_version_would_change() -> None:
    before = canonical.canonical(PLAN)
    found = reprice(
        PLAN, schedule(row("PA", "hour", "17.00"), row("NIGHT", "night", "170.00"), row("DBS", "each", None))
    )
    lines = {line.support: line for line in found.lines}
    assert {support: line.change for support, line in lines.items()} == {
        "pa": "dearer", "dbs": "quote_only", "night": "cheaper", "unit": "gone", "waiting": "quote_only",
    }  # fmt: skip
    pa = lines["pa"]
    assert (pa.item, pa.old_rate, pa.new_rate, pa.old_amount, pa.new_amount) == (
        "PA", Decimal("16.29"), Decimal("17.00"), Decimal("5082.48"), Decimal("5304.00"),
    )  # fmt: skip
    assert (lines["night"].old_amount, lines["night"].new_amount) == (Decimal("2160.00"), Decimal("2040.00"))
    assert (lines["dbs"].new_rate, lines["dbs"].old_amount, lines["dbs"].new_amount) == (
        None,
        Decimal("49.50"),
        None,
    )
    assert lines["waiting"].old_amount is None
    assert found.before == cost(PLAN).totals
    assert found.after.recurring - found.before.recurring == Decimal("221.52")
    assert found.after.contingency == Decimal("265.20")
    assert found.after.in_house_value - found.before.in_house_value == Decimal("-120.00")
    assert found.after.one_off == found.before.one_off
    assert all(line.words == CHANGE_WORDS[line.change] for line in found.lines)
    assert canonical.canonical(PLAN) == before


def test_the_same_prices_change_nothing() -> None:
    found = reprice(PLAN, schedule(row("PA", "hour", "16.290"), row("PA", "day", "9.00"), row("NIGHT", "night", "180.00"), row("DBS", "each", "49.50")))  # fmt: skip
    assert found.changes == ()
    assert found.after == found.before


START, MARCH, APRIL, END = date(2026, 9, 1), date(2027, 3, 31), date(2027, 4, 1), date(2027, 8, 31)
UNTIL_MARCH = row("PA", "hour", "17.00", valid_to=MARCH)
FROM_APRIL = row("PA", "hour", "18.00", valid_from=APRIL)


def spans(*rows: Row, plan: Plan = PLAN) -> list[tuple[date, date, str | None]]:
    """The prices of the first support within the plan, which cannot be told in one amount."""
    found = reprice(plan, schedule(*rows))
    line = found.lines[0]
    assert (line.change, line.new_rate, line.new_amount) == ("changes_within", None, None)
    assert line.old_amount == Decimal("5082.48")
    assert found.after == found.before
    return [(one.from_day, one.to_day, None if one.rate is None else str(one.rate)) for one in line.spans]


def test_a_price_that_rises_within_the_plan_is_told_by_its_days() -> None:
    expected = [(START, MARCH, "17.00"), (APRIL, END, "18.00")]
    assert spans(FROM_APRIL, UNTIL_MARCH) == expected
    kept = row("PA", "hour", "16.29", valid_to=MARCH)
    assert spans(kept, FROM_APRIL) == [(START, MARCH, "16.29"), (APRIL, END, "18.00")]


def test_until_the_first_price_starts_the_old_one_holds() -> None:
    assert spans(FROM_APRIL) == [(START, MARCH, "16.29"), (APRIL, END, "18.00")]
    same = reprice(PLAN, schedule(row("PA", "hour", "16.29", valid_from=APRIL))).lines[0]
    assert (same.change, same.spans) == ("same", ())


def test_days_without_a_price_are_told_too() -> None:
    assert spans(UNTIL_MARCH) == [(START, MARCH, "17.00"), (APRIL, END, None)]
    assert spans(UNTIL_MARCH, row("PA", "hour", None, valid_from=APRIL)) == spans(UNTIL_MARCH)
    may = row("PA", "hour", "17.00", valid_from=date(2027, 5, 1))
    assert spans(UNTIL_MARCH, may) == [
        (START, MARCH, "17.00"), (APRIL, date(2027, 4, 30), None), (date(2027, 5, 1), END, "17.00"),
    ]  # fmt: skip


def test_a_price_outside_the_plan_is_no_price_for_it() -> None:
    later = row("NIGHT", "night", "190.00", valid_from=date(2028, 4, 1))
    assert {line.support: line.change for line in reprice(PLAN, schedule(later)).lines}[
        "night"
    ] == "other_days"


@pytest.mark.parametrize(
    ("days", "rate"),
    [
        ({"end": MARCH}, "17.00"),
        ({"start": date(2025, 1, 1), "end": MARCH}, "17.00"),
        ({"start": APRIL}, "18.00"),
        ({"start": APRIL, "end": date(2028, 8, 31)}, "18.00"),
        ({"on": MARCH}, "17.00"),
        ({"on": APRIL}, "18.00"),
    ],
)
def test_a_support_with_one_price_on_all_of_its_days_is_priced(days: dict[str, date], rate: str) -> None:
    support = msgspec.structs.replace(PLAN.supports[0], **days)
    plan = msgspec.structs.replace(PLAN, supports=(support,))
    ends = row("PA", "hour", "18.00", valid_from=APRIL, valid_to=END)
    before = row("PA", "hour", "1.00", valid_to=date(2026, 8, 31))
    within = row("PA", "hour", "17.00", valid_from=START, valid_to=MARCH)
    line = reprice(plan, schedule(before, within, ends)).lines[0]
    assert (line.change, line.new_rate, line.spans) == ("dearer", Decimal(rate), ())


@given(st.sets(st.dates(START, END)), st.sampled_from(["16.00", "16.29", "17.00", None]))
def test_one_price_told_in_any_number_of_rows_is_one_price(days: set[date], rate: str | None) -> None:
    starts = [None, *sorted(days)]
    ends = [*(day - timedelta(days=1) for day in sorted(days)), None]
    parts = [
        row("PA", "hour", rate, valid_from=first, valid_to=last)
        for first, last in zip(starts, ends, strict=True)
    ]
    whole, told = schedule(row("PA", "hour", rate)), schedule(*parts)
    assert reprice(PLAN, told) == reprice(PLAN, whole)


def test_the_last_day_there_is_can_be_priced() -> None:
    support = msgspec.structs.replace(PLAN.supports[0], on=date.max)
    plan = msgspec.structs.replace(PLAN, supports=(support,))
    assert reprice(plan, schedule(row("PA", "hour", "17.00"))).lines[0].change == "dearer"


def test_the_old_version_tells_rows_of_one_item_apart() -> None:
    new = schedule(row("PA", "hour", "17.00"), row("PA", "hour", "19.00", day_type="sat"))
    assert reprice(PLAN, new).lines[0].change == "unclear"
    old = schedule(row("PA", "hour", "15.00"), row("PA", "hour", "16.29", day_type="sat"), label="2026")
    found = reprice(PLAN, new, old=old).lines[0]
    assert (found.change, found.new_rate) == ("dearer", Decimal("19.00"))
    assert reprice(PLAN, schedule(row("PA", "hour", "17.00")), old=old).lines[0].change == "gone"


def test_the_area_tells_rows_of_one_item_apart() -> None:
    new = schedule(row("PA", "hour", "17.00", area="North"), row("PA", "hour", "19.00", area="South"))
    assert reprice(PLAN, new).lines[0].change == "unclear"
    assert reprice(PLAN, new, area="South").lines[0].new_rate == Decimal("19.00")


def test_a_plan_of_other_rates_is_left_alone() -> None:
    found = reprice(PLAN, schedule(row("PA", "hour", "17.00"), name="Elsewhere", currency="EUR"))
    assert found.lines == ()
    assert found.after == found.before


def test_another_currency_is_refused() -> None:
    for rows in ((row("PA", "hour", "17.00"),), (UNTIL_MARCH, FROM_APRIL)):
        with pytest.raises(BadInput, match="one currency"):
            reprice(PLAN, schedule(*rows, currency="EUR"))


def test_the_sample_case_against_dearer_rates(sample: Plan) -> None:
    rates = {
        support.rate.item: support.rate for support in sample.supports if support.rate and support.rate.item
    }
    name = next(iter(rates.values())).schedule
    dearer = schedule(
        *(row(item, rate.unit, str(rate.amount * 2)) for item, rate in rates.items()), name=name
    )
    found = reprice(sample, dearer)
    assert found.before.total_budget == Decimal("13891.26")
    assert found.after.recurring == 2 * found.before.recurring
    assert found.after.in_house_value == 2 * found.before.in_house_value
    assert sum((line.new_amount or 0) - (line.old_amount or 0) for line in found.lines) == (
        found.after.one_off + found.after.recurring + found.after.in_house_value
        - found.before.one_off - found.before.recurring - found.before.in_house_value
    )  # fmt: skip


def test_the_difference_of_two_versions() -> None:
    march, april = date(2025, 3, 31), date(2025, 4, 1)
    old = schedule(
        row("A", "hour", "1.00", valid_to=march), row("B", "hour", "2.00"), row("C", "hour", "3.00")
    )
    new = schedule(
        row("A", "hour", "1.50", valid_from=april), row("C", "hour", "3.00"), row("D", "hour", "4.00")
    )
    found = difference(old, new)
    assert [one.item_code for one in found.added] == ["D"]
    assert [one.item_code for one in found.removed] == ["B"]
    assert [(one.old.item_code, one.fields) for one in found.changed] == [
        ("A", ("rate", "valid_from", "valid_to"))
    ]
    assert not difference(old, old)
    assert found


def test_rows_that_start_on_the_same_day_are_held_together() -> None:
    first, second = date(2024, 4, 1), date(2025, 4, 1)
    old = schedule(row("A", "hour", "2.00", valid_from=second))
    new = schedule(
        row("A", "hour", "1.00", valid_from=first, valid_to=date(2025, 3, 31)),
        row("A", "hour", "2.00", valid_from=second),
    )
    found = difference(old, new)
    assert [one.valid_from for one in found.added] == [first]
    assert (found.removed, found.changed) == ((), ())


PRICES = st.dictionaries(
    st.sampled_from("ABCDEFG"),
    st.integers(0, 99_999).map(lambda pence: str(normal_price(Decimal(pence) / 100))),
    min_size=1,
)


@given(PRICES, PRICES)
def test_a_difference_accounts_for_every_row(old: dict[str, str], new: dict[str, str]) -> None:
    before = schedule(*(row(code, "hour", price) for code, price in old.items()))
    after = schedule(*(row(code, "hour", price) for code, price in new.items()))
    found = difference(before, after)
    changed = {one.old: one.new for one in found.changed}
    rebuilt = [changed.get(one, one) for one in before.rows if one not in found.removed] + list(found.added)
    assert {one.item_code: one for one in rebuilt} == {one.item_code: one for one in after.rows}
    back = difference(after, before)
    assert (set(back.added), set(back.removed)) == (set(found.removed), set(found.added))
    assert all(msgspec.structs.asdict(one.old) != msgspec.structs.asdict(one.new) for one in found.changed)
