"""Keys and certificates."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from supportplan.documents.seal import keys
from supportplan.domain.problems import BadInput, NotAllowed, WrongPassphrase
from tests.documents.seal.sealed_files import NOON, device, root


def test_a_device_may_sign_documents_and_nothing_else_and_its_root_only_certificates() -> None:
    own = device().certificate.extensions
    usage = own.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not own.get_extension_for_class(x509.BasicConstraints).value.ca
    assert set(own.get_extension_for_class(x509.ExtendedKeyUsage).value) == {
        ExtendedKeyUsageOID.EMAIL_PROTECTION,
        keys.DOCUMENT_SIGNING,
    }
    of_root = root().certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert of_root.key_cert_sign
    assert not of_root.digital_signature
    assert keys.is_root(root().certificate)
    assert not keys.is_root(device().certificate)
    assert keys.stands_under(device().certificate, root().certificate)
    assert not keys.stands_under(device().certificate, root("Somebody else").certificate)


def test_openssl_builds_the_same_chain(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(keys.as_pem(root().certificate))
    (tmp_path / "device.pem").write_bytes(keys.as_pem(device().certificate))
    at = str(int(NOON.timestamp()))
    found = subprocess.run(
        ["openssl", "verify", "-attime", at, "-CAfile", "root.pem", "-purpose", "smimesign", "device.pem"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == "device.pem: OK\n"


def test_a_packed_key_is_encrypted_with_aes_256_and_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    own = device()
    packed = keys.packed(own.private, "open sesame", own.certificate, own.root)
    opened = keys.unpacked(packed, "open sesame")
    assert opened.private.private_numbers() == own.private.private_numbers()
    assert (opened.certificate, opened.root) == (own.certificate, own.root)
    with pytest.raises(WrongPassphrase, match="does not open"):
        keys.unpacked(packed, "open says me")
    (tmp_path / "device.p12").write_bytes(packed)
    told = subprocess.run(
        ["openssl", "pkcs12", "-in", "device.p12", "-info", "-nodes", "-passin", "pass:open sesame"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "PBES2, PBKDF2, AES-256-CBC, Iteration 600000" in told.stderr
    assert b"PRIVATE" not in packed


@pytest.mark.parametrize("damaged", [b"", b"no key at all", b"0\x82\x01", b"\x00" * 50])
def test_what_is_no_file_of_keys_is_said_to_be_none(damaged: bytes) -> None:
    with pytest.raises(BadInput, match="damaged"):
        keys.unpacked(damaged, "open sesame")


def test_half_a_file_of_keys_is_said_to_be_damaged() -> None:
    own = device()
    packed = keys.packed(own.private, "open sesame", own.certificate, own.root)
    with pytest.raises(BadInput, match="damaged"):
        keys.unpacked(packed[: len(packed) // 2], "open sesame")


def test_a_request_gets_a_certificate_for_the_key_that_signed_it_and_for_no_other() -> None:
    private, request = keys.request_certificate("second laptop")
    certificate = keys.issue_certificate(root(), request, on=NOON)
    assert certificate.public_key() == private.public_key()
    assert keys.name_of(certificate) == "second laptop"
    assert keys.organisation_of(certificate) == "Example Brokers"
    _, other = keys.request_certificate("another laptop")
    body = request.splitlines()
    forged = b"\n".join([*other.splitlines()[:3], *body[3:]])
    for bad in (b"", b"nothing", forged):
        with pytest.raises(BadInput, match="no request"):
            keys.issue_certificate(root(), bad, on=NOON)


def test_no_certificate_outlives_its_root_and_none_is_issued_under_one_that_ran_out() -> None:
    _, request = keys.request_certificate("laptop")
    late = root().certificate.not_valid_after_utc - timedelta(days=10)
    assert (
        keys.issue_certificate(root(), request, on=late).not_valid_after_utc
        == root().certificate.not_valid_after_utc
    )
    with pytest.raises(NotAllowed, match="ran out on"):
        keys.issue_certificate(root(), request, on=late + timedelta(days=20))


def test_a_clock_that_is_wrong_is_told_apart_from_a_certificate_that_ran_out() -> None:
    own = device().certificate
    keys.demand_valid(own, on=NOON, whose="It")
    with pytest.raises(NotAllowed, match="clock says 23 November 2016"):
        keys.demand_valid(own, on=NOON.replace(year=2016), whose="It")
    with pytest.raises(NotAllowed, match="It ran out on"):
        keys.demand_valid(own, on=NOON.replace(year=2046), whose="It")


@pytest.mark.parametrize(
    "raw", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"\x30\x82"]
)
def test_what_is_no_certificate_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(BadInput, match="holds no certificate"):
        keys.read_certificates(raw)
