"""Signing in plain lines: who signs, under which words, in which way, and who is there."""

from datetime import date

from supportplan.domain.cases.step_words import WAY_WORDS
from supportplan.domain.days import day_words
from supportplan.domain.problems import BadInput, Problem
from supportplan.domain.said_days import day_said_back, said_day
from supportplan.plain.asker import Asker, Option, numbered
from supportplan.plain.question import pick
from supportplan.plain.sentences import totals_sentence
from supportplan.services.author import author_of
from supportplan.services.check_codes import signed_code_words
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.services.signing import (
    BASES,
    STATEMENT,
    HowSigned,
    Signing,
    another_name_words,
    code_to_compare,
    sign,
    signings,
)
from supportplan.services.views_page import left_out_words

_WAYS = (Option("typed", "by typing the name"), Option("ink", "in ink, on the printed plan"))


def sign_here(asker: Asker, desk: Desk) -> None:
    """Say who has signed, and take the next signatures."""
    asker.say(
        totals_sentence(desk.plan, desk.costing),
        "Signing fixes this version. A later change makes a new one, and these signatures void.",
    )
    if left_out := left_out_words(desk):
        asker.say(left_out)
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
        asker.say(*filter(None, ("Signed already.", signed_code_words(desk, signing))))
        return
    asker.say(f"You sign this: {STATEMENT}", f"Date: {day_words(today())}, by this computer's clock.")
    basis = ""
    if signing.signer.may_be_represented:
        options = [Option("", "for myself"), *(Option(words, words) for words in BASES)]
        asker.say(*numbered(options))
        basis = pick(asker, "How do you sign? Now: for myself. ", options, usual="")
    asker.say(*numbered(_WAYS))
    ink = pick(asker, "In which way? Now: by typing the name. ", _WAYS, usual="typed") == "ink"
    name = asker.name("Full name, as it was signed? " if ink else "Full name, typed by whoever signs? ")
    given = HowSigned(name, "ink" if ink else "typed", basis=basis)
    if name and ink:
        given = _on_paper(asker, desk, given)
    if name:
        given = given._replace(present=asker.name("Who else is there? Enter for nobody. "))
    another = another_name_words(desk, signing.signer.role, name, basis) if name else ""
    if another and not asker.yes(another):
        asker.say("Not signed.")
        return
    asked = f"{name}: is it signed so on the paper?" if ink else f"{name}, do you agree, and sign?"
    if not name or not asker.yes(asked):
        asker.say("Not signed.")
        return
    if ink and (code := code_to_compare(desk, given.on)):
        asker.say("It was signed before the plan was sent. Look at the foot of each page of the paper.")
        if not asker.yes(f"Does the check code {code} stand there?"):
            asker.say("Not recorded: print this plan, and have that signed.")
            return
        given = given._replace(paper_code=code)
    sign(desk, signing.signer.role, given)
    asker.say("Signed.", "It is sealed when the plan is printed or saved.")


def _on_paper(asker: Asker, desk: Desk, given: HowSigned) -> HowSigned:
    """Ask who saw it being signed, when, and where the scan is."""
    usual = author_of(desk.store).name
    return given._replace(
        seen_by=asker.name(f"Who saw it being signed? Now: {usual}. ") or usual,
        on=ask_day(asker, "On which day was it signed?"),
        scan=asker.line("The file with the scan, a JPEG or PDF? Enter for none. "),
    )


def ask_day(asker: Asker, asked: str) -> date:
    """Ask for a day until there is one; Enter is today."""
    while True:
        typed = asker.line(f"{asked} Now: today. ")
        if not typed:
            return today()
        try:
            day = said_day(typed, today())
        except BadInput as problem:
            asker.say_problem(problem, typed)
            continue
        asker.say(f"{day_said_back(day)}.")
        return day


def _state(one: Signing) -> str:
    if one.void:
        return f"void, {one.name}. {one.void}"
    if one.signature is None or one.on is None:
        return "not signed yet"
    way = "" if one.signature.way == "typed" else f", {WAY_WORDS[one.signature.way]}"
    return f"signed by {one.who} on {day_words(one.on)}{way}"
