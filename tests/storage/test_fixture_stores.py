"""A store that any release wrote opens for ever, with all that was in it."""

import zipfile
from pathlib import Path
from typing import NoReturn

import pytest

from supportplan.domain.field_types import LIBRARY
from supportplan.domain.plan import read_plan
from supportplan.storage.database.migrations import released
from supportplan.storage.store import Store
from tests.storage.fixture_store import FILES, PASSPHRASE, SCHEDULE
from tests.storage.stores import Clock, entry

KEPT = sorted(FILES.glob("schema-*.zip"), key=lambda path: int(path.stem.removeprefix("schema-")))


def test_there_is_one_for_every_schema() -> None:
    assert [path.stem for path in KEPT] == [f"schema-{step.number}" for step in released()]


def no_row() -> NoReturn:
    raise AssertionError("a case is not in the list")


def changes_on(store: Store) -> dict[str, str | None]:
    """The day on which each case's state turns: one that an older program listed is worked out anew at opening."""
    with store._readers.connection() as driver:
        return dict(driver.execute("SELECT case_id, changes_on FROM case_index"))


@pytest.mark.parametrize("packed", KEPT, ids=lambda path: path.stem)
def test_it_opens_and_goes_on(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with zipfile.ZipFile(packed) as files:
        files.extractall(folder)
    with Store.unlock(folder, PASSPHRASE, clock=Clock()) as store:
        assert store.verify() == ()
        assert store.author == "A Facilitator"
        assert [row.name for row in store.cases.page().rows] == [
            "Sam Example",
            "Siobhán O'Connor",
            "Zofia Kowalska",
        ]
        assert [row.name for row in store.cases.search("Kowlaski Zofia").rows] == ["Zofia Kowalska"]
        assert [one.entry.kind for one in store.records("sam")] == ["plan", "note"]
        store.up_to_day.result()
        assert (store.cases.row("sam") or no_row()).task == ""
        assert changes_on(store) == {"sam": "2027-09-01", "siobhan": None, "zofia": None}
        plan, note = store.records("sam")
        assert read_plan(plan.body).person.name == "Sam Example"
        assert note.body == b"A note"
        assert [one.entry.kind for one in store.records(LIBRARY)] == ["device", "schedule"]
        (version,) = store.rates.versions()
        assert store.rates.rows(version.id) == SCHEDULE.rows
        assert store.settings.get("columns.a list") == '{"Price": "rate"}'
        assert [(deed.words, deed.done) for deed in store.drafts.history("zofia")] == [
            ("Wrote about me", True),
            ("Wrote more", False),
        ]
        redone = store.drafts.redo("zofia").result()
        assert redone is not None
        assert read_plan(redone.plan).person.about == "Sings and swims"
        store.append([entry(store, b"Another note", case="sam", kind="note")]).result()
        store.rebuild_index().result()
        assert store.cases.count() == 3
        assert store.verify() == ()
