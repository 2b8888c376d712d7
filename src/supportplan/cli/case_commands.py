"""Commands about the cases in the store."""

from pathlib import Path
from typing import Annotated

import typer
from msgspec import to_builtins

from supportplan.cli import hand_over_commands, sign_off_commands
from supportplan.cli.answers import say, say_json, tell
from supportplan.cli.asking import demand_somebody, typed_line
from supportplan.cli.case_words import say_case, say_cases
from supportplan.cli.groups import group
from supportplan.cli.places import CaseArgument, JsonOption, StoreOption, SureOption, opened
from supportplan.cli.print_command import list_copies
from supportplan.domain.days import day_words
from supportplan.domain.typed import typed_day
from supportplan.services import cases
from supportplan.services.clock import today
from supportplan.services.new_case import begin_case, first_plan
from supportplan.services.plan_files import plan_text, write_form
from supportplan.services.profiles import GENERAL, load_profile
from supportplan.services.timeline import timeline_of


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    case = group("Begin, list and change the cases in your store.")
    case.command("new")(new_case)
    case.command("list")(list_cases)
    case.command("show")(show_case)
    case.command("copies")(show_copies)
    case.command("export-plan")(export_plan)
    hand_over_commands.add_to(case)
    case.command("undo")(undo)
    case.command("redo")(redo)
    sign_off_commands.add_to(case)
    app.add_typer(case, name="case")


def new_case(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="The person's name. Best left out: you are asked for it, and a name in a command stays in the terminal's history, where others may read it.",
            show_default=False,
        ),
    ] = "",
    *,
    known_as: Annotated[
        str,
        typer.Option(
            "--known-as", metavar="NAME", help="What the person likes to be called.", show_default=False
        ),
    ] = "",
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            metavar="PROFILE",
            help="Which scheme the plan follows; see supportplan profile list.",
        ),
    ] = GENERAL,
    start: Annotated[
        str,
        typer.Option(
            "--start",
            metavar="DATE",
            help="The plan's first day, such as 1 September 2026; else today.",
            show_default=False,
        ),
    ] = "",
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Begin a case with its first plan.

    The plan covers one year from its first day, with the contingency, payments and review that its profile sets. Without
    a name, you are asked for the name, what the person likes to be called, and the first day.
    """
    load_profile(profile)
    first_day = typed_day(start, where="--start") if start else None
    with opened(store) as opened_store:
        if not name.strip():
            demand_somebody(
                "The person's name is needed, and there is nobody to ask.",
                mend="Run the command in a terminal, or give the name after it.",
            )
            name = typed_line("The person's name: ")
            known_as = known_as or typed_line("What they like to be called (Enter to leave it open): ")
            if first_day is None:
                day = typed_line(f"The plan's first day (Enter for today, {day_words(today())}): ")
                first_day = typed_day(day, where="first day") if day else None
        plan = first_plan(name, known_as=known_as, profile=profile, start=first_day)
        begin_case(opened_store, plan)
    if json:
        say_json({"case": plan.case, "plan": plan.id, "profile": profile})
        return
    say(f"Saved: case {plan.case}")
    tell(f"The plan runs from {day_words(plan.period.start)} to {day_words(plan.period.end)}.")
    tell(f"To fill it in: supportplan case export-plan {plan.case[:8]} -o plan.json")


def list_cases(
    *,
    search: Annotated[
        str,
        typer.Option(
            "--search", metavar="WORDS", help="Words of a name or a reference; typing errors are forgiven."
        ),
    ] = "",
    most: Annotated[
        int, typer.Option("--most", metavar="NUMBER", help="How many cases at most.", min=1, max=1_000)
    ] = 50,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List the cases, those last worked on first."""
    with opened(store) as opened_store:
        found = cases.list_cases(opened_store, search=search, most=most)
    if json:
        say_json({"count": found.total, "cases": [to_builtins(row) for row in found.rows]})
        return
    if found.loosely and found.rows:
        tell("Nothing holds these words as typed; these hold words like them.")
    say_cases(found)


def show_case(case: CaseArgument, *, store: StoreOption = None, json: JsonOption = False) -> None:
    """Show where a case stands.

    With --json, its plan document as it stands.
    """
    with opened(store) as opened_store:
        found = cases.overview(opened_store, cases.find_case(opened_store, case))
        happened = () if json else timeline_of(opened_store, found.case)
    if json:
        say(plan_text(found.plan).rstrip())
    else:
        say_case(found, happened)


def show_copies(case: CaseArgument, *, store: StoreOption = None, json: JsonOption = False) -> None:
    """List the copies that were given out: which, when, to whom.

    supportplan pdf and supportplan print give the very same one again, with --again and its number here.
    """
    list_copies(case, store, json=json)


def export_plan(
    case: CaseArgument,
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="PLAN.json", help="The file to write.", show_default=False),
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a plan's file that is there.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Write a case's plan into a file to fill in.

    The file has a place for every text of the plan: fill it in with a text editor, then import it again. It is not
    encrypted.
    """
    with opened(store) as opened_store:
        plan = cases.working_plan(opened_store, cases.find_case(opened_store, case))
    write_form(plan, output, replace=replace)
    say(f"Written: {output}")
    tell(
        "This file is not encrypted: whoever opens it can read the plan. Delete it when you need it no longer."
    )
    tell(f"To take your changes in: supportplan case import {output.name} --replace")


def undo(case: CaseArgument, *, yes: SureOption = False, store: StoreOption = None) -> None:
    """Take back the last edit of a case's plan."""
    with opened(store) as opened_store:
        words = cases.undo(opened_store, cases.find_case(opened_store, case), sure=yes)
    say(f"Undone: {words}" if words else "There is nothing to undo.")


def redo(case: CaseArgument, *, yes: SureOption = False, store: StoreOption = None) -> None:
    """Make the last undone edit again."""
    with opened(store) as opened_store:
        words = cases.redo(opened_store, cases.find_case(opened_store, case), sure=yes)
    say(f"Done again: {words}" if words else "There is nothing to redo.")
