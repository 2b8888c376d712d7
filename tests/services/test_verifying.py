"""Checking a sealed plan: what is done to it, and what is said then."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from supportplan.documents.pdf.render import render_pdf
from supportplan.domain.canonical import canonical
from supportplan.services.cases import take_in
from supportplan.services.copies_on_offer import on_offer
from supportplan.services.desk import Desk
from supportplan.services.issuing import issue_copy
from supportplan.services.practice import Practice
from supportplan.services.verifying import verify_file
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store
from tests.documents.seal.sealed_files import (
    PEOPLE,
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
from tests.documents.seal.tamperings import (
    dearer,
    painted_over,
    saved_again,
    with_a_page_more,
    with_another_plan_inside,
)
from tests.plans import sample_plan
from tests.services.checked_plans import checked, said

pytestmark = pytest.mark.usefixtures("examined_here")


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
    found = checked(painted_over(signed_plan()), tmp_path)
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
    found = checked(with_another_plan_inside(signed_plan()), tmp_path)
    assert "The plan inside the file was exchanged" in said(found, "unchanged").words
    assert said(found, "figures").result == "no"


def test_a_page_that_was_added_is_found(tmp_path: Path) -> None:
    found = checked(with_a_page_more(signed_plan()), tmp_path)
    count = len(PdfFileReader(BytesIO(signed_plan())).root["/Pages"]["/Kids"])
    assert (
        f"It had {count} pages when it was sealed, and has {count + 1} now." in said(found, "unchanged").words
    )


def test_a_file_that_another_program_saved_again_is_found(tmp_path: Path) -> None:
    found = checked(saved_again(signed_plan()), tmp_path)
    assert not found.holds
    assert "The file is not the one that was sealed" in said(found, "unchanged").words
    assert "0 pages" not in said(found, "unchanged").words
    assert "exchanged" not in said(found, "unchanged").words
    assert "keys trust" not in said(found, "keys").words


def test_bytes_after_the_end_are_found(tmp_path: Path) -> None:
    assert not _holds(signed_plan() + b"\n% and more", tmp_path)


def test_a_copy_without_a_seal_that_was_given_out_is_known_to_the_last_byte(tmp_path: Path) -> None:
    practice = Practice()
    try:
        desk = Desk(practice.store, practice.case)
        made = issue_copy(desk, tmp_path / "large.pdf", given_to="Jo Example", offer=on_offer("large_print"))
        found = verify_file(made.path, folder=desk.store.folder, store=desk.store).verdict
        assert found.holds
        assert found.first == "This is a copy that was given out, unchanged."
        assert (
            "Large-print copy as PDF, version 1, not signed yet, for Jo Example" in said(found, "copy").words
        )
        other = tmp_path / "other.pdf"
        other.write_bytes(made.path.read_bytes() + b"\n")
        assert not verify_file(other, folder=desk.store.folder, store=desk.store).verdict.holds
    finally:
        practice.close()


def test_a_file_that_was_cut_back_before_its_seal_has_none(tmp_path: Path) -> None:
    found = checked(unsealed(), tmp_path)
    assert not found.holds
    assert found.first == "There is no seal in this file."
    assert [one.check for one in found.proofs] == ["seal"], "nothing more can be said of it"


def test_a_signature_that_was_copied_from_another_plan_is_found(tmp_path: Path) -> None:
    other = signed_plan(dearer())
    pdf = bytearray(signed(sealed(unsealed()), "person", "Jo Example"))
    theirs, ours = (PdfFileReader(BytesIO(one)).embedded_signatures[1] for one in (other, bytes(pdf)))
    start, end = int(ours.byte_range[1]) + 1, int(ours.byte_range[2]) - 1
    pdf[start:end] = theirs.pkcs7_content.hex().encode().ljust(end - start, b"0")[: end - start]
    found = checked(bytes(pdf), tmp_path)
    assert not found.holds
    assert "What Jo Example signed is not what stands here." in said(found, "unchanged").words


def test_the_update_of_a_signature_that_was_copied_from_another_plan_is_found(tmp_path: Path) -> None:
    other = signed_plan(dearer())
    before, after = revision(other, 0), revision(other, 1)
    assert not _holds(sealed(unsealed()) + after[len(before) :], tmp_path)


def test_a_plan_that_somebody_else_sealed_with_another_rate_is_found(tmp_path: Path) -> None:
    stranger = device("laptop", "Example Forgers")
    pdf = sealed(unsealed(dearer()), stranger)
    for role, name in PEOPLE:
        pdf = signed(pdf, role, name, stranger)
    found = checked(pdf, tmp_path)
    assert [said(found, check).result for check in ("unchanged", "keys", "figures")] == ["yes", "no", "yes"]
    assert "laptop (Example Forgers)" in said(found, "keys").words
    assert not found.holds


def test_a_plan_that_a_known_key_sealed_with_another_rate_is_answered_by_its_case_alone(
    tmp_path: Path,
) -> None:
    forged = signed_plan(dearer())
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
    document = replace(document_of(sample_plan()), source=canonical(dearer()))
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


def _holds(pdf: bytes, folder: Path) -> bool:
    from supportplan.domain.problems import BadInput

    try:
        return checked(pdf, folder).holds
    except BadInput:
        return False


@pytest.fixture(autouse=True)
def _nothing_left(tmp_path: Path) -> Iterator[None]:
    """Nothing is written by a check."""
    yield
    assert {one.suffix for one in tmp_path.iterdir()} <= {".pdf", ".pem", ""}
