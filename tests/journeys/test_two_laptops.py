"""From the family's table to the authority's desk and back: two laptops, two days, one plan that everybody signs.

The facilitator's laptop and the approver's know of each other only by what is carried between them on a stick. What they
print in the end holds, and whatever is done to it is found.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from msgspec.structs import replace
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject

from supportplan.cli.main import run
from supportplan.documents.seal.appearances import Shown
from supportplan.documents.seal.sealing import Signed
from supportplan.documents.seal.sealing import sign as sign_file
from supportplan.domain.canonical import canonical
from supportplan.domain.cases.entries import newest_plans
from supportplan.domain.cases.state import state
from supportplan.domain.money import UnitPrice
from supportplan.domain.plan import Plan
from supportplan.services import bundles
from supportplan.services.cases import take_in
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.services.device_keys import keys_to_seal_with
from supportplan.services.sealing import SealedFile, sealed_file
from supportplan.services.signing import HowSigned, sign
from supportplan.storage.database import clock
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.documents.seal.sealed_files import device, revision, sealed, signed, signed_plan, unsealed, updated
from tests.plans import sample_plan
from tests.signatures import drawn

PASSPHRASE = "seven small boats at anchor"
WORDS = "otter violin maple harbour quilt zebra"
CASE = sample_plan().case
THE_TABLE = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
TWO_DAYS_LATER = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
THE_SAME_AFTERNOON = datetime(2026, 11, 25, 16, 40, tzinfo=UTC)


class Answered(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str


class Laptop:
    """A laptop with a store of its own, and whoever works on it."""

    def __init__(self, home: Path, author: str) -> None:
        self.folder = home / "store"
        store, _ = Store.create(self.folder, PASSPHRASE, at=now(), author=author, cost=FLOOR)
        store.close()

    def does(self, *arguments: object) -> Answered:
        """Run a command on this laptop."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run([*map(str, arguments), "--store", str(self.folder)])
        assert "Traceback" not in out.getvalue() + err.getvalue()
        return Answered(code, out.getvalue(), err.getvalue())

    def did(self, *arguments: object) -> str:
        """Run a command on this laptop that has to be done; return its result."""
        answered = self.does(*arguments)
        assert answered.code == 0, answered.err + answered.out
        return answered.out

    def open(self) -> Store:
        """Open the store, as the app does."""
        return Store.unlock(self.folder, PASSPHRASE)


