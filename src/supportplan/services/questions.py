"""The questions of the talk, one at a time, each with what to say aloud when somebody gets stuck."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from supportplan.domain.plan import Answers, Plan, Relation
from supportplan.services.clock import new_id


class Question(NamedTuple):
    """A question: a word for it, what is asked, how to listen, what to say aloud, and where the answer stands."""

    key: str
    word: str
    asked: str
    listen: str
    prompts: tuple[str, ...]
    read: Callable[[Plan], str]
    write: Callable[[Plan, str], Plan]


def _of_person(name: str) -> tuple[Callable[[Plan], str], Callable[[Plan, str], Plan]]:
    return (
        lambda plan: getattr(plan.person, name),
        lambda plan, text: replace(plan, person=replace(plan.person, **{name: text})),
    )


def _of_answers(name: str) -> tuple[Callable[[Plan], str], Callable[[Plan, str], Plan]]:
    return (
        lambda plan: getattr(plan.answers or Answers(), name),
        lambda plan, text: replace(plan, answers=replace(plan.answers or Answers(), **{name: text})),
    )


def people_as_lines(plan: Plan) -> str:
    """Write the people around the person, a line each: `Jo, mother`."""
    return "\n".join(", ".join(part for part in (one.name, one.relationship) if part) for one in plan.people)


def with_people(plan: Plan, text: str) -> Plan:
    """Read the people around the person from lines; whoever keeps a name, or a place in the list, stays who they are."""
    known = {one.name: one for one in plan.people}
    people: list[Relation] = []
    for place, line in enumerate(line for line in text.splitlines() if line.strip()):
        name, _, relationship = (part.strip() for part in line.partition(","))
        name = name or relationship
        at_place = plan.people[place] if place < len(plan.people) else None
        before = known.get(name) or (at_place if at_place and at_place.name not in text else None)
        if before is not None and all(before.id != one.id for one in people):
            people.append(replace(before, name=name, relationship=relationship))
        else:
            people.append(Relation(id=new_id(), name=name, relationship=relationship))
    return replace(plan, people=tuple(people))


QUESTIONS: tuple[Question, ...] = (
    Question(
        "about", "About", "What do people like about you?",
        "Write what they say, in their own words. A few words are fine.",
        (
            "What would your best friend say about you?",
            "What are you good at? What would you teach someone?",
            "What makes you laugh?",
        ),
        *_of_person("about"),
    ),
    Question(
        "important_to", "What matters", "What matters most to you?",
        "People, places, habits, things. Not what is good for them: what they would miss.",
        (
            "What would you miss most if it stopped?",
            "Tell me about the last really good day.",
            "What do you want never to change?",
        ),
        *_of_person("important_to"),
    ),
    Question(
        "good_week", "A good week", "What does a good week look like?",
        "Go through the days. What happens, with whom, and what gets in the way?",
        (
            "What do you look forward to on a Monday?",
            "Where do you go? Where did you stop going?",
            "What would next week be like if you could choose?",
        ),
        *_of_person("good_week"),
    ),
    Question(
        "people", "My people", "Who is in your life?",
        "One person a line: the name, a comma, and who they are. Like: Jo, mother",
        (
            "Who did you see last week? Who do you miss?",
            "Who would you ring if something went wrong?",
            "Who helps already, without being paid?",
        ),
        people_as_lines, with_people,
    ),
    Question(
        "important_for", "Keeping well", "What keeps you well and safe?",
        "Health, medicines, what to watch for. What others must know and do.",
        (
            "What are you careful about?",
            "What must not happen? What is worth the risk to you?",
            "Who knows what to do when you are unwell?",
        ),
        *_of_person("important_for"),
    ),
    Question(
        "communication", "How we talk", "How should people talk with you?",
        "Words, signs, pictures, time to answer. How a yes and a no look.",
        (
            "How do people know that you are happy, or that you have had enough?",
            "What helps you to understand? What does not?",
            "How long should we wait for an answer?",
        ),
        *_of_person("communication"),
    ),
    Question(
        "in_control", "In control", "Which decisions are yours, and who helps with the others?",
        "Who decides about money, time, who comes into the house.",
        (
            "What do you decide by yourself today?",
            "Who helps you to decide, and how?",
            "What would you like to decide that others decide now?",
        ),
        *_of_answers("in_control"),
    ),
    Question(
        "managed_by", "Who runs it", "Who organises the support, and who looks after the money?",
        "Who employs, pays, keeps the papers; who steps in when somebody is ill.",
        (
            "Who will ring the agency, or pay the assistant?",
            "What happens when somebody does not come?",
            "Who keeps the receipts?",
        ),
        *_of_answers("managed_by"),
    ),
    Question(
        "action_plan", "What is next", "What happens next, and who does it?",
        "The first steps, a name and a day for each.",
        (
            "What is the first thing that happens next week?",
            "Who will do it, and by when?",
            "When shall we look at this plan again?",
        ),
        *_of_answers("action_plan"),
    ),
)  # fmt: skip
