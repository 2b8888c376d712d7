"""What is said about one support, put in its place: what was typed, and what was chosen. What no longer applies goes."""

from typing import Any, cast

from msgspec.structs import replace

from supportplan.domain.money import Quantity, UnitPrice
from supportplan.domain.plan import PaidBy, Support, Supporter, SupporterKind
from supportplan.domain.plan_money import Rate
from supportplan.domain.units import Every, Unit

# How often, where it is a one-off: in the place of an `Every`.
ONCE = "once"
# Units that are also how often something is paid.
_SPANS: tuple[Unit, ...] = ("week", "month", "year")


def with_typed(support: Support, name: str, value: Any) -> Support:
    """Put what was typed in its place in the support."""
    if name == "name":
        kind = support.supporter.kind if support.supporter else "other"
        return replace(support, supporter=Supporter(kind=kind, name=value or ""))
    if name == "price":
        return replace(support, rate=_rate(support, value))
    if name == "reason":
        own = support.rate is not None and not support.rate.item
        return (
            replace(support, rate=replace(support.rate, reason=value or ""))
            if own and support.rate
            else support
        )
    if name == "occasions":
        return replace(support, occasions=value if support.every == "occasion" else None)
    if name in ("what", "payer"):
        return replace(support, **{name: value or ""})
    return replace(support, **{name: value})


def _rate(support: Support, amount: UnitPrice | None) -> Rate | None:
    """Return the price as it was typed: one that differs from the schedule's is a price of our own."""
    if amount is None:
        return None
    rate = support.rate
    if rate is not None and rate.item and rate.amount == amount:
        return rate
    unit = support.unit or "each"
    return (
        Rate(amount=amount, unit=unit, reason=rate.reason, top_up=rate.top_up)
        if rate
        else Rate(amount=amount, unit=unit)
    )


def with_listed_price(support: Support, rate: Rate) -> Support:
    """Take a price from a schedule of costs, and count the support in what it is for.

    How much there is, and a top-up, stay where they counted the same unit, or none yet; else they have to be said anew.
    A support of which no more than that has been said is taken to go by the price: a year's price is paid once a year,
    and a thing with a price of its own is bought once. So is one that has to be counted anew by weeks, months or years.
    """
    uncounted = support.unit is None
    if support.quantity is None and support.rate is None and support.every == "week":
        support = _going_by(support, rate.unit)
    elif not uncounted and support.unit != rate.unit and support.every == "week" and rate.unit in _SPANS:
        support = with_chosen(support, "every", rate.unit)
    quantity = support.quantity if uncounted or support.unit == rate.unit else None
    before = support.rate
    top_up = before.top_up if before and (uncounted or before.unit == rate.unit) else None
    return replace(support, rate=replace(rate, top_up=top_up), unit=rate.unit, quantity=quantity)


def _going_by(support: Support, unit: Unit) -> Support:
    if unit == "each":
        return with_chosen(support, "every", ONCE)
    if unit in _SPANS:
        return replace(with_chosen(support, "every", unit), quantity=Quantity("1"))
    return support


def with_chosen(support: Support, name: str, key: str) -> Support:
    """Put what was chosen in its place in the support, and drop what no longer applies."""
    if name == "who":
        kind = cast("SupporterKind", key)
        name = support.supporter.name if support.supporter else ""
        # In-house services cost the budget nothing; only where somebody says so is it otherwise.
        paid_by = "in_house" if kind == "in_house" and support.paid_by == "budget" else support.paid_by
        return replace(support, supporter=Supporter(kind=kind, name=name), paid_by=paid_by)
    if name == "paid_by":
        return replace(support, paid_by=cast("PaidBy", key))
    if name == "unit":
        unit = cast("Unit", key)
        rate = support.rate
        own = rate is not None and not rate.item
        return replace(
            support, unit=unit, rate=replace(rate, unit=unit) if own and rate is not None else rate
        )
    if key == ONCE:
        return replace(support, kind="one_off", every=None, occasions=None)
    every = cast("Every", key)
    return replace(
        support,
        kind="recurring",
        every=every,
        on=None,
        occasions=support.occasions if every == "occasion" else None,
    )
