"""What a plan costs: `cost(plan) -> Costing`, a pure function of the plan alone.

The rules and their order are those of docs/costing.md. Every amount is rounded where it is printed, half up to the
penny, so that each printed figure can be had from other printed figures with a pocket calculator; totals are sums of
printed lines.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

import msgspec

from supportplan.domain.allocation import pot
from supportplan.domain.money import plain, show, to_penny_below
from supportplan.domain.plan import Contingency, Contribution, Holder, Kind, PaidBy, Period, Plan, Support
from supportplan.domain.problems import CannotCost
from supportplan.domain.trace import Step, Term, Trace, add_up, go_on, start, work_out
from supportplan.domain.units import A_YEAR, EVERY_WORDS, WEEKLY, Every, PaidEvery, Unit, per, periods, units

NOTHING = Decimal("0.00")
# What a group is called that the plan does not name; no key in a plan can hold a space.
UNSAID = "not said"

Grouping = Literal["outcome", "stream", "route", "supporter"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one support costs, in the plan's currency.

    `each` is the price of one unit for one person; `per_period` the amount a period, `weekly` the amount a week where
    the period has a fixed length. `amount` is what counts in the totals; `top_up` what somebody adds beside it. A
    support that serves several outcomes counts under the first, `outcome`.
    """

    support: str
    paid_by: PaidBy
    kind: Kind
    groups: dict[Grouping, str]
    each: Decimal | None = None
    per_period: Decimal | None = None
    weekly: Decimal | None = None
    amount: Decimal = NOTHING
    trace: Trace
    top_up: Decimal = NOTHING
    top_up_trace: Trace = Trace()

    @property
    def outcome(self) -> str:
        """The id of the outcome this line counts under."""
        return self.groups["outcome"]


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """The sums of some lines. One-off and recurring stand apart; contingency belongs to the plan, not to a line.

    `contingency` is in `cash_value` only where the family holds it (FIELD 0.2).
    """

    one_off: Decimal
    recurring: Decimal
    contingency: Decimal
    cash_value: Decimal
    in_house_value: Decimal
    other_value: Decimal
    total_budget: Decimal


class Missing(msgspec.Struct, frozen=True):
    """Something a paid support lacks before it can be costed: where, and what to do."""

    support: str
    where: str
    words: str


class Costing(msgspec.Struct, frozen=True, kw_only=True):
    """A plan's lines and totals, with the trace of every figure.

    `waiting` names what keeps a support from being costed; the totals are then of the other supports.
    """

    currency: str
    lines: tuple[Line, ...]
    waiting: tuple[Missing, ...]
    totals: Totals
    contingency: Trace
    contribution: Trace
    by: dict[Grouping, dict[str, Totals]]

    @property
    def net(self) -> Decimal:
        """What is paid once the person's contribution is taken off: gross, contribution and net are always shown."""
        return self.totals.cash_value - self.contribution.result

    @property
    def instalment_total(self) -> Decimal:
        """What is paid in instalments: recurring money and the contingency that the family holds."""
        return self.totals.cash_value - self.totals.one_off

    def line(self, support: str) -> Line | None:
        """Return the line of a support, or None while it cannot be costed."""
        return next((line for line in self.lines if line.support == support), None)


def cost(plan: Plan) -> Costing:
    """Cost a plan. A support that cannot be costed yet is left out and named in `waiting`."""
    lines: list[Line] = []
    waiting: list[Missing] = []
    for place, support in enumerate(plan.supports):
        lacking = [
            Missing(support.id, f"supports[{place}].{field}", words)
            for field, words in _lacks(support, plan.period)
        ]
        waiting += lacking
        if not lacking:
            lines.append(_line(support, plan.period, plan.money))
    set_aside = _contingency(
        plan.contingency, _sum(lines, "budget", "one_off"), _sum(lines, "budget", "recurring"), plan.money
    )
    return Costing(
        currency=plan.money,
        lines=tuple(lines),
        waiting=tuple(waiting),
        totals=_totals(
            lines, set_aside.result, held_by=plan.contingency.held_by if plan.contingency else "authority"
        ),
        contingency=set_aside,
        contribution=_contribution(plan.contribution, plan.period, plan.money),
        by={grouping: _grouped(lines, grouping) for grouping in GROUPINGS},
    )


