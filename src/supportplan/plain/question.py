"""A question over the plan on the desk: what stands there, how an answer is put in, and the road through several of them."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from supportplan.domain.plan import Plan
from supportplan.domain.problems import Problem
from supportplan.domain.short import shortened
from supportplan.plain.asker import Asker, Leave, Option, chosen, numbered
from supportplan.plain.guarding import change
from supportplan.services.desk import Desk

_MOST_SHOWN, _MOST_BESIDE = 500, 60
HOW = (
    "Enter keeps what is there. A full stop, or the word clear, takes it out. Skip goes on, back goes to the question "
    "before, done goes to the menu, leave leaves, and ? says more about a question. Where many lines are fine, an empty line ends the "
    "answer, and a first line of + adds to what is there. To answer with one of these words itself, put it in quotation marks."
)
_WORDS = ("skip", "back", "done", "clear", ".", "?", "leave")


class Road(Enum):
    """Where an answer leads: to the next question, to the one before, or out of them."""

    ON = 1
    BACK = -1
    DONE = 0


class Question(NamedTuple):
    """A question as a value.

    `read` says in words what stands in the plan; `write` puts in what was typed, and nothing for an empty text. It raises
    a Problem for what cannot be read. `options` are what can be chosen; `write` then has the key. `deed` says in words
    what was done. `applies` says whether it means anything for the plan as it stands.
    """

    asked: str
    read: Callable[[Plan], str]
    write: Callable[[Plan, str], Plan]
    deed: str
    more: str = ""
    options: tuple[Option, ...] = ()
    long: bool = False
    applies: Callable[[Plan], bool] = lambda _: True


def ask_all(
    asker: Asker,
    desk: Desk,
    questions: Sequence[Question],
    *,
    at: int = 0,
    after: Callable[[], None] = lambda: None,
) -> None:
    """Ask one question after the other, forward and back. `after` is called when an answer has changed the plan."""
    road = Road.ON
    while 0 <= at < len(questions):
        if questions[at].applies(desk.plan):
            road = ask(asker, desk, questions[at], after=after)
            if road is Road.DONE:
                return
        at += road.value


def ask(asker: Asker, desk: Desk, question: Question, *, after: Callable[[], None] = lambda: None) -> Road:
    """Ask until there is an answer that can be used, and have it saved. Raises Leave."""
    asker.say_choices(question.options)
    while True:
        stands = question.read(desk.plan)
        asked = f"{question.asked} {_now(asker, stands)}"
        typed = asker.lines(asked, before=stands, ends_at=_WORDS) if question.long else asker.line(asked)
        word = typed.casefold()
        if word == "leave":
            raise Leave
        if word == "?":
            asker.say(*([question.more] if question.more else []), *numbered(question.options), HOW)
        elif word in ("", "skip"):
            return Road.ON
        elif word in ("back", "done"):
            return Road.BACK if word == "back" else Road.DONE
        elif _put(asker, desk, question, "" if word in (".", "clear") else _without_marks(typed), after):
            return Road.ON


def pick(asker: Asker, asked: str, options: Sequence[Option], *, usual: str) -> str:
    """Ask for one of the options until one is meant; Enter is the usual one. They have been listed already."""
    while True:
        typed = asker.line(asked)
        if not typed:
            return usual
        if typed == "?":
            asker.say(*numbered(options))
            continue
        try:
            return chosen(options, typed)
        except Problem as problem:
            asker.say_problem(problem, typed)


def _now(asker: Asker, stands: str) -> str:
    """Return what stands there, to go on with on the question's own line; what is long is said on lines before it."""
    if not stands:
        return ""
    words = f"Now: {shown(stands)}"
    if len(words) <= _MOST_BESIDE and "\n" not in words:
        return f"{words} "
    asker.say(words)
    return ""


def _put(asker: Asker, desk: Desk, question: Question, typed: str, after: Callable[[], None]) -> bool:
    """Put an answer into the plan and have it saved; say so where that cannot be."""
    try:
        given = chosen(question.options, typed) if question.options and typed else typed
        changed = question.write(desk.plan, given)
        if changed != desk.plan:
            if not change(asker, desk, changed, question.deed):
                return True
            said = question.read(desk.plan)
            if not said or said != typed:
                asker.say(shown(said) if said else "Taken out.")
            after()
    except Problem as problem:
        asker.say_problem(problem, typed)
        return False
    return True


def _without_marks(typed: str) -> str:
    bare = typed.strip('"')
    return bare if typed == f'"{bare}"' and bare.casefold() in _WORDS else typed


def shown(text: str) -> str:
    """Write what stands there; of something very long the beginning."""
    if len(text) <= _MOST_SHOWN:
        said = text or "Nothing yet"
    else:
        said = f"{shortened(text, _MOST_SHOWN)} In all {len(text):,} letters; the command read says the whole of it"
    return said if said.endswith((".", "!", "?")) else f"{said}."
