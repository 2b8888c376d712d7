"""Giving copies out: made, saved or printed, and only then noted in the case. What was given is kept, byte for byte."""

from pathlib import Path
from typing import NamedTuple

from supportplan.documents.html import render_html
from supportplan.documents.writing import write_file
from supportplan.domain.canonical import digest, read
from supportplan.domain.cases.entries import newest_plans, parents_first, plan_records
from supportplan.domain.cases.state import IN_FORCE, state
from supportplan.domain.cases.step_words import COPY_WORDS, MEDIUM_WORDS
from supportplan.domain.cases.steps import CopyIssued, CopyKind, Medium
from supportplan.domain.problems import BadDocument, StoreDamaged
from supportplan.domain.typed import typed_name
from supportplan.services.clock import today
from supportplan.services.copies import Copy
from supportplan.services.copies_on_offer import STANDARD, CopyOnOffer
from supportplan.services.desk import Desk
from supportplan.services.letter import newest_decision
from supportplan.services.overwriting import begins_with, demand_free
from supportplan.services.recording import blob, record_blob, record_step
from supportplan.services.sealing import SealedFile, is_signed_by_anybody, kept_file, sealed_file
from supportplan.services.views_page import plan_of_views
from supportplan.storage.store import Store

THE_FAMILY = "the person and their family"
_KINDS_OF_FILE = {".pdf": (begins_with(b"%PDF-"), "a PDF"), ".html": (begins_with(b"<!"), "a web page")}


class MadeCopy(NamedTuple):
    """A copy that was made and not given to anybody yet: of which plan entry, of which kind, and its bytes.

    `plan` is empty for one that is only looked at. `pages` is 0 where nobody counted them. `lacking` are the letters that
    no font has.
    """

    plan: str
    kind: CopyKind
    medium: Medium
    content: bytes
    pages: int
    lacking: tuple[str, ...]

    @property
    def ending(self) -> str:
        """The ending of its file's name."""
        return f".{self.medium}"


class CopyGiven(NamedTuple):
    """A copy that was given to somebody: when and by whom, of which version, whether that was signed then.

    `kept` says whether its bytes are here, so that the same can be given again.
    """

    entry: str
    at: str
    by: str
    issued: CopyIssued
    version: int
    signed: bool
    kept: bool

    @property
    def ending(self) -> str:
        """The ending of its file's name: what was printed is a PDF."""
        return ".html" if self.issued.medium == "html" else ".pdf"

    @property
    def printable(self) -> bool:
        """Whether a printer takes it as it is."""
        return self.ending == ".pdf"


def copy_to_give(desk: Desk, offer: CopyOnOffer = STANDARD) -> MadeCopy:
    """Make a copy of the plan on the desk to be given out: the plan becomes an entry first, which the copy names.

    Of a plan that somebody has signed, the standard copy is its sealed file, with every signature. A letter names the plan
    that the decision ends with, and both views the one that they were said of, whatever is on the desk. Raises DiskRefused, NotFound for the profile, for a letter
    before there is a decision and for views before there are any, CannotWrite where an amount is too long for the page, and what `sealed_file` does.
    """
    plan = _plan_of(desk, offer)
    if offer.sealed and is_signed_by_anybody(desk.store, desk.case, plan):
        sealed = sealed_file(desk.store, desk.case, plan)
        if sealed is not None:
            return _sealed(sealed, plan, offer, desk)
    return _made(desk, offer, plan)


def _plan_of(desk: Desk, offer: CopyOnOffer) -> str:
    """Return the plan entry that a copy is of; the plan on the desk becomes one where it is of that."""
    if offer.kind == "letter":
        return newest_decision(desk).entry
    return plan_of_views(desk) if offer.kind == "views" else desk.keep()


def copy_to_see(desk: Desk, offer: CopyOnOffer = STANDARD) -> MadeCopy:
    """Make a copy of the plan on the desk that is only looked at: nothing is recorded. Raises as `copy_to_give` does."""
    records = desk.store.records(desk.case, blobs=False)
    newest = newest_plans(records)[-1:]
    if offer.sealed and newest and newest[0].body == desk.body:
        sealed = kept_file(desk.store, desk.case, records, newest[0].entry.id)
        if sealed is not None:
            return _sealed(sealed, "", offer, desk)
    return _made(desk, offer, "")


def _sealed(sealed: SealedFile, plan: str, offer: CopyOnOffer, desk: Desk) -> MadeCopy:
    from supportplan.documents.pdf.for_paper import page_count
    from supportplan.documents.pdf.letters import lacking

    without = lacking(offer.document(desk))
    return MadeCopy(plan, offer.kind, offer.medium, sealed.pdf, page_count(sealed.pdf), without)


