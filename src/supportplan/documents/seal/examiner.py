"""What examines a PDF in a process of its own: given a task on standard input, it answers on standard output."""

import io
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Any

import msgspec
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from supportplan.documents.seal import keys
from supportplan.documents.seal.contents import contents
from supportplan.documents.seal.examining import MOST_MEMORY, MOST_SECONDS, Answer, Task
from supportplan.documents.seal.fields import names, words_in_fields
from supportplan.documents.seal.sealing import SEAL_FIELD, entry_of, role_of
from supportplan.domain.canonical import digest
from supportplan.domain.examined import Examined, FoundSignature

_MOST_SIGNATURES = 100


def main() -> None:
    """Examine one file, and answer."""
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no answer
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    _bound()
    logging.disable(logging.CRITICAL)
    with os.fdopen(answers, "wb") as out:
        out.write(msgspec.msgpack.encode(answer(task)))


def _bound() -> None:
    """Take no more time and memory than any plan needs."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def answer(task: Task) -> Answer:
    """Say what is in a file, or why it cannot be read."""
    try:
        reader = PdfFileReader(io.BytesIO(task.pdf))
        if reader.encrypted:
            return Answer(trouble="is encrypted: nobody can check what it says")
        return Answer(found=_examined(task, reader))
    except RecursionError:
        return Answer(trouble="cannot be read: it is nested too deeply")
    except MemoryError:
        return Answer(trouble="cannot be read: it takes more memory than any plan does")
    except Exception:  # noqa: BLE001 - a file from anywhere makes the libraries raise anything, which says the same of it
        return Answer(trouble="cannot be read: it is damaged, or not made by supportplan")


def _examined(task: Task, reader: Any) -> Examined:
    embedded = list(reader.embedded_signatures)[:_MOST_SIGNATURES]
    shown = words_in_fields(task.pdf) if embedded else {}
    found = tuple(_signature(one, task.roots, shown.get(str(one.field_name), "")) for one in embedded)
    sealing = next((one for one, said in zip(embedded, found, strict=True) if said.seals), None)
    empty = [name for name, value, _ in enumerate_sig_fields(reader) if value is None]
    return Examined(
        sha256=digest(task.pdf),
        size=len(task.pdf),
        updates=reader.xrefs.total_revisions - 1,
        signatures=found,
        empty=tuple(str(name).removeprefix("sign-") for name in empty if name != "seal"),
        now=contents(task.pdf),
        sealed=None if sealing is None else contents(task.pdf[: _end_of(sealing)]),
    )


def _signature(embedded: Any, roots: tuple[bytes, ...], shows: str) -> FoundSignature:
    """Look at one signature: what it covers, whether it holds, and whose key made it; its field `shows` what is read there."""
    said = embedded.sig_object
    reason = _text(said, "/Reason")
    entry, name = entry_of(reason), _text(said, "/Name")
    at = embedded.self_reported_timestamp
    certificate = x509.load_der_x509_certificate(embedded.signer_cert.dump())
    root = next(
        (one for raw in roots for one in keys.read_certificates(raw) if keys.stands_under(certificate, one)),
        None,
    )
    status = _status(embedded, root, at)
    in_time = at is not None and all(
        one.not_valid_before_utc <= at <= one.not_valid_after_utc
        for one in (certificate, root)
        if one is not None
    )
    sound = status is not None and bool(status.intact and status.valid)
    return FoundSignature(
        field=str(embedded.field_name),
        role=role_of(str(embedded.field_name)),
        name=name,
        statement=reason.removesuffix(f"[{entry}]").strip() if entry else reason,
        entry=entry,
        at="" if at is None else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        device=keys.name_of(certificate),
        organisation=keys.organisation_of(certificate),
        key=keys.fingerprint(certificate),
        seals=embedded.field_name == SEAL_FIELD and embedded.docmdp_level == MDPPerm.FILL_FORMS,
        sound=sound,
        kept=status is not None and bool(status.docmdp_ok),
        to_the_end=status is not None and status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        # Where its time is off, or its bytes were changed, pyHanko trusts no key: it says of those what it would say of the key.
        known=root is not None and status is not None and (status.trusted or not in_time or not sound),
        in_time=in_time,
        shows=shows,
        named=names(shows, name),
    )


def _status(embedded: Any, root: Any, at: datetime | None) -> Any:
    """Check one signature as of the moment it names, with nothing fetched; None for one that cannot be checked at all."""
    try:
        context = ValidationContext(
            trust_roots=[] if root is None else [Certificate.load(root.public_bytes(Encoding.DER))],
            moment=at,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )
        return validate_pdf_signature(embedded, context)
    except Exception:  # noqa: BLE001 - of what is damaged, the libraries raise anything
        return None


def _end_of(embedded: Any) -> int:
    """Where the part of the file ends that a signature covers."""
    return int(embedded.byte_range[2]) + int(embedded.byte_range[3])


def _text(said: Any, key: str) -> str:
    found = said.get(key, "")
    return str(found) if isinstance(found, str) else ""


if __name__ == "__main__":
    main()
