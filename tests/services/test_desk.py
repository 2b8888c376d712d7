"""The case on the desk: every change acknowledged, undone and redone, also after a restart."""

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import record
from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadDocument, DiskRefused, NotAllowed, NotFound, StoreProblem
from supportplan.services.cases import take_in
from supportplan.services.desk import Desk
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store

PASSPHRASE = "seven small boats at anchor"


@pytest.fixture
def folder(tmp_path: Path, sample: Plan) -> Path:
    """A store that holds the sample case."""
    store, _ = Store.create(
        tmp_path / "store", PASSPHRASE, at="2026-11-23T10:00:00Z", author="Fay", cost=FLOOR
    )
    with store:
        take_in(store, sample)
    return tmp_path / "store"


def without_first_support(plan: Plan) -> Plan:
    """The plan without its first support, which nothing else may mention."""
    first, *others = plan.supports
    risks = tuple(
        msgspec.structs.replace(risk, supports=tuple(one for one in risk.supports if one != first.id))
        for risk in plan.risks
    )
    return msgspec.structs.replace(plan, supports=tuple(others), risks=risks)


def test_a_change_is_costed_at_once_and_saved(folder: Path, sample: Plan) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        saving = desk.change(without_first_support(desk.plan), "Removed a support")
        assert desk.costing.totals.cash_value < Decimal("11731.26")
        saving.result()
        assert desk.saved
    with Store.unlock(folder, PASSPHRASE) as store:
        assert Desk(store, sample.case).plan == without_first_support(sample)


def test_undo_and_redo_survive_a_restart(folder: Path, sample: Plan) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        desk.change(without_first_support(desk.plan), "Removed a support").result()
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        assert desk.undo() == "Removed a support"
        assert desk.plan == sample
        assert desk.costing.totals.cash_value == Decimal("11731.26")
        assert desk.undo() is None
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        assert desk.redo() == "Removed a support"
        assert desk.plan == without_first_support(sample)
        assert desk.redo() is None


def test_typing_on_in_one_field_is_one_deed(folder: Path, sample: Plan) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        for typed in ("S", "Sw", "Swi"):
            person = msgspec.structs.replace(desk.plan.person, important_to=typed)
            desk.change(
                msgspec.structs.replace(desk.plan, person=person),
                "Wrote what is important",
                goes_on=typed != "S",
            )
        assert desk.undo() == "Wrote what is important"
        assert desk.plan == sample


def test_a_plan_becomes_an_entry_once(folder: Path, sample: Plan) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        first = desk.keep()
        assert desk.keep() == first
        desk.change(without_first_support(desk.plan), "Removed a support")
        second = desk.keep()
        assert second != first
        assert store.record(second).entry.parents == (first,)
        assert not store.verify()


def test_a_half_typed_support_is_kept_too(folder: Path, sample: Plan) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        first, *others = desk.plan.supports
        half = msgspec.structs.replace(first, rate=None, quantity=None)
        desk.change(
            msgspec.structs.replace(desk.plan, supports=(half, *others)), "Took the rate away"
        ).result()
        assert {missing.where for missing in desk.costing.waiting} == {
            "supports[0].quantity",
            "supports[0].rate",
        }
    with Store.unlock(folder, PASSPHRASE) as store:
        assert Desk(store, sample.case).plan.supports[0].rate is None


def test_a_case_without_a_plan_is_not_found(folder: Path) -> None:
    with Store.unlock(folder, PASSPHRASE) as store, pytest.raises(NotFound):
        Desk(store, "nobody")


def with_important(plan: Plan, text: str) -> Plan:
    """The plan with other words about what is important to the person."""
    return msgspec.structs.replace(plan, person=msgspec.structs.replace(plan.person, important_to=text))


def test_a_plan_that_could_not_be_opened_again_is_refused_and_the_desk_stays(
    folder: Path, sample: Plan
) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        for text in ("bell\x07", "x" * 20_001, "half \ud800"):
            with pytest.raises(BadDocument) as caught:
                desk.change(with_important(desk.plan, text), "Wrote what is important")
            assert caught.value.mend
            assert text not in f"{caught.value}{caught.value.mend}"
        assert desk.plan == sample
        assert desk.saved
    with Store.unlock(folder, PASSPHRASE) as store:
        assert Desk(store, sample.case).plan == sample


def let_grow(store: Store, *, on: bool) -> None:
    """Let the database grow, or fill its disk."""
    pages = store._writer._driver.execute("PRAGMA page_count").fetchone()[0]
    store._writer._driver.execute(f"PRAGMA max_page_count = {2**30 if on else pages}")


LONG = "Swimming with friends. " * 800


@pytest.mark.parametrize("after", ["undo", "redo", "keep"])
def test_what_the_disk_refused_is_saved_before_anything_follows_from_it(
    folder: Path, sample: Plan, after: str
) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        desk.change(with_important(desk.plan, "Sea"), "Wrote what is important").result()
        let_grow(store, on=False)
        changed = with_important(desk.plan, LONG)
        assert isinstance(desk.change(changed, "Wrote more").exception(), DiskRefused)
        assert [desk.saved] == [False]
        with pytest.raises(DiskRefused):
            getattr(desk, after)()
        assert desk.plan == changed, "nothing is lost from the desk"
        let_grow(store, on=True)
        if after == "undo":
            assert desk.undo() == "Wrote more"
            assert desk.plan == with_important(sample, "Sea")
            assert desk.redo() == "Wrote more"
        else:
            getattr(desk, after)()
        assert desk.plan == changed
        assert desk.saved
    with Store.unlock(folder, PASSPHRASE) as store:
        assert Desk(store, sample.case).plan == changed


