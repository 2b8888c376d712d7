"""A plan as a file to edit: written from a case, and taken in again."""

import json
from pathlib import Path

from supportplan.documents.plan.as_json import plan_json
from supportplan.documents.plan.form import filled_in, form
from supportplan.documents.reading import read_file
from supportplan.documents.writing import write_file
from supportplan.domain.canonical import MOST_BYTES
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import Problem
from supportplan.services.overwriting import demand_free


def load_plan(path: Path) -> Plan:
    """Read a plan document from a file; raise BadInput or NotFound."""
    return read_plan(read_file(path, most=MOST_BYTES), name=path.name)


def plan_text(plan: Plan) -> str:
    """Return a plan document as JSON that people can read too."""
    return plan_json(plan).decode()


def load_form(path: Path) -> Plan:
    """Read a plan document that somebody filled in; raise BadInput or NotFound."""
    return filled_in(load_plan(path))


def write_form(plan: Plan, to: Path, *, replace: bool = False) -> None:
    """Write a plan document to fill in, into a file that only its owner may read.

    A file that is there may hold edits: it is replaced only where that is asked for, and it is a plan. Raises
    FileThere and CannotWrite.
    """
    demand_free(to, _is_plan, "a plan", replace=replace)
    write_file(to, form(plan))


def _is_plan(file: Path) -> bool:
    try:
        found = json.loads(read_file(file, most=MOST_BYTES))
    except (Problem, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("format") == "supportplan/plan"
