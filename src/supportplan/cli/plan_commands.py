"""Commands about one plan: cost it, check it, print it; and the schemas of the documents."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from msgspec import to_builtins

from supportplan.cli.answers import NO, say, say_json, tell
from supportplan.cli.places import CaseOption, JsonOption, MaybePlan, StoreOption, chosen_plan, opened
from supportplan.services.plans import costed_whole


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("cost")(cost)
    app.command("check")(check)
    app.command("pdf")(pdf)
    app.command("text")(text)
    app.command("schema")(schema)
    app.command("demo")(demo)


def cost(
    plan: MaybePlan = None,
    *,
    case: CaseOption = None,
    store: StoreOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say how each figure was worked out.")] = False,
    json: JsonOption = False,
) -> None:
    """Cost a plan: its totals, and when what is paid."""
    from supportplan.cli.totals import say_explained, say_payments, say_totals
    from supportplan.documents.costing_json import costing_json

    chosen = chosen_plan(plan, case, store)
    found = costed_whole(chosen.plan, name=chosen.name)
    if json:
        say_json(costing_json(found.plan, found.costing, found.payments))
        return
    say_totals(found)
    say()
    say_payments(found)
    if explain:
        say()
        say_explained(found)


def check(
    plan: MaybePlan = None, *, case: CaseOption = None, store: StoreOption = None, json: JsonOption = False
) -> None:
    """Check a plan for sign-off, and say where to mend it."""
    from supportplan.cli.findings import say_findings
    from supportplan.domain.checks import failed
    from supportplan.services.checking import check_plan

    findings = check_plan(chosen_plan(plan, case, store).plan)
    missed = failed(findings)
    if json:
        say_json(
            {
                "ready": not missed,
                "failed": missed,
                "findings": [to_builtins(finding) for finding in findings],
            }
        )
    else:
        say_findings(findings)
        say("Ready for sign-off." if not missed else f"Not ready for sign-off: {len(missed)} checks to mend.")
    if missed:
        raise typer.Exit(NO)


def pdf(
    plan: MaybePlan = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT.pdf", help="The file to write.", show_default=False)
    ],
    case: CaseOption = None,
    store: StoreOption = None,
    to: Annotated[
        str, typer.Option("--to", help="From a store: whom the copy is for.")
    ] = "the person and their family",
    copy: Annotated[Literal["standard"], typer.Option("--copy", help="Which copy of the plan.")] = "standard",
    json: JsonOption = False,
) -> None:
    """Write a plan as PDF, to print and sign.

    From a store, it is recorded that the copy was issued.
    """
    from supportplan.services.cases import find_case
    from supportplan.services.copies import document_of, issue_pdf, write_pdf

    if case is not None and plan is None:
        with opened(store) as opened_store:
            made = issue_pdf(opened_store, find_case(opened_store, case), output, given_to=to)
    else:
        made = write_pdf(document_of(chosen_plan(plan, case, store).plan), output)
    if made.lacking:
        tell(
            f"Caution: {len(made.lacking)} characters have no printed form and stand as \N{REPLACEMENT CHARACTER}."
        )
    if json:
        say_json({"file": str(made.path), "copy": copy, "pages": made.pages, "sha256": made.sha256})
    else:
        say(f"Written: {made.path} ({made.pages} pages)")


def text(plan: MaybePlan = None, *, case: CaseOption = None, store: StoreOption = None) -> None:
    """Write a plan as text, for screen readers and e-mail."""
    from supportplan.documents.text import render_text
    from supportplan.services.copies import document_of

    say(render_text(document_of(chosen_plan(plan, case, store).plan)))


def schema(
    document: Annotated[
        Literal["plan", "profile", "schedule"], typer.Argument(help="Which document.", show_default=False)
    ],
) -> None:
    """Print the JSON Schema of a document."""
    from supportplan.domain import canonical
    from supportplan.domain.plan import Plan
    from supportplan.domain.profile import Profile
    from supportplan.domain.schedules.schedule import Schedule

    documents: dict[str, type[canonical.Document]] = {"plan": Plan, "profile": Profile, "schedule": Schedule}
    say_json(canonical.schema(documents[document]))


def demo(
    *,
    pdf: Annotated[Path, typer.Option("--pdf", metavar="OUT", help="Where to write the plan's PDF.")] = Path(
        "sample-plan.pdf"
    ),
    json: JsonOption = False,
) -> None:
    """Run the whole job on the sample case.

    In a store that is thrown away: take in rates and plan, cost, check, keep, print.
    """
    from supportplan.cli.totals import say_payments, say_totals
    from supportplan.documents.costing_json import costing_json
    from supportplan.services.demo import run_demo

    shown = run_demo(pdf, tell)
    found = shown.costed
    if json:
        costing = costing_json(found.plan, found.costing, found.payments)
        say_json(
            {**costing, "failed": shown.failed, "file": str(shown.copy.path), "sha256": shown.copy.sha256}
        )
        return
    say()
    say_totals(found)
    say()
    say_payments(found)
    say()
    say(f"The plan to print and sign: {shown.copy.path} ({shown.copy.pages} pages)")
