"""The basics of a plan: whose it is, which days it covers, how money weeks are counted, and when it is reviewed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from supportplan.domain.money import Weeks, plain
from supportplan.domain.period_edits import with_period, with_start
from supportplan.domain.plan import Plan, Review
from supportplan.screens.form import Asked, Form
from supportplan.services.clock import today
from supportplan.services.profiles import load_profile, profile_names
from supportplan.widgets.choice import Option
from supportplan.widgets.chooser import Choice
from supportplan.widgets.fields import DayField, QuantityField
from supportplan.widgets.word_fields import WordsField


class Basics(Form):
    """Whose plan it is, and its days."""

    about = "basics"
    title_words = "Name, days and review"
    money = True

    def fields(self) -> Iterator[Asked]:
        """The person, the period, the review, and the scheme the plan is made under."""
        yield _person("name", "Full name", "Changed the person's name")
        yield _person("known_as", "Likes to be called", "Changed what the person is called")
        yield Asked(
            DayField("Date of birth", today(), id="date_of_birth", past=True, hint="like 1 may 2009"),
            lambda plan: _typed(plan.person.date_of_birth),
            lambda plan, value: replace(plan, person=replace(plan.person, date_of_birth=value)),
            "Changed the date of birth",
            where=lambda _: "person.date_of_birth",
        )
        yield _person("reference", "Reference", "Changed the reference")
        yield Asked(
            DayField("Plan starts", today(), id="start"),
            lambda plan: _typed(plan.period.start),
            lambda plan, value: with_start(plan, value) if value else plan,
            "Changed when the plan starts",
            where=lambda _: "period.start",
        )
        yield Asked(
            DayField("Plan ends", today(), id="end"),
            lambda plan: _typed(plan.period.end),
            lambda plan, value: with_period(plan, end=value) if value else plan,
            "Changed when the plan ends",
            where=lambda _: "period.end",
        )
        yield Asked(
            DayField("Review by", today(), id="review"),
            lambda plan: _typed(plan.review.due if plan.review else None),
            lambda plan, value: replace(plan, review=Review(due=value) if value else None),
            "Changed when the plan is reviewed",
            where=lambda _: "review.due",
        )
        yield _weeks("term_weeks", "Term weeks", "Changed the term weeks")
        yield _weeks("holiday_weeks", "Holiday weeks", "Changed the holiday weeks")
        yield Asked(
            Choice(
                "Scheme",
                [Option(name, load_profile(name).name) for name in profile_names()],
                id="profile",
                width=40,
            ),
            lambda plan: plan.profile or "general",
            lambda plan, value: replace(plan, profile=value),
            "Changed the scheme",
        )


def _person(name: str, label: str, deed: str) -> Asked:
    def write(plan: Plan, value: Any) -> Plan:
        if name == "name" and not value:
            return plan
        return replace(plan, person=replace(plan.person, **{name: value or ""}))

    return Asked(
        WordsField(label, id=name, notes=False), lambda plan: getattr(plan.person, name), write, deed
    )


def _weeks(name: str, label: str, deed: str) -> Asked:
    return Asked(
        QuantityField(label, lambda: "week", id=name),
        lambda plan: plain(getattr(plan.period, name)) if getattr(plan.period, name) is not None else "",
        lambda plan, value: with_period(plan, **{name: Weeks(f"{value:f}") if value is not None else None}),
        deed,
        where=lambda _: f"period.{name}",
    )


def _typed(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
