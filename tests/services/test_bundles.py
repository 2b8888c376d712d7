"""Handing a case over and taking it in: whole, once, with nobody's work lost, and the same on both computers in the end."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from supportplan.domain.cases.entries import newest_plans
from supportplan.domain.cases.state import state
from supportplan.domain.cases.steps import Decision
from supportplan.domain.plan import Plan
from supportplan.domain.problems import (
    BadInput,
    CannotWrite,
    FileThere,
    NotAllowed,
    NotFound,
    Problem,
    WrongPassphrase,
)
from supportplan.services.bundle_words import NOTHING_NEW, offer_words
from supportplan.services.bundles import (
    HandedOver,
    Offer,
    demand_bundle,
    hand_over,
    look_into,
    take_in_bundle,
    usual_bundle,
    words_to_tell,
)
from supportplan.services.cases import take_in, working_plan
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.services.joining import differences, go_on_with, is_apart, made_apart
from supportplan.services.recording import record_step
from supportplan.services.signing import HowSigned, sign
from supportplan.storage.bundles.bundle import unpack
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.plans import sample_document, sample_plan

WORDS = "otter violin maple harbour quilt zebra"
CASE = sample_document()["case"]
PASSPHRASE = "seven small boats at anchor"


def _quiet(_: str, __: int, ___: int) -> None:
    pass


def _new(folder: Path, author: str) -> Store:
    return Store.create(folder, PASSPHRASE, at=now(), author=author, cost=FLOOR)[0]


@pytest.fixture
def fay(tmp_path: Path) -> Iterator[Store]:
    """The facilitator's store, with the sample case."""
    with _new(tmp_path / "fay", "Fay Example, facilitator") as made:
        take_in(made, sample_plan())
        yield made


@pytest.fixture
def ann(tmp_path: Path) -> Iterator[Store]:
    """The approver's store, which is empty."""
    with _new(tmp_path / "ann", "Ann Example, approver") as made:
        yield made


Carry = Callable[..., Offer]


@pytest.fixture
def carry(tmp_path: Path) -> Carry:
    """Hand a case over from one store to another, by a file, and return what was offered."""
    number = 0

    def carried(source: Store, to: Store, *, changes: bool | None = None, take: bool = True) -> Offer:
        nonlocal number
        number += 1
        file = tmp_path / f"{number}.supportplan"
        hand_over(Desk(source, CASE), file, WORDS, _quiet, cost=FLOOR, changes=changes)
        offer = look_into(to, file, WORDS, _quiet)
        if take:
            assert take_in_bundle(to, offer.bundle) == CASE
        return offer

    return carried


def _hand_over(store: Store, to: Path, **asked: bool) -> HandedOver:
    return hand_over(Desk(store, CASE), to, WORDS, _quiet, cost=FLOOR, **asked)


def _edited(store: Store, known_as: str) -> None:
    desk = Desk(store, CASE)
    desk.change(_known_as(desk.plan, known_as), f"Called them {known_as}").result()


def _known_as(plan: Plan, known_as: str) -> Plan:
    return replace(plan, person=replace(plan.person, known_as=known_as))


def _agree(store: Store) -> None:
    plan = newest_plans(store.records(CASE))[-1].entry.id
    decision = Decision(
        format="supportplan/decision",
        version=1,
        plan=plan,
        verdict="agreed",
        by="Ann Example",
        on=today(),
        reasons="It meets what was assessed.",
    )
    record_step(store, CASE, decision)


def test_a_case_goes_on_in_an_empty_store_with_the_same_state_and_figures(
    fay: Store, ann: Store, carry: Carry
) -> None:
    sign(Desk(fay, CASE), "person", HowSigned("Sam Example"))
    offer = carry(fay, ann)
    assert not offer.known
    assert offer.new == {"plan": 1, "submitted": 1, "signature": 1}
    assert [one.author for one in offer.newcomers] == ["Fay Example, facilitator"]
    assert ann.records(CASE) == fay.records(CASE)
    assert state(ann.records(CASE), today()) == state(fay.records(CASE), today())
    assert Desk(ann, CASE).costing == Desk(fay, CASE).costing
    _agree(ann)
    sign(Desk(ann, CASE), "approver", HowSigned("Ann Example"))
    back = carry(ann, fay)
    assert back.known
    assert back.new == {"decision": 1, "signature": 1}
    sign(Desk(fay, CASE), "facilitator", HowSigned("Fay Example"))
    assert state(fay.records(CASE), today()).state in ("signed", "active")
    assert fay.verify() == ann.verify() == ()
    row = fay.cases.row(CASE)
    assert row is not None
    assert row.state == state(fay.records(CASE), today()).state


