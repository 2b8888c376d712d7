"""Sealing a finished PDF, and signing in its fields: each an update that leaves every byte before it as it was.

The seal is a certification signature (PAdES, baseline B) after which only fields may be filled in; each person's
signature fills in one field that is there. Both are made with the key of this computer: a seal says that nothing was
changed since, and a signature what was written down of a person on this computer. Neither proves who signed.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.content import AppearanceContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp.base import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from supportplan.documents.seal.appearances import Shown, appearance
from supportplan.documents.seal.keys import Keys
from supportplan.domain.days import day_words
from supportplan.domain.problems import BadInput

SEAL_FIELD = "seal"
_SIGN = "sign-"


class Signed(NamedTuple):
    """What the signature of a person is made from.

    `role` names the field, `entry` is the id of what is recorded of the signature, `shown` what stands in the field.
    """

    role: str
    name: str
    entry: str
    statement: str
    shown: Shown


def field_name(role: str) -> str:
    """Return the name of the field in which somebody signs in a role."""
    return f"{_SIGN}{role}"


def role_of(field: str) -> str:
    """Return the role that signs in a field; nothing where the field is none of ours."""
    return field.removeprefix(_SIGN) if field.startswith(_SIGN) else ""


def reason(statement: str, entry: str) -> str:
    """Write why a signature is there, as viewers show it, with the record that it is about."""
    return f"{statement} [{entry}]".strip()


def entry_of(said: str) -> str:
    """Return the record that a signature is about, or of a seal the newest hash of the log; nothing where none is named."""
    _, begun, rest = said.rpartition("[")
    return rest[:-1] if begun and rest.endswith("]") and len(rest) == 65 else ""


def seal(pdf: bytes, keys: Keys, *, newest: str, at: datetime) -> bytes:
    """Seal a finished PDF: whatever is changed in it afterwards, but for its fields, can be found.

    `newest` is the newest hash of the log of the store that seals, which goes over all its entries: it is printed, so
    that nothing that was recorded before can be taken out of that store unseen. Raises BadInput for a file that has no field for a seal.
    """
    words = (
        f"Sealed by supportplan on {keys.name}, {day_words(at.date())}, {at:%H:%M} by its clock. "
        "Any later change can be found with: supportplan verify. This seal does not prove who signed. "
        f"Check number of its records then: {newest}"
    )
    return _updated(
        pdf,
        keys,
        field=SEAL_FIELD,
        name=keys.name,
        why=reason(
            "Sealed by supportplan. Any later change can be found. This does not prove who signed.", newest
        ),
        shown=Shown("", words),
        at=at,
        certify=True,
    )


def sign(pdf: bytes, keys: Keys, signed: Signed, *, at: datetime) -> bytes:
    """Fill in the field of a role with somebody's signature. Raises BadInput where there is no such field, or it is taken."""
    return _updated(
        pdf,
        keys,
        field=field_name(signed.role),
        name=signed.name,
        why=reason(signed.statement, signed.entry),
        shown=signed.shown,
        at=at,
        certify=False,
    )


class _Updates(IncrementalPdfFileWriter):
    """A writer that leaves the description of the file alone: pyHanko's own form of it is not that of PDF/UA."""

    def _update_meta(self) -> None:
        pass


class _Signer(PdfSigner):
    """Signs at a moment that is handed in."""

    at: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> PdfSigningSession:
        session = super().init_signing_session(*given, **named)
        session.system_time = self.at
        return session


@dataclass(frozen=True)
class _PageStyle(BaseStampStyle):
    """Shows a page of a PDF in a field."""

    page: bytes = b""

    def create_stamp(
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,
        text_params: dict[str, Any],  # noqa: ARG002 - pyHanko hands it in
    ) -> Any:
        return _Page(self.page, writer, box)


class _Page(AppearanceContent):
    def __init__(self, page: bytes, writer: BasePdfFileWriter, box: BoxConstraints) -> None:
        super().__init__(writer=writer, box=box)
        self._page = page

    def render(self) -> bytes:
        imported = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._page)))
        self.set_resource(ResourceType.XOBJECT, pdf_name("/Words"), imported)
        return b"q /Words Do Q"


def _updated(
    pdf: bytes, keys: Keys, *, field: str, name: str, why: str, shown: Shown, at: datetime, certify: bool
) -> bytes:
    writer = _Updates(BytesIO(pdf))
    width, height = _size(writer, field)
    said = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        name=name,
        reason=why,
        location=keys.name,
    )
    signer = _Signer(said, _signing(keys), stamp_style=_PageStyle(page=appearance(shown, width, height)))
    signer.at = at
    made = BytesIO()
    signer.sign_pdf(writer, existing_fields_only=True, output=made)
    return made.getvalue()


def _size(writer: _Updates, field: str) -> tuple[float, float]:
    """Return the width and height of an empty field, in points."""
    for name, value, reference in enumerate_sig_fields(writer):
        if name == field and value is None:
            left, low, right, high = (float(one) for one in reference.get_object()["/Rect"])
            return abs(right - left), abs(high - low)
    raise BadInput(
        "The file has no empty field for this signature.",
        mend="Make the copy anew from the case, and sign that.",
    )


def _signing(keys: Keys) -> SimpleSigner:
    private = keys.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    own, root = (Certificate.load(one.public_bytes(Encoding.DER)) for one in (keys.certificate, keys.root))
    return SimpleSigner(own, PrivateKeyInfo.load(private), SimpleCertificateStore.from_certs([root]))
