from concurrent.futures import Future
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from supportplan.domain.canonical import Document, canonical
from supportplan.domain.cases.entries import EntryKind, record
from supportplan.domain.cases.steps import Decision, Signature, Submitted
from supportplan.domain.profile import Signer
from supportplan.storage.cases.case_index import After, CaseRow
from supportplan.storage.cases.case_projection import Glance
from supportplan.storage.database.writer import Transaction
from supportplan.storage.store import Store
from tests.storage.stores import AT, Clock, entry, new_store_and_code, plan_bytes, sample_bytes


def people(store: Store, *names: str) -> None:
    """A case for each name, its id the name."""
    for number, name in enumerate(names):
        person = {"known_as": name.split()[0], "reference": f"C-{1000 + number}"}
        future: Future[None] = store.drafts.save(name, plan_bytes(name, **person), "Began")
    future.result()


FAMILIES = (
    "Zofia Kowalska", "Jan Kowalski", "Siobhán O'Connor", "María Fernández", "Ian Stewart", "Łukasz Wójcik",
    "Sam Example", "Samantha Small", "José Núñez", "Tom Ng",
)  # fmt: skip


@pytest.fixture
def families(store: Store) -> Store:
    people(store, *FAMILIES)
    return store


def found(store: Store, typed: str) -> list[str]:
    return [row.name for row in store.cases.search(typed).rows]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kowalska", "Zofia Kowalska"),
        ("Kowlaski Zofia", "Zofia Kowalska"),
        ("Siobhan O Conor", "Siobhán O'Connor"),
        ("siobhan", "Siobhán O'Connor"),
        ("Fernandes", "María Fernández"),
        ("Stewert", "Ian Stewart"),
        ("nunez jose", "José Núñez"),
        ("wojcik", "Łukasz Wójcik"),
        ("Lukasz", "Łukasz Wójcik"),
        ("kowa zof", "Zofia Kowalska"),
        ("C-1002", "Siobhán O'Connor"),
        ("1009", "Tom Ng"),
        ("ng c 10", "Tom Ng"),
        ("Wojcik C1005", "Łukasz Wójcik"),
        ("tmo", "Tom Ng"),
        ("kowlas", "Jan Kowalski"),
    ],
)
def test_people_are_found_as_they_are_typed(families: Store, typed: str, first: str) -> None:
    assert first in found(families, typed)


def test_what_was_typed_rightly_brings_nothing_that_is_only_like_it(families: Store) -> None:
    page = families.cases.search("kowalska")
    assert [row.name for row in page.rows] == ["Zofia Kowalska"]
    assert not page.loosely
    page = families.cases.search("kowalskaa")
    assert {row.name for row in page.rows} == {"Zofia Kowalska", "Jan Kowalski"}
    assert page.loosely


@pytest.mark.parametrize(
    "typed",
    ["Xyzzy", "1003 kowalska", "D-1003", "1003 1004", "C-9999", "sam kowalska", '" OR 1 --', "zofia*)("],
)
def test_what_nobody_is_called_finds_nobody(families: Store, typed: str) -> None:
    page = families.cases.search(typed)
    expected = ["Zofia Kowalska"] if "zofia" in typed else []
    assert [row.name for row in page.rows] == expected
    assert page.after is None


@pytest.mark.parametrize("typed", ["", "   ", "-", "***"])
def test_without_a_word_all_are_listed(families: Store, typed: str) -> None:
    assert found(families, typed) == list(FAMILIES[::-1])


def test_a_name_that_was_changed_is_found_by_the_new_one_alone(families: Store) -> None:
    assert "Zofia Kowalska" in found(families, "kowlaska")
    families.drafts.save("Zofia Kowalska", plan_bytes("Zofia Wiśniewska"), "Renamed").result()
    assert found(families, "wisniewska") == ["Zofia Wiśniewska"]
    assert found(families, "wisnewska") == ["Zofia Wiśniewska"]
    assert found(families, "zofia kowalska") == []


