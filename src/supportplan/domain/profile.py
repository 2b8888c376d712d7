"""A scheme profile: what differs between authorities, as data that an authority can edit.

The order of steps, who signs, who holds contingency, how often money is paid and when a plan is looked at again are
local (FIELD 1.11 and 4.7). What a source does not say is left out of its profile, and then no check asks for it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from supportplan.domain import canonical
from supportplan.domain.canonical import Document
from supportplan.domain.days import months_later
from supportplan.domain.field_types import Currency, Key, Name, Text
from supportplan.domain.money import Amount, Percent, UnitPrice, Weeks
from supportplan.domain.plan_money import Holder
from supportplan.domain.units import PaidEvery

# The words that a policy about residential support turns on [S 2.10].
DIRECT_PAYMENT = "direct_payment"
RESIDENTIAL = "residential"

Order = Literal["plan_first", "budget_first"]
Timing = Literal["advance", "arrears"]

Few = Annotated[int, Meta(ge=1, le=520)]


class Signer(Document, frozen=True, kw_only=True):
    """Somebody who must sign a plan: the role, the words printed under the line, and whether another may sign."""

    role: Key
    words: Name
    may_be_represented: bool = False


class PricePoint(Document, frozen=True, kw_only=True):
    """What a point of the questionnaire is worth; `net` is what is left of it where it is top-sliced [S 3.20]."""

    id: Key
    name: Name
    gross: UnitPrice
    net: UnitPrice | None = None

    def __post_init__(self) -> None:
        """Refuse a net price above the gross one."""
        if self.net is not None and self.net > self.gross:
            raise ValueError("has a net price above the gross one")


class ContingencyDefault(Document, frozen=True, kw_only=True):
    """Who holds contingency, and how much it is: a percentage, a top-slice, or what each plan agrees."""

    held_by: Holder
    percent: Percent | None = None
    of: Literal["recurring", "one_off", "all"] | None = None
    top_slice: bool = False

    json_schema: ClassVar[Mapping[str, Any]] = {
        "dependentRequired": {"percent": ["of"], "of": ["percent"]},
        "if": {"required": ["top_slice"], "properties": {"top_slice": {"const": True}}},
        "then": {"properties": {"percent": False}},
    }

    def __post_init__(self) -> None:
        """Refuse half a percentage, and two ways at once."""
        if (self.percent is None) != (self.of is None):
            raise ValueError("needs 'percent' and 'of' together")
        if self.top_slice and self.percent is not None:
            raise ValueError("is a percentage or a top-slice, not both")


class PaymentDefault(Document, frozen=True, kw_only=True):
    """How often the money is paid, and whether each payment comes before or after the time it is for."""

    every: PaidEvery
    timing: Timing


class Interval(Document, frozen=True, kw_only=True):
    """A stretch of time: 8 weeks, 6 months."""

    count: Few
    unit: Literal["week", "month"]

    def after(self, day: date) -> date:
        """Return the day that lies this much later."""
        return day + timedelta(weeks=self.count) if self.unit == "week" else months_later(day, self.count)


class ReviewRule(Document, frozen=True, kw_only=True):
    """When a plan is looked at for the first time, and how often after that."""

    first: Interval
    then: Interval


class Cap(Document, frozen=True, kw_only=True):
    """The most one child's plan may cost; `enhanced` names the profile under which more may be agreed [S 3.10, 3.14]."""

    amount: Amount
    enhanced: Key | None = None


class PeriodDefault(Document, frozen=True, kw_only=True):
    """The weeks that a new plan's sums use."""

    money_weeks: Weeks | None = None
    term_weeks: Weeks | None = None
    holiday_weeks: Weeks | None = None

    json_schema: ClassVar[Mapping[str, Any]] = {
        "dependentRequired": {"term_weeks": ["holiday_weeks"], "holiday_weeks": ["term_weeks"]}
    }

    def __post_init__(self) -> None:
        """Demand that term and holidays make a year."""
        if (self.term_weeks is None) != (self.holiday_weeks is None):
            raise ValueError("needs 'term_weeks' and 'holiday_weeks' together")
        given = [weeks for weeks in (self.term_weeks, self.holiday_weeks) if weeks is not None]
        if given and sum(given) != Decimal(52):
            raise ValueError("has term and holiday weeks that do not add up to 52")


