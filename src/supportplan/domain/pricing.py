"""What one support costs: the steps from the price of a unit to the amount in the plan's period.

The rules and their order are those of docs/costing.md.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

import msgspec

from supportplan.domain.money import show
from supportplan.domain.plan import Kind, PaidBy, Period, Support
from supportplan.domain.trace import Step, Term, Trace, go_on, start, work_out
from supportplan.domain.units import A_YEAR, EVERY_WORDS, WEEKLY, Every, PaidEvery, Unit, per, periods, units

# What a group is called that the plan does not name; no key in a plan can hold a space.
UNSAID = "not said"

Grouping = Literal["outcome", "stream", "route", "supporter"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What one support costs, in the plan's currency.

    `each` is the price of one unit for one person; `per_period` the amount a period, `weekly` the amount a week where
    the period has a fixed length. `amount` is what counts in the totals; `top_up` what somebody adds beside it. A
    support that serves several outcomes counts under the first.
    """

    support: str
    paid_by: PaidBy
    kind: Kind
    groups: dict[Grouping, str]
    each: Decimal | None = None
    per_period: Decimal | None = None
    weekly: Decimal | None = None
    amount: Decimal = Decimal("0.00")
    trace: Trace
    top_up: Decimal = Decimal("0.00")
    top_up_trace: Trace = Trace()


def lacking(support: Support, period: Period) -> Iterable[tuple[str, str]]:
    """Name the fields that a paid support still needs, with a sentence each."""
    if support.paid_by == "nobody":
        return
    if support.quantity is None:
        yield "quantity", "it is not said how many hours, days or items"
    if support.unit is None:
        yield "unit", "it is not said what is counted, such as hours or nights"
    if support.rate is None:
        yield "rate", "it is not said what one unit costs"
    elif support.unit is not None and support.rate.unit != support.unit:
        yield (
            "rate.unit",
            f"its price is for {per(support.rate.unit)}, and it is counted {per(support.unit)}",
        )
    if support.kind == "recurring":
        if support.every is None:
            yield "every", "it is not said how often it happens"
        if support.every == "occasion" and support.occasions is None:
            yield "occasions", "it is not said how many occasions there are in the plan's period"
        if support.every == "term_week" and period.term_weeks is None:
            yield "every", "it is counted in term weeks, and the plan does not say how many there are"
        if support.every == "holiday_week" and period.holiday_weeks is None:
            yield "every", "it is counted in holiday weeks, and the plan does not say how many there are"


def price(support: Support, period: Period, currency: str) -> Line:
    """Cost a support that lacks nothing. Raises ValueError for one that does: ask `lacking` first."""
    supporter = support.supporter.kind if support.supporter else UNSAID
    groups: dict[Grouping, str] = {
        "outcome": support.outcomes[0] if support.outcomes else UNSAID,
        "stream": support.stream or UNSAID,
        "route": support.route or UNSAID,
        "supporter": supporter,
    }
    quantity, unit, rate = support.quantity, support.unit, support.rate
    if support.paid_by == "nobody":
        note = Trace(note="Nobody is paid for this, so it costs nothing.")
        return Line(support=support.id, paid_by=support.paid_by, kind=support.kind, groups=groups, trace=note)
    if quantity is None or unit is None or rate is None:
        raise ValueError("a support without quantity, unit or rate has no price")
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


def equivalent(weekly: Decimal, every: PaidEvery, currency: str) -> Step:
    """Say what a weekly amount is in another period of the 52-week money year: £97.74 a week is £423.54 a month."""
    portion = WEEKLY[every]
    terms = [start(weekly, show(weekly, currency))]
    if portion.over != 1:
        terms.append(Term("x", Decimal(portion.over), str(portion.over)))
    if portion.times != 1:
        terms.append(Term("/", Decimal(portion.times), str(portion.times)))
    return work_out(*terms, currency=currency, after=EVERY_WORDS[every])


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
            count = {
                "term_week": period.term_weeks,
                "holiday_week": period.holiday_weeks,
                "occasion": support.occasions,
            }[every]
            if count is None:
                raise ValueError(f"nothing says how many times {EVERY_WORDS[every]} there is in the plan")
            yield self._times(amount, Decimal(count), every)
            return
        # A week needs no turning into one.
        weekly = None if every == "week" else _to_weekly(amount, every, self._currency)
        self.weekly = weekly.result if weekly else amount
        days = _days(support, period)
        if days in (365, 366):
            yield self._times(amount, periods_in_the_year(every, period), every)
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


def periods_in_the_year(every: PaidEvery, period: Period) -> Decimal:
    """How many periods a whole year holds; only weeks, fortnights and four weeks follow the plan's `money_weeks`."""
    if period.money_weeks is not None and every in ("week", "fortnight", "four_weeks"):
        return period.money_weeks / WEEKLY[every].over
    return Decimal(A_YEAR[every])
