"""What stands before an agreement, and the agreement: checks in sentences, typed names, and the PDF."""

from pathlib import Path

from supportplan.domain.checks import how_far
from supportplan.domain.checks.finding import QUESTIONS
from supportplan.domain.days import day_words
from supportplan.domain.problems import FileThere, Problem
from supportplan.plain.asker import Asker, Option, numbered
from supportplan.plain.question import pick
from supportplan.plain.sentences import totals_sentence
from supportplan.services.checking import check_plan
from supportplan.services.clock import today
from supportplan.services.copies import Copy, issue_pdf, usual_name
from supportplan.services.desk import Desk
from supportplan.services.opening_files import documents_folder, open_file, print_file
from supportplan.services.signing import BASES, STATEMENT, Signing, sign, signings
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


def sign_here(asker: Asker, desk: Desk) -> None:
    """Say who has signed, and take the next signatures as typed names."""
    asker.say(
        totals_sentence(desk.plan, desk.costing),
        "Signing fixes this version. A later change makes a new one, and these signatures void.",
    )
    while True:
        found = signings(desk)
        options = [
            *(Option(one.signer.role, f"{one.signer.words}: {_state(one)}") for one in found),
            Option("back", "back"),
        ]
        asker.say(*numbered(options))
        key = pick(asker, "Who signs? ", options, usual="back")
        if key == "back":
            return
        try:
            _sign(asker, desk, next(one for one in found if one.signer.role == key))
        except Problem as problem:
            asker.say_problem(problem)


def _sign(asker: Asker, desk: Desk, signing: Signing) -> None:
    if signing.valid:
        asker.say("Signed already.")
        return
    usual = {"person": desk.plan.person.name, "facilitator": desk.store.author}.get(signing.signer.role, "")
    asker.say(f"You sign this: {STATEMENT}", f"Date: {day_words(today())}, by this computer's clock.")
    basis = ""
    if signing.signer.may_be_represented:
        options = [Option("", "for myself"), *(Option(words, words) for words in BASES)]
        asker.say(*numbered(options))
        basis = pick(asker, "How do you sign? Now: for myself. ", options, usual="")
    name = asker.line(f"Full name? Now: {usual}. " if usual else "Full name? ") or usual
    if not name or not asker.yes(f"{name}, do you agree, and sign?"):
        asker.say("Not signed.")
        return
    sign(desk, signing.signer.role, name, basis=basis)
    asker.say("Signed.")


def _state(one: Signing) -> str:
    if one.void:
        return f"void, {one.name}. {one.void}"
    return f"signed by {one.who} on {day_words(one.on)}" if one.on is not None else "not signed yet"


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
