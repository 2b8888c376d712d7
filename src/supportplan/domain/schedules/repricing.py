"""What a new version of a schedule would change: in a plan, line by line and in its totals; and against the old version.

Nothing here changes a plan. A plan keeps the rates that were copied into it; what is worked out here is shown to people,
who decide.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Literal, NamedTuple

import msgspec

from supportplan.domain.costing import Totals, cost
from supportplan.domain.plan import Plan, Support
from supportplan.domain.plan_money import Rate
from supportplan.domain.schedules.schedule import Row, RowKey, Schedule, to_rate
from supportplan.domain.units import Unit

Change = Literal["same", "dearer", "cheaper", "changes_within", "gone", "other_days", "quote_only", "unclear"]

CHANGE_WORDS: dict[Change, str] = {
    "same": "The price stays the same.",
    "dearer": "The price goes up.",
    "cheaper": "The price goes down.",
    "changes_within": "The price changes within the plan's period:",
    "gone": "This item is no longer on the schedule.",
    "other_days": "The schedule has this item, but no price for it on the days of the plan.",
    "quote_only": "The schedule has no price for this item any more: it is bought by quote.",
    "unclear": "The schedule has several prices for this item. Choose the one that fits.",
}


class PriceSpan(msgspec.Struct, frozen=True):
    """A price of one unit and the days on which it holds, both ends counted; without `rate` there is no price on them."""

    from_day: date
    to_day: date
    rate: Decimal | None


class Repriced(msgspec.Struct, frozen=True, kw_only=True):
    """What a new version would make of one support: rates and amounts before and after.

    Without a `new_rate` the amount cannot be known, and the totals keep the old one. Amounts are missing where the
    support cannot be costed yet. `spans` say which price holds on which of the support's days, where that is not one
    price for all of them; the old price holds until the schedule's first one starts.
    """

    support: str
    item: str
    unit: Unit
    old_rate: Decimal
    new_rate: Decimal | None = None
    old_amount: Decimal | None = None
    new_amount: Decimal | None = None
    spans: tuple[PriceSpan, ...] = ()
    change: Change

    @property
    def words(self) -> str:
        """Say what would change."""
        return CHANGE_WORDS[self.change]


class Repricing(msgspec.Struct, frozen=True, kw_only=True):
    """What a new version would change in a plan: its lines from this schedule, and the totals before and after.

    The totals after are those of the whole period at the new prices; lines without one new price keep the old one.
    """

    schedule: str
    label: str
    currency: str
    lines: tuple[Repriced, ...]
    before: Totals
    after: Totals

    @property
    def changes(self) -> tuple[Repriced, ...]:
        """The lines that would not stay as they are."""
        return tuple(line for line in self.lines if line.change != "same")


def reprice(plan: Plan, new: Schedule, *, old: Schedule | None = None, area: str | None = None) -> Repricing:
    """Work out what a new version of a schedule would change in a plan.

    Looked at are the supports whose rate names this schedule. `old`, the version they were priced by, tells apart rows
    of one item, such as Saturdays; so does `area`. Raises BadInput where plan and schedule are in two currencies.
    """
    prices: dict[str, _Found] = {}
    supports: list[Support] = []
    for support in plan.supports:
        rate = support.rate
        if rate is None or not rate.item or rate.schedule != new.name or support.paid_by == "nobody":
            supports.append(support)
            continue
        prices[support.id] = found = _new_price(support, rate, plan, new, old, area)
        supports.append(_at(support, rate, found.row, new, plan.money))
    before, after = cost(plan), cost(msgspec.structs.replace(plan, supports=tuple(supports)))
    lines: list[Repriced] = []
    for support in plan.supports:
        if support.id not in prices or (rate := support.rate) is None:
            continue
        change, row, spans = prices[support.id]
        was, becomes = before.line(support.id), after.line(support.id)
        lines.append(
            Repriced(
                support=support.id,
                item=rate.item,
                unit=rate.unit,
                old_rate=rate.amount,
                new_rate=row.rate if row else None,
                old_amount=was.amount if was else None,
                new_amount=becomes.amount if becomes and row else None,
                spans=spans,
                change=change,
            )
        )
    return Repricing(
        schedule=new.name,
        label=new.label,
        currency=plan.money,
        lines=tuple(lines),
        before=before.totals,
        after=after.totals,
    )


class _Found(NamedTuple):
    """What became of a price: the row that has the new one, or the spans where it is not one price."""

    change: Change
    row: Row | None = None
    spans: tuple[PriceSpan, ...] = ()


def _at(support: Support, rate: Rate, row: Row | None, new: Schedule, currency: str) -> Support:
    """Return the support at a new price; what the family adds stays as it is."""
    if row is None:
        return support
    copied = to_rate(row, new, currency=currency)
    return msgspec.structs.replace(
        support, rate=msgspec.structs.replace(copied, reason=rate.reason, top_up=rate.top_up)
    )


def _new_price(
    support: Support, rate: Rate, plan: Plan, new: Schedule, old: Schedule | None, area: str | None
) -> _Found:
    """Find what would price a support on all of its days: rows of the same key as the old one where that is known."""
    keys = _old_keys(rate, old)
    same_item = [
        row
        for row in new.rows
        if row.item_code == rate.item
        and row.unit == rate.unit
        and (not keys or row.key in keys)
        and (area is None or row.covers(area))
    ]
    first, last = _days(support, plan)
    rows = [row for row in same_item if row.first_day <= last and first <= row.last_day]
    if not rows:
        return _Found("other_days" if same_item else "gone")
    by_key = _by_key(rows).values()
    courses = {_spans(of_key, rate.amount, first, last, new, plan.money) for of_key in by_key}
    if len(courses) > 1:
        return _Found("unclear")
    (spans,) = courses
    if len(spans) > 1:
        return _Found("changes_within", spans=spans)
    row = rows[0]
    if row.rate is None:
        return _Found("quote_only")
    if row.rate == rate.amount:
        return _Found("same", row)
    return _Found("dearer" if row.rate > rate.amount else "cheaper", row)


def _old_keys(rate: Rate, old: Schedule | None) -> set[RowKey]:
    rows = old.rows if old is not None else ()
    return {
        row.key
        for row in rows
        if row.item_code == rate.item and row.unit == rate.unit and row.rate == rate.amount
    }


def _days(support: Support, plan: Plan) -> tuple[date, date]:
    """Return the first and the last day of the plan on which the support may be bought."""
    if support.on is not None:
        return support.on, support.on
    first = max(support.start or plan.period.start, plan.period.start)
    return first, max(first, min(support.end or plan.period.end, plan.period.end))


def _spans(
    rows: Iterable[Row], old_rate: Decimal, first: date, last: date, new: Schedule, currency: str
) -> tuple[PriceSpan, ...]:
    """Lay the rows of one key over the days from first to last: a span for every price, and for days without one."""
    steps: list[tuple[int, Decimal | None]] = []  # Days as numbers: there is no date after the last one.
    until_then: Decimal | None = old_rate
    open_day = first.toordinal()
    for row in sorted(rows, key=lambda row: row.first_day):
        start = max(row.first_day, first).toordinal()
        if open_day < start:
            steps.append((open_day, until_then))
        # Copied as for the plan, so that no price in another currency is shown beside the plan's own.
        steps.append((start, to_rate(row, new, currency=currency).amount if row.rate is not None else None))
        until_then = None
        open_day = min(row.last_day, last).toordinal() + 1
    if open_day <= last.toordinal():
        steps.append((open_day, until_then))
    starts = [next(same) for _, same in groupby(steps, key=lambda step: step[1])]
    ends = [day - 1 for day, _ in starts[1:]] + [last.toordinal()]
    return tuple(
        PriceSpan(date.fromordinal(day), date.fromordinal(end), rate)
        for (day, rate), end in zip(starts, ends, strict=True)
    )


class Changed(msgspec.Struct, frozen=True):
    """A row that is in both versions, and the fields in which they differ."""

    old: Row
    new: Row
    fields: tuple[str, ...]


class Difference(msgspec.Struct, frozen=True):
    """What one version of a schedule has that another has not, and what differs in the rows of both."""

    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        """Say whether there is any difference."""
        return bool(self.added or self.removed or self.changed)


def difference(old: Schedule, new: Schedule) -> Difference:
    """Compare two versions. Rows of one key are held together by the day they start, the others in order of time."""
    before, after = _by_key(old.rows), _by_key(new.rows)
    added: list[Row] = []
    removed: list[Row] = []
    changed: list[Changed] = []
    for key in dict.fromkeys((*before, *after)):
        pairs, gone, come = _paired(before.get(key, []), after.get(key, []))
        removed += gone
        added += come
        for one, other in pairs:
            fields = tuple(
                name for name in Row.__struct_fields__ if getattr(one, name) != getattr(other, name)
            )
            if fields:
                changed.append(Changed(one, other, fields))
    return Difference(tuple(added), tuple(removed), tuple(changed))


def _by_key(rows: Iterable[Row]) -> dict[RowKey, list[Row]]:
    found: dict[RowKey, list[Row]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return found


def _paired(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Pair rows that start on the same day, then the rest in order of time; return the pairs and what is left over."""
    starts = {row.first_day: row for row in new}
    pairs = [(row, starts.pop(row.first_day)) for row in old if row.first_day in starts]
    paired = {one.first_day for one, _ in pairs}
    rest_old = sorted((row for row in old if row.first_day not in paired), key=lambda row: row.first_day)
    rest_new = sorted(starts.values(), key=lambda row: row.first_day)
    more = list(zip(rest_old, rest_new, strict=False))
    return [*pairs, *more], rest_old[len(more) :], rest_new[len(more) :]
