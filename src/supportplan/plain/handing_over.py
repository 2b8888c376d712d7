"""A case on two computers: handed over as one file, taken in, and plans that were made apart brought together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supportplan.domain.problems import FileThere, Problem
from supportplan.plain.asker import Asker, Option, numbered
from supportplan.plain.question import pick
from supportplan.services.clock import when_words
from supportplan.services.desk import Desk
from supportplan.services.opening_files import documents_folder
from supportplan.services.typed_paths import typed_file, typed_path

if TYPE_CHECKING:
    from supportplan.services.bundles import HandedOver
    from supportplan.services.opening import Store

_CHANGES = [
    Option("with", "hand my changes over too: they have to be signed again"),
    Option("without", "leave my changes here, and hand over what was sent"),
    Option("back", "back"),
]


def hand_over(asker: Asker, desk: Desk) -> None:
    """Write the case into one encrypted file, and say the words that open it."""
    from supportplan.services.bundle_words import TELL_APART, handed_over_words
    from supportplan.services.bundles import ENDING, changes_what_was_sent, usual_bundle, words_to_tell

    asker.say("All of this case goes into one encrypted file, which another computer takes in.")
    changes = None
    if changes_what_was_sent(desk):
        asker.say("You changed the plan after it was sent.", *numbered(_CHANGES))
        key = pick(asker, "Which of these? ", _CHANGES, usual="back")
        if key == "back":
            return
        changes = key == "with"
    usual = documents_folder() / usual_bundle(desk.plan)
    words = words_to_tell()
    while True:
        typed = asker.line(f"Write the file where? Now: {usual} ")
        if typed.casefold() in ("back", "skip", "done"):
            return
        try:
            done = _written(asker, desk, typed_file(typed, ENDING) if typed else usual, words, changes)
        except Problem as problem:
            asker.say_problem(problem, typed)
            continue
        break
    if done is None:
        asker.say("Nothing was written.")
        return
    asker.say(f"Written, and read back: {done.path}", handed_over_words(done))
    asker.say("These words open it, and are said only now:", words, TELL_APART)


def _written(asker: Asker, desk: Desk, to: Path, words: str, changes: bool | None) -> HandedOver | None:
    from supportplan.services.bundles import hand_over

    asker.say("Writing it takes a second or two.")
    try:
        return hand_over(desk, to, words, _quiet, changes=changes)
    except FileThere as problem:
        asker.say(problem.what)
        if not asker.yes("Is nothing in it still needed, so that it can be written over?"):
            return None
        return hand_over(desk, to, words, _quiet, changes=changes, replace=True)


def take_in(asker: Asker, store: Store) -> str | None:
    """Say what is in a file that was handed over, and take it in where that is wanted; return the case's id."""
    from supportplan.services.bundle_words import offer_words
    from supportplan.services.bundles import demand_bundle, look_into, take_in_bundle

    while True:
        typed = asker.line("Which file? Enter goes back. ")
        if typed.casefold() in ("", "back"):
            return None
        try:
            file = typed_path(typed)
            demand_bundle(file)
            words = asker.secret("The words that open it? ")
            asker.say("Opening it takes a second or two.")
            offer = look_into(store, file, words, _quiet)
        except Problem as problem:
            asker.say_problem(problem, typed)
            continue
        break
    asker.say(*offer_words(offer))
    if not offer.new:
        return None
    if not asker.yes("Take it in?"):
        asker.say("Nothing was taken in.")
        return None
    case = take_in_bundle(store, offer.bundle)
    asker.say("Taken in.")
    return case


def join(asker: Asker, desk: Desk) -> None:
    """Say how plans that were made apart differ, and go on with the one that is chosen."""
    from supportplan.services.joining import differences, go_on_with, made_apart

    apart = made_apart(desk)
    if not apart:
        asker.say("There is one plan only: nothing has to be chosen.")
        return
    first = apart[0]
    for other in apart[1:]:
        asker.say(f"{first.name} and {other.name} differ.")
        for found in differences(first, other):
            asker.say(
                f"{found.about}. {first.name}: {found.one or 'not in it'}. {other.name}: {found.other or 'not in it'}."
            )
    options = [
        *(Option(one.entry, f"{one.name}, by {one.author}, {when_words(one.at)}") for one in apart),
        Option("back", "back"),
    ]
    asker.say(*numbered(options))
    key = pick(asker, "Which one goes on? Enter chooses none. ", options, usual="back")
    chosen = next((one for one in apart if one.entry == key), None)
    if chosen is not None:
        go_on_with(desk, chosen)
        asker.say(f"The plan goes on with {chosen.name}, by {chosen.author}. The others stay in the case.")


def _quiet(_: str, __: int, ___: int) -> None:
    """Say nothing of how far it is: it takes a second or two."""
