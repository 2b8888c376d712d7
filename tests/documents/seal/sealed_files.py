"""Sealed plans for the tests: the sample plan, finished with its fields, sealed and signed by keys that are made here."""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from supportplan.documents.model import Document
from supportplan.documents.pdf.render import render_pdf
from supportplan.documents.seal.appearances import Shown
from supportplan.documents.seal.keys import Keys, as_pem, issue_certificate, make_root, request_certificate
from supportplan.documents.seal.sealing import Signed, seal, sign
from supportplan.domain.canonical import digest
from supportplan.domain.plan import Plan
from supportplan.services.copies import recorded_document
from supportplan.services.profiles import profile_of
from tests.plans import sample_plan

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NEWEST = digest(b"the newest entry")
STATEMENT = "I have seen this plan."
PEOPLE = (("person", "Jo Example"), ("facilitator", "Fran Example"), ("approver", "Ann Approver"))


def root(organisation: str = "Example Brokers") -> Keys:
    return _root(organisation)


def device(name: str = "laptop", organisation: str = "Example Brokers") -> Keys:
    return _device(name, organisation)


@cache
def _root(organisation: str) -> Keys:
    return make_root(organisation, on=NOON)


@cache
def _device(name: str, organisation: str) -> Keys:
    private, request = request_certificate(name)
    of = root(organisation)
    return Keys(private, issue_certificate(of, request, on=NOON), of.certificate)


def root_file(folder: Path, organisation: str = "Example Brokers") -> Path:
    file = folder / f"{organisation}.pem"
    file.write_bytes(as_pem(root(organisation).certificate))
    return file


def document_of(plan: Plan) -> Document:
    return recorded_document(
        plan, number=1, author="Fran Example, broker", signers=profile_of(plan).signers, views=None
    )


@cache
def unsealed(plan: Plan | None = None) -> bytes:
    return render_pdf(document_of(plan or sample_plan())).pdf


def sealed(pdf: bytes, keys: Keys | None = None) -> bytes:
    return seal(pdf, keys or device(), newest=NEWEST, at=NOON)


def signed(pdf: bytes, role: str, name: str, keys: Keys | None = None) -> bytes:
    one = Signed(
        role, name, digest(name.encode()), STATEMENT, Shown(name, "By typed name.", "23 November 2026")
    )
    return sign(pdf, keys or device(), one, at=NOON)


@cache
def signed_plan(plan: Plan | None = None) -> bytes:
    """The sample plan, sealed, with everybody's signature."""
    pdf = sealed(unsealed(plan))
    for role, name in PEOPLE:
        pdf = signed(pdf, role, name)
    return pdf


def revision(pdf: bytes, signatures: int) -> bytes:
    """The file as it was when so many signatures were in it, the seal not counted."""
    found = PdfFileReader(BytesIO(pdf)).embedded_signatures[signatures]
    return pdf[: int(found.byte_range[2]) + int(found.byte_range[3])]


def updated(pdf: bytes, change: object) -> bytes:
    """The file with an update that somebody appended: every byte before it stays."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    assert callable(change)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
