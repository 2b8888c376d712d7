"""Commands about one plan: cost it and check it; the practice case, and the schemas of the documents."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from msgspec import to_builtins

from supportplan.cli.answers import NO, number_of, say, say_json, tell
from supportplan.cli.places import (
    CaseOption,
    JsonOption,
    MaybePlan,
    PlainOption,
    StoreOption,
    chosen_plan,
)
from supportplan.cli.the_app import at_terminal, open_practice, plain_is_wanted, set_plain
from supportplan.domain.money import Amount
from supportplan.domain.plan import Plan
from supportplan.domain.typed import typed_amount
from supportplan.services.plans import costed_whole

IndicativeOption = Annotated[
    str | None,
    typer.Option(
        "--indicative",
        metavar="AMOUNT",
        help="The indicative budget, if one was given before the plan, such as £13,000.",
        show_default=False,
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("cost")(cost)
    app.command("check")(check)
    app.command("schema")(schema)
    app.command("demo")(demo)


def cost(
    plan: MaybePlan = None,
    *,
    indicative: IndicativeOption = None,
    case: CaseOption = None,
    store: StoreOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say how each figure was worked out.")] = False,
    json: JsonOption = False,
) -> None:
    """Work out what a plan costs, and when what is paid."""
    from supportplan.cli.totals import say_explained, say_indicative, say_payments, say_totals

    chosen = chosen_plan(plan, case, store)
    given = _given(indicative, chosen.plan)
    found = costed_whole(chosen.plan, name=chosen.name)
    if json:
        say_json(found.answer() | ({} if given is None else {"indicative": f"{given:.2f}"}))
        return
    say_totals(found)
    if given is not None:
        say_indicative(found, given)
    say()
    say_payments(found)
    if explain:
        say()
        say_explained(found)


def check(
    plan: MaybePlan = None,
    *,
    indicative: IndicativeOption = None,
    case: CaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Check whether a plan is ready for sign-off.

    Says what is missing, where, and what to do about it. For other programs: the exit code is 1 where it is not ready.
    """
    from supportplan.cli.findings import say_findings
    from supportplan.domain.checks import failed
    from supportplan.services.checking import check_plan

    chosen = chosen_plan(plan, case, store)
    findings = check_plan(chosen.plan, indicative=_given(indicative, chosen.plan))
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
        if missed:
            say(f"Not ready for sign-off: {number_of(len(missed), 'check', 'checks')} to mend.")
        else:
            say("Ready for sign-off.")
        if any(one.check == "indicative_known" and not one.passed for one in findings):
            tell("To give the indicative budget: add --indicative AMOUNT to this command.")
    if missed:
        raise typer.Exit(NO)


def schema(
    document: Annotated[
        Literal["plan", "profile", "schedule"],
        typer.Argument(metavar="DOCUMENT", help="Which kind of document.", show_default=False),
    ],
) -> None:
    """Print what may stand in a document, as JSON Schema.

    For whoever writes programs or files that work with supportplan.
    """
    from supportplan.domain import canonical
    from supportplan.domain.profile import Profile
    from supportplan.domain.schedules.schedule import Schedule

    documents: dict[str, type[canonical.Document]] = {"plan": Plan, "profile": Profile, "schedule": Schedule}
    say_json(canonical.schema(documents[document]))


def demo(
    *,
    pdf: Annotated[
        Path | None,
        typer.Option(
            "--pdf",
            metavar="OUT.pdf",
            help="Do the whole job without the app, and write this PDF.",
            show_default=False,
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over another PDF than that of an earlier demo.")
    ] = False,
    plain: PlainOption = None,
    json: JsonOption = False,
) -> None:
    """Try it all out on a practice case.

    At a terminal the app opens on it. With --pdf, or where there is no terminal, the whole job is done at once: rates
    and a plan are taken in, costed, checked, kept and printed. Either way the store is thrown away afterwards.
    """
    set_plain(plain)
    if pdf is None and not json and (plain_is_wanted() or at_terminal()):
        open_practice()
        return
    from supportplan.cli.totals import say_payments, say_totals
    from supportplan.services.demo import SAMPLE_PDF, run_demo

    shown = run_demo(pdf or Path(SAMPLE_PDF), tell, replace=replace)
    found = shown.costed
    if json:
        say_json(
            {
                **found.answer(),
                "failed": shown.failed,
                "file": str(shown.copy.path),
                "sha256": shown.copy.sha256,
            }
        )
        return
    say()
    say_totals(found)
    say()
    say_payments(found)
    say()
    say(f"The plan to print and sign: {shown.copy.path} ({number_of(shown.copy.pages, 'page', 'pages')})")


def _given(indicative: str | None, plan: Plan) -> Amount | None:
    return (
        plan.indicative
        if indicative is None
        else typed_amount(indicative, where="--indicative", currency=plan.money)
    )
