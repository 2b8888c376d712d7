"""The payment calendar of a costed plan: which sum is paid on which day. It adds up to the cash value exactly."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile
from typing import Literal

import msgspec

from supportplan.domain.costing import Costing
from supportplan.domain.days import months_later
from supportplan.domain.money import instalments
from supportplan.domain.plan import Plan
from supportplan.domain.plan_money import Payments
from supportplan.domain.units import A_YEAR, PaidEvery


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """A sum paid on a day. `support` names the one-off support that it pays for; an instalment pays for none alone."""

    on: date
    amount: Decimal
    kind: Literal["instalment", "one_off"]
    support: str | None = None


def calendar(plan: Plan, costing: Costing) -> tuple[Payment, ...]:
    """List the payments by date: the one-off items each on its day, the rest in equal instalments.

    A plan that does not say yet how its money is paid has only its one-off payments.
    """
    paid = [*_one_offs(plan, costing), *_instalments(plan, costing)]
    return tuple(sorted(paid, key=lambda payment: (payment.on, payment.kind)))


def pay_days(payments: Payments, end: date) -> tuple[date, ...]:
    """Return the days on which an instalment is paid: at most a year's count of them, none after the plan's end.

    Where not even the first falls within the plan, all is paid on that first day; a check says so.
    """
    days = takewhile(lambda day: day <= end, _steps(payments.first, payments.every))
    return tuple(days) or (payments.first,)


def _one_offs(plan: Plan, costing: Costing) -> Iterator[Payment]:
    first = plan.payments.first if plan.payments else plan.period.start
    for support in plan.supports:
        line = costing.line(support.id)
        if line is not None and line.paid_by == "budget" and line.kind == "one_off":
            yield Payment(on=support.on or first, amount=line.amount, kind="one_off", support=support.id)


def _instalments(plan: Plan, costing: Costing) -> Iterator[Payment]:
    if plan.payments is None or not costing.instalment_total:
        return
    days = pay_days(plan.payments, plan.period.end)
    for day, amount in zip(days, instalments(costing.instalment_total, len(days)), strict=True):
        yield Payment(on=day, amount=amount, kind="instalment")


_MONTHS: dict[PaidEvery, int] = {"month": 1, "quarter": 3, "year": 12}
_DAYS: dict[PaidEvery, int] = {"week": 7, "fortnight": 14, "four_weeks": 28}


def _steps(first: date, every: PaidEvery) -> Iterator[date]:
    """Step from the first day: by days, or by calendar months, on the last day where a month is shorter."""
    if every in _DAYS:
        step = timedelta(days=_DAYS[every])
        yield from (first + step * count for count in range(A_YEAR[every]))
    else:
        yield from (months_later(first, _MONTHS[every] * count) for count in range(A_YEAR[every]))