GROUPINGS: tuple[Grouping, ...] = ("outcome", "stream", "route", "supporter")


def demand_whole(costing: Costing, *, name: str = "") -> None:
    """Raise CannotCost with the first thing that keeps a support from being costed, if anything does."""
    if costing.waiting:
        missing = costing.waiting[0]
        more = len(costing.waiting) - 1
        raise CannotCost(
            missing.words + (f" (and {more} more like it)" if more else ""),
            where=", ".join(part for part in (name, missing.where) if part),
            mend="Add it, then cost the plan again.",
        )


def total_traces(costing: Costing) -> dict[str, Trace]:
    """Say how each total was added up from printed lines; the results are those of `costing.totals`."""

    def lines(paid_by: PaidBy, kind: Kind | None = None) -> Trace:
        amounts = [
            line.amount for line in costing.lines if line.paid_by == paid_by and kind in (None, line.kind)
        ]
        return add_up(amounts, costing.currency)

    totals = costing.totals
    in_cash = [totals.one_off, totals.recurring]
    if totals.cash_value != sum(in_cash):
        in_cash.append(totals.contingency)
    return {
        "one_off": lines("budget", "one_off"),
        "recurring": lines("budget", "recurring"),
        "contingency": costing.contingency,
        "cash_value": add_up(in_cash, costing.currency),
        "in_house_value": lines("in_house"),
        "other_value": lines("other"),
        "total_budget": add_up([totals.cash_value, totals.in_house_value], costing.currency),
    }


def equivalent(weekly: Decimal, every: PaidEvery, currency: str) -> Step:
    """Say what a weekly amount is in another period of the 52-week money year: £97.74 a week is £423.54 a month."""
    portion = WEEKLY[every]
    terms = [start(weekly, show(weekly, currency))]
    if portion.over != 1:
        terms.append(Term("x", Decimal(portion.over), str(portion.over)))
    if portion.times != 1:
        terms.append(Term("/", Decimal(portion.times), str(portion.times)))
    return work_out(*terms, currency=currency, after=EVERY_WORDS[every])


def _lacks(support: Support, period: Period) -> Iterable[tuple[str, str]]:
    """Name the fields that a paid support still needs, with a sentence each."""
    if support.paid_by == "nobody":
        return
    if support.quantity is None:
        yield "quantity", "a paid support needs a quantity: how many hours, days or items"
    if support.unit is None:
        yield "unit", "a paid support needs a unit, such as hour or night"
    if support.rate is None:
        yield "rate", "a paid support needs a rate: what one unit costs"
    elif support.unit is not None and support.rate.unit != support.unit:
        yield (
            "rate.unit",
            f"the rate is for {per(support.rate.unit)}, the support is counted {per(support.unit)}",
        )
    if support.kind == "recurring":
        if support.every is None:
            yield "every", "a recurring support needs 'every': how often it happens"
        if support.every == "occasion" and support.occasions is None:
            yield "occasions", "how many occasions are there in the plan's period?"
        if support.every == "term_week" and period.term_weeks is None:
            yield "every", "counts term weeks, but the plan's period does not say how many there are"
        if support.every == "holiday_week" and period.holiday_weeks is None:
            yield "every", "counts holiday weeks, but the plan's period does not say how many there are"