def test_the_case_last_worked_on_comes_first(families: Store) -> None:
    families.drafts.save("Ian Stewart", plan_bytes("Ian Stewart", about="x"), "Wrote").result()
    families.drafts.undo("Tom Ng").result()
    families.drafts.save("Tom Ng", plan_bytes("Tom Ng", about="x"), "Wrote").result()
    assert found(families, "")[:3] == ["Tom Ng", "Ian Stewart", "José Núñez"]
    families.drafts.save("Tom Ng", plan_bytes("Tom Ng", about="y"), "Wrote").result()
    assert found(families, "")[:3] == ["Tom Ng", "Ian Stewart", "José Núñez"]


@pytest.mark.parametrize("limit", [1, 3, 10, 11])
@pytest.mark.parametrize("typed", ["", "s", "kowalskaa", "c100", "C-10", "s 100"])
def test_pages_follow_each_other_without_gap_or_double(families: Store, limit: int, typed: str) -> None:
    whole = [row.case for row in families.cases.search(typed).rows]
    paged: list[str] = []
    after: After | None = None
    while True:
        page = families.cases.search(typed, limit=limit, after=after)
        assert len(page.rows) <= limit
        paged += [row.case for row in page.rows]
        after = page.after
        if after is None:
            break
        assert len(page.rows) == limit
    assert paged == whole


def test_a_row_says_what_the_list_shows(store: Store, clock: Clock) -> None:
    store.drafts.save("case-1", sample_bytes(), "Began").result()
    row = store.cases.row("case-1")
    assert row is not None
    totals = [str(total) for total in (row.one_off, row.recurring, row.cash_value, row.total_budget)]
    assert totals == ["399.49", "10792.16", "11731.26", "13891.26"]
    assert (row.name, row.known_as, row.reference) == ("Sam Example", "Sam", "C-1042")
    assert (row.state, row.updated, row.next_date, row.currency) == ("draft", clock.at, "2027-02-28", "GBP")
    assert store.cases.row("another") is None
    assert store.cases.count() == 1


def test_a_total_beyond_what_a_column_holds_is_left_out(store: Store) -> None:
    store.drafts.save("c", plan_bytes("X"), "Began", shown=Glance(name="X", one_off=Decimal(10**20))).result()
    row = store.cases.row("c")
    assert row is not None
    assert row.one_off is None


def sign(store: Store, case: str = "case-1") -> None:
    """Submit, agree and sign a plan that runs from 2026-09-01 to 2027-08-31, a month before."""
    on = date(2026, 8, 1)
    plan = entry(store, sample_bytes(), case=case)
    about: dict[str, Any] = {"version": 1, "plan": plan.entry.id, "on": on}
    steps: list[tuple[EntryKind, Document]] = [
        (
            "submitted",
            Submitted(
                format="supportplan/submitted", signers=(Signer(role="person", words="The person"),), **about
            ),
        ),
        (
            "decision",
            Decision(
                format="supportplan/decision",
                verdict="agreed",
                by="An Approver",
                reasons="It meets the outcomes.",
                **about,
            ),
        ),
        ("signature", Signature(format="supportplan/signature", role="person", name="Sam", **about)),
    ]
    records = [plan]
    for kind, body in steps:
        records.append(
            record(
                canonical(body),
                case=case,
                kind=kind,
                author="A Facilitator",
                device=store.device,
                at="2026-08-01T10:00:00Z",
                parents=(records[-1].entry.id,),
            )
        )
    store.append(records).result()


def state_of(store: Store, case: str = "case-1") -> str:
    row = store.cases.row(case)
    assert row is not None
    return row.state


def test_the_state_follows_the_entries(tmp_path: Path) -> None:
    clock = Clock("2026-08-01T10:00:00Z")
    with new_store_and_code(tmp_path / "store", clock)[0] as store:
        store.append([entry(store, sample_bytes())]).result()
        assert state_of(store) == "draft"
        sign(store)
        assert state_of(store) == "signed"
        row = store.cases.row("case-1")
        assert row is not None
        assert (row.name, str(row.cash_value)) == ("Sam Example", "11731.26")


