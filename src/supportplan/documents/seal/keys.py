"""Keys and certificates for seals: an organisation's root, and under it a certificate for each device.

A private key leaves here only inside an encrypted PKCS#12 (PBES2 with AES-256). Certificates are X.509, ECDSA on P-256.
A device may sign documents (`digitalSignature` and `contentCommitment`); the extended usages are both
`emailProtection` and `documentSigning`, because some viewers know only the first of them.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from supportplan.domain.days import day_words
from supportplan.domain.problems import BadInput, NotAllowed, WrongPassphrase
from supportplan.domain.short import shortened

ROOT_YEARS = 20
DEVICE_YEARS = 5
# What guessing one passphrase costs; a key file is opened once for a seal.
ROUNDS = 600_000

DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
_MOST_NAME = 64
# The clocks of two laptops differ: a certificate that is made now is good on one whose clock is behind.
_CLOCKS_DIFFER = timedelta(days=1)


class Keys(NamedTuple):
    """A private key, its certificate, and the certificate of the root that it stands under."""

    private: EllipticCurvePrivateKey
    certificate: x509.Certificate
    root: x509.Certificate

    @property
    def name(self) -> str:
        """Who the certificate is for."""
        return name_of(self.certificate)


def make_root(organisation: str, *, on: datetime) -> Keys:
    """Make the root of an organisation: it signs the certificates of devices, and nothing else."""
    private = generate_private_key(SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, shortened(organisation, _MOST_NAME)),
            x509.NameAttribute(NameOID.COMMON_NAME, shortened(f"Seals of {organisation}", _MOST_NAME)),
        ]
    )
    public = private.public_key()
    certificate = (
        _unsigned(name, name, on=on, years=ROOT_YEARS)
        .public_key(public)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(private, hashes.SHA256())
    )
    return Keys(private, certificate, certificate)


def request_certificate(device: str) -> tuple[EllipticCurvePrivateKey, bytes]:
    """Make a key for a device, and the request (PEM) by which its organisation gives it a certificate."""
    private = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, shortened(device, _MOST_NAME))])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(private, hashes.SHA256())
    return private, request.public_bytes(Encoding.PEM)


def issue_certificate(root: Keys, request: bytes, *, on: datetime) -> x509.Certificate:
    """Give the device that asks for it a certificate under the root. Raises BadInput, and NotAllowed for an expired root."""
    try:
        asked = x509.load_pem_x509_csr(request)
        sound = asked.is_signature_valid
        public = asked.public_key()
        names = asked.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except (ValueError, UnsupportedAlgorithm, InvalidSignature):
        sound, names = False, []
    if not sound or not names:
        raise BadInput(
            "is no request for a certificate, or it is damaged",
            mend="Make it on the other computer with: supportplan keys request FILE",
        )
    demand_valid(root.certificate, on=on, whose="The organisation's root")
    organisation = root.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    name = x509.Name([*organisation, x509.NameAttribute(NameOID.COMMON_NAME, str(names[0].value))])
    return (
        _unsigned(name, root.certificate.subject, on=on, years=DEVICE_YEARS, until=root.certificate)
        .public_key(public)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(documents=True), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, DOCUMENT_SIGNING]), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root.private.public_key()), critical=False
        )
        .sign(root.private, hashes.SHA256())
    )


def packed(
    private: EllipticCurvePrivateKey,
    passphrase: str,
    certificate: x509.Certificate | None = None,
    root: x509.Certificate | None = None,
) -> bytes:
    """Return a key, with its certificate and root where it has them, as an encrypted PKCS#12."""
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(passphrase.encode())
    )
    others = [root] if root is not None and root != certificate else None
    return pkcs12.serialize_key_and_certificates(b"supportplan", private, certificate, others, encryption)


def unpacked_key(packed_key: bytes, passphrase: str) -> EllipticCurvePrivateKey:
    """Open an encrypted key that waits for its certificate. Raises as `unpacked` does."""
    return _opened(packed_key, passphrase)[0]


