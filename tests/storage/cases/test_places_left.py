"""The whole list by places: all cases, those that wait, the drafts, the signed, and what a search finds among them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from supportplan.domain.canonical import canonical
from supportplan.domain.cases.next_step import Task, next_step
from supportplan.domain.plan import read_plan
from supportplan.storage.cases.case_index import Kept
from supportplan.storage.database.writer import Transaction
from supportplan.storage.store import Store
from tests.plans import sample_document
from tests.storage.cases.test_case_index import FAMILIES, people, sign
from tests.storage.stores import PASSPHRASE, Clock, entry, new_store

ON = date(2026, 11, 23)


def keep(store: Store, case: str, **more: Any) -> None:
    document = sample_document() | {"case": case} | more
    document["person"] = {"name": case}
    store.drafts.save(case, canonical(read_plan(json.dumps(document).encode())), "Began").result()


def names(store: Store, typed: str = "", *, kept: Kept = "all", on: date = ON) -> list[str]:
    places = store.cases.places(typed, kept=kept, on=on).places
    rows = store.cases.rows_at(places)
    return [rows[place].name for place in places]


def test_all_places_are_the_pages_one_after_another(store: Store) -> None:
    people(store, *FAMILIES)
    assert names(store) == [row.name for row in store.cases.page().rows] == list(reversed(FAMILIES))
    assert list(store.cases.newest_places(3)) == list(store.cases.places(on=ON).places[:3])


@pytest.mark.parametrize("typed", ["kowalska", "Kowlaski Zofia", "C-1002", "1009", "ng c 10", "kow", "zzqqx"])
def test_a_search_finds_the_places_of_what_the_pages_show(store: Store, typed: str) -> None:
    people(store, *FAMILIES)
    page = store.cases.search(typed)
    assert names(store, typed) == [row.name for row in page.rows]
    assert store.cases.places(typed, on=ON).loosely == page.loosely


def test_a_case_that_has_gone_from_its_place_is_left_out(store: Store) -> None:
    people(store, "Tom Ng", "Jan Kowalski")
    before = store.cases.places(on=ON).places
    store.drafts.save(
        "Tom Ng", canonical(read_plan(json.dumps(sample_document()).encode())), "Wrote"
    ).result()
    assert sorted(store.cases.rows_at(before)) == [before[0]]
    assert store.cases.place("Tom Ng") == store.cases.places(on=ON).places[0]
    assert store.cases.place("nobody") is None


def test_kinds_are_told_apart_and_searched_in(store: Store) -> None:
    sign(store)
    people(store, "Zofia Kowalska", "Jan Kowalski")
    keep(store, "Notes-Kowal", parked=[{"id": "n1", "text": "Ask about the bus"}])
    assert names(store, kept="signed") == ["Sam Example"]
    assert names(store, kept="drafts") == ["Notes-Kowal", "Jan Kowalski", "Zofia Kowalska"]
    assert names(store, kept="waiting") == ["Notes-Kowal", "Sam Example"]
    assert names(store, "kowal", kept="waiting") == ["Notes-Kowal"]
    assert names(store, "kowalsi", kept="waiting") == []
    assert store.cases.waiting(ON) == 2


@pytest.mark.parametrize("on", [date(2027, 2, 27), date(2027, 2, 28)])
def test_what_waits_is_what_the_next_step_says_so_of(store: Store, on: date) -> None:
    sign(store)
    keep(store, "Parked", parked=[{"id": "n1"}])
    keep(store, "Plain")
    waits = set()
    for place in store.cases.places(on=on).places:
        row = store.cases.rows_at([place])[place]
        due = date.fromisoformat(row.review_due) if row.review_due else None
        task: Task = row.task  # type: ignore[assignment] # as the column has it
        if next_step(row.state, on=on, task=task, review_due=due, parked=row.parked).waits:  # type: ignore[arg-type]
            waits.add(row.name)
    assert waits == set(names(store, kept="waiting", on=on)) == {"Sam Example", "Parked"}


def test_the_list_knows_the_budget_the_task_and_the_review(store: Store) -> None:
    sign(store)
    row = store.cases.row("case-1")
    assert row is not None
    assert (row.task, row.review_due) == ("copy", "2027-02-28")
    keep(store, "Within", indicative="12000.00")
    within = store.cases.row("Within")
    assert within is not None
    assert (str(within.indicative), within.task, within.review_due) == ("12000.00", "", None)


def test_a_note_that_has_found_its_place_waits_no_more(store: Store) -> None:
    keep(store, "Zofia", parked=[{"id": "n1"}])
    assert names(store, kept="waiting") == ["Zofia"]
    keep(store, "Zofia")
    assert names(store, kept="waiting") == []
    store.append(
        [entry(store, canonical(read_plan(json.dumps(sample_document()).encode())), case="Zofia")]
    ).result()
    assert names(store, kept="drafts") == ["Zofia"]


def test_a_list_that_an_older_program_kept_is_worked_out_anew_at_opening(tmp_path: Path) -> None:
    with new_store(tmp_path / "store") as store:
        sign(store)
        keep(store, "Zofia", indicative="9000.00", parked=[{"id": "n1"}])
        before = store.cases.page().rows

        def forget(transaction: Transaction) -> None:
            """Leave the list as the step that brought these columns leaves it."""
            transaction.driver.execute(
                "UPDATE case_index SET indicative_pence = NULL, parked = 0, task = '', review_due = NULL, "
                "changes_on = '0001-01-01'"
            )

        store._writer.submit(forget).result()
        assert store.cases.page().rows != before
    with Store.unlock(tmp_path / "store", PASSPHRASE, clock=Clock()) as store:
        store.up_to_day.result()
        assert store.cases.page().rows == before
