"""The steps of a case after a plan is written, each a document of its own: the bodies of entries.

Every step names the plan *entry* it is about, so that a signature or a decision is about those very bytes and no
others. A step that lacks what makes it count, such as a decision without reasons, is kept and shown but does not
count; `rules` refuses to make one.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from supportplan.domain.canonical import Document
from supportplan.domain.cases.entries import Digest
from supportplan.domain.field_types import Key, Name, Text
from supportplan.domain.profile import Signer

Verdict = Literal["agreed", "agreed_with_changes", "returned", "refused"]
ReviewResult = Literal["begun", "continues", "changes", "ends"]


class Submitted(Document, frozen=True, kw_only=True):
    """A plan is sent to whoever agrees it. `signers` are those that its profile requires, copied so that they stand.

    `failed` names the checks that it did not pass; a plan with any cannot become signed.
    """

    format: Literal["supportplan/submitted"]
    version: Literal[1]
    plan: Digest
    on: date
    signers: Annotated[tuple[Signer, ...], Meta(min_length=1, max_length=20)]
    failed: Annotated[tuple[Key, ...], Meta(max_length=100)] = ()


class Decision(Document, frozen=True, kw_only=True):
    """What the approver decided, and why.

    With `agreed_with_changes` another plan entry is agreed to `instead`: one made from the plan, with the changes in
    it, so that people sign what was agreed. `appeal` and `appeal_by` are printed in the family's copy.
    """

    format: Literal["supportplan/decision"]
    version: Literal[1]
    plan: Digest
    verdict: Verdict
    instead: Digest | None = None
    by: Name
    on: date
    reasons: Text = ""
    appeal: Text = ""
    appeal_by: date | None = None

    def __post_init__(self) -> None:
        """Demand the changed plan where there are changes, and only there."""
        if (self.verdict == "agreed_with_changes") != (self.instead is not None):
            raise ValueError("needs 'instead', the changed plan, with 'agreed_with_changes' and only then")

    @property
    def agreed_plan(self) -> str | None:
        """The plan entry that this decision agrees to, if it agrees to any."""
        return self.plan if self.verdict == "agreed" else self.instead


class Signature(Document, frozen=True, kw_only=True):
    """Somebody signs a plan in a role. A `basis` says that they sign for the person, and what entitles them to.

    `statement` is what they signed under, as it was shown.
    """

    format: Literal["supportplan/signature"]
    version: Literal[1]
    plan: Digest
    role: Key
    name: Name
    on: date
    basis: Text = ""
    statement: Text = ""


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
    """A copy of a plan was given to somebody: which, to whom, and the SHA-256 of the file."""

    format: Literal["supportplan/copy"]
    version: Literal[1]
    plan: Digest
    on: date
    to: Name
    copy: Literal["standard", "large_print", "easy_read", "letter"]
    file: Digest


Step = Submitted | Decision | Signature | Review | CopyIssued
