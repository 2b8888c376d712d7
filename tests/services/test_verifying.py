"""Checking a sealed plan: what is done to it, and what is said then."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest
from msgspec.structs import replace
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.seal import examiner, examining, sealing
from supportplan.documents.seal.appearances import Shown
from supportplan.documents.seal.contents import contents
from supportplan.documents.seal.sealing import Signed, seal, sign
from supportplan.domain.canonical import canonical, digest
from supportplan.domain.money import UnitPrice
from supportplan.domain.plan import Plan
from supportplan.domain.proofs import Proof
from supportplan.domain.verification import Verdict
from supportplan.services.cases import take_in
from supportplan.services.clock import local_moment
from supportplan.services.desk import Desk
from supportplan.services.verifying import verify_file
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.documents.seal.sealed_files import (
    NEWEST,
    NOON,
    PEOPLE,
    STATEMENT,
    device,
    document_of,
    revision,
    root_file,
    sealed,
    signed,
    signed_plan,
    unsealed,
    updated,
)
from tests.plans import POLISH, WELSH, sample_plan
from tests.signatures import drawn


def checked(pdf: bytes, folder: Path) -> Verdict:
    """What is said of a file by itself, where the root of Example Brokers is known."""
    file = folder / "plan.pdf"
    file.write_bytes(pdf)
    return verify_file(file, folder=folder / "store", roots=[root_file(folder)]).verdict


def said(verdict: Verdict, check: str) -> Proof:
    return next(one for one in verdict.proofs if one.check == check)


def dearer(plan: Plan) -> Plan:
    """The plan with another rate for its first paid support."""
    first = next(one for one in plan.supports if one.rate is not None and one.paid_by == "budget")
    assert first.rate is not None
    other = replace(first, rate=replace(first.rate, amount=UnitPrice("99.99")))
    return replace(plan, supports=tuple(other if one is first else one for one in plan.supports))


def test_a_plan_that_everybody_signed_holds(tmp_path: Path) -> None:
    found = checked(signed_plan(), tmp_path)
    assert found.holds
    assert [one.result for one in found.proofs] == ["yes", "yes", "yes", "yes", "unknown"]
    assert len(found.people) == 3
    assert found.people[0].startswith("Jo Example (The person whose plan it is")
    assert found.empty == ()
    assert "Who signed" in found.not_proven[0]
    assert "taken out" in found.not_proven[-1]


def test_a_plan_that_is_sealed_and_not_signed_yet_holds_and_names_the_empty_places(tmp_path: Path) -> None:
    found = checked(sealed(unsealed()), tmp_path)
    assert found.holds
    assert len(found.empty) == 3
    assert found.people == ()


@pytest.mark.parametrize("part", [0.02, 0.2, 0.4, 0.6, 0.8, 0.95])
def test_one_flipped_byte_is_found(part: float, tmp_path: Path) -> None:
    pdf = bytearray(signed_plan())
    pdf[int(len(pdf) * part)] ^= 0x01
    assert not _holds(bytes(pdf), tmp_path)


def test_what_was_changed_is_not_said_to_be_sealed_by_a_stranger(tmp_path: Path) -> None:
    pdf = bytearray(signed_plan())
    pdf[int(len(pdf) * 0.2)] ^= 0x01
    found = checked(bytes(pdf), tmp_path)
    assert not found.holds
    assert said(found, "keys").result == "yes"


def test_an_update_that_paints_over_an_amount_is_found(tmp_path: Path) -> None:
    def paint(writer: IncrementalPdfFileWriter) -> None:
        over = generic.StreamObject(stream_data=b"q 1 1 1 rg 400 500 120 40 re f Q")
        writer.add_stream_to_page(0, writer.add_object(over))

    found = checked(updated(signed_plan(), paint), tmp_path)
    assert not found.holds
    assert said(found, "unchanged").words.endswith(
        "Something was added after the sealing that is no signature."
    )


def test_an_update_that_writes_another_amount_names_the_page(tmp_path: Path) -> None:
    def write(writer: IncrementalPdfFileWriter) -> None:
        font = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Font"),
                pdf_name("/Subtype"): pdf_name("/Type1"),
                pdf_name("/BaseFont"): pdf_name("/Helvetica"),
            }
        )
        fonts = generic.DictionaryObject(
            {pdf_name("/Font"): generic.DictionaryObject({pdf_name("/Forged"): font})}
        )
        text = generic.StreamObject(stream_data=b"BT /Forged 12 Tf 400 500 Td (\xa399,999.00) Tj ET")
        writer.add_stream_to_page(13, writer.add_object(text), fonts)

    found = checked(updated(signed_plan(), write), tmp_path)
    assert "What is written on page 14 was changed after it was sealed." in said(found, "unchanged").words
    assert "£99,999.00" in said(found, "figures").words


def test_an_update_that_exchanges_the_attached_plan_is_found(tmp_path: Path) -> None:
    def exchange(writer: IncrementalPdfFileWriter) -> None:
        held = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
        other = generic.StreamObject(
            dict_data={key: held["/F"].raw_get(key) for key in ("/Type", "/Subtype", "/Params")},
            stream_data=canonical(dearer(sample_plan())),
        )
        held["/F"] = held["/UF"] = writer.add_object(other)
        writer.update_container(held)

    found = checked(updated(signed_plan(), exchange), tmp_path)
    assert "The plan inside the file was exchanged" in said(found, "unchanged").words
    assert said(found, "figures").result == "no"


def test_a_page_that_was_added_is_found(tmp_path: Path) -> None:
    def add(writer: IncrementalPdfFileWriter) -> None:
        from pyhanko.pdf_utils.writer import PageObject

        page = PageObject(
            contents=writer.add_object(generic.StreamObject(stream_data=b"q Q")),
            media_box=generic.ArrayObject(generic.NumberObject(one) for one in (0, 0, 595, 842)),
        )
        writer.insert_page(page)

    found = checked(updated(signed_plan(), add), tmp_path)
    count = len(PdfFileReader(BytesIO(signed_plan())).root["/Pages"]["/Kids"])
    assert (
        f"It had {count} pages when it was sealed, and has {count + 1} now." in said(found, "unchanged").words
    )


def test_a_file_that_another_program_saved_again_is_found(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(signed_plan())) as pdf:
        again = BytesIO()
        pdf.save(again)
    found = checked(again.getvalue(), tmp_path)
    assert not found.holds
    assert "The file is not the one that was sealed" in said(found, "unchanged").words


def test_bytes_after_the_end_are_found(tmp_path: Path) -> None:
    assert not _holds(signed_plan() + b"\n% and more", tmp_path)


def test_a_file_that_was_cut_back_before_its_seal_has_none(tmp_path: Path) -> None:
    found = checked(unsealed(), tmp_path)
    assert not found.holds
    assert "There is no seal in this file." in said(found, "seal").words


def test_a_signature_that_was_copied_from_another_plan_is_found(tmp_path: Path) -> None:
    other = signed_plan(dearer(sample_plan()))
    pdf = bytearray(signed(sealed(unsealed()), "person", "Jo Example"))
    theirs, ours = (PdfFileReader(BytesIO(one)).embedded_signatures[1] for one in (other, bytes(pdf)))
    start, end = int(ours.byte_range[1]) + 1, int(ours.byte_range[2]) - 1
    pdf[start:end] = theirs.pkcs7_content.hex().encode().ljust(end - start, b"0")[: end - start]
    found = checked(bytes(pdf), tmp_path)
    assert not found.holds
    assert "What Jo Example signed is not what stands here." in said(found, "unchanged").words


def test_the_update_of_a_signature_that_was_copied_from_another_plan_is_found(tmp_path: Path) -> None:
    other = signed_plan(dearer(sample_plan()))
    before, after = revision(other, 0), revision(other, 1)
    assert not _holds(sealed(unsealed()) + after[len(before) :], tmp_path)


def test_a_plan_that_somebody_else_sealed_with_another_rate_is_found(tmp_path: Path) -> None:
    stranger = device("laptop", "Example Forgers")
    pdf = sealed(unsealed(dearer(sample_plan())), stranger)
    for role, name in PEOPLE:
        pdf = signed(pdf, role, name, stranger)
    found = checked(pdf, tmp_path)
    assert [said(found, check).result for check in ("unchanged", "keys", "figures")] == ["yes", "no", "yes"]
    assert "laptop (Example Forgers)" in said(found, "keys").words
    assert not found.holds


def test_a_plan_that_a_known_key_sealed_with_another_rate_is_answered_by_its_case_alone(
    tmp_path: Path,
) -> None:
    forged = signed_plan(dearer(sample_plan()))
    assert checked(forged, tmp_path).holds
    with Store.create(tmp_path / "store", "seven small boats at anchor", at=now(), author="Fay", cost=FLOOR)[
        0
    ] as store:
        take_in(store, sample_plan())
        Desk(store, sample_plan().case).keep()
        file = tmp_path / "plan.pdf"
        found = verify_file(file, folder=store.folder, store=store, roots=[root_file(tmp_path)]).verdict
    assert not found.holds
    assert [one.check for one in found.proofs if one.result == "no"] == ["case"]


def test_a_stranger_who_signs_in_an_empty_place_is_found(tmp_path: Path) -> None:
    pdf = signed(sealed(unsealed()), "person", "Jo Example", device("laptop", "Example Forgers"))
    assert said(checked(pdf, tmp_path), "keys").result == "no"


def test_an_attached_plan_that_comes_to_other_figures_is_found_although_the_key_is_known(
    tmp_path: Path,
) -> None:
    document = replace(document_of(sample_plan()), source=canonical(dearer(sample_plan())))
    found = checked(sealed(render_pdf(document).pdf), tmp_path)
    assert [said(found, check).result for check in ("unchanged", "keys", "figures")] == ["yes", "yes", "no"]
    assert "By the plan there should be: £" in said(found, "figures").words
    assert not found.holds


def test_a_plan_inside_that_nobody_can_read_is_found(tmp_path: Path) -> None:
    for source in (b"{}", b"\xff\xfe", b"[" * 100_000, b'{"format": "supportplan/plan", "version": 2}'):
        document = replace(document_of(sample_plan()), source=source)
        found = checked(sealed(render_pdf(document).pdf), tmp_path)
        assert said(found, "plan").result == "no"


def test_a_plan_without_the_plan_inside_is_found(tmp_path: Path) -> None:
    found = checked(sealed(render_pdf(replace(document_of(sample_plan()), source=b"")).pdf), tmp_path)
    assert said(found, "plan").words == "The plan that belongs inside the file is not there."


@pytest.mark.parametrize("what", ["description", "title"])
def test_what_a_known_key_changed_beside_its_signature_is_found(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check of pyHanko lets a signature change what the file says of itself."""

    class Changing(sealing._Updates):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            if what == "title":
                self.set_info(generic.DictionaryObject({pdf_name("/Title"): pdf_string("Another plan")}))
                return
            kind = {
                pdf_name("/Type"): pdf_name("/Metadata"),
                pdf_name("/Subtype"): pdf_name("/XML"),
            }
            self.root["/Metadata"] = self.add_object(
                generic.StreamObject(dict_data=kind, stream_data=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
            )
            self.update_root()  # type: ignore[no-untyped-call]

    before = sealed(unsealed())
    monkeypatch.setattr(sealing, "_Updates", Changing)
    found = checked(signed(before, "person", "Jo Example"), tmp_path)
    assert said(found, "unchanged").words == (
        "What the file says of itself, such as its title, was changed after it was sealed."
    )


def test_that_fields_are_to_be_drawn_anew_is_part_of_what_a_file_says_of_itself() -> None:
    def ask(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/AcroForm"]["/NeedAppearances"] = generic.BooleanObject(value=True)
        writer.update_container(writer.root["/AcroForm"])
        writer.update_root()

    before = signed_plan()
    assert contents(before).about
    assert contents(updated(before, ask)).about != contents(before).about


@pytest.mark.parametrize("given", ["typed", "drawn"])
def test_a_place_that_shows_another_name_than_the_signature_has_is_found(given: str, tmp_path: Path) -> None:
    drawing = drawn() if given == "drawn" else None
    shown = Shown("Somebody Else", "Has not agreed, and pays £99,999.00.", "", drawing)
    one = Signed("approver", "Ann Approver", digest(b"ann"), STATEMENT, shown)
    found = checked(sign(sealed(unsealed()), device(), one, at=NOON), tmp_path)
    assert "does not name Ann Approver" in said(found, "unchanged").words
    assert "It shows: Somebody Else" in said(found, "unchanged").words
    assert "£99,999.00" in said(found, "figures").words


@pytest.mark.parametrize("given", ["typed", "drawn"])
@pytest.mark.parametrize(
    "name",
    [
        WELSH,
        POLISH,
        "সিয়ান খাতুন",
        "علی خان",
        "Jo Example " * 15,
        "J",
        "Ольга Ζωή",
        "Jose\u0301 \ufb01n",
        "陈伟 🙂",
    ],
)
def test_a_name_in_any_script_and_of_any_length_is_found_in_its_place(
    name: str, given: str, tmp_path: Path
) -> None:
    drawing = drawn() if given == "drawn" else None
    shown = Shown(name.strip(), "In the best interests of Sam, by typed name.", "23 November 2026", drawing)
    one = Signed("approver", name.strip(), digest(b"ann"), STATEMENT, shown)
    found = checked(sign(sealed(unsealed()), device(), one, at=NOON), tmp_path)
    assert found.holds, found.proofs


def test_times_that_run_backwards_or_are_still_to_come_are_told_and_judge_nothing(tmp_path: Path) -> None:
    before, late = NOON - timedelta(hours=20), local_moment() + timedelta(days=300)
    one = Signed("person", "Jo", digest(b"jo"), STATEMENT, Shown("Jo", "By typed name."))
    found = checked(sign(sealed(unsealed()), device(), one, at=before), tmp_path)
    assert found.holds
    assert found.cautions[0].startswith("Take care: the signature of Jo is dated 22 November 2026 at ")
    assert "which is before the seal, dated 23 November 2026 at " in found.cautions[0]
    found = checked(seal(unsealed(), device(), newest=NEWEST, at=late), tmp_path)
    assert found.holds
    assert "Take care: the seal is dated " in found.cautions[-1]
    assert "still to come by this computer's clock" in found.cautions[-1]


def _holds(pdf: bytes, folder: Path) -> bool:
    from supportplan.domain.problems import BadInput

    try:
        return checked(pdf, folder).holds
    except BadInput:
        return False


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examine in this process, which saves a second each time; `test_examining` does it as the program does."""

    def asked(task: bytes, *_: object) -> bytes:
        return msgspec.msgpack.encode(examiner.answer(msgspec.msgpack.decode(task, type=examining.Task)))

    monkeypatch.setattr(examining, "_asked", asked)


@pytest.fixture(autouse=True)
def _nothing_left(tmp_path: Path) -> Iterator[None]:
    """Nothing is written by a check."""
    yield
    assert {one.suffix for one in tmp_path.iterdir()} <= {".pdf", ".pem", ""}
