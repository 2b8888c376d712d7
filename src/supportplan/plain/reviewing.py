"""Both views of a plan, looking at it again, and ending it, in plain lines."""

from supportplan.domain.problems import BadInput
from supportplan.domain.said_days import day_said_back, said_day
from supportplan.plain.asker import Asker, Option, numbered
from supportplan.plain.question import pick
from supportplan.services.clock import today
from supportplan.services.closing import close, is_in_force, review
from supportplan.services.desk import Desk
from supportplan.services.views import GivenViews, views_of, write_down

_RESULTS = (
    Option("begun", "a review begins"),
    Option("continues", "it goes on as it is"),
    Option("changes", "it is to be changed"),
    Option("ends", "the plan ends"),
    Option("back", "back"),
)


def two_views(asker: Asker, desk: Desk) -> None:
    """Write down what the young person and the parent think, each in their own words."""
    last = views_of(desk)
    if last is not None:
        asker.say(f"The young person: {last.young_person}", f"The parent: {last.parent}")
        if last.disagree:
            asker.say(f"They do not agree. {last.words}".strip())
    young_person = asker.lines("What does the young person think? End with an empty line. ")
    parent = asker.lines("What does the parent think? End with an empty line. ")
    disagree = asker.yes("Do they disagree?")
    words = asker.lines("About what? End with an empty line. ") if disagree else ""
    if not (young_person or parent) or not asker.yes("Write both down?"):
        asker.say("Nothing was written down.")
        return
    write_down(desk, GivenViews(young_person, parent, disagree=disagree, words=words))
    asker.say("Both views are written down.")


def look_again(asker: Asker, desk: Desk) -> None:
    """Write down that a plan in force is looked at again, or that a plan ends."""
    in_force = is_in_force(desk)
    if not in_force:
        asker.say("This plan is not signed and agreed yet, so there is nothing to review. It can be ended.")
    options = _RESULTS if in_force else _RESULTS[-2:]
    asker.say(*numbered(options))
    result = pick(asker, "What now? Enter goes back. ", options, usual="back")
    if result == "back":
        return
    reasons = asker.lines("Why? End with an empty line. ")
    if result == "ends":
        if not reasons or asker.yes("The plan ends for good. End it?"):
            close(desk, reasons)
            asker.say("The plan is ended.")
    elif result == "begun":
        review(desk, "begun", reasons=reasons)
        asker.say("The review is begun.")
    elif result == "changes":
        review(desk, "changes", reasons=reasons)
        asker.say("Written down. Change the plan: that makes a new version, to be sent and signed.")
    else:
        _goes_on(asker, desk, reasons)


def _goes_on(asker: Asker, desk: Desk, reasons: str) -> None:
    typed = asker.line("When is it looked at next? Enter leaves it open. ")
    try:
        next_due = said_day(typed, today()) if typed else None
    except BadInput as problem:
        asker.say_problem(problem, typed)
        _goes_on(asker, desk, reasons)
        return
    review(desk, "continues", reasons=reasons, next_due=next_due)
    asker.say(f"Written down. Next look: {day_said_back(next_due)}." if next_due else "Written down.")
