import threading
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from supportplan.domain.problems import BadDocument, NotFound
from supportplan.storage.cases import drafts
from supportplan.storage.cases.case_projection import Glance
from supportplan.storage.store import Store
from tests.storage.stores import Clock, new_store, new_store_and_code, plan_bytes, sample_bytes

ONE, TWO, THREE = plan_bytes("One"), plan_bytes("Two", about="x"), plan_bytes("Three")


def words(store: Store, case: str = "c") -> list[tuple[str, bool]]:
    return [(deed.words, deed.done) for deed in store.drafts.history(case)]


def test_the_first_save_begins_a_draft_that_cannot_be_undone(store: Store, clock: Clock) -> None:
    assert store.drafts.read("c") is None
    store.drafts.save("c", ONE, "Began").result()
    assert store.drafts.read("c") == drafts.Draft(ONE, clock.at)
    assert words(store) == []
    assert store.drafts.undo("c").result() is None


def test_edits_are_undone_and_redone_in_order(store: Store) -> None:
    for plan, deed in ((ONE, "Began"), (TWO, "Named"), (THREE, "Renamed")):
        store.drafts.save("c", plan, deed).result()
    assert store.drafts.undo("c").result() == drafts.Turned(TWO, "Renamed")
    assert store.drafts.undo("c").result() == drafts.Turned(ONE, "Named")
    assert store.drafts.undo("c").result() is None
    assert words(store) == [("Named", False), ("Renamed", False)]
    assert store.drafts.redo("c").result() == drafts.Turned(TWO, "Named")
    assert store.drafts.redo("c").result() == drafts.Turned(THREE, "Renamed")
    assert store.drafts.redo("c").result() is None


def test_an_edit_after_an_undo_lets_go_of_what_could_be_redone(store: Store) -> None:
    for plan in (ONE, TWO):
        store.drafts.save("c", plan, "Edit").result()
    store.drafts.undo("c").result()
    store.drafts.save("c", THREE, "Other", merge_with_last=True).result()
    assert store.drafts.redo("c").result() is None
    assert words(store) == [("Other", True)]


def test_typing_on_in_one_field_is_one_deed(store: Store) -> None:
    store.drafts.save("c", ONE, "Began").result()
    store.drafts.save("c", plan_bytes("One", about="S"), "Wrote about me")
    for text in ("Sw", "Swi", "Swim"):
        store.drafts.save("c", plan_bytes("One", about=text), "Wrote about me", merge_with_last=True)
    assert store.drafts.undo("c").result() == drafts.Turned(ONE, "Wrote about me")
    redone = store.drafts.redo("c").result()
    assert redone is not None
    assert redone.plan == plan_bytes("One", about="Swim")


def test_what_is_typed_and_taken_out_again_is_no_deed(store: Store) -> None:
    store.drafts.save("c", ONE, "Began").result()
    store.drafts.save("c", TWO, "Typed").result()
    store.drafts.save("c", ONE, "Typed", merge_with_last=True).result()
    store.drafts.save("c", ONE, "Nothing").result()
    assert words(store) == []
    assert store.drafts.undo("c").result() is None


def test_all_of_it_survives_a_restart(tmp_path: Path) -> None:
    store, code = new_store_and_code(tmp_path / "store")
    for plan, deed in ((ONE, "Began"), (TWO, "Named"), (THREE, "Renamed")):
        store.drafts.save("c", plan, deed)
    store.drafts.undo("c")
    store.close()
    with Store.unlock(tmp_path / "store", code) as again:
        assert again.drafts.read("c") is not None
        assert words(again) == [("Named", True), ("Renamed", False)]
        redone = again.drafts.redo("c").result()
        assert redone == drafts.Turned(THREE, "Renamed")


def test_cases_are_apart(store: Store) -> None:
    store.drafts.save("a", ONE, "Began")
    store.drafts.save("b", TWO, "Began")
    store.drafts.save("b", THREE, "Edit").result()
    assert store.drafts.undo("a").result() is None
    assert store.drafts.undo("b").result() == drafts.Turned(TWO, "Edit")


def test_old_steps_are_let_go_of(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "STEPS_KEPT", 3)
    for number in range(8):
        store.drafts.save("c", plan_bytes(f"Name {number}"), f"Edit {number}").result()
    assert [deed for deed, _ in words(store)] == ["Edit 5", "Edit 6", "Edit 7"]
    undone = [store.drafts.undo("c").result() for _ in range(4)]
    assert [turned.words if turned else None for turned in undone] == ["Edit 7", "Edit 6", "Edit 5", None]


def test_what_is_no_plan_is_refused_and_changes_nothing(store: Store) -> None:
    store.drafts.save("c", ONE, "Began").result()
    with pytest.raises(BadDocument):
        store.drafts.save("c", b'{"format":"something"}', "Edit").result()
    draft = store.drafts.read("c")
    assert draft is not None
    assert draft.plan == ONE


