"""Two versions of a plan side by side: what was added, what was changed and how, what was taken out, and the money of it."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Literal, NamedTuple, TypeVar

from supportplan.domain.canonical import Document
from supportplan.domain.costing import Costing, cost
from supportplan.domain.money import show
from supportplan.domain.plan import Outcome, Plan, Relation, Risk, Support
from supportplan.domain.support_words import PAID_BY_WORDS, level_words, who_words

Sign = Literal["+", "~", "-"]
Thing = TypeVar("Thing", Relation, Outcome, Risk)


class Change(NamedTuple):
    """One difference: `+` added, `~` changed, `-` taken out; what it is about; and how it was and is, where that is short.

    `words` and the two sides hold what people wrote. `before_amount` and `after_amount` are in the plan's currency, and
    None where nothing is costed.
    """

    sign: Sign
    about: str
    words: str
    before: str = ""
    after: str = ""
    before_amount: Decimal | None = None
    after_amount: Decimal | None = None


def compare(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Say what the later plan has otherwise than the earlier one, in the order of the plan."""
    costs = cost(before), cost(after)
    return (
        *_fields("About the person", before.person, after.person),
        *_things("Around the person", before.people, after.people, _relation, lambda one: one.name),
        *_things("Outcome", before.outcomes, after.outcomes, _outcome, lambda one: one.text),
        *_supports(before, after, costs),
        *_things(
            "Risk",
            before.risks,
            after.risks,
            lambda one: f"{one.text} {one.action}".strip(),
            lambda one: one.text,
        ),
        *_fields("The plan", before, after),
        *_money(costs),
    )


_APART = {"person", "people", "outcomes", "supports", "risks", "id", "case", "format", "version", "parked"}


def _fields(about: str, before: Document, after: Document) -> Iterator[Change]:
    """Compare two documents field by field; what is a document itself, by what it holds."""
    for name in before.__struct_fields__:
        was, now = getattr(before, name), getattr(after, name)
        if was == now or (about == "The plan" and name in _APART):
            continue
        sign: Sign = "+" if was in (None, "") else ("-" if now in (None, "") else "~")
        yield Change(sign, about, name.replace("_", " "), _said(was), _said(now))


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Document):
        parts = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return ", ".join(f"{name.replace('_', ' ')} {part}" for name, part in parts if part not in (None, ""))
    return str(value)


def _things(
    about: str,
    before: tuple[Thing, ...],
    after: tuple[Thing, ...],
    whole: Callable[[Thing], str],
    short: Callable[[Thing], str],
) -> Iterator[Change]:
    old, new = ({one.id: one for one in things} for things in (before, after))
    for one in after:
        if one.id not in old:
            yield Change("+", about, short(one))
        elif old[one.id] != one:
            yield Change("~", about, short(one), whole(old[one.id]), whole(one))
    for one in before:
        if one.id not in new:
            yield Change("-", about, short(one))


def _supports(before: Plan, after: Plan, costs: tuple[Costing, Costing]) -> Iterator[Change]:
    old, new = ({one.id: one for one in plan.supports} for plan in (before, after))
    for one in after.supports:
        amounts = tuple(_amount(costing, one.id) for costing in costs)
        if one.id not in old:
            yield Change("+", "Support", one.what, after=_support(one), after_amount=amounts[1])
        elif old[one.id] != one or amounts[0] != amounts[1]:
            yield Change("~", "Support", one.what, _support(old[one.id]), _support(one), *amounts)
    for one in before.supports:
        if one.id not in new:
            yield Change("-", "Support", one.what, _support(one), before_amount=_amount(costs[0], one.id))


def _money(costs: tuple[Costing, Costing]) -> Iterator[Change]:
    for name in ("one_off", "recurring", "contingency", "cash_value", "total_budget"):
        was, now = (getattr(costing.totals, name) for costing in costs)
        if was != now:
            words = name.replace("_", " ").capitalize()
            yield Change(
                "~", "Money", words, show(was, costs[0].currency), show(now, costs[1].currency), was, now
            )


def _amount(costing: Costing, support: str) -> Decimal | None:
    line = costing.line(support)
    return line.amount if line is not None else None


def _relation(one: Relation) -> str:
    return ", ".join(part for part in (one.name, one.relationship) if part)


def _outcome(one: Outcome) -> str:
    return " / ".join(part for part in (one.text, one.baseline, one.success) if part)


def _support(one: Support) -> str:
    rate = f"at {one.rate.amount}" if one.rate is not None else ""
    paid = f"paid by {PAID_BY_WORDS[one.paid_by]}"
    return ", ".join(part for part in (one.what, who_words(one), level_words(one), rate, paid) if part)
