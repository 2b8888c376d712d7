"""Sending a plan, writing down what was decided, and what happened so far, in plain lines."""

from collections.abc import Sequence
from typing import cast

from supportplan.domain.cases.asked_and_agreed import AskedAndAgreed
from supportplan.domain.cases.step_words import VERDICT_WORDS, decided_words, step_words
from supportplan.domain.cases.steps import Verdict
from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.domain.problems import Problem
from supportplan.plain.asker import Asker, Option, chosen, numbered
from supportplan.plain.question import pick
from supportplan.plain.signing import ask_day
from supportplan.services.clock import when_words
from supportplan.services.deciding import (
    GivenDecision,
    compared,
    decide,
    decided_already_words,
    reasons_for,
    standing_decision,
    usual_appeal,
)
from supportplan.services.desk import Desk
from supportplan.services.profiles import profile_of
from supportplan.services.submitting import sent_plan, submit
from supportplan.services.timeline import timeline_of

_VERDICTS = [*(Option(key, words) for key, words in VERDICT_WORDS.items()), Option("back", "back")]


def send(asker: Asker, desk: Desk) -> None:
    """Fix the plan and send it for a decision."""
    asker.say(
        "Sending fixes the plan as it stands. A later change makes a new version, to be sent and signed anew."
    )
    if asker.yes("Send it for a decision?"):
        submit(desk)
        asker.say("Sent. Now it waits for the decision.")


def decision(asker: Asker, desk: Desk) -> None:
    """Say what was decided; or write down what is decided about the plan that was sent."""
    sent = sent_plan(desk)
    if sent is None:
        asker.say("This plan has not been sent for a decision yet. The command send does that.")
        return
    stands = standing_decision(desk)
    if stands is not None:
        said = step_words(stands.decision, "")
        asker.say(f"{decided_words(stands.decision)} on {day_words(stands.decision.on)}.", *said.more)
        if stands.compared is not None:
            asker.say(*_differences(stands.compared))
    on = sent.standing.submitted_on
    asker.say(f"{sent.version} was sent on {day_words(on)}." if on else f"{sent.version} was sent.")
    asker.say(*numbered(_VERDICTS))
    verdict = pick(asker, "What was decided? Enter goes back. ", _VERDICTS, usual="back")
    if verdict == "back":
        return
    given = _asked(asker, desk, cast("Verdict", verdict))
    already = decided_already_words(desk)
    while asker.yes(f"{already} Record another over it?" if already else "Record this decision?"):
        try:
            decide(desk, given)
        except Problem as problem:
            asker.say_problem(problem)
            given = _asked_again(asker, desk, given, problem.where)
        else:
            asker.say("The decision is recorded.")
            return
    asker.say("Nothing was recorded.")


def _asked(asker: Asker, desk: Desk, verdict: Verdict) -> GivenDecision:
    lines: dict[str, str] = {}
    found = compared(desk) if verdict == "agreed_with_changes" else None
    if found is not None:
        asker.say(*_differences(found))
        for line in (*found.cash.changed, *found.in_house.changed):
            if line.support:
                lines[line.support] = asker.line(f"{line.what}: why? Enter leaves it open. ")
    by = asker.name("Who decided? ")
    usual = profile_of(desk.plan).approver
    role = asker.line(f"As what? Now: {usual}. ") or usual
    on = ask_day(asker, "On which day?")
    codes, reasons = _why(asker, desk, verdict)
    route = usual_appeal(desk)
    now = f"Now: {route}." if route else "Enter leaves it out."
    appeal = asker.line(f"How can the family ask for another look? {now} ") or route
    contact = asker.line("Whom can they ask about the decision, by phone or e-mail? Enter leaves it out. ")
    return GivenDecision(verdict, by, on, role, codes, reasons, lines, appeal, contact)


def _asked_again(asker: Asker, desk: Desk, given: GivenDecision, where: str) -> GivenDecision:
    """Ask once more for what could not be taken, and for nothing else."""
    if where == "on":
        return given._replace(on=ask_day(asker, "On which day?"))
    if where == "Who decided":
        return given._replace(by=asker.name("Who decided? "))
    if where == "reasons":
        codes, reasons = _why(asker, desk, given.verdict)
        return given._replace(reason_codes=codes, reasons=reasons)
    return given


def _why(asker: Asker, desk: Desk, verdict: Verdict) -> tuple[tuple[str, ...], str]:
    options = [Option(one.key, one.words) for one in reasons_for(desk, verdict)]
    asker.say(*numbered(options))
    codes = _several(asker, "Why? Some of their numbers, such as 1, 3; Enter for none of them. ", options)
    return codes, asker.lines("Why, in words, as the family will read it? End with an empty line. ")


def _several(asker: Asker, asked: str, options: Sequence[Option]) -> tuple[str, ...]:
    while True:
        typed = asker.line(asked)
        try:
            return tuple(dict.fromkeys(chosen(options, one) for one in typed.split(",") if one.strip()))
        except Problem as problem:
            asker.say_problem(problem, typed)


def _differences(found: AskedAndAgreed) -> list[str]:
    """Say line by line what was agreed otherwise than asked, and the sums."""
    said = []
    for purse, words in ((found.cash, "Cash value"), (found.in_house, "In-house value")):
        for line in purse.changed:
            asked = show(line.asked, found.currency) if line.asked is not None else "nothing"
            agreed = show(line.agreed, found.currency) if line.agreed is not None else "nothing"
            why = f" Why: {line.why}" if line.why else ""
            said.append(
                f"{line.what}: asked {asked}, agreed {agreed}, difference {show(line.difference, found.currency)}.{why}"
            )
        if purse.changed:
            said.append(
                f"{words}: asked {show(purse.asked, found.currency)}, agreed {show(purse.agreed, found.currency)}, "
                f"difference {show(purse.difference, found.currency)}."
            )
    return said or ["Nothing was agreed otherwise than it was asked."]


def history(asker: Asker, desk: Desk) -> None:
    """Say what happened so far, the oldest first."""
    found = timeline_of(desk.store, desk.case)
    if not found:
        asker.say("Nothing is recorded yet: the plan is a draft.")
    for one in found:
        void = f" Void: {one.void}" if one.void else ""
        asker.say(" ".join((f"{when_words(one.at)}: {one.words}.{void}", *one.more)))
