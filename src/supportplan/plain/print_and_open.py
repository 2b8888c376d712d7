"""Giving a copy out by question and answer: printed, saved, or opened to look at; and what was given out before."""

from pathlib import Path

from supportplan.domain.problems import FileThere, Problem
from supportplan.plain.asker import Asker, Option, numbered
from supportplan.plain.question import pick
from supportplan.services.clock import when_words
from supportplan.services.copies import Copy, case_document, lacking_words, usual_name
from supportplan.services.copies_on_offer import COPIES, STANDARD, CopyOnOffer
from supportplan.services.desk import Desk
from supportplan.services.issuing import (
    THE_FAMILY,
    CopyGiven,
    MadeCopy,
    copies_given,
    copy_again,
    copy_to_give,
    copy_to_see,
    given_words,
    save_copy,
)
from supportplan.services.on_paper import CameOut, OnPaper
from supportplan.services.opening_files import (
    can_open,
    documents_folder,
    fetching_command,
    how_to_fetch,
    open_file,
)
from supportplan.services.printing import (
    MOST_COPIES,
    HowToPrint,
    Printer,
    printed_by_the_usual_program,
    printers,
)
from supportplan.services.submitting import could_be_sent, submit
from supportplan.services.typed_paths import typed_file
from supportplan.services.usual_printer import remembered_printer
from supportplan.services.views_page import left_out_words

_BACK = ("back", "skip", "done")
_CAME_OUT = (Option("yes", "yes, all of it"), Option("no", "no"), Option("again", "print it again"))
_ANSWERS: dict[str, CameOut] = {"yes": "yes", "no": "no", "again": "again"}
_WHAT = (
    Option("save", "save it as a file"),
    Option("print", "print it"),
    Option("open", "open it, to look at"),
    Option("given", "copies given out before, and the same again"),
    Option("back", "back"),
)


def print_and_open(asker: Asker, desk: Desk) -> None:
    """Give a copy out, as often as is wanted."""
    asker.say("A copy is not encrypted: keep it as safe as the paper.")
    try:
        asker.say(*filter(None, (lacking_words(case_document(desk)), left_out_words(desk))))
    except Problem as problem:
        asker.say_problem(problem)
    while True:
        asker.say_choices(_WHAT)
        what = pick(asker, "Print, open or save? Enter goes back. ", _WHAT, usual="back")
        try:
            match what:
                case "save":
                    _save(asker, desk, _offer(asker), None)
                case "print":
                    _print(asker, desk, _offer(asker), None)
                case "open":
                    _open(asker, desk, _offer(asker))
                case "given":
                    _given(asker, desk)
                case _:
                    return
        except Problem as problem:
            asker.say_problem(problem)


def _offer(asker: Asker) -> CopyOnOffer:
    options = [Option(one.key, one.words) for one in COPIES]
    asker.say(*numbered(options))
    key = pick(asker, f"Which copy? Now: {STANDARD.words}. ", options, usual=STANDARD.key)
    return next(one for one in COPIES if one.key == key)


def _given(asker: Asker, desk: Desk) -> None:
    found = copies_given(desk.store, desk.case)
    if not found:
        asker.say("No copy has been given out yet.")
        return
    options = [
        *(Option(one.entry, f"{given_words(one)}; {when_words(one.at)}, by {one.by}") for one in found),
        Option("back", "back"),
    ]
    asker.say(*numbered(options))
    key = pick(asker, "Which one again, just as it was? Enter goes back. ", options, usual="back")
    again = next((one for one in found if one.entry == key), None)
    if again is None:
        return
    how = [Option("save", "save it as a file"), Option("print", "print it"), Option("back", "back")]
    asker.say(*numbered(how))
    what = pick(asker, "How? Enter goes back. ", how, usual="back")
    if what == "save":
        _save(asker, desk, STANDARD, again)
    elif what == "print":
        _print(asker, desk, STANDARD, again)


def _save(asker: Asker, desk: Desk, offer: CopyOnOffer, again: CopyGiven | None) -> None:
    ending = offer.ending if again is None else again.ending
    kind = offer.kind if again is None else again.issued.copy
    usual = documents_folder() / usual_name(desk.plan, ending, kind)
    made: MadeCopy | None = None
    while True:
        named = asker.line(f"Save it as? Now: {usual} ")
        if named.casefold() in _BACK:
            return
        try:
            to = typed_file(named, ending) if named else usual
            whom = _whom(asker, again)
            made = made or _to_give(asker, desk, offer, again)
            copy = _written(asker, desk, made, to, whom)
        except Problem as problem:
            asker.say_problem(problem, named)
            continue
        break
    if copy is None:
        asker.say("Nothing was written.")
        return
    pages = f", {copy.pages} {'page' if copy.pages == 1 else 'pages'}" if copy.pages else ""
    asker.say(f"Saved{pages}: {copy.path}", f"Noted as given to {whom}.")
    _say_lacking(asker, copy.lacking)
    if fetching_command(copy.path):
        asker.say(how_to_fetch(copy.path))


