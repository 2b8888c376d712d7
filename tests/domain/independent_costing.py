"""A second costing of a plan, written from the rules alone and apart from the program's.

It works on the plain JSON document, in whole pennies and exact fractions: no Decimal, no context, no quantize. If the
program and this agree on many plans, a slip would have to have been made twice, in two techniques. It knows nothing of
traces, and it expects a plan that can be costed: every paid support has its quantity, unit and rate.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Rounding = Callable[[Fraction], int]

ZERO = Fraction(0)
# How many of each period make a 52-week money year, which is also the most payments a calendar holds.
IN_A_YEAR = {"week": 52, "fortnight": 26, "four_weeks": 13, "month": 12, "quarter": 4, "year": 1}
# These are made of weeks, so another number of money weeks changes how many there are.
WEEKS_LONG = {"week": 1, "fortnight": 2, "four_weeks": 4}
MONTHS_LONG = {"month": 1, "quarter": 3, "year": 12}
# These are counted for the period itself, so they are never taken in proportion to its days.
COUNTED = ("term_week", "holiday_week", "occasion")
WHOLE_YEAR = (365, 366)
GROUPS = ("outcome", "stream", "route", "supporter")
# What a support counts under when it does not say: the program's word, since the rules give none.
UNSAID = "not said"


def half_up(figure: Fraction) -> int:
    """The nearest whole number, a half going up; no figure here is below zero."""
    return (2 * figure.numerator + figure.denominator) // (2 * figure.denominator)


def down(figure: Fraction) -> int:
    """The whole number below: what a person pays is rounded in their favour."""
    return figure.numerator // figure.denominator


def pennies(pounds: str | Fraction, rounding: Rounding = half_up) -> int:
    """Pounds, as typed or worked out, in whole pennies."""
    return rounding(Fraction(pounds) * 100)


def pounds(amount: int) -> str:
    """Pennies as a decimal string with two places."""
    return f"{amount // 100}.{amount % 100:02d}"


def cost_document(plan: Json) -> Json:
    """What `cost --json` says of this plan, without the traces."""
    lines = [_line(plan, support) for support in plan.get("supports", ())]
    totals = _totals(plan, lines)
    return {
        **{name: pounds(amount) for name, amount in totals.items()},
        "lines": [_printed(line) for line in lines],
        "payments": _payments(plan, lines, totals["cash_value"] - totals["one_off"]),
        "by": {group: _by(lines, group) for group in GROUPS},
    }


def contribution(plan: Json) -> int:
    """What the person pays over the plan, in pennies: the rules for a line, rounded down at each step."""
    asked = plan.get("contribution")
    if asked is None:
        return 0
    days = _days(plan["period"], {})
    return _recurring(plan["period"], pennies(asked["amount"]), asked, days, down)


# --- one line ---------------------------------------------------------------------------------------------------------


def _line(plan: Json, support: Json) -> Json:
    """A support with its figures in pennies; a figure it does not have is None."""
    line = {"support": support, "per_period": None, "weekly": None, "amount": 0}
    if support["paid_by"] == "nobody":
        return line
    each = pennies(Fraction(support["quantity"]) * _unit_price(support))
    if support["kind"] == "one_off":
        return line | {"amount": each}
    days = _days(plan["period"], support)
    return line | {
        "per_period": each,
        "weekly": _weekly(each, support["every"], half_up),
        "amount": _recurring(plan["period"], each, support, days, half_up),
    }


def _unit_price(support: Json) -> Fraction:
    """The price of one person's unit in pounds: as it stands, or rounded first where it is shared."""
    rate = Fraction(support["rate"]["amount"])
    staff, people = support.get("staff", 1), support.get("people", 1)
    if (staff, people) == (1, 1):
        return rate
    return Fraction(pennies(rate * staff / people), 100)


def _recurring(period: Json, each: int, support: Json, days: int, rounding: Rounding) -> int:
    """What so much each period comes to over the days that are covered."""
    every = support["every"]
    weekly = _weekly(each, every, rounding)
    if weekly is None or days in WHOLE_YEAR:
        return rounding(each * _periods(period, support))
    return rounding(Fraction(days, 7) * weekly)


def _periods(period: Json, support: Json) -> Fraction:
    """How many periods the money year has, or how many weeks or occasions the plan gives."""
    every = support["every"]
    if every == "occasion":
        return Fraction(support["occasions"])
    if every in COUNTED:
        return Fraction(period[f"{every}s"])
    if every in WEEKS_LONG:
        return Fraction(period.get("money_weeks", "52")) / WEEKS_LONG[every]
    return Fraction(IN_A_YEAR[every])


def _weekly(each: int, every: str, rounding: Rounding) -> int | None:
    """The weekly amount, always of a 52-week year; None for what does not come week after week."""
    if every in COUNTED:
        return None
    return rounding(Fraction(each * IN_A_YEAR[every], 52))


