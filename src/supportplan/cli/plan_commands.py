"""Commands about one plan: cost it, check it, print it; and the schemas of the documents."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from msgspec import to_builtins

from supportplan.cli.answers import NO, number_of, progress, say, say_json, tell
from supportplan.cli.places import (
    CaseOption,
    JsonOption,
    MaybePlan,
    PlainOption,
    StoreOption,
    chosen_plan,
    opened,
)
from supportplan.cli.print_command import AgainOption, ToOption, same_again
from supportplan.cli.secrets import opened_keys
from supportplan.cli.the_app import at_terminal, open_practice, plain_is_wanted, set_plain
from supportplan.domain.money import Amount
from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadInput
from supportplan.domain.typed import typed_amount
from supportplan.services.plans import costed_whole

if TYPE_CHECKING:
    from supportplan.documents.model import Edition

IndicativeOption = Annotated[
    str | None,
    typer.Option(
        "--indicative",
        metavar="AMOUNT",
        help="The indicative budget, if one was given before the plan, such as £13,000.",
        show_default=False,
    ),
]


CopyOption = Annotated[
    Literal["standard", "large-print", "easy-read", "letter"],
    typer.Option(
        "--copy",
        help="Which copy of the plan: standard, large print, easy read with pictures, or the family's letter of the decision.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("cost")(cost)
    app.command("check")(check)
    app.command("pdf")(pdf)
    app.command("html")(html)
    app.command("text")(text)
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


def pdf(
    plan: MaybePlan = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT.pdf", help="The file to write.", show_default=False)
    ],
    case: CaseOption = None,
    store: StoreOption = None,
    to: ToOption = None,
    again: AgainOption = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Write over a PDF of this name, if nothing in it is still needed."),
    ] = False,
    copy: CopyOption = "standard",
    json: JsonOption = False,
) -> None:
    """Write a plan as PDF, to print and sign.

    With --case, the case notes that the copy was given out.
    """
    from supportplan.services.cases import find_case
    from supportplan.services.copies import document_of, write_pdf
    from supportplan.services.copies_on_offer import on_offer
    from supportplan.services.issuing import THE_FAMILY, issue_copy, save_copy

    edition = _EDITIONS[copy]
    if case is not None and plan is None:
        from supportplan.services.desk import Desk

        with opened(store) as opened_store, progress() as shown:
            shown("Making the PDF", 0, 0)
            desk = Desk(opened_store, find_case(opened_store, case))
            if again is None:
                opened_keys(opened_store)
                offer = on_offer(edition)
                made = issue_copy(desk, output, given_to=to or THE_FAMILY, offer=offer, replace=replace)
            else:
                same, given = same_again(opened_store, desk.case, again)
                made = save_copy(desk, same, output, given_to=to or given.issued.to, replace=replace)
        tell("The case notes that this copy was given out.")
    else:
        if again is not None:
            raise BadInput("Only a case has copies.", where="--again", mend="Name the case with --case.")
        chosen = chosen_plan(plan, case, store).plan
        with progress() as shown:
            shown("Making the PDF", 0, 0)
            made = write_pdf(document_of(chosen, edition), output, replace=replace)
    if made.lacking:
        tell(
            f"Caution: {number_of(len(made.lacking), 'character', 'characters')} cannot be printed. "
            "In their place stands \N{REPLACEMENT CHARACTER}."
        )
    if json:
        say_json({"file": str(made.path), "copy": copy, "pages": made.pages, "sha256": made.sha256})
    else:
        say(f"Written: {made.path} ({number_of(made.pages, 'page', 'pages')})")


def html(
    plan: MaybePlan = None,
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="OUT.html", help="The file to write.", show_default=False),
    ],
    case: CaseOption = None,
    store: StoreOption = None,
    to: ToOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over an HTML file of this name.")] = False,
    copy: CopyOption = "standard",
    json: JsonOption = False,
) -> None:
    """Write a plan as one HTML file, to read on a screen or telephone and to have read aloud.

    It opens in any browser, fetches nothing, and prints in the same sizes as the PDF. With --case, the case notes that the
    copy was given out.
    """
    from supportplan.services.cases import find_case
    from supportplan.services.copies import document_of, write_html

    if case is not None and plan is None:
        from supportplan.services.copies_on_offer import on_offer
        from supportplan.services.desk import Desk
        from supportplan.services.issuing import THE_FAMILY, issue_copy

        with opened(store) as opened_store:
            desk = Desk(opened_store, find_case(opened_store, case))
            offer = on_offer(_EDITIONS[copy], "html")
            issue_copy(desk, output, given_to=to or THE_FAMILY, offer=offer, replace=replace)
        tell("The case notes that this copy was given out.")
    else:
        chosen = chosen_plan(plan, case, store).plan
        write_html(document_of(chosen, _EDITIONS[copy]), output, replace=replace)
    if json:
        say_json({"file": str(output), "copy": copy})
    else:
        say(f"Written: {output}")


def text(
    plan: MaybePlan = None,
    *,
    case: CaseOption = None,
    store: StoreOption = None,
    copy: CopyOption = "standard",
) -> None:
    """Write a plan as text, for screen readers and e-mail."""
    from supportplan.services.cases import find_case
    from supportplan.services.copies import case_document, document_of, text_of

    edition = _EDITIONS[copy]
    if case is not None and plan is None:
        from supportplan.services.desk import Desk

        with opened(store) as opened_store:
            say(text_of(case_document(Desk(opened_store, find_case(opened_store, case)), edition)))
    else:
        say(text_of(document_of(chosen_plan(plan, case, store).plan, edition)))


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


_EDITIONS: "dict[str, Edition]" = {
    "standard": "standard",
    "large-print": "large_print",
    "easy-read": "easy_read",
    "letter": "letter",
}
