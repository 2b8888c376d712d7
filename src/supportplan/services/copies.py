"""Copies of a plan: what they say, and writing one that belongs to no case. `issuing` gives out those of a case."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from supportplan.documents.model import Document
from supportplan.documents.plan.document import plan_document
from supportplan.documents.plan.words import PlanFacts, Signer
from supportplan.documents.text import render_text
from supportplan.documents.writing import write_file
from supportplan.domain.cases.step_words import WAY_WORDS
from supportplan.domain.plan import Plan
from supportplan.domain.profile import Profile
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.services.overwriting import begins_with, demand_free
from supportplan.services.plans import costed
from supportplan.services.profiles import frameworks, profile_of
from supportplan.services.signing import Signing, signings
from supportplan.services.versions import newest_name

# So many letters that cannot be printed are named, and no more.
_SHOWN = 10

_is_pdf = begins_with(b"%PDF-")


class Copy(NamedTuple):
    """A PDF that was written: where, its SHA-256, its pages, and the letters that no font has."""

    path: Path
    sha256: str
    pages: int
    lacking: tuple[str, ...]


def usual_name(plan: Plan, ending: str) -> str:
    """Name the file by the case's reference, or by nothing of the person's: a folder is seen by others."""
    reference = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in plan.person.reference)
    return f"support-plan{f'-{reference}' if reference else ''}-{today():%Y-%m-%d}{ending}"


def document_of(plan: Plan) -> Document:
    """Return the document of a plan that belongs to no case here. Raises NotFound for the profile that it follows."""
    return _document(plan, version="Draft", prepared_by="", signed=())


def case_document(desk: Desk) -> Document:
    """Return the document of the case on the desk, as its PDF, its preview and its text all have it.

    It says which version it is, who prepared it and who has signed. Raises NotFound for the profile.
    """
    return _document(
        desk.plan, version=newest_name(desk), prepared_by=desk.store.author, signed=signings(desk)
    )


def _document(plan: Plan, *, version: str, prepared_by: str, signed: Sequence[Signing]) -> Document:
    found = costed(plan)
    facts = _facts(profile_of(plan), version=version, prepared_by=prepared_by, signed=signed)
    return plan_document(plan, found.costing, found.payments, facts)


def lacking_words(document: Document) -> str:
    """Say which letters of a document no font here has, before any copy of it is made; nothing where there are none."""
    from supportplan.documents.pdf.letters import LACKING, lacking

    letters = lacking(document)
    if not letters:
        return ""
    named = [letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in letters]
    shown = " ".join(named[:_SHOWN]) + (" and others" if len(letters) > _SHOWN else "")
    count = "1 character" if len(letters) == 1 else f"{len(letters)} characters"
    return f"Caution: {count} cannot be printed, and {LACKING} will stand in the place of each: {shown}"


def text_of(document: Document) -> str:
    """Return a document as text, for screen readers and e-mail."""
    return render_text(document)


def write_text(document: Document, to: Path, *, replace: bool = False) -> Path:
    """Write a document as a text file, whole or not at all; another plan's gives way only where that is asked for.

    Raises CannotWrite and FileThere.
    """
    text = text_of(document).encode("utf-8")
    demand_free(to, begins_with(text.split(b" ", 1)[0]), "a plan as text", replace=replace)
    write_file(to, text)
    return to


def write_pdf(document: Document, to: Path, *, replace: bool = False) -> Copy:
    """Write a document as PDF, whole or not at all.

    A PDF that is there may be signed: it is replaced only where that is asked for. Raises CannotWrite and FileThere.
    """
    from supportplan.documents.pdf.render import render_pdf

    demand_free(to, _is_pdf, "a PDF", replace=replace)
    rendered = render_pdf(document)
    return Copy(to, write_file(to, rendered.pdf), rendered.pages, rendered.lacking)


def _facts(profile: Profile, *, version: str, prepared_by: str, signed: Sequence[Signing]) -> PlanFacts:
    roles = [one.signer for one in signed] or profile.signers
    by_role = {one.signer.role: one for one in signed if one.valid}
    return PlanFacts(
        authority=profile.authority,
        scheme=profile.name,
        version=version,
        prepared_by=prepared_by,
        prepared_on=today(),
        signers=tuple(_signer(signer.role, signer.words, by_role.get(signer.role)) for signer in roles),
        domains={
            (framework.id, domain.key): domain.name
            for framework in frameworks()
            for domain in framework.domains
        },
        streams={stream.key: stream.name for stream in profile.streams},
        routes={route.key: route.name for route in profile.routes},
    )


def _signer(role: str, words: str, signing: Signing | None) -> Signer:
    """Say who signs in a role, and who has, in which way."""
    if signing is None or signing.signature is None:
        return Signer(role, words)
    by = f"{signing.who}, {WAY_WORDS[signing.signature.way]}"
    return Signer(role, words, signed=by, on=signing.on, drawing=signing.signature.drawing)
