"""What an organisation's pair of keys agrees on (X25519): the private one is on no laptop. Loaded only where there is such a key."""

from contextlib import suppress

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from supportplan.domain.problems import BadInput


def agree_anew(public_key_pem: str) -> tuple[str, str, bytes]:
    """Agree with the holder of a private key, of whom only the public one is here.

    Returns the public key and a new one-time public key, both as 64 hex digits, and the secret that both sides can work
    out. Raises BadInput where it is no such key.
    """
    recipient = _public_key(public_key_pem)
    ephemeral = X25519PrivateKey.generate()
    return (
        recipient.public_bytes_raw().hex(),
        ephemeral.public_key().public_bytes_raw().hex(),
        ephemeral.exchange(recipient),
    )


def agreed(private_key_pem: str, ephemeral: str) -> bytes | None:
    """Return the secret that a private key and a one-time public key agree on; None where it is no such private key."""
    private = _private_key(private_key_pem)
    try:
        return (
            private.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(ephemeral))) if private else None
        )
    except ValueError:  # a planted point that would make the shared secret a known one
        return None


def _public_key(pem: str) -> X25519PublicKey:
    found: object = None
    with suppress(ValueError, UnsupportedAlgorithm):
        found = serialization.load_pem_public_key(pem.encode())
    if not isinstance(found, X25519PublicKey):
        raise BadInput(
            "This is not an organisation's public key.",
            mend="Ask for an X25519 public key in PEM form: it begins with '-----BEGIN PUBLIC KEY-----'.",
        )
    return found


def _private_key(pem: str) -> X25519PrivateKey | None:
    try:
        found = serialization.load_pem_private_key(pem.encode("utf-8", "replace"), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return found if isinstance(found, X25519PrivateKey) else None
