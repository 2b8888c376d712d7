"""Commands about the cases in the store."""

from pathlib import Path
from typing import Annotated

import typer
from msgspec import to_builtins

from supportplan.cli.answers import say, say_json
from supportplan.cli.groups import group
from supportplan.cli.places import JsonOption, StoreOption, opened
from supportplan.documents.plan.as_json import plan_json
from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.services import cases
from supportplan.services.plans import load_plan

CaseArgument = Annotated[
    str, typer.Argument(metavar="ID", help="A case, by the start of its id.", show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    case = group("The cases in the store.")
    case.command("list")(list_cases)
    case.command("show")(show_case)
    case.command("import")(import_case)
    case.command("undo")(undo)
    case.command("redo")(redo)
    app.add_typer(case, name="case")


def list_cases(
    *,
    search: Annotated[
        str, typer.Option("--search", help="Words of a name or a reference; typing errors are forgiven.")
    ] = "",
    most: Annotated[int, typer.Option("--most", help="How many cases at most.", min=1, max=1_000)] = 50,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List the cases, those last worked on first."""
    with opened(store) as opened_store:
        page = (
            opened_store.cases.search(search, limit=most) if search else opened_store.cases.page(limit=most)
        )
        count = opened_store.cases.count()
    if json:
        say_json({"count": count, "cases": [to_builtins(row) for row in page.rows]})
        return
    if page.loosely and page.rows:
        say("Nothing holds these words as typed; these hold words like them.")
    for row in page.rows:
        money = "not costed yet" if row.cash_value is None else show(row.cash_value, row.currency)
        say(
            f"{row.case[:8]}  {row.name:<30.30}  {row.reference:<10.10}  {row.state.replace('_', ' '):<12}  {money:>14}"
        )
    say(f"{len(page.rows):,} of {count:,} cases.")


def show_case(case: CaseArgument, *, store: StoreOption = None, json: JsonOption = False) -> None:
    """Show where a case stands.

    With --json, its plan document as it stands.
    """
    with opened(store) as opened_store:
        found = cases.find_case(opened_store, case)
        plan = cases.working_plan(opened_store, found)
        row = opened_store.cases.row(found)
        records = opened_store.records(found)
        history = opened_store.drafts.history(found)
    if json:
        say(plan_json(plan).decode().rstrip())
        return
    say(plan.person.name)
    say(f"  Case         {found}")
    say(f"  State        {row.state.replace('_', ' ') if row else 'draft'}")
    say(f"  Period       {day_words(plan.period.start)} to {day_words(plan.period.end)}")
    say(f"  Outcomes     {len(plan.outcomes)}")
    say(f"  Supports     {len(plan.supports)}")
    say(
        f"  Edits        {sum(deed.done for deed in history)} to undo, {sum(not deed.done for deed in history)} to redo"
    )
    say("  Entries")
    for record in records:
        say(
            f"    {record.entry.at}  {record.entry.kind.replace('_', ' '):<12}  {record.entry.id[:12]}  by {record.entry.author}"
        )


def import_case(
    file: Annotated[Path, typer.Argument(metavar="PLAN.json", help="A plan document.", show_default=False)],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the plan that the case has.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Keep a plan document as the draft of its case."""
    plan = load_plan(file)
    with opened(store) as opened_store:
        cases.take_in(opened_store, plan, replace=replace)
    say(f"Saved: case {plan.case}")


def undo(case: CaseArgument, *, store: StoreOption = None) -> None:
    """Take the last edit of a case's plan back."""
    with opened(store) as opened_store:
        words = cases.undo(opened_store, cases.find_case(opened_store, case))
    say(f"Undone: {words}" if words else "There is nothing to undo.")


def redo(case: CaseArgument, *, store: StoreOption = None) -> None:
    """Make the edit again that was undone last."""
    with opened(store) as opened_store:
        words = cases.redo(opened_store, cases.find_case(opened_store, case))
    say(f"Done again: {words}" if words else "There is nothing to redo.")