def test_taken_in_twice_it_changes_nothing(fay: Store, ann: Store, carry: Carry) -> None:
    carry(fay, ann)
    before = (ann.head(), ann.drafts.read(CASE))
    again = carry(fay, ann)
    assert not again.new
    assert NOTHING_NEW in list(offer_words(again))
    assert (ann.head(), ann.drafts.read(CASE)) == before


def test_looking_takes_nothing(fay: Store, ann: Store, carry: Carry) -> None:
    before = ann.head()
    offer = carry(fay, ann, take=False)
    assert ann.head() == before
    assert ann.cases.row(CASE) is None
    said = " ".join(offer_words(offer))
    assert "The case of Sam Example, from Fay Example, facilitator, handed over today" in said
    assert "The case is not here yet. It brings: 1 version of the plan." in said
    assert offer.newcomers[0].code in said


def test_the_draft_goes_along_as_a_version(fay: Store, ann: Store, carry: Carry) -> None:
    _edited(fay, "Sammy")
    carry(fay, ann)
    assert working_plan(ann, CASE).person.known_as == "Sammy"
    assert newest_plans(fay.records(CASE))[-1].body == newest_plans(ann.records(CASE))[-1].body


def test_changes_of_what_was_sent_go_only_where_that_is_said(
    fay: Store, ann: Store, carry: Carry, tmp_path: Path
) -> None:
    sign(Desk(fay, CASE), "person", HowSigned("Sam Example"))
    _edited(fay, "Sammy")
    before = fay.head()
    with pytest.raises(NotAllowed, match="changed after it was sent"):
        _hand_over(fay, tmp_path / "x.supportplan")
    assert fay.head() == before
    assert not (tmp_path / "x.supportplan").exists()
    carry(fay, ann, changes=False)
    assert fay.head() == before
    assert working_plan(fay, CASE).person.known_as == "Sammy"
    assert working_plan(ann, CASE).person.known_as != "Sammy"
    assert carry(fay, ann, changes=True).new == {"plan": 1}
    assert working_plan(ann, CASE).person.known_as == "Sammy"


def test_a_draft_without_changes_goes_on_from_what_comes_and_can_be_taken_back(
    fay: Store, ann: Store, carry: Carry
) -> None:
    carry(fay, ann)
    _edited(ann, "Sammy")
    offer = carry(ann, fay)
    assert (offer.goes_on, offer.apart, offer.changed_here) == (True, False, False)
    assert working_plan(fay, CASE).person.known_as == "Sammy"
    assert fay.drafts.undo(CASE).result() is not None
    assert working_plan(fay, CASE) == sample_plan()


def test_a_draft_stays_where_no_plan_comes(fay: Store, ann: Store, carry: Carry) -> None:
    sign(Desk(fay, CASE), "person", HowSigned("Sam Example"))
    carry(fay, ann)
    _edited(fay, "Sammy")
    _agree(ann)
    offer = carry(ann, fay)
    assert (offer.goes_on, offer.apart, offer.changed_here) == (False, False, False)
    assert working_plan(fay, CASE).person.known_as == "Sammy"
    assert not is_apart(fay, CASE)