def _line(support: Support, period: Period, currency: str) -> Line:
    """Cost a support that lacks nothing."""
    supporter = support.supporter.kind if support.supporter else UNSAID
    groups: dict[Grouping, str] = {
        "outcome": support.outcomes[0] if support.outcomes else UNSAID,
        "stream": support.stream or UNSAID,
        "route": support.route or UNSAID,
        "supporter": supporter,
    }
    quantity, unit, rate = support.quantity, support.unit, support.rate
    if support.paid_by == "nobody" or quantity is None or unit is None or rate is None:
        note = Trace(note="Nobody is paid for this, so it costs nothing.")
        return Line(support=support.id, paid_by=support.paid_by, kind=support.kind, groups=groups, trace=note)
    found = _Priced(support, quantity, unit, rate.amount, period, currency)
    top_up = (
        _Priced(support, quantity, unit, rate.top_up.amount, period, currency).trace
        if rate.top_up
        else Trace()
    )
    return Line(
        support=support.id,
        paid_by=support.paid_by,
        kind=support.kind,
        groups=groups,
        each=found.each,
        per_period=found.per_period,
        weekly=found.weekly,
        amount=found.trace.result,
        trace=found.trace,
        top_up=top_up.result,
        top_up_trace=top_up,
    )


class _Priced:
    """A support at a price: the steps from the price of a unit to the amount in the plan's period."""

    def __init__(
        self, support: Support, quantity: Decimal, unit: Unit, price: Decimal, period: Period, currency: str
    ) -> None:
        self._currency = currency
        self.each = price
        self.per_period: Decimal | None = None
        self.weekly: Decimal | None = None
        steps: list[Step] = []
        if (support.staff_count, support.people_count) != (1, 1):
            steps.append(self._shared(price, unit, support.staff_count, support.people_count))
            self.each = steps[-1].result
        every = support.every if support.kind == "recurring" else None
        after = EVERY_WORDS[every] if every else ""
        steps.append(
            self._step(
                start(quantity, units(quantity, unit)),
                Term("x", self.each, show(self.each, currency)),
                after=after,
            )
        )
        if every is not None:
            self.per_period = steps[-1].result
            steps += self._over_the_plan(self.per_period, every, support, period)
        self.trace = Trace(tuple(steps))

    def _step(self, *terms: Term, after: str = "") -> Step:
        return work_out(*terms, currency=self._currency, after=after)

    def _shared(self, price: Decimal, unit: Unit, staff: int, people: int) -> Step:
        """Work out the price of one person's unit, which is rounded first (FIELD 4.2)."""
        return self._step(
            start(price, show(price, self._currency)),
            Term("x", Decimal(staff), f"{staff} staff"),
            Term("/", Decimal(people), f"{people} {'person' if people == 1 else 'people'}"),
            after=per(unit),
        )

    def _over_the_plan(
        self, amount: Decimal, every: Every, support: Support, period: Period
    ) -> Iterable[Step]:
        """Carry the amount of one period over the days of the plan that the support covers."""
        if every == "term_week" or every == "holiday_week" or every == "occasion":
            count = {"term_week": period.term_weeks, "holiday_week": period.holiday_weeks, "occasion": None}[
                every
            ]
            yield self._times(amount, Decimal(support.occasions or 0) if count is None else count, every)
            return
        # A week needs no turning into one.
        weekly = None if every == "week" else _to_weekly(amount, every, self._currency)
        self.weekly = weekly.result if weekly else amount
        days = _days(support, period)
        if days in (365, 366):
            yield self._times(amount, _periods_in_the_year(every, period), every)
            return
        if weekly:
            yield weekly
        yield self._step(
            go_on(self.weekly),
            Term("x", Decimal(days), f"{days:,} {'day' if days == 1 else 'days'}"),
            Term("/", Decimal(7), "7"),
        )

    def _times(self, amount: Decimal, count: Decimal, every: Every) -> Step:
        return self._step(go_on(amount), Term("x", count, periods(count, every)))


