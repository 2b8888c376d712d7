"""The plan document, version 1: one frozen value that says everything about a support plan.

It carries a copy of every rate it uses, so that what it costs follows from the plan alone. What is required is only
what makes it a plan: ids, the person's name and the period; `costing` says what a paid support still lacks, and
`checks` says what sign-off needs.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from supportplan.domain import canonical
from supportplan.domain.canonical import Document
from supportplan.domain.field_types import LIBRARY, Count, Currency, Heads, Id, Key, Name, OurTime, Text
from supportplan.domain.money import Amount, Quantity, Weeks
from supportplan.domain.plan_money import Contingency, Contribution, Payments, Rate
from supportplan.domain.problems import BadDocument
from supportplan.domain.units import Every, Unit

SupporterKind = Literal["self", "family", "statutory", "agency", "personal_assistant", "in_house", "other"]
PaidBy = Literal["budget", "in_house", "other", "nobody"]
Kind = Literal["recurring", "one_off"]


class Person(Document, frozen=True, kw_only=True):
    """Whose plan it is, and what people who know them would say first."""

    name: Name
    known_as: Text = ""
    date_of_birth: date | None = None
    reference: Text = ""
    about: Text = ""
    important_to: Text = ""
    good_week: Text = ""
    important_for: Text = ""
    communication: Text = ""


class Relation(Document, frozen=True, kw_only=True):
    """Somebody around the person: family, friends, professionals."""

    id: Id
    name: Name
    relationship: Text = ""
    role: Text = ""


class Period(Document, frozen=True, kw_only=True):
    """The days the plan covers, both ends counted, and the weeks its sums use."""

    start: OurTime
    end: OurTime
    money_weeks: Weeks | None = None
    term_weeks: Weeks | None = None
    holiday_weeks: Weeks | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts, is longer than ten years, or lies far from our time."""
        if not (self.start.year >= 1900 and self.end.year < 2200):
            raise ValueError("lies outside the years 1900 to 2199")
        if self.end < self.start:
            raise ValueError("ends before it starts")
        if self.days > 3653:
            raise ValueError("is longer than ten years")

    @property
    def days(self) -> int:
        """The number of days, both ends counted."""
        return (self.end - self.start).days + 1


class Outcome(Document, frozen=True, kw_only=True):
    """Something the person wants to be true, in their own words [S 2.8]."""

    id: Id
    text: Text = ""
    framework: Key | None = None
    domain: Key | None = None
    horizon: Literal["now", "future"] | None = None
    success: Text = ""
    baseline: Text = ""


class Supporter(Document, frozen=True, kw_only=True):
    """Who gives a support: the person, family, a statutory or other agency, in-house staff [S 2.9]."""

    kind: SupporterKind
    name: Text = ""


class Support(Document, frozen=True, kw_only=True):
    """One thing somebody does, or one thing that is bought, towards one or more outcomes [S 2.9]."""

    id: Id
    outcomes: tuple[Id, ...] = ()
    what: Text = ""
    supporter: Supporter | None = None
    paid_by: PaidBy
    payer: Text = ""
    stream: Key | None = None
    route: Key | None = None
    kind: Kind
    quantity: Quantity | None = None
    unit: Unit | None = None
    every: Every | None = None
    occasions: Count | None = None
    staff: Heads | None = None
    people: Heads | None = None
    rate: Rate | None = None
    start: date | None = None
    end: date | None = None
    on: date | None = None

    json_schema: ClassVar[Mapping[str, Any]] = {
        "if": {"properties": {"kind": {"const": "one_off"}}},
        "then": {"properties": {"every": False}},
        "dependentSchemas": {
            "occasions": {"required": ["every"], "properties": {"every": {"const": "occasion"}}}
        },
    }

    def __post_init__(self) -> None:
        """Refuse what could be costed in two ways."""
        if self.kind == "one_off" and self.every is not None:
            raise ValueError("is a one-off, so it has no 'every'")
        if self.occasions is not None and self.every != "occasion":
            raise ValueError("gives 'occasions', which goes with 'every': 'occasion' only")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError("ends before it starts")

    @property
    def staff_count(self) -> int:
        """How many staff give it at once."""
        return self.staff or 1

    @property
    def people_count(self) -> int:
        """How many people share it."""
        return self.people or 1