def copy_again(store: Store, case: str, given: CopyGiven) -> MadeCopy:
    """Return the copy that was given before, byte for byte. Raises NotFound where its bytes are not here."""
    issued = given.issued
    content = blob(store, case, issued.file)
    # Of a signature page that was printed alone the whole file is kept.
    kind: CopyKind = "standard" if issued.copy == "signature_page" else issued.copy
    if not content.startswith(b"%PDF-"):
        return MadeCopy(issued.plan, kind, "html", content, 0, ())
    from supportplan.documents.pdf.for_paper import page_count

    return MadeCopy(issued.plan, kind, "pdf", content, page_count(content), ())


def save_copy(desk: Desk, made: MadeCopy, to: Path, *, given_to: str, replace: bool = False) -> Copy:
    """Write a copy into a file, whole, flushed and read back, and then note in the case to whom it was given.

    Raises CannotWrite, FileThere, DiskRefused, BadInput for whom it is given to, and NotAllowed where the case takes no
    copy: nothing is noted then.
    """
    receiver = typed_name(given_to, "Whom the copy is for")
    is_of_kind, words = _KINDS_OF_FILE[made.ending]
    demand_free(to, is_of_kind, words, replace=replace)
    written = write_file(to, made.content)
    _note(desk, made, receiver, made.kind, made.medium)
    return Copy(to, written, made.pages, made.lacking)


def note_on_paper(desk: Desk, made: MadeCopy, *, given_to: str, signature_page: bool = False) -> None:
    """Note in the case to whom a copy was given that came out of the printer. Raises as `save_copy` does."""
    receiver = typed_name(given_to, "Whom the copy is for")
    _note(desk, made, receiver, "signature_page" if signature_page else made.kind, "paper")


def issue_copy(
    desk: Desk, to: Path, *, given_to: str, offer: CopyOnOffer = STANDARD, replace: bool = False
) -> Copy:
    """Make a copy of the plan on the desk, write it into a file, and note it in the case: all at once, asking nothing.

    Raises as `copy_to_give` and `save_copy` do; a file that may not be written over is found before anything is made.
    """
    is_of_kind, words = _KINDS_OF_FILE[offer.ending]
    demand_free(to, is_of_kind, words, replace=replace)
    typed_name(given_to, "Whom the copy is for")
    return save_copy(desk, copy_to_give(desk, offer), to, given_to=given_to, replace=replace)


def copies_given(store: Store, case: str) -> tuple[CopyGiven, ...]:
    """Return the copies that were given out, the newest first; what cannot be read is passed over, the doctor says it."""
    records = store.records(case, blobs=False)
    order = parents_first(records)
    numbers = {one.entry.id: number for number, one in enumerate(plan_records(records), start=1)}
    blobs = {one.entry.doc for one in records if one.entry.kind == "blob"}
    found = []
    before = []
    for id_, one in order.items():
        before.append(one)
        if one.entry.kind != "copy_issued":
            continue
        try:
            issued = read(one.body, CopyIssued)
        except BadDocument:
            continue
        where = state(before, issued.on).of(issued.plan)
        signed = where is not None and where.state in IN_FORCE
        given = CopyGiven(
            id_,
            one.entry.at,
            one.entry.author,
            issued,
            numbers.get(issued.plan, 0),
            signed,
            issued.file in blobs,
        )
        found.append(given)
    return tuple(reversed(found))


def given_words(given: CopyGiven) -> str:
    """Say which copy was given to whom: `Standard copy on paper, version 2, not signed yet, for Jo Example`."""
    what = f"{COPY_WORDS[given.issued.copy]} {MEDIUM_WORDS[given.issued.medium]}"
    version = f"version {given.version}" if given.version else "a version that has not arrived here"
    signed = "signed" if given.signed else "not signed yet"
    return f"{what[:1].upper()}{what[1:]}, {version}, {signed}, for {given.issued.to}"


def _made(desk: Desk, offer: CopyOnOffer, plan: str) -> MadeCopy:
    document = offer.document(desk)
    if offer.medium == "html":
        return MadeCopy(plan, offer.kind, offer.medium, render_html(document).encode(), 0, ())
    from supportplan.documents.pdf.render import render_pdf

    rendered = render_pdf(document)
    return MadeCopy(plan, offer.kind, offer.medium, rendered.pdf, rendered.pages, rendered.lacking)


def _note(desk: Desk, made: MadeCopy, receiver: str, kind: CopyKind, medium: Medium) -> None:
    """Keep the bytes that were given, read them back, and note the copy. Nothing is noted where the bytes are not here."""
    store, case = desk.store, desk.case
    name = record_blob(store, case, made.content)
    if digest(blob(store, case, name)) != name:
        raise StoreDamaged(
            "The copy could not be kept as it was given, so it is not noted.",
            where=str(store.folder),
            mend="Look at the store: supportplan doctor",
        )
    issued = CopyIssued(
        format="supportplan/copy",
        version=1,
        plan=made.plan,
        on=today(),
        to=receiver,
        copy=kind,
        file=name,
        medium=medium,
    )
    record_step(store, case, issued)
