"""Whose plan it is, which days it covers, when it is reviewed, and under which scheme it is made."""

from collections.abc import Callable, Iterator
from datetime import date

from msgspec.structs import replace

from supportplan.domain.money import Weeks, plain
from supportplan.domain.period_edits import with_period, with_start
from supportplan.domain.plan import Plan, Review
from supportplan.domain.problems import BadInput
from supportplan.domain.said_amounts import said_quantity
from supportplan.domain.said_days import day_said_back, said_day
from supportplan.domain.typed import typed_name
from supportplan.plain.asker import Asker, Option
from supportplan.plain.lists import look_through
from supportplan.plain.question import Question
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.services.profiles import GENERAL, load_profile, profile_names

DAY_HELP = "Say a day like 1 april, 23/11/2026, next tue or in 6 weeks."


def basics(asker: Asker, desk: Desk) -> None:
    """Show the basics, and ask for those that are picked."""
    look_through(asker, desk, "Name, days and review.", tuple(_questions()))


def _questions() -> Iterator[Question]:
    yield Question(
        "Full name?",
        lambda plan: plan.person.name,
        lambda plan, typed: _with_person(plan, name=typed_name(typed, "The person's name")),
        "Changed the person's name",
    )
    yield Question(
        "What do they like to be called?",
        lambda plan: plan.person.known_as,
        lambda plan, typed: _with_person(plan, known_as=typed),
        "Changed what the person is called",
    )
    yield Question(
        "Date of birth?",
        lambda plan: said_back(plan.person.date_of_birth),
        lambda plan, typed: _with_person(
            plan, date_of_birth=said_day(typed, today(), past=True) if typed else None
        ),
        "Changed the date of birth",
        "Say it like 1 may 2009 or 1/5/2009.",
    )
    yield Question(
        "Reference?",
        lambda plan: plan.person.reference,
        lambda plan, typed: _with_person(plan, reference=typed),
        "Changed the reference",
        "Such as the number of the case at the council. The PDF's file is called by it.",
    )
    yield _day("start", "On which day does the plan start?", "Changed when the plan starts", with_start)
    yield _day("end", "On which day does it end?", "Changed when the plan ends", _with_end)
    yield Question(
        "By which day is it reviewed?",
        lambda plan: said_back(plan.review.due if plan.review else None),
        lambda plan, typed: replace(plan, review=Review(due=said_day(typed, today())) if typed else None),
        "Changed when the plan is reviewed",
        DAY_HELP,
    )
    yield _weeks("term_weeks", "How many term weeks are there?", "Changed the term weeks")
    yield _weeks("holiday_weeks", "How many holiday weeks are there?", "Changed the holiday weeks")
    yield Question(
        "Under which scheme is it made?",
        lambda plan: load_profile(plan.profile or GENERAL).name,
        lambda plan, key: replace(plan, profile=key or GENERAL),
        "Changed the scheme",
        options=tuple(Option(name, load_profile(name).name) for name in profile_names()),
    )


def said_back(day: date | None) -> str:
    """Say a day back with its weekday, or nothing."""
    return day_said_back(day) if day else ""


def _needed_day(typed: str) -> date:
    if not typed:
        raise BadInput("A plan needs this day.", mend=DAY_HELP)
    return said_day(typed, today())


def _with_person(plan: Plan, **changes: object) -> Plan:
    return replace(plan, person=replace(plan.person, **changes))


def _with_end(plan: Plan, end: date) -> Plan:
    return with_period(plan, end=end)


def _day(name: str, asked: str, deed: str, write: Callable[[Plan, date], Plan]) -> Question:
    return Question(
        asked,
        lambda plan: said_back(getattr(plan.period, name)),
        lambda plan, typed: write(plan, _needed_day(typed)),
        deed,
        DAY_HELP,
    )


def _weeks(name: str, asked: str, deed: str) -> Question:
    read: Callable[[Plan], Weeks | None] = lambda plan: getattr(plan.period, name)  # noqa: E731 - it needs its type
    return Question(
        asked,
        lambda plan: plain(weeks) if (weeks := read(plan)) is not None else "",
        lambda plan, typed: with_period(
            plan, **{name: Weeks(f"{said_quantity(typed):f}") if typed else None}
        ),
        deed,
    )