class Answers(Document, frozen=True, kw_only=True):
    """The answers to those of the seven questions that nothing else in the plan answers (In Control)."""

    in_control: Text = ""
    managed_by: Text = ""
    action_plan: Text = ""


class Risk(Document, frozen=True, kw_only=True):
    """Something that could go wrong, and what is done about it."""

    id: Id
    text: Text = ""
    action: Text = ""
    supports: tuple[Id, ...] = ()


class Emergency(Document, frozen=True, kw_only=True):
    """What happens first when things go wrong, and whom to ring."""

    trigger: Text = ""
    first_action: Text = ""
    who: Text = ""
    phone: Text = ""


class Review(Document, frozen=True, kw_only=True):
    """When the plan is looked at again."""

    due: date


class ParkedNote(Document, frozen=True, kw_only=True):
    """Something that was said and has no place in the plan yet. It is never printed."""

    id: Id
    text: Text = ""


class Plan(Document, frozen=True, kw_only=True):
    """A support plan. `currency` is GBP unless set; `indicative` is the budget that was given before it, if any was."""

    format: Literal["supportplan/plan"]
    version: Literal[1]
    id: Id
    case: Annotated[Id, Meta(extra_json_schema={"not": {"const": LIBRARY}})]
    profile: Key | None = None
    currency: Currency | None = None
    person: Person
    people: Annotated[tuple[Relation, ...], Meta(max_length=1_000)] = ()
    period: Period
    outcomes: Annotated[tuple[Outcome, ...], Meta(max_length=1_000)] = ()
    supports: Annotated[tuple[Support, ...], Meta(max_length=1_000)] = ()
    contingency: Contingency | None = None
    contribution: Contribution | None = None
    payments: Payments | None = None
    answers: Answers | None = None
    risks: Annotated[tuple[Risk, ...], Meta(max_length=1_000)] = ()
    emergency: Emergency | None = None
    review: Review | None = None
    indicative: Amount | None = None
    parked: Annotated[tuple[ParkedNote, ...], Meta(max_length=1_000)] = ()

    def __post_init__(self) -> None:
        """Refuse an id that is used twice, and a mention of something that is not in the plan."""
        if self.case == LIBRARY:
            raise BadDocument(
                "is where schedules are kept, which are nobody's",
                where="case",
                mend="Give the case an id of its own.",
            )
        outcomes = _ids("outcomes", self.outcomes)
        supports = _ids("supports", self.supports)
        _ids("people", self.people)
        _ids("risks", self.risks)
        _ids("parked", self.parked)
        for place, support in enumerate(self.supports):
            _known(f"supports[{place}].outcomes", support.outcomes, outcomes)
        for place, risk in enumerate(self.risks):
            _known(f"risks[{place}].supports", risk.supports, supports)

    @property
    def money(self) -> str:
        """The currency of every amount in the plan."""
        return self.currency or "GBP"


def answered(text: str) -> bool:
    """Say whether a text holds an answer: a letter or a digit, not only spaces, dots or dashes."""
    return any(sign.isalnum() for sign in text)


def shared(plan: Plan) -> Plan:
    """Return a plan as it is recorded, signed, printed and handed on: without its parked notes, which are nobody else's.

    A note that is parked after people have signed changes nothing that they signed.
    """
    return replace(plan, parked=()) if plan.parked else plan


def read_plan(raw: bytes, *, name: str = "") -> Plan:
    """Read a plan document; `name` is what its file is called. Raises BadDocument with the place and the remedy."""
    return canonical.read(raw, Plan, name=name)


def _ids(where: str, things: Iterable[Relation | Outcome | Support | Risk | ParkedNote]) -> set[str]:
    found: set[str] = set()
    for place, thing in enumerate(things):
        if thing.id in found:
            raise BadDocument(
                "is used for something else already",
                where=f"{where}[{place}].id",
                mend="Give it an id of its own.",
            )
        found.add(thing.id)
    return found


def _known(where: str, mentioned: Iterable[str], known: set[str]) -> None:
    for place, one in enumerate(mentioned):
        if one not in known:
            raise BadDocument("names something that is not in the plan", where=f"{where}[{place}]")
