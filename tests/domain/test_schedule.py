from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain import canonical
from supportplan.domain.money import UnitPrice
from supportplan.domain.problems import BadDocument, BadInput
from supportplan.domain.schedules.cells import tidy
from supportplan.domain.schedules.schedule import (
    DayType,
    RateKind,
    Row,
    Schedule,
    Validity,
    Vat,
    normal_price,
    read_schedule,
    to_rate,
)
from supportplan.domain.units import UNITS

APRIL = date(2024, 4, 1)


def row(code: str = "PA-STD", **more: Any) -> Row:
    values: dict[str, Any] = {
        "name": "Personal assistant",
        "unit": "hour",
        "rate": UnitPrice("16.29"),
        **more,
    }
    return Row(item_code=code, **values)


def schedule(*rows: Row, **more: Any) -> Schedule:
    values: dict[str, Any] = {"name": "Rates", "label": "2024-04-01", "currency": "GBP", **more}
    return Schedule(format="supportplan/schedule", version=1, rows=rows, **values)


TEXT = st.text(max_size=20).map(lambda text: tidy("".join(sign for sign in text if sign.isprintable())))
SAID = TEXT.filter(bool)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
PRICES = st.decimals(min_value=0, max_value=999_999, places=4).map(normal_price)


@st.composite
def rows(draw: st.DrawFn, code: str) -> Row:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    price = draw(st.none() | PRICES)
    return Row(
        item_code=code,
        name=draw(SAID),
        category=draw(TEXT),
        unit=draw(st.sampled_from(UNITS)),
        rate=price,
        valid_from=draw(st.sampled_from([None, first])),
        valid_to=draw(st.sampled_from([None, last])),
        area=draw(TEXT),
        rate_kind="quote" if price is None else draw(st.sampled_from(get_args(RateKind)[:3])),
        tier=draw(TEXT),
        day_type=draw(st.sampled_from(get_args(DayType))),
        ratio_staff=draw(st.none() | st.integers(1, 1_000)),
        vat=draw(st.none() | st.sampled_from(get_args(Vat))),
        in_house=draw(st.booleans()),
        allowed_routes=tuple(
            draw(st.lists(st.sampled_from(["direct_payment", "council_service"]), unique=True))
        ),
        notes=draw(TEXT),
        source=draw(TEXT),
    )


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    codes = draw(st.lists(SAID.map(lambda code: code[:100].strip()), min_size=1, max_size=5, unique=True))
    return schedule(*(draw(rows(code)) for code in codes), name=draw(SAID))


@given(schedules())
def test_a_schedule_survives_its_bytes(one: Schedule) -> None:
    raw = canonical.canonical(one)
    assert read_schedule(raw) == one
    assert canonical.canonical(read_schedule(raw)) == raw


def test_a_schedule_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        schedule(row()).name = "Other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"rows": []}, "rows"),
        ({"currency": "gbp"}, "currency"),
        ({"currency": "GBP\n"}, "currency"),
        ({"rows": [{"item_code": "A", "name": "Care ", "unit": "hour", "rate": "1.00"}]}, "rows[0].name"),
        ({"rows": [{"item_code": "A", "name": "Care\x1b[2J", "unit": "hour", "rate": "1.00"}]}, "rows[0].name"),
        ({"rows": [{"item_code": "A\n", "name": "Care", "unit": "hour", "rate": "1.00"}]}, "rows[0].item_code"),
        ({"rows": [{"item_code": "A", "name": "Care", "unit": "hour"}]}, "rows[0]"),
        ({"rows": [{"item_code": "A", "name": "Care", "unit": "hour", "rate": 1.5}]}, "rows[0].rate"),
        ({"rows": [{"item_code": "A", "name": "Care", "unit": "hour", "rate": "1.00001"}]}, "rows[0].rate"),
        ({"rows": [{"item_code": "A", "name": "Care", "unit": "hours", "rate": "1.00"}]}, "rows[0].unit"),
        (
            {"rows": [{"item_code": "A", "name": "Care", "unit": "hour", "rate": "1.00", "valid_from": "2024-04-02", "valid_to": "2024-04-01"}]},
            "rows[0]",
        ),
    ],
)  # fmt: skip
def test_a_broken_schedule_is_refused_by_its_place(change: dict[str, Any], where: str) -> None:
    good = msgspec.to_builtins(schedule(row()), enc_hook=str)
    with pytest.raises(BadDocument) as problem:
        read_schedule(msgspec.json.encode(good | change), name="rates.json")
    assert problem.value.where == f"rates.json, {where}"


def test_two_prices_for_one_day_are_refused() -> None:
    with pytest.raises(BadDocument, match="same days"):
        schedule(row(valid_from=APRIL), row(valid_from=APRIL + timedelta(days=100)))


@pytest.mark.parametrize(
    "other",
    [
        {"area": "North"},
        {"tier": "2"},
        {"day_type": "sat"},
        {"unit": "night"},
        {"ratio_people": 3},
        {"code": "PA-2"},
    ],
)
def test_prices_for_different_things_may_stand_side_by_side(other: dict[str, Any]) -> None:
    assert len(schedule(row(), row(**other)).rows) == 2


SPANS = st.lists(st.tuples(DAYS, DAYS).map(lambda two: (min(two), max(two))), max_size=12)


@given(SPANS)
def test_clashes_are_just_the_days_in_common(spans: list[tuple[date, date]]) -> None:
    validity = Validity()
    taken: list[tuple[date, date]] = []
    for number, (first, last) in enumerate(spans):
        one = row(valid_from=first, valid_to=last)
        overlaps = any(start <= last and first <= end for start, end in taken)
        assert (validity.clash(one) is not None) == overlaps
        if not overlaps:
            validity.add(one, number)
            taken.append((first, last))
    covered = sum((last - first).days + 1 for first, last in taken)
    missing = sum((last - first).days + 1 for _, first, last in validity.gaps())
    if taken:
        span = (max(last for _, last in taken) - min(first for first, _ in taken)).days + 1
        assert covered + missing == span


def test_a_plan_keeps_a_copy_of_a_rate() -> None:
    one = row()
    rate = to_rate(one, schedule(one, name="Coventry"))
    assert (rate.amount, rate.unit, rate.item, rate.schedule, rate.version) == (
        Decimal("16.29"), "hour", "PA-STD", "Coventry", "2024-04-01",
    )  # fmt: skip
    with pytest.raises(BadInput, match="quote"):
        to_rate(row(rate=None, rate_kind="quote"), schedule(one))
    with pytest.raises(BadInput, match="AUD"):
        to_rate(one, schedule(one, currency="AUD"))


@pytest.mark.parametrize(
    ("given", "written"), [("16", "16.00"), ("16.2", "16.20"), ("16.2900", "16.29"), ("0.4550", "0.455")]
)
def test_a_price_is_written_in_one_way(given: str, written: str) -> None:
    assert str(normal_price(Decimal(given))) == written
