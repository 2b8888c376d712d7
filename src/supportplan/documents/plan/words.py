"""The words of a plan's printed copies: levels of support, who gives it, where a price comes from."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

from supportplan.documents.model import Cell, Column, Row, Weight
from supportplan.domain.cases.drawing import Drawing
from supportplan.domain.cases.steps import Views
from supportplan.domain.check_code import check_code
from supportplan.domain.costing import Costing
from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.domain.payments import Payment
from supportplan.domain.plan import Outcome, PaidBy, Period, Plan, Support, SupporterKind
from supportplan.domain.pricing import UNSAID, Grouping, Line
from supportplan.domain.profile import Appeal, Spending
from supportplan.domain.support_words import level_words
from supportplan.domain.units import per, units

AMOUNT = Column("Amount", "amount")


class Signer(msgspec.Struct, frozen=True):
    """Somebody who signs the plan: the role's key, its words, and the name where it is known.

    `signed` says who has signed in the role and how, and `on` the day; nothing is said of either where nobody has.
    `drawing` is what they drew, where they signed so.
    """

    role: str
    words: str
    name: str = ""
    signed: str = ""
    on: date | None = None
    drawing: Drawing | None = None


class PlanFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a printed plan says that is not in the plan document: it comes from the scheme's profile and the case.

    `approver` is who agrees plans, and whom to ask; `spending`, `surplus_weeks` and `appeal` are the profile's own.
    `views` are what the young person and the parent each think of the plan. `version` is what people call this version, `statement`
    what everybody signs under. `streams` and `routes` are the words for their keys; `domains` those for an outcome's domain, by its framework and key, for two frameworks may call different things alike.
    Without `signers` the plan has places for the person, the facilitator and the approver.
    """

    authority: str = ""
    scheme: str = ""
    approver: str = ""
    spending: Spending | None = None
    surplus_weeks: int | None = None
    appeal: Appeal | None = None
    views: Views | None = None
    version: str = "Draft"
    statement: str = ""
    prepared_by: str = ""
    prepared_on: date | None = None
    signers: tuple[Signer, ...] = (
        Signer("person", "The person whose plan it is, or somebody who may sign for them"),
        Signer("facilitator", "The facilitator who wrote the plan with them"),
        Signer("approver", "For the authority that agrees the plan"),
    )
    domains: Mapping[tuple[str, str], str] = {}
    streams: Mapping[str, str] = {}
    routes: Mapping[str, str] = {}


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """All that a copy of a plan is made from."""

    plan: Plan
    costing: Costing
    payments: tuple[Payment, ...]
    facts: PlanFacts

    def money(self, figure: Decimal) -> str:
        """Write an amount in the plan's currency."""
        return show(figure, self.plan.money)

    def amount_row(self, words: str, figure: Decimal, *, note: str = "", weight: Weight = "row") -> Row:
        """Make a row of an amount and what it is."""
        return Row((Cell(words, note), Cell(self.money(figure))), weight)

    def group_words(self, grouping: Grouping, key: str) -> str:
        """Write the key of a group of lines as people say it, or that it was not said."""
        if key == UNSAID:
            return "Not said"
        named = {"stream": self.facts.streams, "route": self.facts.routes}.get(grouping, {})
        return named.get(key) or key_words(key)

    @property
    def stamp(self) -> str:
        """The check code of the plan, which tells one version from another on paper."""
        return check_code(self.plan)

    @property
    def version(self) -> str:
        """The version as it stands on every page."""
        return f"{self.facts.version} · {self.stamp}"

    def outcome_name(self, outcome: str) -> str:
        """Write which outcome is meant: `Outcome 2`."""
        for place, one in enumerate(self.plan.outcomes, start=1):
            if one.id == outcome:
                return f"Outcome {place}"
        return "No outcome named"

    def support_name(self, support: Support) -> str:
        """Write what a support is; one that says nothing yet is named by its place."""
        return support.what.strip() or f"Support {self.plan.supports.index(support) + 1}"

    def heading_of(self, outcome: Outcome) -> str:
        """Write the heading of an outcome: its number, and the domain it belongs to."""
        name = self.outcome_name(outcome.id)
        if not outcome.domain:
            return name
        words = self.facts.domains.get((outcome.framework or "", outcome.domain)) or key_words(outcome.domain)
        return f"{name}: {words}"


