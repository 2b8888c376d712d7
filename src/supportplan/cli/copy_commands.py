"""Commands that write a copy of a plan: as PDF to print and sign, as HTML, and as text."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from supportplan.cli.answers import number_of, progress, say, say_json, tell
from supportplan.cli.places import CaseOption, JsonOption, MaybePlan, StoreOption, chosen_plan, opened
from supportplan.cli.print_command import AgainOption, ToOption, offer_named, same_again
from supportplan.cli.secrets import opened_keys
from supportplan.domain.problems import BadInput

if TYPE_CHECKING:
    from supportplan.documents.model import Edition

_EDITIONS: "dict[str, Edition]" = {
    "standard": "standard",
    "large-print": "large_print",
    "easy-read": "easy_read",
    "letter": "letter",
}

CopyOption = Annotated[
    Literal["standard", "large-print", "easy-read", "letter"],
    typer.Option(
        "--copy",
        help="Which copy of the plan: standard, large print, easy read with pictures, or the family's letter of the decision.",
    ),
]


PdfCopyOption = Annotated[
    Literal["standard", "large-print", "easy-read", "letter", "views"],
    typer.Option(
        "--copy",
        help="Which copy of the plan: standard, large print, easy read with pictures, the family's letter of the decision, or the page of both views.",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("pdf")(pdf)
    app.command("html")(html)
    app.command("text")(text)


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
    copy: PdfCopyOption = "standard",
    json: JsonOption = False,
) -> None:
    """Write a plan as PDF, to print and sign.

    With --case, the case notes that the copy was given out.
    """
    from supportplan.services.cases import find_case
    from supportplan.services.copies import document_of, write_pdf
    from supportplan.services.issuing import THE_FAMILY, issue_copy, save_copy
    from supportplan.services.views_page import left_out_words

    if case is not None and plan is None:
        from supportplan.services.desk import Desk

        with opened(store) as opened_store, progress() as shown:
            shown("Making the PDF", 0, 0)
            desk = Desk(opened_store, find_case(opened_store, case))
            offer = offer_named(copy)
            if again is None:
                opened_keys(opened_store)
                made = issue_copy(desk, output, given_to=to or THE_FAMILY, offer=offer, replace=replace)
            else:
                same, given = same_again(opened_store, desk.case, again)
                made = save_copy(desk, same, output, given_to=to or given.issued.to, replace=replace)
            left_out = left_out_words(desk) if again is None and offer.sealed else ""
        tell("The case notes that this copy was given out.")
        if left_out:
            tell(left_out)
    else:
        if again is not None:
            raise BadInput("Only a case has copies.", where="--again", mend="Name the case with --case.")
        if copy == "views":
            raise BadInput("Only a case has views.", where="--copy", mend="Name the case with --case.")
        chosen = chosen_plan(plan, case, store).plan
        with progress() as shown:
            shown("Making the PDF", 0, 0)
            made = write_pdf(document_of(chosen, _EDITIONS[copy]), output, replace=replace)
    if made.lacking:
        tell(
            f"Caution: {number_of(len(made.lacking), 'character', 'characters')} cannot be printed: "
            f"{' '.join(one if one.isprintable() else f'U+{ord(one):04X}' for one in made.lacking)}. "
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