def _days(period: Json, support: Json) -> int:
    """Days covered, both ends counted; the plan's period bounds the support's own."""
    start = max(period["start"], support.get("start", period["start"]))
    end = min(period["end"], support.get("end", period["end"]))
    return max(0, (date.fromisoformat(end) - date.fromisoformat(start)).days + 1)


def _printed(line: Json) -> Json:
    figures = {name: line[name] for name in ("per_period", "weekly", "amount")}
    return {"id": line["support"]["id"]} | {
        name: None if figure is None else pounds(figure) for name, figure in figures.items()
    }


# --- totals -----------------------------------------------------------------------------------------------------------


def _totals(plan: Json, lines: list[Json]) -> dict[str, int]:
    """The seven totals in pennies; with an empty plan, those of some lines without any contingency."""
    one_off = _sum(lines, paid_by="budget", kind="one_off")
    recurring = _sum(lines, paid_by="budget", kind="recurring")
    contingency = _contingency(plan, one_off, recurring)
    held = contingency if plan.get("contingency", {}).get("held_by") == "family" else 0
    in_house = _sum(lines, paid_by="in_house")
    return {
        "one_off": one_off,
        "recurring": recurring,
        "contingency": contingency,
        "cash_value": one_off + recurring + held,
        "in_house_value": in_house,
        "other_value": _sum(lines, paid_by="other"),
        "total_budget": one_off + recurring + held + in_house,
    }


def _sum(lines: Iterable[Json], **wanted: str) -> int:
    """The sum of the lines whose supports say what is wanted."""
    return sum(line["amount"] for line in lines if wanted.items() <= _plain(line["support"]).items())


def _plain(support: Json) -> Json:
    """The entries that hold plain text, so that they can be compared as a set."""
    return {key: value for key, value in support.items() if isinstance(value, str)}


def _contingency(plan: Json, one_off: int, recurring: int) -> int:
    """Contingency in pennies, whoever holds it."""
    way = plan.get("contingency", {})
    if "percent" in way:
        base = {"recurring": recurring, "one_off": one_off, "all": recurring + one_off}[way["of"]]
        return half_up(base * Fraction(way["percent"]) / 100)
    if "top_slice" in way:
        points, gross, net = (Fraction(way["top_slice"][key]) for key in ("points", "gross", "net"))
        return pennies(points * (gross - net))
    return pennies(way.get("amount", "0"))


def _by(lines: Iterable[Json], group: str) -> Json:
    """The same totals for the lines under each key; what says nothing stands together."""
    gathered: dict[str, list[Json]] = {}
    for line in lines:
        gathered.setdefault(_key(line["support"], group), []).append(line)
    return {
        key: {name: pounds(amount) for name, amount in _totals({}, some).items()}
        for key, some in gathered.items()
    }


def _key(support: Json, group: str) -> str:
    """What a support is summed under; of several outcomes the first."""
    if group == "outcome":
        return str(next(iter(support.get("outcomes", ())), UNSAID))
    if group == "supporter":
        return str(support.get("supporter", {}).get("kind", UNSAID))
    return str(support.get(group, UNSAID))


# --- the payment calendar ---------------------------------------------------------------------------------------------


def _payments(plan: Json, lines: Iterable[Json], spread: int) -> list[Json]:
    """The calendar in order of date, an instalment before a one-off of the same day."""
    how = plan.get("payments")
    first = plan["period"]["start"] if how is None else how["first"]
    shares = () if how is None else _shares(how, plan["period"]["end"], spread)
    rows = [(on.isoformat(), "instalment", share) for on, share in shares]
    for line in lines:
        support = line["support"]
        if (support["paid_by"], support["kind"]) == ("budget", "one_off"):
            rows.append((support.get("on", first), "one_off", line["amount"]))
    rows.sort(key=lambda row: row[:2])
    return [{"on": on, "amount": pounds(amount), "kind": kind} for on, kind, amount in rows]


def _shares(how: Json, end: str, spread: int) -> Iterator[tuple[date, int]]:
    """Each instalment with its day: equal whole pennies, what is left over in the first; of nothing there is none.

    Where even the first day is after the plan's end it takes all, because the calendar must add up to the cash value.
    """
    if not spread:
        return
    first, *later = list(_pay_days(how, date.fromisoformat(end))) or [date.fromisoformat(how["first"])]
    share, left = divmod(spread, 1 + len(later))
    yield first, share + left
    yield from ((day, share) for day in later)


def _pay_days(how: Json, end: date) -> Iterator[date]:
    """The days from the first on or before the end, at most a year's number of them."""
    every, first = how["every"], date.fromisoformat(how["first"])
    for step in range(IN_A_YEAR[every]):
        day = _stepped(first, every, step)
        if day > end:
            return
        yield day


def _stepped(first: date, every: str, step: int) -> date:
    """The day so many periods after the first; counted from the first, so a short month does not pull later ones."""
    if every in WEEKS_LONG:
        return first + timedelta(weeks=WEEKS_LONG[every] * step)
    months = first.year * 12 + first.month - 1 + MONTHS_LONG[every] * step
    year, month = divmod(months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
