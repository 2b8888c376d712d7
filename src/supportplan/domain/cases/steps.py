"""The steps of a case after a plan is written, each a document of its own: the bodies of entries.

Every step names the plan *entry* it is about, so that a signature or a decision is about those very bytes and no
others. A step that lacks what makes it count, such as a decision without reasons, is kept and shown but does not
count; `rules` refuses to make one.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from supportplan.domain.canonical import Document
from supportplan.domain.cases.drawing import Drawing
from supportplan.domain.cases.entries import Digest, EntryKind
from supportplan.domain.field_types import Id, Key, Name, Text
from supportplan.domain.plan import answered
from supportplan.domain.profile import Signer

Verdict = Literal["agreed", "agreed_with_changes", "returned", "refused"]
ReviewResult = Literal["begun", "continues", "changes", "ends"]
Way = Literal["typed", "drawn", "ink"]
CopyKind = Literal["standard", "large_print", "easy_read", "letter", "views", "signature_page"]
Medium = Literal["pdf", "html", "paper"]


class Submitted(Document, frozen=True, kw_only=True):
    """A plan is sent to whoever agrees it. `signers` are those that its profile requires, copied so that they stand.

    `failed` names the checks that it did not pass; a plan with any cannot become signed. `for_signing` says that nobody
    sent it by itself: somebody signed, and for that it was fixed.
    """

    format: Literal["supportplan/submitted"]
    version: Literal[1]
    plan: Digest
    on: date
    signers: Annotated[tuple[Signer, ...], Meta(min_length=1, max_length=20)]
    failed: Annotated[tuple[Key, ...], Meta(max_length=100)] = ()
    for_signing: bool = False


class ReasonCode(Document, frozen=True, kw_only=True):
    """A reason that was chosen from the profile's list: its key, and its words as they were then."""

    key: Key
    words: Name


class LineDecided(Document, frozen=True, kw_only=True):
    """Why a support was agreed otherwise than it was asked for. The amounts follow from the two plans."""

    support: Id
    why: Text


class Decision(Document, frozen=True, kw_only=True):
    """What the approver decided, and why: reasons from the profile's list, in words, or both.

    With `agreed_with_changes` another plan entry is agreed to `instead`: one made from the plan, with the changes in
    it, so that people sign what was agreed. `role` is what `by` decides as. `appeal` and `appeal_by`, the last day, are
    printed in the family's copy, and so is `contact`: whom to ask about the decision, by telephone or e-mail.
    """

    format: Literal["supportplan/decision"]
    version: Literal[1]
    plan: Digest
    verdict: Verdict
    instead: Digest | None = None
    by: Name
    role: Text = ""
    on: date
    reason_codes: Annotated[tuple[ReasonCode, ...], Meta(max_length=20)] = ()
    reasons: Text = ""
    lines: Annotated[tuple[LineDecided, ...], Meta(max_length=1000)] = ()
    appeal: Text = ""
    appeal_by: date | None = None
    contact: Text = ""

    def __post_init__(self) -> None:
        """Demand the changed plan where there are changes, and only there."""
        if (self.verdict == "agreed_with_changes") != (self.instead is not None):
            raise ValueError("needs 'instead', the changed plan, with 'agreed_with_changes' and only then")

    @property
    def agreed_plan(self) -> str | None:
        """The plan entry that this decision agrees to, if it agrees to any."""
        return self.plan if self.verdict == "agreed" else self.instead

    @property
    def has_reasons(self) -> bool:
        """Whether it says why; without that it does not count."""
        return bool(self.reason_codes) or answered(self.reasons)

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons in words, those from the list first."""
        own = (self.reasons,) if answered(self.reasons) else ()
        return (*(one.words for one in self.reason_codes), *own)


class Signature(Document, frozen=True, kw_only=True):
    """Somebody signs a plan in a role. A `basis` says that they sign for the person, and what entitles them to.

    `statement` is what they signed under, as it was shown; `present` who else was there. A signature with no `way` was
    typed. A drawn one has its `drawing`. One in ink on the printed plan was `seen_by` somebody on the day that it was
    made, and may have a `scan`: the SHA-256 of a file in the case. Where that was before the plan was sent, somebody
    has compared the check code on the paper with the plan's: `paper_code`.
    """

    format: Literal["supportplan/signature"]
    version: Literal[1]
    plan: Digest
    role: Key
    name: Name
    on: date
    basis: Text = ""
    statement: Text = ""
    way: Way = "typed"
    present: Text = ""
    drawing: Drawing | None = None
    seen_by: Name | None = None
    scan: Digest | None = None
    paper_code: Text = ""

    def __post_init__(self) -> None:
        """Demand what belongs to the way of signing, and only that."""
        if (self.way == "drawn") != (self.drawing is not None):
            raise ValueError("needs 'drawing' with the way 'drawn' and only then")
        if (self.way == "ink") != (self.seen_by is not None):
            raise ValueError("needs 'seen_by' with the way 'ink' and only then")
        if self.scan is not None and self.way != "ink":
            raise ValueError("has a 'scan', which only a signature in ink has")
        if self.paper_code and self.way != "ink":
            raise ValueError("has a 'paper_code', which only a signature in ink has")


class ScanAdded(Document, frozen=True, kw_only=True):
    """The scan of a signature in ink came later: the signature's entry, and the SHA-256 of the file in the case."""

    format: Literal["supportplan/scan"]
    version: Literal[1]
    plan: Digest
    on: date
    signature: Digest
    file: Digest


class Views(Document, frozen=True, kw_only=True):
    """What the young person and the parent each think of a plan. Where they `disagree`, `words` say about what.

    They are kept and printed as they were said, side by side: nobody makes one view of the two.
    """

    format: Literal["supportplan/views"]
    version: Literal[1]
    plan: Digest
    on: date
    young_person: Text = ""
    parent: Text = ""
    disagree: bool = False
    words: Text = ""


class Review(Document, frozen=True, kw_only=True):
    """A plan is looked at again: the review is begun, or it finds that the plan continues, changes or ends."""

    format: Literal["supportplan/review"]
    version: Literal[1]
    plan: Digest
    on: date
    result: ReviewResult
    reasons: Text = ""
    next_due: date | None = None


class CopyIssued(Document, frozen=True, kw_only=True):
    """A copy of a plan was given to somebody: which, as what, to whom, and the SHA-256 of the file."""

    format: Literal["supportplan/copy"]
    version: Literal[1]
    plan: Digest
    on: date
    to: Name
    copy: CopyKind
    medium: Medium = "pdf"
    file: Digest


class Sealed(Document, frozen=True, kw_only=True):
    """A plan was sealed as PDF: the SHA-256 of the file, which the case holds, and the entries of the signatures in it."""

    format: Literal["supportplan/sealed"]
    version: Literal[1]
    plan: Digest
    on: date
    file: Digest
    signatures: Annotated[tuple[Digest, ...], Meta(max_length=100)] = ()


Step = Submitted | Decision | Signature | ScanAdded | Views | Review | CopyIssued | Sealed
STEP_KINDS: dict[type[Step], EntryKind] = {
    Submitted: "submitted",
    Decision: "decision",
    Signature: "signature",
    ScanAdded: "scan",
    Views: "views",
    Review: "review",
    CopyIssued: "copy_issued",
    Sealed: "sealed",
}
