"""Checks of the words of a plan: the person, the outcomes, who supports them, risks, emergencies, next steps."""

from collections.abc import Callable, Iterator

from supportplan.domain.checks.finding import Check, Fault, Subject
from supportplan.domain.plan import Answers, Emergency, answered


def _important_to(subject: Subject) -> Iterator[Fault]:
    if not answered(subject.plan.person.important_to):
        yield Fault(
            "The plan does not say what is important to the person.",
            "person.important_to",
            "Ask what matters most, and write it down in the person's own words.",
        )


def _parked(subject: Subject) -> Iterator[Fault]:
    for at, note in enumerate(subject.plan.parked):
        yield Fault(
            f"Note {at + 1} is still parked.",
            f"parked[{at}]",
            "Move it to where it belongs in the plan, or let it go: parked notes are not printed.",
            note.id,
        )


def _about(subject: Subject) -> Iterator[Fault]:
    person = subject.plan.person
    for field, text, words in (
        ("about", person.about, "what people like and admire about the person"),
        ("important_for", person.important_for, "what keeps the person healthy and safe"),
        ("communication", person.communication, "how the person communicates"),
    ):
        if not answered(text):
            yield Fault(f"The plan does not say {words}.", f"person.{field}", "Add a sentence or two.")


def _outcomes(subject: Subject) -> Iterator[Fault]:
    if not subject.plan.outcomes:
        yield Fault(
            "The plan has no outcome.", "outcomes", "Add at least one thing that the person wants to be true."
        )


def _outcome_words(subject: Subject) -> Iterator[Fault]:
    for outcome, place in subject.outcomes:
        if not answered(outcome.text):
            yield place.fault(
                "has no words.", "text", "Write it in the person's own words, or take the outcome out."
            )


def _outcome_success(subject: Subject) -> Iterator[Fault]:
    for outcome, place in subject.outcomes:
        if not answered(outcome.success):
            yield place.fault(
                "does not say how anybody will see that it came true.",
                "success",
                "Say what will be different; the review asks for it.",
            )


def _outcome_framework(subject: Subject) -> Iterator[Fault]:
    offered = subject.profile.frameworks
    for outcome, place in subject.outcomes:
        if outcome.framework is None:
            if outcome.domain is not None:
                yield place.fault(
                    "names a domain, but not the framework it belongs to.",
                    "framework",
                    "Name the framework, or leave the domain out.",
                )
        elif offered and outcome.framework not in offered:
            yield place.fault(
                "uses an outcome framework that this profile does not offer.",
                "framework",
                f"Choose one of {', '.join(offered)}.",
            )


def _outcome_supported(subject: Subject) -> Iterator[Fault]:
    served = {outcome for support in subject.plan.supports for outcome in support.outcomes}
    for outcome, place in subject.outcomes:
        if outcome.id not in served:
            yield place.fault(
                "has nobody who supports it yet.",
                "",
                "Add a support for it: the person, family and friends count too, paid or not.",
            )


def _budget_outcome(subject: Subject) -> Iterator[Fault]:
    yield from _without_outcome(subject, paid_by_budget=True)


def _support_outcome(subject: Subject) -> Iterator[Fault]:
    yield from _without_outcome(subject, paid_by_budget=False)


def _without_outcome(subject: Subject, *, paid_by_budget: bool) -> Iterator[Fault]:
    for support, place in subject.supports:
        if not support.outcomes and (support.paid_by == "budget") == paid_by_budget:
            yield place.fault(
                "serves no outcome.",
                "outcomes",
                "Say which outcome it is for: employer costs are for the one that the worker serves.",
            )


