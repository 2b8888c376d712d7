from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportplan.domain.canonical import canonical, digest
from supportplan.domain.field_types import LIBRARY
from supportplan.domain.money import UnitPrice
from supportplan.domain.problems import NotFound
from supportplan.domain.schedules.schedule import Row, Schedule
from supportplan.storage.rate_rows import _columns, _row
from supportplan.storage.store import Store
from tests.storage.stores import entry

FULL = Row(
    item_code="PA-01",
    name="Personal assistant",
    category="Support",
    unit="hour",
    rate=UnitPrice("16.2950"),
    valid_from=date(2024, 4, 1),
    valid_to=date(2025, 3, 31),
    area="North",
    rate_kind="cap",
    tier="2",
    day_type="sat",
    ratio_staff=2,
    ratio_people=3,
    vat="exempt",
    in_house=True,
    allowed_routes=("direct_payment", "council"),
    notes="A note",
    source="A list",
)
BARE = Row(item_code="Q", name="By quote", unit="each", rate_kind="quote")


def schedule(*rows: Row, name: str = "Rates", label: str = "2024") -> Schedule:
    return Schedule(
        format="supportplan/schedule", version=1, name=name, label=label, currency="GBP", rows=rows
    )


def keep(store: Store, kept: Schedule, at: str = "2026-11-23T10:00:00Z") -> str:
    store.append([entry(store, canonical(kept), case=LIBRARY, kind="schedule", at=at)]).result()
    return digest(canonical(kept))


def test_the_rows_come_back_as_they_were(store: Store) -> None:
    kept = schedule(FULL, BARE)
    id_ = keep(store, kept)
    assert store.rates.rows(id_) == (FULL, BARE)
    (version,) = store.rates.versions()
    assert (version.id, version.name, version.label, version.rows) == (id_, "Rates", "2024", 2)
    assert (version.currency, version.dated_example) == ("GBP", False)
    assert store.cases.count() == 0


def test_rows_are_chosen_by_day_and_area(store: Store) -> None:
    id_ = keep(store, schedule(FULL, BARE))
    assert store.rates.rows(id_, on=date(2024, 4, 1)) == (FULL, BARE)
    assert store.rates.rows(id_, on=date(2025, 4, 1)) == (BARE,)
    assert store.rates.rows(id_, area="south") == (BARE,)
    assert store.rates.rows(id_, on=date(2024, 5, 1), area="NORTH") == (FULL, BARE)


@pytest.mark.parametrize("at", ["2026-01-01T10:00:00Z", "2026-01-01T09:00:00Z"])
def test_the_one_that_came_in_last_is_first_whatever_the_clock_said(store: Store, at: str) -> None:
    old = keep(store, schedule(FULL, name="A"), at="2026-01-01T10:00:00Z")
    new = keep(store, schedule(BARE, name="B", label="2025"), at=at)
    keep(store, schedule(FULL, name="A"), at="2026-01-01T11:00:00Z")
    assert [version.id for version in store.rates.versions()] == [new, old]
    assert store.rates.rows(old) == (FULL,)
    assert store.rates.rows(new) == (BARE,)


def test_the_same_version_is_kept_once(store: Store) -> None:
    id_ = keep(store, schedule(FULL))
    keep(store, schedule(FULL), at="2026-12-01T10:00:00Z")
    assert len(store.rates.versions()) == 1
    assert store.rates.rows(id_) == (FULL,)


def test_a_schedule_is_had_whole_by_its_id(store: Store) -> None:
    kept = schedule(FULL, BARE)
    id_ = keep(store, kept)
    keep(store, schedule(BARE, label="2025"))
    assert store.rates.schedule(id_) == kept


def test_a_schedule_that_is_not_there_is_named(store: Store) -> None:
    for ask in (store.rates.rows, store.rates.schedule):
        with pytest.raises(NotFound):
            ask("0" * 64)


def test_what_is_no_schedule_is_none(store: Store) -> None:
    made = entry(store, b"A note", kind="note")
    store.append([made]).result()
    with pytest.raises(NotFound):
        store.rates.schedule(made.entry.doc)


rows = st.builds(
    Row,
    item_code=st.sampled_from(["001", "PA-STD", "é"]),
    name=st.just("A name"),
    unit=st.sampled_from(["hour", "each", "night"]),
    rate=st.from_regex(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?", fullmatch=True).map(UnitPrice),
    valid_from=st.none() | st.dates(),
    in_house=st.booleans(),
    ratio_staff=st.none() | st.integers(1, 5),
    allowed_routes=st.lists(st.sampled_from(["direct_payment", "council"]), max_size=2).map(tuple),
)


@given(rows)
def test_any_row_survives_its_columns_to_the_letter(row: Row) -> None:
    again = _row(_columns("id", 1, row))
    assert again == row
    assert str(again.rate) == str(row.rate)