def test_typing_on_after_a_refusal_is_a_deed_of_its_own(folder: Path, sample: Plan) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        desk.change(with_important(desk.plan, "Sea"), "Wrote what is important").result()
        let_grow(store, on=False)
        assert desk.change(with_important(desk.plan, LONG), "Wrote more").exception()
        let_grow(store, on=True)
        desk.change(with_important(desk.plan, LONG + "!"), "Wrote more", goes_on=True).result()
        assert desk.undo() == "Wrote more"
        assert desk.plan == with_important(sample, "Sea")


def test_a_change_that_cannot_be_handed_in_leaves_the_desk_as_it_was(folder: Path, sample: Plan) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
    before = desk.costing
    with pytest.raises(StoreProblem, match="locked"):
        desk.change(without_first_support(sample), "Removed a support")
    assert desk.plan == sample
    assert desk.costing == before
    assert desk.saved


@pytest.mark.parametrize("after", ["undo", "redo", "keep", "change", "hand_in"])
def test_what_was_put_on_the_desk_is_handed_in_before_anything_follows_from_it(
    folder: Path, sample: Plan, after: str
) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        changed = with_important(sample, "Sea")
        desk.put(changed, "Wrote what is important")
        assert (desk.plan, desk.waits, desk.saved) == (changed, True, False)
        if after == "undo":
            assert desk.undo() == "Wrote what is important"
            assert desk.plan == sample
            assert desk.redo() == "Wrote what is important"
        elif after == "change":
            desk.change(without_first_support(changed), "Removed a support").result()
            assert desk.undo() == "Removed a support"
        else:
            getattr(desk, after)()
        assert not desk.waits
        assert desk.plan == changed
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        assert desk.plan == changed
        assert desk.undo() == "Wrote what is important"
        assert desk.plan == sample


@given(
    typed=st.lists(st.tuples(st.sampled_from(["Sea", "Sun", ""]), st.booleans(), st.booleans()), max_size=12)
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_handed_in_now_and_then_is_undone_as_what_is_handed_in_at_once(
    folder: Path, sample: Plan, typed: list[tuple[str, bool, bool]]
) -> None:
    plans: list[list[Plan]] = []
    with Store.unlock(folder, PASSPHRASE) as store:
        for at_once in (True, False):
            desk = Desk(store, sample.case)
            while desk.undo():
                pass
            for words, goes_on, handed_in in typed:
                plan = with_important(desk.plan, words)
                if plan != desk.plan:
                    desk.put(plan, "Wrote", goes_on=goes_on)
                    if at_once or handed_in:
                        desk.hand_in()
            plans.append([desk.plan])
            while desk.undo():
                plans[-1].append(desk.plan)
    assert plans[0] == plans[1]


def test_what_waits_and_could_not_be_opened_again_is_taken_off_the_desk(folder: Path, sample: Plan) -> None:
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        desk.put(with_important(sample, "bell\x07"), "Wrote what is important")
        with pytest.raises(BadDocument):
            desk.hand_in()
        assert (desk.plan, desk.waits, desk.saved) == (sample, False, True)


def test_a_recorded_plan_is_not_replaced_unasked_and_undo_brings_it_back(
    tmp_path: Path, sample: Plan
) -> None:
    store, _ = Store.create(tmp_path / "new", PASSPHRASE, at="2026-11-23T10:00:00Z", author="Fay", cost=FLOOR)
    with store:
        body = canonical(sample)
        recorded = record(
            body, case=sample.case, kind="plan", author="Fay", device=store.device, at="2026-11-23T10:00:00Z"
        )
        store.append([recorded]).result()
        other = without_first_support(sample)
        with pytest.raises(NotAllowed, match="another plan"):
            take_in(store, other)
        take_in(store, other, replace=True)
        desk = Desk(store, sample.case)
        assert desk.plan == other
        assert desk.undo() == "Took a plan in from a file"
        assert desk.plan == sample


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typing=st.lists(st.tuples(st.sampled_from(["about", "good_week"]), st.sampled_from(["", "a", "ab", "b"])))
)
def test_each_deed_is_taken_back_by_itself_however_it_was_typed(
    folder: Path, sample: Plan, typing: list[tuple[str, str]]
) -> None:
    """Typing on in a field is one deed, and what was typed and taken out again is none: never part of another."""
    with Store.unlock(folder, PASSPHRASE) as store:
        desk = Desk(store, sample.case)
        desk.change(sample, "Began again").result()
        deeds: list[tuple[Plan, str]] = []
        typing_in = asked_in = ""
        for field, text in typing:
            changed = msgspec.structs.replace(
                desk.plan, person=msgspec.structs.replace(desk.plan.person, **{field: text})
            )
            if field != typing_in:
                deeds.append((desk.plan, field))
            desk.change(changed, field, goes_on=field == asked_in)
            typing_in = asked_in = field
            if changed == deeds[-1][0]:
                deeds.pop()
                typing_in = ""
        for before, field in reversed(deeds):
            assert desk.undo() == field
            assert desk.plan == before