class Journey(NamedTuple):
    """Both laptops at the end, the sealed file that everybody signed, and the folder of the stick."""

    family: Laptop
    authority: Laptop
    given: Path
    stick: Path


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """Go from the table to the desk and back."""
    place = tmp_path_factory.mktemp("journey")
    stick = place / "stick"
    stick.mkdir()
    (place / "passphrase.txt").write_text(PASSPHRASE, encoding="utf-8")
    (stick / "words.txt").write_text(WORDS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUPPORTPLAN_PASSPHRASE_FILE", str(place / "passphrase.txt"))
        patch.setenv("SUPPORTPLAN_PREFERENCES", str(place / "preferences.json"))
        patch.setattr("sys.stdin", io.StringIO())
        assert bundles.hand_over.__kwdefaults__ is not None
        patch.setitem(bundles.hand_over.__kwdefaults__, "cost", FLOOR)
        yield _gone(place, stick, patch)


def _gone(place: Path, stick: Path, patch: pytest.MonkeyPatch) -> Journey:
    _at(patch, THE_TABLE)
    family = Laptop(place / "family", "Fay Example, facilitator")
    authority = Laptop(place / "authority", "Ann Example, approver")
    _under_one_root(family, authority, stick)
    _at_the_table(family)
    there = stick / "there.supportplan"
    family.did("case", "export", CASE, there, "--words-file", stick / "words.txt")

    _at(patch, TWO_DAYS_LATER)
    _at_the_desk(authority, there, stick)
    back = stick / "back.supportplan"
    authority.did("case", "export", CASE, back, "--words-file", stick / "words.txt")

    _at(patch, THE_SAME_AFTERNOON)
    said = family.did("case", "import", back, "--words-file", stick / "words.txt", "--yes")
    assert "New: 1 decision, 1 signature" in said
    given = stick / "plan.pdf"
    with family.open() as store:
        where = state(store.records(CASE), today())
        assert where.state == "active"
        assert not where.concurrent
        assert store.verify() == ()
    family.did("pdf", "--case", CASE, "-o", given, "--to", "Sam Example and family")
    return Journey(family, authority, given, stick)


def _at(patch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let it be a moment on both laptops."""
    patch.setattr(clock, "moment", lambda: moment)


def _under_one_root(family: Laptop, authority: Laptop, stick: Path) -> None:
    """Give both laptops certificates of one organisation, as its IT does once."""
    authority.did("keys", "make", "--organisation", "Example Council")
    family.did("keys", "request", stick / "request.pem")
    authority.did("keys", "issue", stick / "request.pem", "-o", stick / "certificate.pem")
    family.did("keys", "take", stick / "certificate.pem")


def _at_the_table(family: Laptop) -> None:
    """The family signs: Sam draws with the mouse, the facilitator types her name."""
    with family.open() as store:
        take_in(store, sample_plan())
        desk = Desk(store, CASE)
        sign(desk, "person", HowSigned("Sam Example", way="drawn", drawing=drawn(), present="Sam's mother"))
        sign(desk, "facilitator", HowSigned("Fay Example"))
        assert len(_sealed(store).signatures) == 2


def _at_the_desk(authority: Laptop, there: Path, stick: Path) -> None:
    """The approver takes the case in, decides, and signs."""
    said = authority.did("case", "import", there, "--words-file", stick / "words.txt", "--yes")
    assert "from Fay Example, facilitator, handed over 23 November 2026" in said
    assert "2 signatures" in said
    decided = authority.did(
        "case", "decide", CASE, "--verdict", "agreed", "--by", "Ann Example", "--words", "It meets what was assessed."
    )  # fmt: skip
    assert "The decision is recorded." in decided
    with authority.open() as store:
        sign(Desk(store, CASE), "approver", HowSigned("Ann Example"))
        assert len(_sealed(store).signatures) == 3


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
    assert "1 note of a copy that was given out" in said or "nothing new" in said
    with journey.family.open() as family, journey.authority.open() as authority:
        one, other = family.records(CASE), authority.records(CASE)
        assert {record.entry.id for record in one} == {record.entry.id for record in other}
        assert state(one, today()) == state(other, today())
        assert family.verify() == authority.verify() == ()
        assert Desk(family, CASE).costing == Desk(authority, CASE).costing
        assert _sealed(family).pdf == _sealed(authority).pdf == journey.given.read_bytes()
        kinds = [record.entry.kind for record in one]
        assert kinds.count("copy_issued") == 1
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


def _flipped(pdf: bytes) -> bytes:
    return pdf[: len(pdf) // 3] + bytes([pdf[len(pdf) // 3] ^ 1]) + pdf[len(pdf) // 3 + 1 :]


def _painted_over(pdf: bytes) -> bytes:
    def paint(writer: IncrementalPdfFileWriter) -> None:
        over = generic.StreamObject(stream_data=b"q 1 1 1 rg 400 500 120 40 re f Q")
        writer.add_stream_to_page(0, writer.add_object(over))

    return updated(pdf, paint)


def _with_another_plan_inside(pdf: bytes) -> bytes:
    def exchange(writer: IncrementalPdfFileWriter) -> None:
        held = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
        other = generic.StreamObject(
            dict_data={key: held["/F"].raw_get(key) for key in ("/Type", "/Subtype", "/Params")},
            stream_data=canonical(_dearer()),
        )
        held["/F"] = held["/UF"] = writer.add_object(other)
        writer.update_container(held)

    return updated(pdf, exchange)


def _with_a_page_more(pdf: bytes) -> bytes:
    def add(writer: IncrementalPdfFileWriter) -> None:
        page = PageObject(
            contents=writer.add_object(generic.StreamObject(stream_data=b"q Q")),
            media_box=generic.ArrayObject(generic.NumberObject(one) for one in (0, 0, 595, 842)),
        )
        writer.insert_page(page)

    return updated(pdf, add)


def _saved_again(pdf: bytes) -> bytes:
    again = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(again)
    return again.getvalue()


def _with_a_signature_of_another_plan(pdf: bytes) -> bytes:
    theirs = PdfFileReader(io.BytesIO(signed_plan(_dearer()))).embedded_signatures[1]
    ours = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[1]
    start, end = int(ours.byte_range[1]) + 1, int(ours.byte_range[2]) - 1
    copied: bytes = theirs.pkcs7_content.hex().encode().ljust(end - start, b"0")[: end - start]
    return pdf[:start] + copied + pdf[end:]


def _costed_with_another_rate(_: bytes) -> bytes:
    stranger = device("laptop", "Example Forgers")
    pdf = sealed(unsealed(_dearer()), stranger)
    for role, name in (
        ("person", "Sam Example"),
        ("facilitator", "Fay Example"),
        ("approver", "Ann Example"),
    ):
        pdf = signed(pdf, role, name, stranger)
    return pdf


def _dearer() -> Plan:
    plan = sample_plan()
    first = next(one for one in plan.supports if one.rate is not None and one.paid_by == "budget")
    assert first.rate is not None
    other = replace(first, rate=replace(first.rate, amount=UnitPrice("99.99")))
    return replace(plan, supports=tuple(other if one is first else one for one in plan.supports))


TAMPERINGS: dict[str, Callable[[bytes], bytes]] = {
    "one flipped byte": _flipped,
    "an amount painted over": _painted_over,
    "the plan inside exchanged": _with_another_plan_inside,
    "cut back to two signatures": lambda pdf: revision(pdf, 2),
    "cut back to the seal": lambda pdf: revision(pdf, 0),
    "a page added": _with_a_page_more,
    "saved again": _saved_again,
    "a signature of another plan": _with_a_signature_of_another_plan,
    "costed with another rate": _costed_with_another_rate,
}


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
    pdf = sealed(unsealed(_dearer()), keys)
    for one in case.heads[0].signatures:
        shown = Shown(one.signature.name, "By typed name.")
        again = Signed(one.signature.role, one.signature.name, one.entry, one.signature.statement, shown)
        pdf = sign_file(pdf, keys, again, at=THE_SAME_AFTERNOON)
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
