"""One root for several computers: a computer asks for a certificate, the one that holds the root gives it, the first takes it.

The private key never leaves the computer that asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportplan.documents.writing import write_file
from supportplan.domain.problems import BadInput, NotFound
from supportplan.services import key_files
from supportplan.services.clock import local_moment
from supportplan.services.device_keys import device_name, read_root
from supportplan.services.key_files import ROOT, ROOT_KEY, WAITING

if TYPE_CHECKING:
    from pathlib import Path

    from supportplan.services.opening import Store


def request_certificate(store: Store, to: Path) -> None:
    """Write the file by which another computer, which holds the root's key, gives this one its certificate."""
    from supportplan.documents.seal import keys

    key_files.set_aside_what_does_not_open(store)
    folder = key_files.make_folder(store.folder)
    secret = key_files.secret_of(store) if key_files.is_chosen(folder) else key_files.random_secret(store)
    private, request = keys.request_certificate(device_name())
    write_file(folder / WAITING, keys.packed(private, secret))
    write_file(to, request)


def issue_certificate(store: Store, request: Path, to: Path) -> str:
    """Give the computer that made a request its certificate, and return its name. Raises NotFound without the root's key."""
    from supportplan.documents.seal import keys

    key_files.set_aside_what_does_not_open(store)
    folder = key_files.keys_folder(store.folder)
    if not (folder / ROOT_KEY).exists():
        raise NotFound(
            "The key of your organisation's root is not on this computer.",
            where=str(folder),
            mend="Do this on the computer where it was made.",
        )
    root = keys.unpacked(key_files.read(folder / ROOT_KEY), key_files.secret_of(store))
    certificate = keys.issue_certificate(root, key_files.read(request), on=local_moment())
    write_file(to, keys.as_pem(certificate, root.certificate))
    return keys.name_of(certificate)


def take_certificate(store: Store, file: Path) -> str:
    """Seal with the certificate that this computer asked for, and return the organisation's name.

    The keys that were here before are set aside; their root stays known. Raises NotFound where nothing was asked for,
    BadInput for another computer's certificate.
    """
    from supportplan.documents.seal import keys

    key_files.set_aside_what_does_not_open(store)
    folder = key_files.keys_folder(store.folder)
    if not (folder / WAITING).exists():
        raise NotFound(
            "This computer has asked for no certificate.",
            mend="Ask first: supportplan keys request FILE",
        )
    secret = key_files.secret_of(store)
    private = keys.unpacked_key(key_files.read(folder / WAITING), secret)
    found = keys.read_certificates(key_files.read(file))
    own = [one for one in found if one.public_key() == private.public_key()]
    roots = [one for one in found if keys.is_root(one)]
    if not own:
        raise BadInput(
            "is the certificate of another computer, or of an earlier request",
            where=str(file),
            mend="Make a new request on this computer: supportplan keys request FILE",
        )
    if not roots or not keys.stands_under(own[0], roots[0]):
        raise BadInput(
            "lacks the root that the certificate stands under",
            where=str(file),
            mend="Take the file as it was made by: supportplan keys issue",
        )
    if (folder / ROOT).exists():
        key_files.know(folder, read_root(folder / ROOT))
    key_files.set_aside(folder / ROOT_KEY)
    key_files.keep_device(folder, keys.Keys(private, own[0], roots[0]), secret)
    (folder / WAITING).unlink()
    return keys.organisation_of(roots[0])