def _support_what(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        if not answered(support.what):
            yield place.fault("does not say what is done or bought.", "what", "Say it in a few words.")


def _support_who(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        if support.supporter is None:
            yield place.fault(
                "does not say who gives it.",
                "supporter",
                "Say who: the person, family, a statutory or other agency, a personal assistant, in-house staff.",
            )


def _supporter_name(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        supporter = support.supporter
        if supporter is not None and supporter.kind != "self" and not answered(supporter.name):
            yield place.fault(
                "does not name who gives it.",
                "supporter.name",
                "Add the name, or put finding somebody into the action plan.",
            )


def _support_level(subject: Subject) -> Iterator[Fault]:
    for support, place in subject.supports:
        if support.paid_by == "nobody" and (support.quantity is None or support.unit is None):
            yield place.fault(
                "does not say how much of it there is.",
                "quantity",
                "Add hours, days or nights: unpaid support counts too.",
            )


def _answer(field: str, words: str, mend: str) -> Callable[[Subject], Iterator[Fault]]:
    """Check one of the answers that stand for themselves."""

    def look(subject: Subject) -> Iterator[Fault]:
        answers = subject.plan.answers or Answers()
        if not answered(getattr(answers, field)):
            yield Fault(words, f"answers.{field}", mend)

    return look


def _risks(subject: Subject) -> Iterator[Fault]:
    if not subject.plan.risks:
        yield Fault(
            "The plan names nothing that could go wrong.",
            "risks",
            "Add at least one risk, and what is done about it.",
        )


def _risk_words(subject: Subject) -> Iterator[Fault]:
    for risk, place in subject.risks:
        for field, text, words in (
            ("text", risk.text, "what could go wrong"),
            ("action", risk.action, "what is done about it"),
        ):
            if not answered(text):
                yield place.fault(f"does not say {words}.", field, "Add it, or take the risk out.")


def _emergency(subject: Subject) -> Iterator[Fault]:
    emergency = subject.plan.emergency or Emergency()
    for field, text, words in (
        ("trigger", emergency.trigger, "what counts as an emergency"),
        ("first_action", emergency.first_action, "what happens first in an emergency"),
        ("who", emergency.who, "who is called in an emergency"),
        ("phone", emergency.phone, "which number is rung in an emergency"),
    ):
        if not answered(text):
            yield Fault(f"The plan does not say {words}.", f"emergency.{field}", "Add it.")


PERSON = (
    Check("important_to", "important", "blocks", "The plan says what is important to the person.", _important_to),
    Check("about", "important", "advice", "The plan says who the person is.", _about),
)  # fmt: skip
OUTCOMES = (
    Check("outcomes", "change", "blocks", "The plan has at least one outcome.", _outcomes),
    Check("outcome_words", "change", "blocks", "Every outcome has words.", _outcome_words),
    Check("outcome_success", "change", "advice", "Every outcome says how we will know it is working.", _outcome_success),
    Check("outcome_framework", "change", "advice", "Parts of life are named from this scheme's own list.", _outcome_framework),
)  # fmt: skip
SUPPORTS = (
    Check("outcome_supported", "support", "blocks", "Every outcome has a support.", _outcome_supported),
    Check("support_what", "support", "blocks", "Every support says what it is.", _support_what),
    Check("support_who", "support", "blocks", "Every support says who gives it.", _support_who),
    Check("budget_outcome", "support", "blocks", "All the budget's money serves an outcome.", _budget_outcome),
    Check("support_outcome", "support", "advice", "All other support serves an outcome.", _support_outcome),
    Check("supporter_name", "support", "advice", "Every supporter is named.", _supporter_name),
    Check("support_level", "support", "advice", "Every unpaid support says how much it is.", _support_level),
)  # fmt: skip
MANAGED = (
    Check("managed_by", "managed", "blocks", "The plan says how the support is managed.", _answer(
        "managed_by", "The plan does not say how the support is managed.",
        "Say who holds the money, who employs whom, and who helps with it.",
    )),
    Check("risks", "managed", "blocks", "The plan says what could go wrong.", _risks),
    Check("risk_words", "managed", "blocks", "Every risk has words and an action.", _risk_words),
    Check("emergency", "managed", "blocks", "The plan says what to do in an emergency.", _emergency),
)  # fmt: skip
IN_CONTROL = (
    Check("in_control", "in_control", "blocks", "The plan says how the person stays in control.", _answer(
        "in_control", "The plan does not say how the person stays in control.",
        "Say which decisions are the person's own, and who helps with the others.",
    )),
)  # fmt: skip
ACTION_PLAN = (
    Check("action_plan", "action_plan", "blocks", "The plan says what happens next.", _answer(
        "action_plan", "The plan does not say what happens next.",
        "Say what has to be done, by whom and by when.",
    )),
    Check("parked", "action_plan", "advice", "No note is waiting for its place in the plan.", _parked),
)  # fmt: skip
