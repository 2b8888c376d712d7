"""Copies of a plan: what they say, and writing one that belongs to no case. `issuing` gives out those of a case."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from platformdirs import user_data_path

from supportplan.documents.html import render_html
from supportplan.documents.model import Document, Edition
from supportplan.documents.pictures import bundled_pictures, own_pictures
from supportplan.documents.plan.document import plan_document
from supportplan.documents.plan.easy_read import easy_read
from supportplan.documents.plan.large_print import large_print
from supportplan.documents.plan.letter import Decided, decision_letter
from supportplan.documents.plan.words import PlanFacts, Signer, Source
from supportplan.documents.text import render_text
from supportplan.documents.writing import write_file
from supportplan.domain.canonical import digest
from supportplan.domain.cases.step_words import WAY_WORDS
from supportplan.domain.cases.steps import CopyKind, Views
from supportplan.domain.plan import Plan
from supportplan.domain.profile import Profile
from supportplan.domain.profile import Signer as ProfileSigner
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.services.letter import DecidedPlans, newest_decision, nothing_decided
from supportplan.services.overwriting import begins_with, demand_free
from supportplan.services.plans import costed
from supportplan.services.profiles import frameworks, profile_of
from supportplan.services.signing import STATEMENT, Signing, signings
from supportplan.services.versions import newest_name
from supportplan.services.views import views_of

PICTURES_ENVIRONMENT = "SUPPORTPLAN_PICTURES"

# So many letters that cannot be printed are named, and no more.
_SHOWN = 10
# What a file's name begins with, and how many letters of the case's reference and of its code are in it.
_FILE_WORDS: dict[CopyKind, str] = {
    "standard": "support-plan",
    "large_print": "support-plan-large-print",
    "easy_read": "support-plan-easy-read",
    "letter": "decision-letter",
    "views": "support-plan-both-views",
    "signature_page": "support-plan",
}
_REFERENCE, _CODE = 20, 6

_is_pdf = begins_with(b"%PDF-")
_is_html = begins_with(b"<!doctype html>")


class Copy(NamedTuple):
    """A PDF that was written: where, its SHA-256, its pages, and the letters that no font has."""

    path: Path
    sha256: str
    pages: int
    lacking: tuple[str, ...]


def usual_name(plan: Plan, ending: str, kind: CopyKind = "standard") -> str:
    """Name the file of a copy: `support-plan-C-1042-3f9a1c-2026-11-24.pdf`, by nothing that tells who the person is.

    A folder is seen by others. Two cases may have no reference, or one that a family shares: a code made of the case's
    id, always the same for it, tells their files apart.
    """
    reference = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in plan.person.reference)
    code = digest(plan.case.encode())[:_CODE]
    named = (_FILE_WORDS[kind], reference[:_REFERENCE].strip("-"), code, f"{today():%Y-%m-%d}")
    return "-".join(part for part in named if part) + ending


def document_of(plan: Plan, edition: Edition = "standard") -> Document:
    """Return a copy of a plan that belongs to no case here.

    Raises NotFound for the profile that it follows and for a letter, BadInput for a picture of easy read.
    """
    return _document(edition, plan, _facts(profile_of(plan), version="Draft", prepared_by="", signed=()))


def case_document(desk: Desk, edition: Edition = "standard") -> Document:
    """Return a copy of the case on the desk, as its PDF, its preview and its text all have it.

    It says which version it is, who prepared it and who has signed. Raises as `document_of` does.
    """
    if edition == "letter":
        return _letter(newest_decision(desk), desk.store.author)
    facts = _facts(
        profile_of(desk.plan),
        version=newest_name(desk),
        prepared_by=desk.store.author,
        signed=signings(desk),
    )
    return _document(edition, desk.plan, replace(facts, views=views_of(desk)))


def _document(edition: Edition, plan: Plan, facts: PlanFacts) -> Document:
    source = _source(plan, facts)
    match edition:
        case "standard":
            return plan_document(plan, source.costing, source.payments, facts)
        case "large_print":
            return large_print(source)
        case "easy_read":
            return easy_read(source, {**bundled_pictures(), **own_pictures(pictures_folder())})
        case "letter":
            raise nothing_decided()


def _letter(found: DecidedPlans, author: str) -> Document:
    """Return the letter about a decision; it is about the versions that were decided on, whatever is on the desk now."""
    facts = _facts(
        profile_of(found.agreed or found.asked), version=found.version, prepared_by=author, signed=()
    )
    return decision_letter(
        Decided(
            decision=found.decision,
            asked=_source(found.asked, facts),
            agreed=_source(found.agreed, facts) if found.agreed else None,
            awaited=found.awaited,
        )
    )


def recorded_document(
    plan: Plan, *, number: int, author: str, signers: Sequence[ProfileSigner], views: Views | None = None
) -> Document:
    """Return the standard copy of a plan that is recorded, with an empty place for each who is to sign it.

    Raises NotFound for the profile.
    """
    profile = profile_of(plan)
    signed = [Signing(one) for one in signers or profile.signers]
    facts = _facts(profile, version=f"Version {number}", prepared_by=author, signed=signed)
    return _document("standard", plan, replace(facts, views=views))


def document_without_scheme(plan: Plan, *, views: Views | None = None) -> Document:
    """Return the standard copy of a plan whose scheme is not known here: all that follows from the plan itself."""
    return _document("standard", plan, PlanFacts(views=views))


def _source(plan: Plan, facts: PlanFacts) -> Source:
    found = costed(plan)
    return Source(plan=plan, costing=found.costing, payments=found.payments, facts=facts)


def pictures_folder() -> Path:
    """Return where a team keeps its own pictures for easy read: in the folder of the program's data, or as it is told."""
    told = os.environ.get(PICTURES_ENVIRONMENT)
    return Path(told) if told else user_data_path("supportplan", appauthor=False) / "pictures"


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


def write_html(document: Document, to: Path, *, replace: bool = False) -> Path:
    """Write a document as one HTML file, whole or not at all; another gives way only where that is asked for.

    Raises CannotWrite and FileThere.
    """
    demand_free(to, _is_html, "an HTML file", replace=replace)
    write_file(to, render_html(document).encode())
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
        approver=profile.approver,
        spending=profile.spending,
        surplus_weeks=profile.surplus_weeks,
        appeal=profile.appeal,
        version=version,
        statement=STATEMENT,
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
