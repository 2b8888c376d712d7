"""Signing: each role once, by typed name, by hand on the screen, or in ink on the printed plan; always the same plan entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.domain.canonical import digest
from supportplan.domain.cases.entries import newest_plans
from supportplan.domain.cases.history import History
from supportplan.domain.cases.state import Signed, state
from supportplan.domain.cases.step_words import who_signed
from supportplan.domain.cases.steps import ScanAdded, Signature, Way
from supportplan.domain.check_code import check_code
from supportplan.domain.problems import NotAllowed
from supportplan.domain.typed import typed_name
from supportplan.services.clock import today
from supportplan.services.profiles import profile_of
from supportplan.services.recording import recorded_together
from supportplan.services.scans import read_scan
from supportplan.services.submitting import sent_plan, submitted_now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from supportplan.domain.cases.drawing import Drawing
    from supportplan.domain.profile import Signer
    from supportplan.services.desk import Desk

STATEMENT = (
    "I have seen this plan, or it was read to me. It says what was agreed. "
    "I know what it costs and how the money will be paid."
)
# What may entitle somebody to sign for the person.
BASES = (
    "with parental responsibility",
    "as attorney under a lasting power",
    "as deputy of the court",
    "in their best interests, decided with others",
)


def another_name_words(desk: Desk, role: str, name: str, basis: str) -> str:
    """Ask whether a name is right that signs a person's own plan and is not theirs; empty where there is nothing to ask."""
    person = desk.plan.person
    theirs = {_plainly(person.name), _plainly(person.known_as)}
    if role != "person" or basis or _plainly(name) in theirs:
        return ""
    return f"This is the plan of {person.name}. Sign as “{name.strip()}”?"


def _plainly(name: str) -> str:
    return " ".join(name.split()).casefold()


class Signing(NamedTuple):
    """A role that signs, and how far that is: its last signature, if any, and why that is void, if it is.

    `entry` is the signature's entry; `scan` the SHA-256 of the scan of one in ink, also of one that came later.
    """

    signer: Signer
    signature: Signature | None = None
    void: str = ""
    entry: str = ""
    scan: str | None = None

    @property
    def name(self) -> str:
        """Who has signed; empty where nobody has."""
        return self.signature.name if self.signature else ""

    @property
    def on(self) -> date | None:
        """The day of the signature."""
        return self.signature.on if self.signature else None

    @property
    def who(self) -> str:
        """Who has signed, and what entitles them where it is not their own plan."""
        return who_signed(self.signature) if self.signature else ""

    @property
    def valid(self) -> bool:
        """Whether somebody has signed in the role, and the signature still holds."""
        return self.signature is not None and not self.void


class HowSigned(NamedTuple):
    """A signature as it was given: by whom and how, who was there, and the day where it was signed on paper.

    `basis` is what entitles somebody to sign for the person. One that was drawn has its `drawing`. One in ink was
    `seen_by` somebody; `scan` is where the file with the scanned page is, as somebody typed it; `paper_code` the check
    code that somebody has seen on that paper, where it was signed before the plan was sent.
    """

    name: str
    way: Way = "typed"
    basis: str = ""
    present: str = ""
    drawing: Drawing | None = None
    on: date | None = None
    seen_by: str = ""
    scan: str = ""
    paper_code: str = ""


def signings(desk: Desk) -> tuple[Signing, ...]:
    """Say for each role that the profile requires whether the plan on the desk is signed in it.

    A signature of an earlier plan is shown as void for as long as nobody has signed again in its role.
    """
    records = desk.store.records(desk.case, blobs=False)
    where = state(records, today())
    newest = newest_plans(records)[-1:]
    same = bool(newest) and newest[0].body == desk.body
    standing = where.of(newest[0].entry.id) if newest else None
    required = standing.signers if standing and standing.signers else profile_of(desk.plan).signers
    signed = [one for place in where.standings for one in place.signatures]
    own = {one.entry for one in standing.signatures} if standing else set()
    scans = {step.signature: step.file for _, step in History(records).every(ScanAdded)}
    return tuple(_signing(signer, signed, own, scans, same=same) for signer in required)


def _signing(
    signer: Signer, signed: list[Signed], own: set[str], scans: Mapping[str, str], *, same: bool
) -> Signing:
    last = next((one for one in reversed(signed) if one.signature.role == signer.role), None)
    if last is None:
        return Signing(signer)
    changed = "" if same and last.entry in own else "The plan was changed after this."
    scan = last.signature.scan or scans.get(last.entry)
    return Signing(signer, last.signature, last.void or changed, last.entry, scan)


def sign(desk: Desk, role: str, given: HowSigned) -> str:
    """Fix the plan on the desk, send it for agreement where that is not done yet, and sign it in a role.

    Returns the signature's entry, once the disk has it. Raises NotAllowed with what stands in the way, such as checks
    that do not pass, and BadInput for a name, a day or a scan that cannot be taken; nothing is recorded then. In ink a
    plan is signed that has been sent before, or whose check code stands on the paper.
    """
    name = typed_name(given.name, "The name of who signs")
    ink = given.way == "ink"
    seen_by = typed_name(given.seen_by, "Who saw it being signed") if ink else None
    scan = read_scan(given.scan) if ink and given.scan.strip() else None
    desk.hand_in_all()
    with recorded_together(desk.store, desk.case) as together:
        if ink:
            _demand_same_paper(desk, given)
        plan = submitted_now(desk, together, for_signing=True)
        entry = together.step(
            Signature(
                format="supportplan/signature",
                version=1,
                plan=plan,
                role=role,
                name=name,
                on=given.on or today(),
                basis=given.basis,
                statement=STATEMENT,
                way=given.way,
                present=given.present.strip(),
                drawing=given.drawing,
                seen_by=seen_by,
                scan=together.blob(scan) if scan is not None else None,
                paper_code=given.paper_code,
            )
        )
    desk.look_again()
    return entry


def code_to_compare(desk: Desk, on: date | None) -> str:
    """Return the check code that has to stand on paper that was signed on a day, for the signature to be of this plan.

    Empty where the plan had been sent by then: what was printed after that is the same. Without a day it is today.
    """
    sent = sent_plan(desk)
    if sent is None or not sent.stands:
        return check_code(desk.plan)
    sent_on = sent.standing.submitted_on
    return check_code(desk.plan) if sent_on is not None and (on or today()) < sent_on else ""


def _demand_same_paper(desk: Desk, given: HowSigned) -> None:
    """Raise NotAllowed where the paper may be of another version: it shows no later change."""
    code = code_to_compare(desk, given.on)
    if code and given.paper_code != code:
        raise NotAllowed(
            f"The paper may be of another version of the plan: this one has the check code {code}, on every page.",
            where="on",
            mend="Compare it. Where it is another, print the plan again and have that signed.",
        )


def add_scan(desk: Desk, signing: Signing, typed: str) -> None:
    """Add the scan of a signature in ink that was recorded without it; `typed` is where the file is.

    Raises BadInput for a file that is no scan, and NotAllowed for a signature that is not in ink.
    """
    data = read_scan(typed)
    if signing.signature is None:
        raise NotAllowed("nobody has signed in this role yet", mend="Record the signature first.")
    step = ScanAdded(
        format="supportplan/scan",
        version=1,
        plan=signing.signature.plan,
        on=today(),
        signature=signing.entry,
        file=digest(data),
    )
    with recorded_together(desk.store, desk.case) as together:
        together.blob(data)
        together.step(step)
