"""Printing a case's plan from the command line, and the copies that were given out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportplan.cli.answers import number_of, progress, say, say_json, tell
from supportplan.cli.asking import somebody_is_there, typed_line
from supportplan.cli.places import JsonOption, StoreOption, opened
from supportplan.cli.secrets import opened_keys
from supportplan.domain.problems import BadInput, NotFound
from supportplan.services.cases import find_case

if TYPE_CHECKING:
    from supportplan.services.copies_on_offer import CopyOnOffer
    from supportplan.services.issuing import CopyGiven, MadeCopy
    from supportplan.services.on_paper import CameOut
    from supportplan.services.opening import Store
    from supportplan.services.printing import Printer

_AGAIN_HELP = "The very same copy that was given out before, by its number in supportplan case copies."

CaseToPrint = Annotated[
    str,
    typer.Option(
        "--case",
        metavar="ID",
        help="A case in your store, by the start of its id; see supportplan case list.",
        show_default=False,
    ),
]
ToOption = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="NAME",
        help="Whom the copy is for, to be noted in the case; else the person and their family. "
        "A name in a command stays in the terminal's history.",
        show_default=False,
    ),
]
AgainOption = Annotated[
    int | None, typer.Option("--again", metavar="NUMBER", help=_AGAIN_HELP, min=1, show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("print")(print_case)


def print_case(
    *,
    case: CaseToPrint,
    printer: Annotated[
        str,
        typer.Option(
            "--printer",
            metavar="NAME",
            help="Which printer; else the one that was used last where these printers are.",
            show_default=False,
        ),
    ] = "",
    both_sides: Annotated[
        bool | None,
        typer.Option(
            "--both-sides/--one-side",
            help="On both sides of the paper, the signatures on a sheet of their own.",
            show_default=False,
        ),
    ] = None,
    signature_page: Annotated[
        bool, typer.Option("--signature-page", help="Only the pages that are signed.")
    ] = False,
    times: Annotated[int, typer.Option("--times", metavar="NUMBER", help="How often.", min=1, max=20)] = 1,
    copy: Annotated[str, typer.Option("--copy", metavar="COPY", help="Which copy.")] = "standard",
    again: AgainOption = None,
    to: ToOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Print a case's plan.

    Asks whether it came out; only then does the case note that the copy was given out.
    """
    from supportplan.services.desk import Desk
    from supportplan.services.issuing import THE_FAMILY, copy_to_give
    from supportplan.services.on_paper import OnPaper
    from supportplan.services.printing import HowToPrint
    from supportplan.services.views_page import left_out_words

    offer = offer_named(copy)
    if not offer.printable:
        raise BadInput(
            "A web page is not printed from here.", where="--copy", mend="Save it: supportplan pdf --copy …"
        )
    with opened(store) as opened_store:
        found = find_case(opened_store, case)
        desk = Desk(opened_store, found)
        there, name, turns = _chosen_printer(opened_store, printer, both_sides)
        left_out = left_out_words(desk) if again is None and offer.sealed else ""
        if again is None:
            opened_keys(opened_store)
            made, whom = copy_to_give(desk, offer), to or THE_FAMILY
        else:
            made, given = same_again(opened_store, found, again)
            whom = to or given.issued.to
        how = HowToPrint(
            name, two_sided=turns and not signature_page, copies=times, signatures=signature_page
        )
        paper = OnPaper(desk, how, there=there, given_to=whom, make=lambda: made)
        while paper.waits:
            with progress() as shown:
                paper.print(shown)
            paper.answer(_came_out())
    pages = paper.pages
    if json:
        say_json({"printer": name, "pages": pages, "times": times, "noted": paper.noted})
    else:
        say(
            f"Printed on {name}: {number_of(pages, 'page', 'pages')}"
            + (f", {times} times" if times > 1 else "")
        )
    if left_out:
        tell(left_out)
    if paper.noted:
        tell(f"The case notes that this copy was given to {whom}, on paper.")
    else:
        tell("It is not noted as given out: nobody said that it came out.")


def list_copies(case: str, store: Path | None, *, json: bool) -> None:
    """Say which copies of a case were given out, the newest first, each with its number."""
    from supportplan.domain.days import moment_words
    from supportplan.services.issuing import copies_given, given_words

    with opened(store) as opened_store:
        found = copies_given(opened_store, find_case(opened_store, case))
    if json:
        say_json(
            [
                {
                    "number": number,
                    "at": one.at,
                    "by": one.by,
                    "to": one.issued.to,
                    "copy": one.issued.copy,
                    "as": one.issued.medium,
                    "version": one.version,
                    "signed": one.signed,
                    "sha256": one.issued.file,
                    "kept": one.kept,
                }
                for number, one in numbered_copies(found)
            ]
        )
        return
    for number, one in numbered_copies(found):
        say(f"{number}. {moment_words(one.at)}  {given_words(one)}. By {one.by}.")
    if not found:
        say("No copy has been given out yet.")


def numbered_copies(found: tuple[CopyGiven, ...]) -> list[tuple[int, CopyGiven]]:
    """Number copies from the first that was given out, so that a number stays the same when more are given."""
    return list(zip(range(len(found), 0, -1), found, strict=True))


def same_again(store: Store, case: str, number: int) -> tuple[MadeCopy, CopyGiven]:
    """Return the copy that was given out under a number. Raises NotFound."""
    from supportplan.services.issuing import copies_given, copy_again

    found = dict(numbered_copies(copies_given(store, case)))
    if number not in found:
        raise NotFound(
            "No copy was given out under that number.",
            where="--again",
            mend="supportplan case copies lists those that were.",
        )
    return copy_again(store, case, found[number]), found[number]


def offer_named(name: str) -> CopyOnOffer:
    """Return the copy that is meant by a name such as `large-print`. Raises BadInput."""
    from supportplan.services.copies_on_offer import COPIES

    found = next((one for one in COPIES if one.key == name.replace("-", "_")), None)
    if found is None:
        known = ", ".join(one.key.replace("_", "-") for one in COPIES)
        raise BadInput("There is no such copy.", where="--copy", mend=f"Choose one of {known}.")
    return found


def _chosen_printer(
    store: Store, named: str, both_sides: bool | None
) -> tuple[tuple[Printer, ...], str, bool]:
    from supportplan.services.printing import printed_by_the_usual_program, printers
    from supportplan.services.usual_printer import remembered_printer

    there = printers()
    if printed_by_the_usual_program():
        return (), "", False
    usual, turned = remembered_printer(store, there)
    name = named or usual
    found = next((one for one in there if name in (one.name, one.words)), None)
    if found is None:
        raise NotFound(
            "There is no such printer.",
            where="--printer",
            mend=f"Those that there are: {', '.join(one.name for one in there)}.",
        )
    wanted = turned if both_sides is None else both_sides
    return there, found.name, wanted and found.both_sides


def _came_out() -> CameOut:
    """Ask whether it came out; where nobody is there to ask, nobody has said so."""
    if not somebody_is_there():
        return "nobody"
    while True:
        said = typed_line("Did it come out, all of it? Type yes, no, or again: ").casefold()
        if said in ("y", "yes"):
            return "yes"
        if said in ("", "n", "no"):
            return "no"
        if said == "again":
            return "again"