def _to_weekly(amount: Decimal, every: PaidEvery, currency: str) -> Step:
    """Turn the amount of a period into a weekly one, rounded (FIELD 4.1)."""
    portion = WEEKLY[every]
    terms = [go_on(amount)]
    if portion.times != 1:
        terms.append(Term("x", Decimal(portion.times), str(portion.times)))
    terms.append(Term("/", Decimal(portion.over), str(portion.over)))
    return work_out(*terms, currency=currency, after="a week")


def _days(support: Support, period: Period) -> int:
    """The days of the plan that a support covers, both ends counted; none where they do not meet."""
    first = max(support.start or period.start, period.start)
    last = min(support.end or period.end, period.end)
    return max((last - first).days + 1, 0)


def _periods_in_the_year(every: PaidEvery, period: Period) -> Decimal:
    """How many periods a whole year holds; only weeks, fortnights and four weeks follow the plan's `money_weeks`."""
    if period.money_weeks is not None and every in ("week", "fortnight", "four_weeks"):
        return period.money_weeks / WEEKLY[every].over
    return Decimal(A_YEAR[every])


def _sum(lines: Iterable[Line], paid_by: PaidBy, kind: Kind | None = None) -> Decimal:
    return sum(
        (line.amount for line in lines if line.paid_by == paid_by and kind in (None, line.kind)), NOTHING
    )


def _totals(lines: list[Line], contingency: Decimal = NOTHING, *, held_by: Holder = "authority") -> Totals:
    one_off, recurring = _sum(lines, "budget", "one_off"), _sum(lines, "budget", "recurring")
    in_house = _sum(lines, "in_house")
    cash_value = one_off + recurring + (contingency if held_by == "family" else NOTHING)
    return Totals(
        one_off=one_off,
        recurring=recurring,
        contingency=contingency,
        cash_value=cash_value,
        in_house_value=in_house,
        other_value=_sum(lines, "other"),
        total_budget=cash_value + in_house,
    )


def _contingency(
    contingency: Contingency | None, one_off: Decimal, recurring: Decimal, currency: str
) -> Trace:
    if contingency is None:
        return Trace(note="The plan sets no contingency aside.")
    if contingency.percent is not None and contingency.of is not None:
        base = {"recurring": recurring, "one_off": one_off, "all": one_off + recurring}[contingency.of]
        percent = Term("x", contingency.percent, f"{plain(contingency.percent)}")
        return Trace(
            (
                work_out(
                    start(base, show(base, currency)),
                    percent,
                    Term("/", Decimal(100), "100"),
                    currency=currency,
                ),
            )
        )
    if contingency.amount is not None:
        return Trace((work_out(start(contingency.amount, "a fixed amount"), currency=currency),))
    if contingency.top_slice is not None:
        return pot(contingency.top_slice, currency)
    return Trace(note="The plan does not say how much contingency it sets aside.")


def _contribution(contribution: Contribution | None, period: Period, currency: str) -> Trace:
    """What the person pays over the plan's period: the same rules as a recurring support, rounded in their favour."""
    if contribution is None:
        return Trace(note="The person pays nothing towards the plan.")
    every = contribution.every
    first = start(contribution.amount, f"{show(contribution.amount, currency)} {EVERY_WORDS[every]}")

    def step(*terms: Term) -> Step:
        return work_out(*terms, currency=currency, round_with=to_penny_below)

    if period.days in (365, 366):
        count = _periods_in_the_year(every, period)
        return Trace((step(first, Term("x", count, periods(count, every))),))
    portion = WEEKLY[every]
    weeks = Decimal(portion.over * 7)
    days = Decimal(period.days * portion.times)
    return Trace((step(first, Term("x", days, f"{days}"), Term("/", weeks, f"{weeks}")),))


def _grouped(lines: list[Line], grouping: Grouping) -> dict[str, Totals]:
    """The same totals for the lines of each group, in the order in which the groups occur; without contingency."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.groups[grouping], []).append(line)
    return {name: _totals(some) for name, some in groups.items()}