class Stream(Document, frozen=True, kw_only=True):
    """A funding stream; one that is not `in_budget` is assessed apart and never part of the budget [S 2.16]."""

    key: Key
    name: Name
    in_budget: bool = True


class Route(Document, frozen=True, kw_only=True):
    """A way in which the money reaches the support: direct payment, council service, and so on."""

    key: Key
    name: Name


class Appeal(Document, frozen=True, kw_only=True):
    """What a family can do about a decision, and within how many days."""

    route: Name
    days: Few


class Reason(Document, frozen=True, kw_only=True):
    """A reason that a decision can give; one that `turns_down` is for a plan that is not agreed as it was asked for."""

    key: Key
    words: Name
    turns_down: bool = False


class Spending(Document, frozen=True, kw_only=True):
    """What the money of a plan may not be used for, which papers are kept, and how a change is asked for.

    It is printed in the plan under `source`, which says where this was found, and that it is not confirmed where it is not.
    """

    not_for: Annotated[tuple[Name, ...], Meta(max_length=100)] = ()
    records: Annotated[tuple[Name, ...], Meta(max_length=100)] = ()
    changes: Text = ""
    source: Name


class Profile(Document, frozen=True, kw_only=True):
    """How one authority, or one scheme of it, wants its plans made.

    `source` says where the settings were found; `example_of` is the year they were true in, for a profile that is only
    a dated example. Its amounts are in `currency`, GBP unless set. `over_indicative` is by how much a plan may exceed its
    indicative budget; `surplus_weeks` how many weeks' money may lie unspent before it is asked back.
    """

    format: Literal["supportplan/profile"]
    version: Literal[1]
    id: Key
    name: Name
    authority: Name
    source: Name
    example_of: Annotated[int, Meta(ge=1990, le=2200)] | None = None
    currency: Currency | None = None
    order: Order | None = None
    signers: Annotated[tuple[Signer, ...], Meta(min_length=1, max_length=20)]
    approver: Name
    price_points: Annotated[tuple[PricePoint, ...], Meta(max_length=100)] = ()
    over_indicative: Percent | None = None
    contingency: ContingencyDefault | None = None
    payments: PaymentDefault | None = None
    review: ReviewRule | None = None
    cap: Cap | None = None
    period: PeriodDefault | None = None
    frameworks: Annotated[tuple[Key, ...], Meta(max_length=100, extra_json_schema={"uniqueItems": True})] = ()
    streams: Annotated[tuple[Stream, ...], Meta(max_length=100)] = ()
    routes: Annotated[tuple[Route, ...], Meta(max_length=100)] = ()
    residential_by_direct_payment: bool = True
    surplus_weeks: Few | None = None
    reasons: Annotated[tuple[Reason, ...], Meta(max_length=100)] = ()
    appeal: Appeal | None = None
    spending: Spending | None = None
    note: Text = ""

    def __post_init__(self) -> None:
        """Refuse a role, price point, framework, stream, route or reason that is listed twice."""
        _once("signers", (signer.role for signer in self.signers))
        _once("price_points", (point.id for point in self.price_points))
        _once("frameworks", self.frameworks)
        _once("streams", (stream.key for stream in self.streams))
        _once("routes", (route.key for route in self.routes))
        _once("reasons", (reason.key for reason in self.reasons))

    @property
    def money(self) -> str:
        """The currency of every amount in the profile."""
        return self.currency or "GBP"

    def stream(self, key: str) -> Stream | None:
        """Return the stream with this key, if the profile offers it."""
        return next((stream for stream in self.streams if stream.key == key), None)

    def route(self, key: str) -> Route | None:
        """Return the route with this key, if the profile offers it."""
        return next((route for route in self.routes if route.key == key), None)


def read_profile(raw: bytes, *, name: str = "") -> Profile:
    """Read a profile document; `name` is what its file is called. Raises BadDocument with the place and the remedy."""
    return canonical.read(raw, Profile, name=name)


def _once(where: str, keys: Iterable[str]) -> None:
    found = list(keys)
    if len(set(found)) < len(found):
        raise ValueError(f"lists the same thing twice under {where!r}")