def unpacked(packed_key: bytes, passphrase: str) -> Keys:
    """Open an encrypted key with its certificate. Raises WrongPassphrase, and BadInput for what is damaged or foreign."""
    private, certificate, others = _opened(packed_key, passphrase)
    if certificate is None:
        raise _damaged("holds a key and no certificate")
    return Keys(private, certificate, others[0] if others else certificate)


def _opened(
    packed_key: bytes, passphrase: str
) -> tuple[EllipticCurvePrivateKey, x509.Certificate | None, list[x509.Certificate]]:
    if not _is_pkcs12(packed_key):
        raise _damaged("is damaged, or is no file of keys")
    try:
        private, certificate, others = pkcs12.load_key_and_certificates(packed_key, passphrase.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise WrongPassphrase(
            "The passphrase does not open this computer's key.",
            mend="Try again. If nobody knows it any more, move the key's file away: the next seal is then made with a new key.",
        ) from None
    if not isinstance(private, EllipticCurvePrivateKey):
        raise _damaged("holds a key of another kind than supportplan makes")
    return private, certificate, others


def _is_pkcs12(raw: bytes) -> bool:
    """Whether some bytes are a PKCS#12 by their form: opening one says of a wrong passphrase what it says of damage."""
    from asn1crypto.pkcs12 import Pfx

    try:
        found = Pfx.load(raw, strict=True)
        return bool(
            found["version"].native == "v3"
            and found["auth_safe"]["content_type"].native
            and found["mac_data"].native
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def read_certificates(raw: bytes) -> list[x509.Certificate]:
    """Read certificates from PEM or DER. Raises BadInput where there is none."""
    try:
        if b"-----BEGIN CERTIFICATE-----" in raw:
            return x509.load_pem_x509_certificates(raw)
        return [x509.load_der_x509_certificate(raw)]
    except ValueError:
        raise BadInput(
            "holds no certificate",
            mend="Ask for the file that this makes on the other computer: supportplan keys root --export FILE",
        ) from None


def as_pem(*certificates: x509.Certificate) -> bytes:
    """Write certificates as PEM."""
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


def is_root(certificate: x509.Certificate) -> bool:
    """Say whether a certificate signs others and is signed by itself."""
    try:
        certificate.verify_directly_issued_by(certificate)
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound):
        return False
    return basic.ca


def stands_under(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    """Say whether a root has signed a certificate."""
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def demand_valid(certificate: x509.Certificate, *, on: datetime, whose: str) -> None:
    """Demand that a certificate is good at a moment; raise NotAllowed with what to do. `whose` begins the sentence."""
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if on < begins:
        raise NotAllowed(
            f"{whose} is good from {day_words(begins.date())}, and this computer's clock says {day_words(on.date())}.",
            mend="Set the clock, then try again.",
        )
    if on > ends:
        raise NotAllowed(
            f"{whose} ran out on {day_words(ends.date())}.",
            mend="Make a new one: supportplan keys renew. What was sealed before stays sealed.",
        )


def name_of(certificate: x509.Certificate) -> str:
    """Return who a certificate is for, as it says."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else "somebody without a name"


def organisation_of(certificate: x509.Certificate) -> str:
    """Return the organisation that a certificate names; empty where it names none."""
    names = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(names[0].value) if names else ""


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate, in groups of four, as people read it to one another."""
    found = certificate.fingerprint(hashes.SHA256()).hex()
    return " ".join(found[place : place + 4] for place in range(0, len(found), 4))


def _unsigned(
    subject: x509.Name,
    issuer: x509.Name,
    *,
    on: datetime,
    years: int,
    until: x509.Certificate | None = None,
) -> x509.CertificateBuilder:
    ends = on + timedelta(days=round(365.25 * years))
    if until is not None:
        ends = min(ends, until.not_valid_after_utc)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .serial_number(x509.random_serial_number())
        .not_valid_before((on - _CLOCKS_DIFFER).astimezone(UTC))
        .not_valid_after(ends.astimezone(UTC))
    )


def _usage(*, certificates: bool = False, documents: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=documents,
        content_commitment=documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _damaged(what: str) -> BadInput:
    return BadInput(
        what,
        mend="Move the file away: the next seal is then made with a new key. What was sealed before stays sealed.",
    )
