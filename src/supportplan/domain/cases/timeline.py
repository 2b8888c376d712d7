"""The timeline of a case: who did what when, in plain words, each after what it follows from."""

from collections.abc import Iterable
from datetime import date

import msgspec

from supportplan.domain.canonical import read
from supportplan.domain.cases.entries import EntryKind, Record, parents_first
from supportplan.domain.cases.state import state
from supportplan.domain.cases.step_words import Said, step_words
from supportplan.domain.cases.steps import (
    STEP_KINDS,
    CopyIssued,
    Decision,
    Review,
    ScanAdded,
    Sealed,
    Signature,
    Step,
    Submitted,
)
from supportplan.domain.problems import BadDocument

_STEPS: dict[EntryKind, type[Step]] = {kind: step for step, kind in STEP_KINDS.items()}
_OTHERS: dict[EntryKind, str] = {
    "blob": "A file was added",
    "spend": "Spending was written down",
    "note": "A note was written",
    "erase": "Something was erased",
    "schedule": "A schedule of costs was brought in",
    "profile": "A scheme profile was brought in",
    "device": "A computer was made known",
}


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened in a case.

    `at` is when it was recorded, by the clock of the computer it was recorded on, and `by` who recorded it there. `on`
    is the day that it is of, where it says one: a decision can be recorded days after it was made. `void` says why it
    does not count, and is empty where it does.
    """

    entry: str
    kind: EntryKind
    at: str
    by: str
    on: date | None
    words: str
    more: tuple[str, ...] = ()
    void: str = ""


def timeline(records: Iterable[Record], on: date) -> tuple[Happening, ...]:
    """Say what happened in a case up to a day, in an order in which everything comes after what it follows from.

    A file that a step names is told with that step. What this program cannot read is said to be there.
    """
    order = parents_first(records)
    plans = [id_ for id_, one in order.items() if one.entry.kind == "plan"]
    versions = {id_: f"Version {number}" for number, id_ in enumerate(plans, start=1)}
    steps = {id_: step for id_, one in order.items() if (step := _step(one)) is not None}
    named = {file for step in steps.values() if (file := _file_of(step)) is not None}
    sent = [step for step in steps.values() if isinstance(step, Submitted)]
    roles = {signer.role: signer.words for step in sent for signer in step.signers}
    void = _void(order, steps, on)
    sealed = {entry for step in steps.values() if isinstance(step, Sealed) for entry in step.signatures}
    found = []
    for id_, one in order.items():
        kind = one.entry.kind
        if kind == "blob" and one.entry.doc in named:
            continue
        step = steps.get(id_)
        if kind == "plan":
            said = _plan_words(one, versions)
        elif step is not None:
            instead = step.instead if isinstance(step, Decision) and step.instead else ""
            said = step_words(
                step,
                versions.get(step.plan, "A plan that is not here"),
                instead=versions.get(instead, ""),
                role=roles.get(step.role, "") if isinstance(step, Signature) else "",
            )
        elif kind in _OTHERS:
            said = Said(_OTHERS[kind])
        else:
            said = Said("Something that this program cannot read", ("A newer program may have written it.",))
        found.append(
            Happening(
                entry=id_,
                kind=kind,
                at=one.entry.at,
                by=one.entry.author,
                on=step.on if step is not None else None,
                words=said.words,
                more=(*said.more, *_unsealed(step, id_, sealed, void)),
                void=void.get(id_, ""),
            )
        )
    return tuple(found)


def _step(record: Record) -> Step | None:
    kind = _STEPS.get(record.entry.kind)
    if kind is None or record.entry.schema != 1:
        return None
    try:
        return read(record.body, kind)
    except BadDocument:
        return None


def _file_of(step: Step) -> str | None:
    if isinstance(step, Signature):
        return step.scan
    return step.file if isinstance(step, ScanAdded | Sealed | CopyIssued) else None


def _plan_words(record: Record, versions: dict[str, str]) -> Said:
    made_from = [versions[parent] for parent in record.entry.parents if parent in versions]
    version = versions[record.entry.id]
    if len(made_from) > 1:
        earlier = " and ".join(one[:1].lower() + one[1:] for one in made_from)
        return Said(f"{version} was written, which brings {earlier} together")
    return Said(f"{version} was written")


def _unsealed(step: Step | None, id_: str, sealed: set[str], void: dict[str, str]) -> tuple[str, ...]:
    waits = isinstance(step, Signature) and id_ not in sealed and id_ not in void
    return ("Signed, but not sealed yet.",) if waits else ()


def _void(order: dict[str, Record], steps: dict[str, Step], on: date) -> dict[str, str]:
    """Say of steps that do not count why they do not."""
    where = state(order.values(), on)
    void = {one.entry: one.void for standing in where.standings for one in standing.signatures if one.void}
    for standing in where.standings:
        void |= dict.fromkeys(
            standing.contested, "Another decision, made apart, says otherwise. One of you has to decide."
        )
    for id_, step in steps.items():
        if isinstance(step, Decision) and not step.has_reasons:
            void[id_] = "It has no reasons."
        if isinstance(step, Review) and step.result == "ends" and not step.reasons.strip():
            void[id_] = "It has no reasons."
    return void
