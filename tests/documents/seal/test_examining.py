"""Files from anywhere: each is answered in plain words, in bounded time and memory, in a process of its own."""

import time
import zlib
from io import BytesIO
from random import Random

import pikepdf
import pytest

from supportplan.documents.seal import examining
from supportplan.documents.seal.examining import examine
from supportplan.domain.problems import BadInput, Stopped
from tests.documents.seal.sealed_files import root, signed_plan, unsealed


def _file(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of objects, written by hand."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + table
        + b"trailer\n<</Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            trailer,
            len(body),
        )
    )


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def _bomb() -> bytes:
    """A page whose content is a gigabyte of blanks, packed three times."""
    packed = zlib.compressobj(9)
    content = b"".join(packed.compress(b" " * 1024**2) for _ in range(1024)) + packed.flush()
    content = zlib.compress(zlib.compress(content, 9), 9)
    return _file(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>",
        _stream(b"/Filter [/FlateDecode /FlateDecode /FlateDecode]", content),
    )


_PAGES_IN_A_LOOP = _file(b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>>")
_FIELDS_IN_A_LOOP = _file(
    b"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [3 0 R] /SigFlags 3>>>>",
    b"<</Type /Pages /Kids [] /Count 0>>",
    b"<</T (seal) /Kids [3 0 R]>>",
)
_TABLES_IN_A_LOOP = (
    unsealed()
    + b"\nxref\n0 0\ntrailer\n<</Size 1 /Root 1 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    % (
        len(unsealed()) + 1,
        len(unsealed()) + 1,
    )
)
_DEEP = _file(b"<</Type /Catalog /Pages 2 0 R /Deep " + b"[" * 200_000 + b"]" * 200_000 + b">>", b"null")
_DEEP_DICTIONARIES = _file(b"<</Type /Catalog /Deep " + b"<</A " * 50_000 + b"1" + b">>" * 50_000 + b">>")


@pytest.mark.parametrize(
    ("pdf", "answer"),
    [
        pytest.param(_PAGES_IN_A_LOOP, "no seal", id="pages loop"),
        pytest.param(_FIELDS_IN_A_LOOP, "cannot be read", id="fields loop"),
        pytest.param(_TABLES_IN_A_LOOP, "cannot be read", id="tables loop"),
        pytest.param(_DEEP, "cannot be read", id="deep"),
        pytest.param(_DEEP_DICTIONARIES, "cannot be read", id="deep dictionaries"),
        pytest.param(b"%PDF-1.7\n", "cannot be read", id="head only"),
        pytest.param(b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF", "cannot be read", id="far"),
        pytest.param(signed_plan()[: len(signed_plan()) // 2], "cannot be read", id="half"),
        pytest.param(b"%PDF-1.7\n" + Random(7).randbytes(100_000), "cannot be read", id="noise"),
        pytest.param(_bomb(), "cannot be read", id="bomb"),
    ],
)
def test_a_hostile_file_is_answered_in_words_or_has_no_seal(pdf: bytes, answer: str) -> None:
    began = time.monotonic()
    assert _said(pdf) == answer
    assert time.monotonic() - began < examining.MOST_SECONDS + 10


def _said(pdf: bytes) -> str:
    try:
        found = examine(pdf, name="plan.pdf", roots=[])
    except BadInput as refused:
        return refused.what.partition(":")[0] if refused.where == "plan.pdf" and refused.mend else ""
    return "sealed" if found.signatures else "no seal"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 a letter", "is not a PDF"),
        (b"<!DOCTYPE html><p>%PD", "is not a PDF"),
        (b"%PDF-1.7\n" + b" " * examining.MOST_BYTES, "is larger than 64 MB"),
    ],
    ids=["empty", "archive", "page", "huge"],
)
def test_what_is_no_plan_is_refused_before_anything_reads_it(raw: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        examine(raw, name="plan.pdf", roots=[])


def test_an_encrypted_file_is_said_to_be_encrypted() -> None:
    with pikepdf.open(BytesIO(unsealed())) as pdf:
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="one", user="two"))
    with pytest.raises(BadInput, match="is encrypted"):
        examine(out.getvalue(), name="plan.pdf", roots=[])


def test_a_plan_is_examined_in_a_process_of_its_own() -> None:
    found = examine(signed_plan(), name="plan.pdf", roots=[root().certificate])
    assert [one.role for one in found.signatures] == ["", "person", "facilitator", "approver"]
    assert all(one.sound and one.kept and one.known and one.in_time for one in found.signatures)
    assert [one.to_the_end for one in found.signatures] == [False, False, False, True]
    assert found.updates == 4
    assert found.now == found.sealed


def test_a_check_that_is_stopped_ends_at_once() -> None:
    def stop() -> None:
        raise Stopped("Enough.")

    with pytest.raises(Stopped):
        examine(signed_plan(), name="plan.pdf", roots=[], waiting=stop)


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "MOST_SECONDS", 0)
    with pytest.raises(BadInput, match="takes longer than 0 seconds"):
        examine(signed_plan(), name="plan.pdf", roots=[])
