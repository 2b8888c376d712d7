"""What is handed to the writer at once is kept at once, or not at all, however it is written."""

from pathlib import Path
from threading import Event

import pytest

from supportplan.storage.database.writer import Transaction
from supportplan.storage.entries.ledger import Ledger
from supportplan.storage.store import Store
from tests.faults.workload import AT, CASE, edit, entry_of, make_store


def test_a_draft_saved_beside_the_first_entry_of_a_visit_is_kept(tmp_path: Path) -> None:
    with Store.unlock(tmp_path, make_store(tmp_path)) as opened:
        # Both wait together, so they are committed together, and the second is the first to use SQLAlchemy.
        both_wait = Event()
        opened._writer.submit(lambda _: both_wait.wait())
        saved = opened.drafts.save(CASE, edit(1), "Edit 1")
        appended = opened.append([entry_of(1, opened.device)])
        both_wait.set()
        saved.result()
        appended.result()
        draft = opened.drafts.read(CASE)
        assert draft
        assert draft.plan == edit(1)


def test_an_append_that_fails_midway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.unlock(tmp_path, make_store(tmp_path)) as opened:
        head = opened.head()
        whole = Ledger._append

        def fail(ledger: Ledger, transaction: Transaction, records: list[object]) -> int:
            transaction.driver.execute(
                "INSERT INTO draft (case_id, plan, step, at) VALUES (?, ?, 0, ?)", (CASE, edit(1), AT)
            )
            whole(ledger, transaction, records)  # type: ignore[arg-type] # handed on as they came
            raise RuntimeError("midway")

        monkeypatch.setattr(Ledger, "_append", fail)
        with pytest.raises(RuntimeError, match="midway"):
            opened.append([entry_of(1, opened.device)]).result()
        assert opened.head() == head
        assert opened.drafts.read(CASE) is None
        assert opened.verify() == ()