def _written(asker: Asker, desk: Desk, made: MadeCopy, to: Path, whom: str) -> Copy | None:
    try:
        return save_copy(desk, made, to, given_to=whom)
    except FileThere as problem:
        asker.say(problem.what)
        if not asker.yes("Is nothing in it still needed, so that it can be written over? It may be signed."):
            return None
        return save_copy(desk, made, to, given_to=whom, replace=True)


def _print(asker: Asker, desk: Desk, offer: CopyOnOffer, again: CopyGiven | None) -> None:
    if not (offer.printable if again is None else again.printable):
        asker.say("A web page is saved, or opened in a browser and printed from there.")
        return
    there = printers()
    how = _how(asker, desk, there, signed=again is not None or offer.signed)
    whom = _whom(asker, again)
    if again is None and offer.signed and could_be_sent(desk):
        asker.say(
            "This plan is not sent yet, so it can still change. If the paper is to be signed, send it first: then it stays "
            "as it is printed."
        )
        if asker.yes("Send it for a decision now?"):
            submit(desk)
    paper = OnPaper(desk, how, there=there, given_to=whom, make=lambda: _to_give(asker, desk, offer, again))
    while paper.waits:
        paper.print(_Progress(asker))
        asker.say("The printer has taken it.", *numbered(_CAME_OUT))
        paper.answer(_ANSWERS[pick(asker, "Did it come out? ", _CAME_OUT, usual="no")])
    if not paper.noted:
        asker.say("Not noted as given out. Nothing is lost.")
        return
    asker.say(f"Noted: on paper, for {whom}.")
    _say_lacking(asker, paper.made.lacking)


def _how(asker: Asker, desk: Desk, there: tuple[Printer, ...], *, signed: bool) -> HowToPrint:
    """Ask how it is printed; where another program prints, that one asks."""
    if printed_by_the_usual_program():
        return HowToPrint("")
    usual, both_sides = remembered_printer(desk.store, there)
    options = [Option(one.name, one.words) for one in there]
    words = next(one.words for one in there if one.name == usual)
    asker.say(*numbered(options))
    name = pick(asker, f"Which printer? Now: {words}. ", options, usual=usual)
    alone = False
    if signed:
        pages = [Option("all", "all"), Option("signatures", "the signatures alone")]
        asker.say(*numbered(pages))
        alone = pick(asker, "Which pages? Now: all. ", pages, usual="all") == "signatures"
    turns = not alone and next(one.both_sides for one in there if one.name == name)
    sides = [Option("both", "both sides of the paper"), Option("one", "one side")]
    side = "one"
    if turns:
        usual_side = "both" if both_sides else "one"
        asker.say(*numbered(sides))
        said = next(one.words for one in sides if one.key == usual_side)
        side = pick(asker, f"On which sides? Now: {said}. ", sides, usual=usual_side)
    return HowToPrint(name, two_sided=side == "both", copies=_count(asker), signatures=alone)


def _count(asker: Asker) -> int:
    while True:
        said = asker.line("How many times? Now: 1. ") or "1"
        if said.isascii() and said.isdigit() and 0 < int(said[:6]) <= MOST_COPIES:
            return int(said)
        asker.say(f"Type a number from 1 to {MOST_COPIES}.", f"You typed: {said}")


def _open(asker: Asker, desk: Desk, offer: CopyOnOffer) -> None:
    if not can_open():
        asker.say("It cannot be opened from here: save it, and fetch the file.")
        return
    made = copy_to_see(desk, offer)
    open_file(desk.store.passing.put(usual_name(desk.plan, made.ending, made.kind), made.content))
    asker.say("Opened, to look at: nothing is noted, and no file is kept.")
    _say_lacking(asker, made.lacking)


def _to_give(asker: Asker, desk: Desk, offer: CopyOnOffer, again: CopyGiven | None) -> MadeCopy:
    if again is not None:
        return copy_again(desk.store, desk.case, again)
    asker.say("Making the copy.")
    return copy_to_give(desk, offer)


def _whom(asker: Asker, again: CopyGiven | None) -> str:
    usual = THE_FAMILY if again is None else again.issued.to
    return asker.name(f"Whom is it for? Now: {usual}. ") or usual


def _say_lacking(asker: Asker, lacking: tuple[str, ...]) -> None:
    if lacking:
        asker.say(
            f"Caution: {len(lacking)} {'character' if len(lacking) == 1 else 'characters'} cannot be printed. "
            "In their place stands \N{REPLACEMENT CHARACTER}."
        )


class _Progress:
    """Says what is being done each time that is something else."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._said = ""

    def __call__(self, doing: str, _done: int, _of: int) -> None:
        if doing != self._said:
            self._said = doing
            self._asker.say(f"{doing}.")
