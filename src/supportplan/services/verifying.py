"""Checking a sealed plan: what the file itself proves, and what the case on this computer knows of it. Nothing is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from supportplan.documents.reading import read_file
from supportplan.documents.seal.examining import MOST_BYTES, examine
from supportplan.domain.canonical import read
from supportplan.domain.cases.steps import Views
from supportplan.domain.days import day_words
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import NotFound, Problem
from supportplan.domain.verification import Printed, Verdict, verdict
from supportplan.services.clock import local_moment
from supportplan.services.device_keys import known_roots, read_root
from supportplan.services.held_by_case import held_by_case
from supportplan.services.issuing import copies_given, given_words
from supportplan.services.profiles import profile_of
from supportplan.storage.backups.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from supportplan.domain.examined import Examined
    from supportplan.services.opening import Store


class Verified(NamedTuple):
    """What was found out about a file, and what was found in it."""

    verdict: Verdict
    found: Examined


def verify_file(
    file: Path,
    *,
    folder: Path,
    store: Store | None = None,
    roots: Iterable[Path] = (),
    progress: Progress = silent,
) -> Verified:
    """Check a sealed plan against itself, the keys that are known here, and, where the store is open, its case.

    `folder` is that of the store, which need not be there; `roots` are files of roots to know for this once. What
    `progress` raises stops the check. Raises BadInput and NotFound for a file that cannot be read as a PDF.
    """
    known = (*known_roots(folder), *(read_root(one) for one in roots))
    progress("Reading the file", 0, 3)
    pdf = read_file(file, most=MOST_BYTES)
    found = examine(
        pdf, name=file.name, roots=known, waiting=lambda: progress("Looking at its seal and signatures", 1, 3)
    )
    progress("Costing the plan in it again", 2, 3)
    plan, trouble = _plan(found)
    printed = _printed(plan, found) if plan is not None else Printed(trouble=trouble)
    roles = _roles(plan)
    held = held_by_case(store, found, plan, roles) if store is not None and plan is not None else None
    given = _given(store, plan, found.sha256) if store is not None and plan is not None else ""
    return Verified(verdict(found, printed, held, roles, now=local_moment(), given=given), found)


def _given(store: Store, plan: Plan, file: str) -> str:
    """Say as which copy the case of a plan has noted a file of this hash, if it has."""
    noted = next((one for one in copies_given(store, plan.case) if one.issued.file == file), None)
    return "" if noted is None else f"{given_words(noted)}, on {day_words(noted.issued.on)}"


def _plan(found: Examined) -> tuple[Plan | None, str]:
    if found.now.plan is None:
        return None, ""
    try:
        return read_plan(found.now.plan, name="the plan inside the file"), ""
    except Problem as problem:
        return None, f"{problem.what}."


def _printed(plan: Plan, found: Examined) -> Printed:
    """Cost the plan again, and count what the copy of it prints.

    Of a file without a seal nobody knows which copy it is. What a scheme prints that this computer has not, such as its
    rules, may hold amounts that are none of the plan's.
    """
    from supportplan.documents.figures import figures_of
    from supportplan.services.copies import document_without_scheme, recorded_document

    try:
        views = read(found.now.views, Views, name="the views inside the file") if found.now.views else None
        try:
            document = recorded_document(plan, number=1, author="", signers=(), views=views)
            alone = True
        except NotFound:
            document, alone = document_without_scheme(plan, views=views), False
    except Problem as problem:
        return Printed(trouble=f"{problem.what}.")
    return Printed(figures=figures_of(document), every=found.sealed is not None, alone=alone)


def _roles(plan: Plan | None) -> dict[str, str]:
    """Return the words for the roles that sign a plan, as far as this computer has its profile."""
    if plan is None:
        return {}
    try:
        return {one.role: one.words for one in profile_of(plan).signers}
    except Problem:
        return {}