def test_a_draft_that_cannot_be_read_is_kept_and_undone(store: Store) -> None:
    for plan in (ONE, TWO):
        store.drafts.save("c", plan, "Edit").result()
    unreadable = TWO.replace(b'"version":1', b'"version":2')
    store.drafts.save("c", unreadable, "Edited by a newer program", shown=Glance(name="Two")).result()
    store.rebuild_index().result()
    draft = store.drafts.read("c")
    assert draft is not None
    assert draft.plan == unreadable
    assert store.drafts.undo("c").result() == drafts.Turned(TWO, "Edited by a newer program")


def test_without_a_draft_there_is_nothing_to_undo(store: Store) -> None:
    for turn in (store.drafts.undo, store.drafts.redo):
        with pytest.raises(NotFound):
            turn("nobody").result()


def test_the_list_follows_every_turn(store: Store, clock: Clock) -> None:
    store.drafts.save("c", ONE, "Began").result()
    clock.at = "2026-11-24T09:00:00Z"
    store.drafts.save("c", sample_bytes(), "Pasted").result()
    row = store.cases.row("c")
    assert row is not None
    assert (row.name, row.updated, str(row.cash_value)) == ("Sam Example", clock.at, "11731.26")
    store.drafts.undo("c").result()
    row = store.cases.row("c")
    assert row is not None
    assert (row.name, row.cash_value) == ("One", row.recurring)


def test_what_the_caller_has_costed_is_not_costed_again(store: Store) -> None:
    store.drafts.save("c", sample_bytes(), "Began", shown=Glance(name="As handed in")).result()
    row = store.cases.row("c")
    assert row is not None
    assert row.name == "As handed in"


def test_many_threads_may_save_at_once(store: Store) -> None:
    def save(case: str) -> None:
        for number in range(10):
            store.drafts.save(case, plan_bytes(f"{case} {number}"), f"Edit {number}")

    threads = [threading.Thread(target=save, args=(f"c{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.flush()
    for number in range(4):
        draft = store.drafts.read(f"c{number}")
        assert draft is not None
        assert draft.plan == plan_bytes(f"c{number} 9")
        assert len(words(store, f"c{number}")) == 9


class Editing(RuleBasedStateMachine):
    """Any sequence of saves, undos and redos, beside a list of plans and a place in it."""

    store: Store
    code: str
    folder: Path
    cases = 0

    def __init__(self) -> None:
        super().__init__()
        Editing.cases += 1
        self.case = f"case-{Editing.cases}"
        self.plans: list[bytes] = []
        self.deeds: list[str] = []
        self.at = 0

    @rule(
        name=st.text("abé ", min_size=1, max_size=6).filter(str.strip),
        about=st.text("abé", max_size=6),
        deed=st.sampled_from(["Named", "Wrote"]),
        merge=st.booleans(),
    )
    def save(self, name: str, about: str, deed: str, *, merge: bool) -> None:
        plan = plan_bytes(name, about=about)
        Editing.store.drafts.save(self.case, plan, deed, merge).result()
        if not self.plans:
            self.plans = [plan]
            return
        if plan == self.plans[self.at]:
            return
        merges = merge and self.at > 0 and self.at == len(self.deeds)
        del self.plans[self.at + 1 :]
        del self.deeds[self.at :]
        if merges:
            self.plans.pop()
            self.deeds.pop()
        if plan != self.plans[-1]:
            self.plans.append(plan)
            self.deeds.append(deed)
        self.at = len(self.deeds)

    @precondition(lambda self: self.plans)
    @rule()
    def undo(self) -> None:
        turned = Editing.store.drafts.undo(self.case).result()
        if self.at == 0:
            assert turned is None
        else:
            self.at -= 1
            assert turned == drafts.Turned(self.plans[self.at], self.deeds[self.at])

    @precondition(lambda self: self.plans)
    @rule()
    def redo(self) -> None:
        turned = Editing.store.drafts.redo(self.case).result()
        if self.at == len(self.deeds):
            assert turned is None
        else:
            assert turned == drafts.Turned(self.plans[self.at + 1], self.deeds[self.at])
            self.at += 1

    @precondition(lambda self: self.plans)
    @rule()
    def open_again(self) -> None:
        Editing.store.close()
        Editing.store = Store.unlock(Editing.folder, Editing.code)

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        draft = Editing.store.drafts.read(self.case)
        assert (draft.plan if draft else None) == (self.plans[self.at] if self.plans else None)
        assert words(Editing.store, self.case) == [
            (deed, place < self.at) for place, deed in enumerate(self.deeds)
        ]


def test_any_sequence_of_edits_is_as_a_simple_model_says(tmp_path: Path) -> None:
    Editing.folder = tmp_path / "store"
    Editing.store, Editing.code = new_store_and_code(Editing.folder)
    try:
        run_state_machine_as_test(
            Editing, settings=settings(settings(), max_examples=15, stateful_step_count=20)
        )
    finally:
        Editing.store.close()


def test_a_new_store_has_no_draft(tmp_path: Path) -> None:
    with new_store(tmp_path / "s") as store:
        assert store.drafts.history("c") == ()
