"""Sealing and signing: what other programs say of it, and that it stays an accessible archive file throughout."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader

from supportplan.documents.seal.appearances import Shown, appearance
from supportplan.documents.seal.sealing import Signed as ToSign
from supportplan.documents.seal.sealing import entry_of, reason, seal, sign
from supportplan.domain.problems import BadInput
from tests import pdf_checkers
from tests.documents.seal.sealed_files import (
    NEWEST,
    NOON,
    PEOPLE,
    device,
    root,
    sealed,
    signed,
    signed_plan,
    unsealed,
)
from tests.plans import POLISH, WELSH
from tests.signatures import drawn as drawing

# `page` takes a file with several signatures for one whose only signature leaves bytes out; veraPDF knows better.
_FALSE_ALARM = re.compile(r"page 3a: PDFA3A-SIGNATURE-BYTERANGE-\d+ ")


def _failures(pdf: bytes, folder: Path, *, signatures: int = 0) -> list[str]:
    """What breaks a rule, but for the one false alarm, from the first signature beside the seal on."""
    found = pdf_checkers.failures(pdf, folder)
    return [one for one in found if not (signatures and _FALSE_ALARM.match(one))]


def test_it_is_pdf_ua_and_pdf_a_before_and_after_every_signature(tmp_path: Path) -> None:
    pdf = unsealed()
    assert _failures(pdf, tmp_path) == []
    pdf = sealed(pdf)
    assert _failures(pdf, tmp_path) == []
    for number, (role, name) in enumerate(PEOPLE, start=1):
        pdf = signed(pdf, role, name)
        assert _failures(pdf, tmp_path, signatures=number) == []


def test_every_update_leaves_the_bytes_before_it_as_they_were() -> None:
    before = unsealed()
    pdf = sealed(before)
    assert pdf.startswith(before)
    for role, name in PEOPLE:
        longer = signed(pdf, role, name)
        assert longer.startswith(pdf)
        assert len(longer) - len(pdf) < 40_000
        pdf = longer


def test_pdfsig_and_openssl_agree_that_all_signatures_hold(tmp_path: Path) -> None:
    pdf = signed_plan()
    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf)
    (tmp_path / "root.pem").write_bytes(root().certificate.public_bytes(Encoding.PEM))
    told = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid") == 4
    assert told.count("- Total document signed") == 1
    for place, found in enumerate(PdfFileReader(BytesIO(pdf)).embedded_signatures):
        start, length, second, rest = (int(one) for one in found.byte_range)
        (tmp_path / f"{place}.cms").write_bytes(found.pkcs7_content)
        (tmp_path / f"{place}.signed").write_bytes(pdf[start : start + length] + pdf[second : second + rest])
        asked = f"-in {place}.cms -content {place}.signed -CAfile root.pem -attime {int(NOON.timestamp())}"
        checked = subprocess.run(
            [
                "openssl",
                *["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-out", "/dev/null"],
                *asked.split(),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "successful" in checked.stderr, checked.stderr


def test_the_last_page_says_what_the_seal_proves_and_what_it_does_not() -> None:
    shown = " ".join(_seen(signed_plan())[-1].split())
    assert "Sealed by supportplan on laptop, 23 November 2026" in shown
    assert "Any later change can be found with: supportplan verify." in shown
    assert "This seal does not prove who signed." in shown
    assert f"Check number of its records then: {NEWEST}" in shown
    for _, name in PEOPLE:
        assert name in shown
    assert shown.count("By typed name.") == 3


@pytest.mark.parametrize("name", [WELSH, POLISH, "সিয়ান খাতুন", "علی خان"])
def test_names_in_every_script_are_shown_whole_and_stay_accessible(name: str, tmp_path: Path) -> None:
    pdf = signed(sealed(unsealed()), "person", name)
    assert _failures(pdf, tmp_path, signatures=1) == []
    if name in (WELSH, POLISH):
        assert name in _seen(pdf)[-1]


def test_words_stay_within_their_field_however_long_they_are() -> None:
    page = appearance(
        Shown("Jo " * 30, "in the best interests of Sam, " * 20, "23 November 2026"), 481.9, 39.7
    )
    document = pypdfium2.PdfDocument(page)
    words = document[0].get_textpage()
    for place in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(place)
        assert left >= 0
        assert bottom >= 0
        assert right <= 481.9
        assert top <= 39.7


def test_a_drawn_signature_is_drawn_in_the_field_and_says_whose_it_is() -> None:
    pdf = sealed(unsealed())
    shown = Shown("Jo Example", "Drawn.", "23 November 2026", drawing())
    drawn = sign(pdf, device(), ToSign("person", "Jo Example", "a" * 64, "I agree.", shown), at=NOON)
    assert ["Jo Example", "Drawn."] in [_seen(drawn)[-1].splitlines()[at : at + 2] for at in range(200)]
    assert len(re.findall(rb" c\n", _page(shown))) > 5
    sizes = [float(size) for size in re.findall(rb"/F\S+ ([\d.]+) Tf", _page(shown))]
    assert min(sizes) >= 12


def test_a_place_is_signed_once_and_only_where_there_is_one() -> None:
    pdf = sealed(unsealed())
    with pytest.raises(BadInput, match="no empty field"):
        signed(pdf, "nobody", "Jo Example")
    pdf = signed(pdf, "person", "Jo Example")
    with pytest.raises(BadInput, match="no empty field"):
        signed(pdf, "person", "Jo Example")
    with pytest.raises(BadInput, match="no empty field"):
        seal(pdf, device(), newest=NEWEST, at=NOON)


def test_the_record_that_a_signature_is_about_is_read_back_from_what_viewers_show() -> None:
    assert entry_of(reason("I agree [to all].", "b" * 64)) == "b" * 64
    assert entry_of("I agree [to all]") == ""
    assert entry_of("") == ""


def _page(shown: Shown) -> bytes:
    import pikepdf

    with pikepdf.open(BytesIO(appearance(shown, 481.9, 39.7))) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def _seen(pdf: bytes) -> list[str]:
    """The words of each page as they are printed, with those in its fields."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as file:
        file.flatten_annotations("all")
        flat = BytesIO()
        file.save(flat)
    document = pypdfium2.PdfDocument(flat.getvalue())
    return [page.get_textpage().get_text_bounded() for page in document]
