"""The steps of a case in plain words: verdicts, ways to sign, copies."""

from typing import NamedTuple

from supportplan.domain.cases.steps import (
    CopyIssued,
    CopyKind,
    Decision,
    Medium,
    Review,
    ReviewResult,
    ScanAdded,
    Sealed,
    Signature,
    Step,
    Submitted,
    Verdict,
    Views,
    Way,
)
from supportplan.domain.days import day_words

VERDICT_WORDS: dict[Verdict, str] = {
    "agreed": "Agreed",
    "agreed_with_changes": "Agreed with changes",
    "returned": "Sent back",
    "refused": "Refused",
}
WAY_WORDS: dict[Way, str] = {
    "typed": "by typed name",
    "drawn": "by hand on the screen",
    "ink": "in ink on the printed plan",
}
COPY_WORDS: dict[CopyKind, str] = {
    "standard": "standard copy",
    "large_print": "large-print copy",
    "easy_read": "easy-read copy",
    "letter": "decision letter",
    "views": "page of both views",
    "signature_page": "signature page",
}
MEDIUM_WORDS: dict[Medium, str] = {"pdf": "as PDF", "html": "as a web page", "paper": "on paper"}
_REVIEW_WORDS: dict[ReviewResult, str] = {
    "begun": "A review was begun",
    "continues": "Reviewed: the plan goes on as it is",
    "changes": "Reviewed: the plan is to be changed",
    "ends": "The plan was ended",
}


class Said(NamedTuple):
    """What was done in a sentence without its full stop, and what belongs to it, a sentence each."""

    words: str
    more: tuple[str, ...] = ()


def step_words(step: Step, version: str, *, instead: str = "", role: str = "") -> Said:
    """Say what a step was. `version` is what people call the plan it is about, `instead` the one agreed in its place.

    `role` are the words for the role that a signature is in.
    """
    match step:
        case Submitted():
            failed = (f"It did not pass: {', '.join(step.failed)}.",) if step.failed else ()
            sent = "was fixed for signing and sent" if step.for_signing else "was sent for a decision"
            return Said(f"{version} {sent}", failed)
        case Decision():
            decided = decided_words(step)
            changes = (f"{instead} has the changes in it.",) if instead else ()
            return Said(f"{version}: {decided[:1].lower()}{decided[1:]}", (*changes, *_about_decision(step)))
        case Signature():
            signs_as = (f"As: {_sentence(role)}",) if role else ()
            return Said(f"{version} was signed by {who_signed(step)}", (*signs_as, *_about_signature(step)))
        case ScanAdded():
            return Said(f"{version}: the scan of a signature in ink was added")
        case Views():
            return Said("Views were written down", _views(step))
        case Review():
            return Said(_REVIEW_WORDS[step.result], _about_review(step))
        case CopyIssued():
            words = f"{COPY_WORDS[step.copy]} of {version[:1].lower()}{version[1:]}"
            return Said(f"The {words} was given to {step.to}, {MEDIUM_WORDS[step.medium]}")
        case Sealed():
            count = len(step.signatures)
            held = f"with {count} signature{'' if count == 1 else 's'} in it" if count else "not signed yet"
            return Said(f"{version} was sealed as PDF, {held}")


def who_signed(signature: Signature) -> str:
    """Say who signed, and what entitles them where it is not their own plan: `Jo Example, with parental responsibility`."""
    return f"{signature.name}, {signature.basis}" if signature.basis else signature.name


def decided_words(step: Decision) -> str:
    """Say what was decided, and by whom: `Agreed by Pat Panel, the manager who agrees plans`."""
    by = f"{step.by}, {step.role}" if step.role else step.by
    return f"{VERDICT_WORDS[step.verdict]} by {by}"


def _about_decision(step: Decision) -> tuple[str, ...]:
    said = [f"Why: {_sentence(one)}" for one in step.why]
    said += [f"About one support: {_sentence(one.why)}" for one in step.lines]
    if step.appeal:
        by = f", until {day_words(step.appeal_by)}" if step.appeal_by else ""
        said.append(f"Appeal: {step.appeal}{by}.")
    if step.contact:
        said.append(f"Whom to ask: {_sentence(step.contact)}")
    return tuple(said)


def _about_signature(step: Signature) -> tuple[str, ...]:
    said = [f"Signed {WAY_WORDS[step.way]}" + (f", seen by {step.seen_by}." if step.seen_by else ".")]
    if step.scan:
        said.append("The scan of it is in the case.")
    if step.present:
        said.append(f"There too: {_sentence(step.present)}")
    return tuple(said)


def _views(step: Views) -> tuple[str, ...]:
    said = []
    if step.young_person:
        said.append(f"The young person: {_sentence(step.young_person)}")
    if step.parent:
        said.append(f"The parent: {_sentence(step.parent)}")
    if step.disagree:
        said.append("They do not agree." + (f" {_sentence(step.words)}" if step.words else ""))
    return tuple(said)


def _about_review(step: Review) -> tuple[str, ...]:
    said = [f"Why: {_sentence(step.reasons)}"] if step.reasons else []
    if step.next_due:
        said.append(f"Next look on {day_words(step.next_due)}.")
    return tuple(said)


def _sentence(words: str) -> str:
    said = " ".join(words.split())
    return said if said.endswith((".", "!", "?")) else f"{said}."
