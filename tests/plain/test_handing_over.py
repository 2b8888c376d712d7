"""A case on two computers, by question and answer."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from supportplan.plain.handing_over import hand_over, join, take_in
from supportplan.plain.session import visit
from supportplan.services import bundles
from supportplan.services.cases import working_plan
from supportplan.services.desk import Desk
from supportplan.services.joining import is_apart
from supportplan.services.signing import HowSigned, sign
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.plain.conftest import PASSPHRASE, Conversation
from tests.plans import sample_plan

WORDS = "otter violin maple harbour quilt zebra"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "words_to_tell", lambda: WORDS)
    assert bundles.hand_over.__kwdefaults__ is not None
    monkeypatch.setitem(bundles.hand_over.__kwdefaults__, "cost", FLOOR)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The store of another computer."""
    made, _ = Store.create(
        tmp_path / "other", PASSPHRASE, at="2026-11-23T10:00:00Z", author="Ann", cost=FLOOR
    )
    made.close()
    return tmp_path / "other"


def _called(desk: Desk, known_as: str) -> None:
    person = replace(desk.plan.person, known_as=known_as)
    desk.change(replace(desk.plan, person=person), "Called them so").result()


def test_a_case_is_handed_over_and_goes_on_in_the_other_store(
    desk: Desk, other: Path, tmp_path: Path
) -> None:
    file = tmp_path / "sam.supportplan"
    talk = Conversation([str(tmp_path / "no" / "sam"), str(tmp_path / "sam")])
    hand_over(talk.asker, desk)
    assert "the folder is not there" in str(talk)
    assert f"Written, and read back: {file}" in talk.said
    assert talk.said[-2] == WORDS
    there = Conversation(
        ["take", str(file), "other words than those", str(file), WORDS, "yes", "back", "leave"]
    )
    visit(there.asker, other, secret=PASSPHRASE)
    said = str(there)
    assert "These are not the words that open this file." in said
    assert "The case of Sam Example, from Fay, handed over today at" in said
    assert "Taken in.\nThe plan of Sam Example." in said
    with Store.unlock(other, PASSPHRASE) as opened:
        assert working_plan(opened, desk.case) == desk.plan


def test_who_says_no_takes_nothing(desk: Desk, other: Path, tmp_path: Path) -> None:
    hand_over(Conversation([str(tmp_path / "sam")]).asker, desk)
    with Store.unlock(other, PASSPHRASE) as opened:
        talk = Conversation([str(tmp_path / "sam.supportplan"), WORDS, ""])
        assert take_in(talk.asker, opened) is None
        assert talk.said[-1] == "Nothing was taken in."
        assert opened.cases.count() == 0


def test_a_file_that_is_there_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    hand_over(Conversation([str(tmp_path / "sam")]).asker, desk)
    before = (tmp_path / "sam.supportplan").read_bytes()
    talk = Conversation([str(tmp_path / "sam"), "no"])
    hand_over(talk.asker, desk)
    assert talk.said[-1] == "Nothing was written."
    assert (tmp_path / "sam.supportplan").read_bytes() == before
    hand_over(Conversation([str(tmp_path / "sam"), "yes"]).asker, desk)
    assert (tmp_path / "sam.supportplan").read_bytes() != before


def test_changes_of_what_was_sent_are_asked_about(store: Store, tmp_path: Path) -> None:
    from supportplan.services.cases import take_in as take_plan_in

    take_plan_in(store, sample_plan())
    desk = Desk(store, sample_plan().case)
    sign(desk, "person", HowSigned("Sam Example"))
    _called(desk, "Sammy")
    number = store.head().number
    talk = Conversation(["without", str(tmp_path / "sam")])
    hand_over(talk.asker, desk)
    assert "You changed the plan after it was sent." in str(talk)
    assert store.head().number == number
    hand_over(Conversation(["1", str(tmp_path / "two")]).asker, desk)
    assert store.head().number == number + 1


def test_plans_made_apart_are_said_side_by_side_and_one_goes_on(
    desk: Desk, other: Path, tmp_path: Path
) -> None:
    nothing = Conversation([])
    join(nothing.asker, desk)
    assert str(nothing) == "There is one plan only: nothing has to be chosen."
    hand_over(Conversation([str(tmp_path / "there")]).asker, desk)
    with Store.unlock(other, PASSPHRASE) as opened:
        assert take_in(Conversation([str(tmp_path / "there.supportplan"), WORDS, "yes"]).asker, opened)
        there = Desk(opened, desk.case)
        _called(there, "Sammy")
        hand_over(Conversation([str(tmp_path / "back")]).asker, there)
    _called(desk, "Samuel")
    back = Conversation([str(tmp_path / "back.supportplan"), WORDS, "yes"])
    assert take_in(back.asker, desk.store) == desk.case
    assert "You changed the plan here, and it was changed there too." in str(back)
    here = Desk(desk.store, desk.case)
    talk = Conversation([""])
    join(talk.asker, here)
    assert is_apart(desk.store, desk.case)
    assert "About the person: known as." in str(talk)
    number = next(line.partition(".")[0] for line in talk.said if ". Version" in line and "by Ann" in line)
    join(Conversation([number]).asker, here)
    assert not is_apart(desk.store, desk.case)
    assert here.plan.person.known_as == "Sammy"
