"""Outcomes in the person's own words, and what could go wrong: lists of things, each with a few questions of its own."""

from collections.abc import Iterator

from msgspec.structs import replace

from supportplan.domain.edits import (
    moved_outcome,
    supports_of,
    with_outcome,
    with_risk,
    without_outcome,
    without_risk,
)
from supportplan.domain.plan import Emergency, Outcome, Plan, Risk
from supportplan.plain.asker import Asker, Option
from supportplan.plain.guarding import change
from supportplan.plain.lists import Listing, look_through, several
from supportplan.plain.question import Question, ask_all
from supportplan.services.clock import new_id
from supportplan.services.desk import Desk
from supportplan.services.profiles import frameworks, naming_profile

_REMOVE, _UP = Option("remove", "remove it"), Option("up", "move it up")
_HORIZONS = (Option("now", "for now"), Option("future", "for the future"))


def outcomes(asker: Asker, desk: Desk) -> None:
    """List the outcomes; open one, or write a new one down."""
    listing = Listing(asker, "Outcomes: what the person wants to be true.", Option("new", "a new outcome"))
    while True:
        lines = [
            Option(one.id, f"{one.text.strip() or 'Without words yet'} {_helped(desk.plan, one.id)}")
            for one in desk.plan.outcomes
        ]
        key = listing.pick(lines)
        if key == "back":
            return
        if key == "new":
            new = Outcome(id=new_id())
            ask_all(asker, desk, tuple(_outcome_questions(desk, new)))
            continue
        here = next(one for one in desk.plan.outcomes if one.id == key)
        said = look_through(
            asker, desk, "This outcome.", tuple(_outcome_questions(desk, here)), others=(_UP, _REMOVE)
        )
        if said == "up":
            change(asker, desk, moved_outcome(desk.plan, key, -1), "Moved an outcome up")
        elif said == "remove" and change(asker, desk, without_outcome(desk.plan, key), "Removed an outcome"):
            asker.say("Removed, with what served it alone. The command undo brings it back.")


def risks(asker: Asker, desk: Desk) -> None:
    """List the risks and the emergency plan; open one, or write a new one down."""
    listing = Listing(
        asker,
        "What could go wrong, and what we will do about it.",
        Option("emergency", "what happens in an emergency"),
        Option("new", "a new risk"),
    )
    while True:
        key = listing.pick(
            [Option(one.id, one.text.strip() or "Without words yet") for one in desk.plan.risks]
        )
        if key == "back":
            return
        if key == "emergency":
            ask_all(asker, desk, tuple(_emergency_questions()))
        elif key == "new":
            ask_all(asker, desk, tuple(_risk_questions(Risk(id=new_id()), desk.plan)))
        else:
            here = next(one for one in desk.plan.risks if one.id == key)
            questions = tuple(_risk_questions(here, desk.plan))
            said = look_through(asker, desk, "This risk.", questions, others=(_REMOVE,))
            if said == "remove" and change(asker, desk, without_risk(desk.plan, key), "Removed a risk"):
                asker.say("Removed. The command undo brings it back.")


def _helped(plan: Plan, outcome: str) -> str:
    count = len(supports_of(plan, outcome))
    return f"({count} {'support serves' if count == 1 else 'supports serve'} it)" if count else "(nobody helps with it yet)"  # fmt: skip


def _outcome_questions(desk: Desk, usual: Outcome) -> Iterator[Question]:
    def here(plan: Plan) -> Outcome:
        return next((one for one in plan.outcomes if one.id == usual.id), usual)

    for name, asked, more in (
        ("text", "What do they want? Write it as they say it.", "In the person's own words. A few are fine."),
        ("baseline", "How is it now?", "Where they start from, so that a change can be seen."),
        ("success", "How will we both know it is working?", "Something that can be seen or counted."),
    ):
        yield Question(
            f"{asked} End with an empty line.",
            lambda plan, name=name: getattr(here(plan), name),  # type: ignore[misc]
            lambda plan, typed, name=name: with_outcome(plan, replace(here(plan), **{name: typed})),  # type: ignore[misc]
            "Wrote about an outcome",
            more,
            long=True,
        )
    offered = naming_profile(desk.plan).frameworks
    domains = {
        f"{framework.id}/{domain.key}": domain.name
        for framework in frameworks()
        if framework.id in offered
        for domain in framework.domains
    }
    yield Question(
        "Which part of life is it about?",
        lambda plan: domains.get(f"{here(plan).framework}/{here(plan).domain}", ""),
        lambda plan, key: with_outcome(
            plan,
            replace(
                here(plan),
                framework=key.partition("/")[0] or None,
                domain=key.partition("/")[2] or None,
            ),
        ),
        "Said which part of life an outcome is about",
        options=tuple(Option(key, name) for key, name in domains.items()),
        applies=lambda _: bool(domains),
    )
    yield Question(
        "Is it for now, or for the future?",
        lambda plan: next((one.words for one in _HORIZONS if one.key == here(plan).horizon), ""),
        lambda plan, key: with_outcome(plan, replace(here(plan), horizon=key or None)),
        "Said when an outcome is for",
        options=_HORIZONS,
    )


def _risk_questions(usual: Risk, now: Plan) -> Iterator[Question]:
    def here(plan: Plan) -> Risk:
        return next((one for one in plan.risks if one.id == usual.id), usual)

    for name, asked in (("text", "What could go wrong?"), ("action", "What will we do about it?")):
        yield Question(
            f"{asked} End with an empty line.",
            lambda plan, name=name: getattr(here(plan), name),  # type: ignore[misc]
            lambda plan, typed, name=name: with_risk(plan, replace(here(plan), **{name: typed})),  # type: ignore[misc]
            "Wrote about a risk",
            long=True,
        )
    yield several(
        "Which supports does it touch? Their numbers, such as 1, 3.",
        [Option(one.id, one.what.strip() or "Without words yet") for one in now.supports],
        lambda plan: here(plan).supports,
        lambda plan, ids: with_risk(plan, replace(here(plan), supports=ids)),
        "Said which supports a risk touches",
    )


def _emergency_questions() -> Iterator[Question]:
    for name, asked, long in (
        ("trigger", "When does it count as an emergency? End with an empty line.", True),
        ("first_action", "What happens first? End with an empty line.", True),
        ("who", "Who is to be rung?", False),
        ("phone", "Their telephone number?", False),
    ):
        yield Question(
            asked,
            lambda plan, name=name: getattr(plan.emergency or Emergency(), name),  # type: ignore[misc]
            lambda plan, typed, name=name: replace(  # type: ignore[misc]
                plan, emergency=replace(plan.emergency or Emergency(), **{name: typed})
            ),
            "Wrote about emergencies",
            long=long,
        )