def key_words(key: str) -> str:
    """Write a key as people say it, where nothing gives it words of its own."""
    return key.replace("_", " ").replace("-", " ").capitalize()


_SUPPORTERS: dict[SupporterKind, str] = {
    "self": "The person",
    "family": "Family or friend, unpaid",
    "statutory": "Public service",
    "agency": "Agency",
    "personal_assistant": "Personal assistant",
    "in_house": "In-house service",
    "other": "Somebody else",
}
_COST_NOTES: dict[PaidBy, str] = {"budget": "", "in_house": "in-house", "other": "other funder", "nobody": ""}


def period_words(period: Period) -> str:
    """Write the days that a plan covers."""
    return f"{day_words(period.start)} to {day_words(period.end)}"


def who(support: Support) -> Cell:
    """Say who gives a support."""
    if support.supporter is None:
        return Cell("Not said yet")
    kind = _SUPPORTERS[support.supporter.kind]
    if support.supporter.kind == "family" and support.paid_by != "nobody":
        kind = "Family or friend"
    return Cell(support.supporter.name, kind) if support.supporter.name.strip() else Cell(kind)


def level(support: Support) -> Cell:
    """Say the level of support in its units: `6 hours a week`, with staff and days where they are not the usual."""
    if support.quantity is None or support.unit is None:
        return Cell("Not said yet", "\n".join(_particulars(support)))
    return Cell(level_words(support), "\n".join(_particulars(support)))


def _particulars(support: Support) -> list[str]:
    """Name what a cost could be mistaken about: double-handed, shared, only part of the plan, its day."""
    found: list[str] = []
    if support.staff_count > 1 and support.quantity is not None and support.unit == "hour":
        together = units(support.quantity * support.staff_count, "hour").replace(" hour", " staff-hour")
        found.append(f"{support.staff_count} staff x {units(support.quantity, 'hour')} = {together}")
    elif support.staff_count > 1:
        found.append(f"{support.staff_count} staff at once")
    if support.people_count > 1:
        found.append(f"shared by {support.people_count} people")
    if support.start is not None:
        found.append(f"from {day_words(support.start)}")
    if support.end is not None:
        found.append(f"until {day_words(support.end)}")
    if support.on is not None:
        found.append(f"on {day_words(support.on)}")
    return found


def unit_cost(source: Source, support: Support, line: Line | None) -> Cell:
    """Say the price of one unit, and what one person's unit costs where it is shared or needs several staff."""
    if support.paid_by == "nobody" or support.rate is None:
        return Cell("none" if support.paid_by == "nobody" else "not known yet")
    note = per(support.rate.unit)
    if line is not None and line.each is not None and line.each != support.rate.amount:
        note += f"\n{source.money(line.each)}\na person"
    return Cell(source.money(support.rate.amount), note)


def line_cost(source: Source, support: Support, line: Line | None) -> Cell:
    """Say what a support costs in the plan's period, and which funder pays where it is not the budget."""
    if support.paid_by == "nobody":
        return Cell("no cost")
    if line is None:
        return Cell("not costed yet")
    note = (
        "one-off"
        if support.kind == "one_off" and support.paid_by == "budget"
        else _COST_NOTES[support.paid_by]
    )
    return Cell(source.money(line.amount), note)


def price_source(support: Support, *, name_schedule: bool) -> str:
    """Say where a price comes from: the row of a schedule of costs, or why it is not from one."""
    rate = support.rate
    if rate is None:
        return ""
    schedule = (rate.schedule, rate.version and f"version {rate.version}") if name_schedule else ()
    row = ", ".join(part for part in (rate.item, *schedule) if part)
    said = [f"Price: {row}." if row else "", f"Price off the schedule: {rate.reason}" if rate.reason else ""]
    return "\n".join(part for part in said if part)


def schedules_used(plan: Plan) -> list[str]:
    """Name each schedule of costs that the plan has prices from, with its version."""
    found: dict[str, None] = {}
    for support in plan.supports:
        rate = support.rate
        if rate is not None and rate.schedule:
            found[f"{rate.schedule}, version {rate.version or 'not said'}"] = None
    return list(found)
