"""From the family's table to the authority's desk and back: two laptops, two days, one plan that everybody signs.

The facilitator's laptop and the approver's know of each other only by what is carried between them on a stick. Everything
is done in the real program, in a terminal or by a command. What they print in the end holds, and whatever is done to it
is found.
"""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from pictures.handwriting import written
from supportplan.documents.seal.appearances import Shown
from supportplan.documents.seal.sealing import Signed, seal
from supportplan.documents.seal.sealing import sign as sign_file
from supportplan.domain.cases.entries import newest_plans
from supportplan.domain.cases.state import state
from supportplan.services.cases import take_in
from supportplan.services.clock import local_moment, today
from supportplan.services.desk import Desk
from supportplan.services.device_keys import keys_to_seal_with
from supportplan.services.sealing import SealedFile, sealed_file
from supportplan.storage.store import Store
from tests.documents.seal.sealed_files import NEWEST, unsealed
from tests.documents.seal.tamperings import TAMPERINGS, dearer
from tests.journeys.hands import ByKeys
from tests.journeys.laptops import CELL, Laptop
from tests.journeys.sheets import on_sheet, sheet
from tests.journeys.visit_steps import go_to
from tests.plans import sample_plan

WORDS = "otter violin maple harbour quilt zebra"
CASE = sample_plan().case
TWO_DAYS = 2

pytestmark = pytest.mark.xdist_group("two laptops")


class Journey(NamedTuple):
    """Both laptops at the end, the sealed file that everybody signed, and the folder of the stick."""

    family: Laptop
    authority: Laptop
    given: Path
    stick: Path


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """Go from the table to the desk and back."""
    place = tmp_path_factory.mktemp("journey")
    stick = place / "stick"
    stick.mkdir()
    (stick / "words.txt").write_text(WORDS, encoding="utf-8")
    family = Laptop(place / "family", "Fay Example, facilitator")
    authority = Laptop(place / "authority", "Ann Example, approver")
    _under_one_root(family, authority, stick)
    with family.open() as store:
        take_in(store, sample_plan())

    _at_the_table(family)
    shutil.copy(family.home / "there.supportplan", stick)

    shutil.copy(stick / "there.supportplan", authority.home)
    authority.days = TWO_DAYS
    _at_the_desk(authority)
    shutil.copy(authority.home / "back.supportplan", stick)

    shutil.copy(stick / "back.supportplan", family.home)
    family.days = TWO_DAYS
    _given_out(family)
    given = shutil.copy(family.home / "plan.pdf", stick)
    return Journey(family, authority, Path(given), stick)


def _under_one_root(family: Laptop, authority: Laptop, stick: Path) -> None:
    """Give both laptops certificates of one organisation, as its IT does once."""
    authority.did("keys", "make", "--organisation", "Example Council")
    family.did("keys", "request", stick / "request.pem")
    authority.did("keys", "issue", stick / "request.pem", "-o", stick / "certificate.pem")
    family.did("keys", "take", stick / "certificate.pem")


def _at_the_table(family: Laptop) -> None:
    """Sam signs with the mouse, the facilitator by typed name; then the case goes into a file."""
    with family.works("--case", CASE) as (screen, hand):
        go_to(hand, "Signing")
        hand.row("The person whose plan it is")
        hand.sees("I agree, and sign")
        hand.fill("Full name", "Sam Example")
        hand.choose("How", "drawing it with the mouse")
        hand.fill("Who is there", "Sam's mother")
        hand.press("Draw the signature")
        hand.sees("Sam Example signs as")
        corner, width, height = sheet(screen)
        for way in written(width, height):
            screen.draw(on_sheet(corner, way), CELL)
        hand.sees("3 strokes are drawn.")
        hand.press("Done")
        hand.sees("[x] signed by Sam Example", "by hand on the screen")
        _sign(hand, "The social worker", "Fay Example")
        hand.back("Outcomes and supports")
        _hand_over(hand, "there")


def _at_the_desk(authority: Laptop) -> None:
    """The approver takes the case in, decides, signs, and hands it back."""
    with authority.works() as (screen, hand):
        hand.command("i", "Take in")
        _take_in(hand, "there", "from Fay Example, facilitator", "2 signatures")
        go_to(hand, "The decision")
        hand.sees("Decided by")
        hand.choose("Decision", "Agreed")
        # The cursor stands on it from the start, which chooses nothing yet.
        screen.type("Space")
        hand.sees("(*) Agreed", "Why?")
        hand.fill("Decided by", "Ann Example")
        hand.fill("In words", "It meets what was assessed.")
        hand.press("Record the decision")
        hand.sees("The decision is recorded.")
        hand.back("Outcomes and supports")
        go_to(hand, "Signing")
        hand.sees("[x] signed by Sam Example", "[x] signed by Fay Example")
        _sign(hand, "For the council", "Ann Example")
        hand.back("Outcomes and supports")
        _hand_over(hand, "back")


def _given_out(family: Laptop) -> None:
    """The case comes back; the plan that everybody signed and the letter go out, as files."""
    with family.works() as (_, hand):
        hand.command("i", "Take in")
        _take_in(hand, "back", "1 decision", "1 signature")
        # The case opens where it was left.
        hand.sees("Sam > Hand over")
        hand.back("Outcomes and supports")
        hand.command("p", "Print")
        hand.sees("Which copy", "For whom")
        _save(hand, "Standard", "plan")
        _save(hand, "Decision letter", "letter")


