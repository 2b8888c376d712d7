"""One case: a word or a number for each thing that can be done in it, until one goes back or leaves."""

from collections.abc import Callable
from typing import NamedTuple

from supportplan.domain.edits import with_note, without_note
from supportplan.domain.plan import ParkedNote, answered
from supportplan.domain.problems import Problem
from supportplan.plain.asker import Asker, Leave, Option, numbered
from supportplan.plain.guarding import may_change
from supportplan.plain.question import HOW, Question, ask_all, pick
from supportplan.plain.sentences import money_sentences, plan_sentences, sums, totals_sentence
from supportplan.services.clock import new_id
from supportplan.services.desk import Desk
from supportplan.services.questions import QUESTIONS

_NOT_SAVED = "The last change is not saved: the disk did not take it. All before it is saved."


class Command(NamedTuple):
    """A word of the menu, what it does in a few words, and the doing. The last ones do nothing here but lead out."""

    word: str
    does: str
    run: Callable[[Asker, Desk], None]


def work_on(asker: Asker, desk: Desk) -> None:
    """Do what is asked in a case until one goes back. Raises Leave, with whether all is saved."""
    try:
        _work_on(asker, desk)
    except (Leave, KeyboardInterrupt):
        raise Leave(*([] if desk.saved else [_NOT_SAVED])) from None


def _work_on(asker: Asker, desk: Desk) -> None:
    name = desk.plan.person.known_as or desk.plan.person.name
    asker.say(f"The plan of {desk.plan.person.name}. {totals_sentence(desk.plan, desk.costing)}")
    menu = [Option(one.word, f"{one.word}: {one.does}") for one in COMMANDS]
    asker.say(*numbered(menu))
    while True:
        word = pick(asker, f"{name}. What now? ", menu, usual="")
        if word == "back":
            return
        if word == "leave":
            raise Leave
        if word == "help":
            asker.say(*numbered(menu), HOW)
        command = next((one for one in COMMANDS if one.word == word), None)
        if command is None:
            asker.say("Type a word or a number; help lists them.")
            continue
        try:
            command.run(asker, desk)
        except Problem as problem:
            asker.say_problem(problem)


def talk(asker: Asker, desk: Desk) -> None:
    """Ask the questions of the talk, from the first on that has no answer yet."""
    questions = [
        Question(
            f"Question {number} of {len(QUESTIONS)}. {one.asked} End with an empty line.",
            one.read,
            one.write,
            f"Wrote down: {one.word.lower()}",
            " ".join([one.listen, "If it helps, you could ask:", *one.prompts]),
            long=True,
        )
        for number, one in enumerate(QUESTIONS, start=1)
    ]
    open_ones = [place for place, one in enumerate(QUESTIONS) if not answered(one.read(desk.plan))]
    ask_all(asker, desk, questions, at=open_ones[0] if open_ones else 0)


def notes(asker: Asker, desk: Desk) -> None:
    """Say the notes that have no place yet; park one more, or take one out by its number."""
    while True:
        parked = [Option(one.id, one.text) for one in desk.plan.parked]
        asker.say("Notes, which are never printed.", *numbered(parked))
        typed = asker.line("A new note, or the number of one to take out. Enter goes back. ")
        if typed.casefold() in ("", "back", "skip", "done"):
            return
        if typed.isascii() and typed.isdigit() and 0 < int(typed[:6]) <= len(parked):
            gone = parked[int(typed[:6]) - 1]
            desk.change(without_note(desk.plan, gone.key), "Took a note out").result()
            asker.say("Taken out. The command undo brings it back.")
        else:
            note = ParkedNote(id=new_id(), text=typed)
            desk.change(with_note(desk.plan, note), "Parked a note").result()
            asker.say("Parked.")


def _outcomes(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.outcomes import outcomes

    outcomes(asker, desk)


def _supports(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.supports import supports

    supports(asker, desk)


def _money(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.money import money

    money(asker, desk)


def _basics(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.basics import basics

    basics(asker, desk)


def _risks(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.outcomes import risks

    risks(asker, desk)


def _checks(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.checks import checks

    checks(asker, desk)


def _sign(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.signing import sign_here

    sign_here(asker, desk)


def _send(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.deciding import send

    send(asker, desk)


def _decision(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.deciding import decision

    decision(asker, desk)


def _history(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.deciding import history

    history(asker, desk)


def _views(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.reviewing import two_views

    two_views(asker, desk)


def _review(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.reviewing import look_again

    look_again(asker, desk)


def _print(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.print_and_open import print_and_open

    print_and_open(asker, desk)


def _hand_over(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.handing_over import hand_over

    hand_over(asker, desk)


def _join(asker: Asker, desk: Desk) -> None:
    from supportplan.plain.handing_over import join

    join(asker, desk)


def _undo(asker: Asker, desk: Desk) -> None:
    if not _may_turn(asker, desk, back=True):
        return
    words = desk.undo()
    asker.say(f"Undone: {words}." if words else "There is nothing to undo.")


def _redo(asker: Asker, desk: Desk) -> None:
    if not _may_turn(asker, desk, back=False):
        return
    words = desk.redo()
    asker.say(f"Done again: {words}." if words else "There is nothing to do again.")


def _may_turn(asker: Asker, desk: Desk, *, back: bool) -> bool:
    coming = desk.next_turn(back=back)
    asked = desk.asks_before() if coming else ""
    would = f"{asked} This would {'take back' if back else 'make again'}: {coming}."
    return may_change(asker, desk, would if asked else "")


def _nothing(_: Asker, __: Desk) -> None:
    pass


COMMANDS = (
    Command("talk", "talk it through, question by question", talk),
    Command("outcomes", "what the person wants", _outcomes),
    Command("supports", "who helps, and what it costs", _supports),
    Command("money", "indicative budget, contingency, payments, contribution", _money),
    Command("basics", "name, days and review", _basics),
    Command("risks", "what could go wrong, and emergencies", _risks),
    Command("notes", "notes that have no place yet", notes),
    Command("checks", "what sign-off still needs", _checks),
    Command("totals", "the money, and when it is paid", lambda asker, desk: asker.say(*money_sentences(desk.plan, desk.costing))),
    Command("explain", "how each figure was worked out", lambda asker, desk: asker.say(*sums(desk.plan, desk.costing))),
    Command("read", "read the whole plan", lambda asker, desk: asker.say(*plan_sentences(desk.plan, desk.costing))),
    Command("views", "what the young person and the parent think", _views),
    Command("send", "fix the plan, and send it for a decision", _send),
    Command("sign", "agree, by typed names or in ink", _sign),
    Command("decision", "what was decided, by whom and why", _decision),
    Command("review", "look at the plan again, or end it", _review),
    Command("history", "what happened so far", _history),
    Command("print", "print the plan, open it, or save it; and copies given out", _print),
    Command("hand over", "one encrypted file with all of the case, for another computer", _hand_over),
    Command("join", "choose among plans that were made apart", _join),
    Command("undo", "take the last change back", _undo),
    Command("redo", "make it again", _redo),
    Command("help", "say all this again, and how answers work", _nothing),
    Command("back", "to the list of cases", _nothing),
    Command("leave", "leave the program", _nothing),
)  # fmt: skip