def test_changes_made_here_and_there_are_both_kept_and_one_is_chosen(
    fay: Store, ann: Store, carry: Carry
) -> None:
    carry(fay, ann)
    _edited(ann, "Sammy")
    _edited(fay, "Samuel")
    offer = carry(ann, fay)
    assert (offer.goes_on, offer.apart, offer.changed_here) == (False, True, True)
    assert working_plan(fay, CASE).person.known_as == "Samuel"
    row = fay.cases.row(CASE)
    assert row is not None
    assert row.task == "apart"
    desk = Desk(fay, CASE)
    apart = made_apart(desk)
    assert {one.plan.person.known_as for one in apart} == {"Sammy", "Samuel"}
    (difference,) = differences(*apart)
    assert difference.about == "About the person: known as"
    assert {difference.one, difference.other} == {"Sammy", "Samuel"}
    theirs = next(one for one in apart if one.plan.person.known_as == "Sammy")
    go_on_with(desk, theirs)
    assert desk.plan == theirs.plan
    assert not is_apart(fay, CASE)
    assert working_plan(fay, CASE).person.known_as == "Sammy"
    with pytest.raises(NotFound):
        go_on_with(desk, theirs)
    assert carry(fay, ann).new == {"plan": 2}
    assert not is_apart(ann, CASE)
    assert state(ann.records(CASE), today()) == state(fay.records(CASE), today())


def test_going_on_with_ones_own_version_keeps_what_was_typed_since(
    fay: Store, ann: Store, carry: Carry
) -> None:
    carry(fay, ann)
    _edited(ann, "Sammy")
    _edited(fay, "Samuel")
    carry(ann, fay)
    _edited(fay, "Sam the second")
    desk = Desk(fay, CASE)
    mine = next(one for one in made_apart(desk) if one.plan.person.known_as == "Sam the second")
    go_on_with(desk, mine)
    assert not is_apart(fay, CASE)
    assert desk.plan.person.known_as == "Sam the second"


def test_a_scan_goes_along(fay: Store, ann: Store, carry: Carry) -> None:
    from supportplan.services.recording import blob, record_blob

    Desk(fay, CASE).keep()
    name = record_blob(fay, CASE, bytes(range(256)) * 4_000)
    carry(fay, ann)
    assert blob(ann, CASE, name) == bytes(range(256)) * 4_000


def test_what_is_no_hand_over_file_changes_nothing(fay: Store, ann: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.supportplan"
    _hand_over(fay, file)
    good, before = file.read_bytes(), ann.head()
    with pytest.raises(WrongPassphrase):
        look_into(ann, file, "otter violin maple harbour quilt", _quiet)
    for raw in (
        b"",
        b"%PDF-1.7",
        good[:-1],
        good[:100],
        good[:-40] + bytes([good[-40] ^ 1]) + good[-39:],
    ):
        file.write_bytes(raw)
        with pytest.raises(BadInput):
            demand_bundle(file)
        with pytest.raises(BadInput):
            look_into(ann, file, WORDS, _quiet)
    with pytest.raises(NotFound):
        demand_bundle(tmp_path / "missing.supportplan")
    with pytest.raises(BadInput):
        demand_bundle(tmp_path)
    assert ann.head() == before


def test_no_other_file_is_written_over(fay: Store, tmp_path: Path) -> None:
    pdf = tmp_path / "signed.pdf"
    pdf.write_bytes(b"%PDF-1.7 signed")
    with pytest.raises(CannotWrite, match="not a hand-over file"):
        _hand_over(fay, pdf, replace=True)
    file = tmp_path / "x.supportplan"
    _hand_over(fay, file)
    with pytest.raises(FileThere):
        _hand_over(fay, file)
    _hand_over(fay, file, replace=True)
    with pytest.raises(CannotWrite):
        _hand_over(fay, tmp_path / "missing" / "x.supportplan")
    assert pdf.read_bytes() == b"%PDF-1.7 signed"
    assert file.stat().st_mode & 0o777 == 0o600


def test_words_that_are_guessed_easily_are_refused(fay: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="fewer than"):
        hand_over(Desk(fay, CASE), tmp_path / "x.supportplan", "otter", _quiet, cost=FLOOR)
    with pytest.raises(BadInput, match="fewer than"):
        hand_over(Desk(fay, CASE), tmp_path / "x.supportplan", "otter              x", _quiet, cost=FLOOR)


def test_nothing_of_the_case_is_in_the_file_or_its_name(fay: Store, tmp_path: Path) -> None:
    file = tmp_path / usual_bundle(sample_plan())
    _hand_over(fay, file)
    raw = file.read_bytes()
    for word in json.dumps(sample_document()).split('"'):
        if " " in word.strip() and len(word) > 8:  # Shorter ones come up in any noise.
            assert word.encode() not in raw
    assert "Example" not in file.name
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [file.name]


def test_words_are_drawn_from_plain_ones_that_cannot_be_taken_for_one_another() -> None:
    from supportplan.documents.bundled import HAND_OVER_WORDS, bundled

    known = bundled(HAND_OVER_WORDS).decode().split()
    assert len(known) == 512
    assert known == sorted(known)
    assert len({word[:4] for word in known}) == 512
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in known)
    drawn = words_to_tell().split()
    assert len(drawn) == 6
    assert set(drawn) <= set(known)
    assert words_to_tell() != words_to_tell()