def _save(hand: ByKeys, copy: str, name: str) -> None:
    hand.choose("Which copy", copy)
    hand.fill("For whom", "Sam Example and family")
    hand.press("Save as")
    hand.sees("Save the copy as")
    hand.fill("File", f"~/{name}.pdf")
    hand.press("Save")
    hand.sees(f"/{name}.pdf.")


def _sign(hand: ByKeys, role: str, name: str) -> None:
    """Sign by typed name."""
    hand.row(role)
    hand.sees("I agree, and sign")
    hand.fill("Full name", name)
    hand.press("I agree, and sign")
    hand.sees(f"[x] signed by {name}")


def _hand_over(hand: ByKeys, name: str) -> None:
    """Write the case to a file, under words that both have agreed on."""
    go_to(hand, "Hand over")
    hand.fill("To the file", f"~/{name}.supportplan")
    hand.fill_secret("Your own words", WORDS)
    hand.press("Write the file")
    hand.sees("Written, and read back:")
    hand.back("Outcomes and supports")


def _take_in(hand: ByKeys, name: str, *brings: str) -> None:
    """Take a case in, after a look at what it brings."""
    hand.sees("Its words")
    hand.fill("The file", f"~/{name}.supportplan")
    hand.fill_secret("Its words", WORDS)
    hand.press("See what is in it")
    hand.sees("[ Take it in ]", *brings)
    hand.press("Take it in")
    hand.sees("Sam > ")


def _sealed(store: Store) -> SealedFile:
    plan = newest_plans(store.records(CASE, blobs=False))[-1].entry.id
    made = sealed_file(store, CASE, plan)
    assert made is not None
    return made


def test_both_laptops_have_the_same_case_and_what_was_given_out_is_noted(journey: Journey) -> None:
    last = journey.stick / "last.supportplan"
    words = journey.stick / "words.txt"
    journey.family.did("case", "export", CASE, last, "--words-file", words, "--replace")
    said = journey.authority.did("case", "import", last, "--words-file", words, "--yes")
    assert "2 notes of copies that were given out" in said or "nothing new" in said, said
    with journey.family.open() as family, journey.authority.open() as authority:
        one, other = family.records(CASE), authority.records(CASE)
        assert {record.entry.id for record in one} == {record.entry.id for record in other}
        assert state(one, today()) == state(other, today())
        assert family.verify() == authority.verify() == ()
        assert Desk(family, CASE).costing == Desk(authority, CASE).costing
        assert _sealed(family).pdf == _sealed(authority).pdf == journey.given.read_bytes()
        kinds = [record.entry.kind for record in one]
        assert kinds.count("copy_issued") == 2
        assert kinds.count("signature") == 3
    for laptop in (journey.family, journey.authority):
        assert "Every page of the store is as it was written" in laptop.did("doctor")


@pytest.mark.parametrize("whose", ["family", "authority"])
def test_what_everybody_signed_holds_on_both_laptops(journey: Journey, whose: str) -> None:
    laptop = journey.family if whose == "family" else journey.authority
    said = laptop.did("verify", journey.given)
    assert said.startswith("This sealed plan holds.")
    assert "DOES NOT HOLD" not in said
    assert "Not looked at" not in said
    for name in ("Sam Example", "Fay Example", "Ann Example"):
        assert f"- {name}" in said


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_whatever_was_done_to_it_is_found(journey: Journey, tampering: str) -> None:
    file = journey.stick / "tampered.pdf"
    file.write_bytes(TAMPERINGS[tampering](journey.given.read_bytes()))
    answered = journey.family.does("verify", file)
    assert answered.code == 1, answered
    assert "This file does not hold as a sealed plan." in answered.out
    assert "DOES NOT HOLD" in answered.out


def test_another_rate_that_the_authoritys_own_key_sealed_is_found(journey: Journey) -> None:
    with journey.authority.open() as store:
        keys = keys_to_seal_with(store)
        case = state(store.records(CASE), today())
    # At a moment at which these keys were good: nothing but the plan itself is wrong.
    pdf = seal(unsealed(dearer()), keys, newest=NEWEST, at=local_moment())
    for one in case.heads[0].signatures:
        shown = Shown(one.signature.name, "By typed name.")
        again = Signed(one.signature.role, one.signature.name, one.entry, one.signature.statement, shown)
        pdf = sign_file(pdf, keys, again, at=local_moment() + timedelta(days=TWO_DAYS))
    file = journey.stick / "tampered.pdf"
    file.write_bytes(pdf)
    for laptop in (journey.family, journey.authority):
        answered = laptop.does("verify", file)
        assert answered.code == 1, answered
        assert answered.out.count("DOES NOT HOLD") == 1
        assert "Holds: The keys are known here: Example Council." in answered.out
        assert (
            "DOES NOT HOLD: Its case is on this computer and has no such version of the plan." in answered.out
        )


def test_a_tampered_bundle_is_taken_in_by_neither(journey: Journey) -> None:
    good = (journey.stick / "back.supportplan").read_bytes()
    file = journey.stick / "tampered.supportplan"
    with journey.family.open() as store:
        before = store.head()
    for raw in (good[:-1], good[:200] + bytes([good[200] ^ 1]) + good[201:], b"%PDF" + good):
        file.write_bytes(raw)
        assert (
            journey.family.does(
                "case", "import", file, "--words-file", journey.stick / "words.txt", "--yes"
            ).code
            == 2
        )
    with journey.family.open() as store:
        assert store.head() == before


def test_nothing_of_the_case_can_be_read_on_the_stick(journey: Journey) -> None:
    for name in ("there.supportplan", "back.supportplan"):
        raw = (journey.stick / name).read_bytes()
        assert all(word not in raw for word in (b"Sam Example", b"assessed", b"%PDF", b"swimming"))
