"""The sealed file of a plan: made once, kept in the case byte for byte, and signed further, never made anew.

What is printed or given away of a signed plan is this file. Every signature that is recorded for the plan becomes one
update of it, on the computer on which it is added.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.canonical import digest
from supportplan.domain.cases.entries import Digest, Record, plan_records
from supportplan.domain.cases.history import History
from supportplan.domain.cases.state import Signed, Standing, state
from supportplan.domain.cases.steps import Sealed
from supportplan.domain.days import day_words
from supportplan.domain.plan import read_plan
from supportplan.domain.problems import NotFound
from supportplan.services.clock import local_moment, today
from supportplan.services.device_keys import keys_to_seal_with
from supportplan.services.recording import blob, record_blob, record_step
from supportplan.services.signing import STATEMENT
from supportplan.services.views import newest_views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from supportplan.documents.seal import sealing
    from supportplan.domain.cases.steps import Signature
    from supportplan.services.opening import Store


# Two signatures that come quickly one after the other are added to one file, not to one each.
_ONE_AT_A_TIME = threading.Lock()


class SealedFile(NamedTuple):
    """A sealed plan: its bytes, their SHA-256, and the entries of the signatures that are in it."""

    pdf: bytes
    sha256: Digest
    signatures: tuple[str, ...]


def is_signed_by_anybody(store: Store, case: str, plan: str) -> bool:
    """Say whether somebody has signed a plan and the signature still counts: what is given away of it is then sealed."""
    where = state(store.records(case, blobs=False), today()).of(plan)
    return where is not None and any(not one.void for one in where.signatures)


def waits_for_seal(store: Store, case: str, plan: str) -> bool:
    """Say whether somebody has signed a plan, the signature counts, and it is in no sealed file yet."""
    records = store.records(case, blobs=False)
    where = state(records, today()).of(plan)
    inside = {entry for one in sealed_steps(records, plan) for entry in one.signatures}
    return where is not None and any(not one.void and one.entry not in inside for one in where.signatures)


def sealed_file(store: Store, case: str, plan: str) -> SealedFile | None:
    """Return the sealed file of a plan entry, with every signature that counts; it is made or signed further as needed.

    None is made of a plan that nobody has signed, or that was changed since, so that no signature counts. Raises NotFound for a plan that is not in the case, what `keys_to_seal_with` does, and DiskRefused. What is recorded already stays as it is in any case.
    """
    with _ONE_AT_A_TIME:
        return _sealed_file(store, case, plan)


def _sealed_file(store: Store, case: str, plan: str) -> SealedFile | None:
    records = store.records(case, blobs=False)
    where = state(records, today()).of(plan)
    if where is None:
        raise NotFound("That plan is not in this case.", mend="Open the case that the plan belongs to.")
    kept = kept_file(store, case, records, plan)
    to_add = tuple(_to_add(where, kept))
    if not to_add:
        return kept
    from supportplan.documents.seal import sealing

    keys = keys_to_seal_with(store)
    if kept is None:
        pdf = sealing.seal(_finished(records, where), keys, newest=store.head().chain, at=local_moment())
    else:
        pdf = kept.pdf
    for one in to_add:
        pdf = sealing.sign(pdf, keys, _signed(one), at=local_moment())
    signatures = (*(kept.signatures if kept else ()), *(one.entry for one in to_add))
    name = record_blob(store, case, pdf)
    record_step(
        store,
        case,
        Sealed(
            format="supportplan/sealed", version=1, plan=plan, on=today(), file=name, signatures=signatures
        ),
    )
    return SealedFile(blob(store, case, name), name, signatures)


def kept_file(store: Store, case: str, records: Iterable[Record], plan: str) -> SealedFile | None:
    """Return the sealed file that a case keeps of a plan entry: of several, the newest of those with most signatures."""
    for one in sealed_steps(records, plan):
        try:
            pdf = blob(store, case, one.file)
        except NotFound:
            continue  # it has not come over from the computer where it was made
        if digest(pdf) == one.file:
            return SealedFile(pdf, one.file, one.signatures)
    return None


def sealed_steps(records: Iterable[Record], plan: str) -> tuple[Sealed, ...]:
    """Return what was sealed of a plan entry: those with most signatures first, of these the newest first."""
    found = [step for _, step in History(records).every(Sealed) if step.plan == plan]
    order = sorted(enumerate(found), key=lambda one: (len(one[1].signatures), one[0]), reverse=True)
    return tuple(step for _, step in order)


def _to_add(where: Standing, kept: SealedFile | None) -> Iterator[Signed]:
    """Yield the signatures that count and are not in the file; a role has one field, so one of each."""
    inside = kept.signatures if kept else ()
    taken = {one.signature.role for one in where.signatures if one.entry in inside}
    for one in where.signatures:
        if not one.void and one.signature.role not in taken:
            taken.add(one.signature.role)
            yield one


def _finished(records: Sequence[Record], where: Standing) -> bytes:
    """Make the file that everybody signs: the plan as it was recorded, with an empty field for each signer."""
    from supportplan.documents.pdf.render import render_pdf
    from supportplan.services.copies import recorded_document

    plans = plan_records(records)
    number, of = next((place, one) for place, one in enumerate(plans, start=1) if one.entry.id == where.plan)
    document = recorded_document(
        read_plan(of.body),
        number=number,
        author=of.entry.author,
        signers=where.signers,
        views=newest_views(records),
    )
    return render_pdf(document).pdf


def _signed(one: Signed) -> sealing.Signed:
    from supportplan.documents.seal import sealing
    from supportplan.documents.seal.appearances import Shown

    signature = one.signature
    return sealing.Signed(
        role=signature.role,
        name=signature.name,
        entry=one.entry,
        statement=signature.statement,
        shown=Shown(signature.name, _how(signature), day_words(signature.on), signature.drawing),
    )


def _how(signature: Signature) -> str:
    """Say in what right and in which way somebody signed, and who saw it; also the statement, where it is not the usual one.

    The usual statement stands once on the page, over all signatures.
    """
    way = {"typed": "by typed name", "drawn": "drawn", "ink": f"in ink on paper, seen by {signature.seen_by}"}
    said = ", ".join(part for part in (signature.basis, way[signature.way]) if part)
    statement = "" if signature.statement == STATEMENT else f" {signature.statement}"
    return f"{said[:1].upper()}{said[1:]}.{statement}"