def test_a_parent_that_is_missing_is_said(fay: Store, ann: Store, carry: Carry) -> None:
    sign(Desk(fay, CASE), "person", HowSigned("Sam Example"))
    bundle = unpack(fay.bundle_of(CASE))
    without = bundle._replace(
        records=tuple(one for one in bundle.records if one.record.entry.kind != "submitted")
    )
    from supportplan.services import bundles

    offer = bundles._offer(ann, without)
    assert offer.missing == 1
    assert "neither in the file nor here" in " ".join(offer_words(offer))
    take_in_bundle(ann, without)
    assert ann.verify() == ()
    carry(fay, ann)
    assert state(ann.records(CASE), today()) == state(fay.records(CASE), today())


@pytest.fixture(scope="module")
def two_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """Two stores, in which every example has a case of its own."""
    place = tmp_path_factory.mktemp("two")
    with _new(place / "one", "Fay Example") as one, _new(place / "other", "Ann Example") as other:
        yield one, other
        assert one.verify() == other.verify() == ()


_STEP = st.tuples(
    st.integers(0, 1),
    st.sampled_from(("edit", "edit", "keep", "sign", "agree", "undo", "join", "carry", "carry")),
    st.integers(0, 3),
)


@settings(max_examples=20)
@given(steps=st.lists(_STEP, max_size=14), number=st.integers())
def test_two_stores_come_to_the_same_whatever_was_done_and_carried(
    two_stores: tuple[Store, Store], steps: list[tuple[int, str, int]], number: int
) -> None:
    case = f"case-{two_stores[0].head().number}-{two_stores[1].head().number}-{abs(number) % 10**9}"
    take_in(two_stores[0], replace(sample_plan(), case=case))
    _carry_whole(two_stores[0], two_stores[1], case)
    for who, step, which in steps:
        try:
            _take(two_stores[who], two_stores[1 - who], case, step, which)
        except Problem:
            continue  # The case does not allow it as it stands: nothing was done.
    for source, to in ((0, 1), (1, 0), (0, 1)):
        _carry_whole(two_stores[source], two_stores[to], case)
    one, other = (store.records(case) for store in two_stores)
    assert {record.entry.id for record in one} == {record.entry.id for record in other}
    assert state(one, today()) == state(other, today())
    for store in two_stores:
        draft = store.drafts.read(case)
        recorded = {record.body for record in one if record.entry.kind == "plan"}
        assert draft is None or draft.plan in recorded
        row = store.cases.row(case)
        assert row is not None
        assert row.state == state(one, today()).state


def _take(store: Store, other: Store, case: str, step: str, which: int) -> None:
    desk = Desk(store, case)
    match step:
        case "edit":
            desk.change(_known_as(desk.plan, f"{store.author} {which}"), "Called them so").result()
        case "keep":
            desk.keep()
        case "sign":
            sign(desk, ("person", "facilitator", "approver", "person")[which], HowSigned("Somebody"))
        case "agree":
            heads = newest_plans(store.records(case))
            record_step(
                store,
                case,
                Decision(
                    format="supportplan/decision",
                    version=1,
                    plan=heads[which % len(heads)].entry.id,
                    verdict=("agreed", "returned", "refused", "agreed")[which],
                    by="Ann",
                    on=today(),
                    reasons="So it is.",
                ),
            )
        case "undo":
            desk.undo()
        case "join":
            apart = made_apart(desk)
            if apart:
                go_on_with(desk, apart[which % len(apart)])
        case "carry":
            _carry_whole(store, other, case)


def _carry_whole(source: Store, to: Store, case: str) -> None:
    Desk(source, case).keep()
    take_in_bundle(to, unpack(source.bundle_of(case)))
