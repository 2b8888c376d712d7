"""What stands before an agreement, and after it: the checks in sentences, and the PDF."""

from pathlib import Path

from supportplan.domain.checks import how_far
from supportplan.domain.checks.finding import QUESTIONS
from supportplan.domain.problems import FileThere, Problem
from supportplan.plain.asker import Asker, Option, numbered
from supportplan.plain.question import pick
from supportplan.services.checking import check_plan
from supportplan.services.copies import Copy, issue_pdf, usual_name
from supportplan.services.desk import Desk
from supportplan.services.opening_files import documents_folder, open_file, print_file
from supportplan.services.typed_paths import typed_file

_FOR_WHOM = "the person and their family"


def checks(asker: Asker, desk: Desk) -> None:
    """Say what sign-off still needs, question by question."""
    findings = check_plan(desk.plan)
    for question in QUESTIONS:
        open_ones = [one for one in findings if one.question == question.key and not one.passed]
        if open_ones:
            asker.say(question.asks)
        for one in open_ones:
            asker.say(f"{'To mend' if one.level == 'blocks' else 'Advice'}: {one.reason} {one.mend}".strip())
    asker.say(how_far(findings))


def print_plan(asker: Asker, desk: Desk) -> None:
    """Make the PDF, and open or print it."""
    asker.say("Printed plans are not encrypted: keep the file as safe as the paper.")
    usual = documents_folder() / usual_name(desk.plan, ".pdf")
    while True:
        typed = asker.line(f"Save the PDF as? Now: {usual} ")
        if typed.casefold() in ("back", "skip", "done"):
            return
        try:
            to = typed_file(typed, ".pdf") if typed else usual
            whom = asker.line(f"Whom is it for? Now: {_FOR_WHOM}. ") or _FOR_WHOM
            copy = _issue(asker, desk, to, whom)
        except Problem as problem:
            asker.say_problem(problem, typed)
            continue
        break
    if copy is None:
        asker.say("Nothing was written.")
        return
    pages = f"{copy.pages} {'page' if copy.pages == 1 else 'pages'}"
    asker.say(f"Saved, {pages}: {copy.path}")
    if copy.lacking:
        asker.say(
            f"Caution: {len(copy.lacking)} {'character' if len(copy.lacking) == 1 else 'characters'} cannot be printed. "
            "In their place stands \N{REPLACEMENT CHARACTER}."
        )
    _hand_on(asker, copy)


def _issue(asker: Asker, desk: Desk, to: Path, whom: str) -> Copy | None:
    asker.say("Making the PDF.")
    try:
        return issue_pdf(desk, to, given_to=whom)
    except FileThere as problem:
        asker.say(problem.what)
        if not asker.yes("Is nothing in it still needed, so that it can be written over? It may be signed."):
            return None
        return issue_pdf(desk, to, given_to=whom, replace=True)


def _hand_on(asker: Asker, copy: Copy) -> None:
    options = [Option("open", "open it"), Option("print", "send it to the printer"), Option("no", "neither")]
    asker.say(*numbered(options))
    key = pick(asker, "What now? Enter for neither. ", options, usual="no")
    try:
        if key == "open":
            open_file(copy.path)
        elif key == "print":
            print_file(copy.path)
            asker.say("Sent to the printer.")
    except Problem as problem:
        asker.say_problem(problem)
