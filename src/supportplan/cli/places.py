"""Where a command finds its plan and its store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from supportplan.cli.answers import progress, tell
from supportplan.cli.secrets import opened_with_passphrase
from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadInput, Problem
from supportplan.services.cases import find_case, working_plan
from supportplan.services.opening import store_folder, unlock
from supportplan.services.plan_files import load_plan

if TYPE_CHECKING:
    from supportplan.services.opening import Store

SureOption = Annotated[bool, typer.Option("--yes", help="Change a plan that is signed or has ended, too.")]
StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="FOLDER",
        help="Use the store in this folder, not your usual one.",
        show_default=False,
    ),
]
PlainOption = Annotated[
    bool | None,
    typer.Option(
        "--plain/--screens",
        help="By question and answer in plain lines, for screen readers, braille and slow lines; or in screens.",
        show_default=False,
    ),
]
CaseOption = Annotated[
    str | None,
    typer.Option(
        "--case",
        metavar="ID",
        help="A case in your store, by the start of its id; see supportplan case list.",
        show_default=False,
    ),
]
CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="A case in your store, by the start of its id; see supportplan case list.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer as JSON, for other programs.")]
MaybePlan = Annotated[
    Path | None,
    typer.Argument(
        metavar="PLAN.json",
        help="A plan's file. Or name a case in your store with --case.",
        show_default=False,
    ),
]


class Chosen(NamedTuple):
    """A plan, and what to call it in messages: its file, or its case."""

    plan: Plan
    name: str


@contextmanager
def opened(store: Path | None) -> Iterator[Store]:
    """Unlock the store for one command, and make today's backup of it afterwards if there is none yet."""
    folder = store_folder(store)
    with opened_with_passphrase(folder, lambda ask: unlock(folder, ask)) as opened_store:
        yield opened_store
        try:
            with progress() as shown:
                opened_store.back_up_daily(progress=shown)
        except (Problem, OSError) as problem:
            # The command itself is done and saved; that there is no backup must not undo that.
            why = str(problem) if isinstance(problem, Problem) else "The disk did not allow it."
            tell(f"Caution: today's backup could not be made. {why}")


def chosen_plan(plan: Path | None, case: str | None, store: Path | None) -> Chosen:
    """Read the plan that a command names, from a file or from a case in the store."""
    demand_one(plan, case)
    if plan is not None:
        return Chosen(load_plan(plan), plan.name)
    with opened(store) as opened_store:
        return plan_within(opened_store, plan, case)


def plan_within(store: Store, plan: Path | None, case: str | None) -> Chosen:
    """Read the plan that a command names while its store is open."""
    demand_one(plan, case)
    if plan is not None:
        return Chosen(load_plan(plan), plan.name)
    found = find_case(store, case or "")
    return Chosen(working_plan(store, found), f"case {found}")


def demand_one(plan: Path | None, case: str | None) -> None:
    """Demand that a command names a plan's file or a case, and not both. Raises BadInput."""
    if (plan is None) == (case is None):
        raise BadInput(
            "Name either a plan's file or a --case.",
            mend="Give a file, such as plan.json, or a case, such as --case 3f2a1b2c",
        )