def test_the_state_follows_the_day_when_the_store_is_opened(tmp_path: Path) -> None:
    clock = Clock("2026-08-01T10:00:00Z")
    store, code = new_store_and_code(tmp_path / "store", clock)
    sign(store)
    people(store, "Zofia Kowalska")
    for day, state in (
        ("2026-08-31", "signed"),
        ("2026-09-01", "active"),
        ("2027-08-31", "active"),
        ("2027-09-01", "closed"),
        ("2027-09-02", "closed"),
    ):
        store.close()
        clock.at = f"{day}T10:00:00Z"
        store = Store.unlock(tmp_path / "store", code, clock=clock)
        assert state_of(store) == state
        assert found(store, "") == ["Zofia Kowalska", "Sam Example"], "a day that comes is no work on a case"
    store.close()


def test_a_case_with_a_plan_that_cannot_be_read_is_listed(store: Store) -> None:
    store.append([entry(store, b'{"format":"from the future"}', case="case-9")]).result()
    row = store.cases.row("case-9")
    assert row is not None
    assert row.name == "case-9"


UNREADABLE = b'{"format":"from the future"}'


def spoil_draft(store: Store, case: str) -> None:
    """Put what no program of today can read in the place of a draft."""

    def work(transaction: Transaction) -> None:
        transaction.driver.execute("UPDATE draft SET plan = ? WHERE case_id = ?", (UNREADABLE, case))

    store._writer.submit(work).result()


def test_a_case_whose_draft_cannot_be_read_is_listed_by_what_can(store: Store) -> None:
    store.append([entry(store, sample_bytes(), case="agreed")]).result()
    for case in ("agreed", "begun", "whole"):
        store.drafts.save(case, plan_bytes("Zofia Kowalska"), "Began").result()
    whole = store.cases.row("whole")
    for case in ("agreed", "begun"):
        spoil_draft(store, case)
    store.rebuild_index().result()
    assert store.cases.count() == 3
    agreed, begun = store.cases.row("agreed"), store.cases.row("begun")
    assert agreed
    assert (agreed.name, agreed.reference) == ("Sam Example", "C-1042")
    assert agreed.cash_value is None, "it would be the amount of an older plan"
    assert begun
    assert (begun.name, begun.cash_value) == ("begun", None)
    assert store.cases.row("whole") == whole


def test_an_entry_is_added_to_a_case_whose_draft_cannot_be_read(store: Store) -> None:
    store.drafts.save("case-1", plan_bytes("Zofia Kowalska"), "Began").result()
    spoil_draft(store, "case-1")
    store.append([entry(store, plan_bytes("Zofia Kowalska"))]).result()
    row = store.cases.row("case-1")
    assert row
    assert row.name == "Zofia Kowalska"


def test_the_list_can_be_built_again(families: Store, clock: Clock) -> None:
    families.append([entry(families, sample_bytes(), case="entries-alone")]).result()
    clock.at = "2026-11-25T09:00:00Z"
    sign(families)
    families.drafts.save("Tom Ng", plan_bytes("Tom Ng", about="x"), "Wrote").result()
    before = families.cases.search("", limit=50).rows
    with families._readers.connection() as driver:
        driver.execute("PRAGMA query_only = OFF")
        driver.execute("UPDATE case_index SET name = 'Nobody', state = 'lost' WHERE place % 2 = 0")
        driver.execute("DELETE FROM case_index WHERE place % 3 = 0")
        driver.execute("PRAGMA query_only = ON")
    families.rebuild_index().result()
    after = families.cases.search("", limit=50).rows
    assert sorted(after, key=lambda row: row.case) == sorted(
        (_as_entries_say(row) for row in before), key=lambda row: row.case
    )
    assert found(families, "kowalska") == ["Zofia Kowalska"]
    assert found(families, "nobody") == []


def _as_entries_say(row: CaseRow) -> CaseRow:
    """Rows built from entries carry the entries' own time, not the moment at which they came in."""
    times = {"entries-alone": AT, "case-1": AT}
    return msgspec.structs.replace(row, updated=times.get(row.case, row.updated))
