"""Edits of the money rules of a plan: contingency, payments and contribution, each begun with what is usual.

What is emptied goes back to what is usual too: a contingency of nothing, the first day of the plan.
"""

from datetime import date
from typing import Any

from msgspec.structs import replace

from supportplan.domain.money import Amount, Percent
from supportplan.domain.plan import Plan
from supportplan.domain.plan_money import Contingency, Contribution, Holder, Payments

WAY_WORDS = {"none": "none", "percent": "a percentage", "amount": "an amount"}
OF_WORDS = {"recurring": "recurring money", "one_off": "one-off money", "all": "both"}
HOLDER_WORDS: dict[Holder, str] = {"family": "the family", "authority": "the authority"}


def contingency_way(plan: Plan) -> str:
    """Say how the contingency is worked out: `none`, `percent` or `amount`."""
    if plan.contingency is None:
        return "none"
    return "percent" if plan.contingency.percent is not None else "amount"


def with_way(plan: Plan, way: str) -> Plan:
    """Work the contingency out in another way, beginning with what is usual."""
    held_by = plan.contingency.held_by if plan.contingency else "family"
    if way == "none":
        return replace(plan, contingency=None)
    if way == "amount":
        return replace(plan, contingency=Contingency(held_by=held_by, amount=Amount("0.00")))
    return replace(plan, contingency=Contingency(held_by=held_by, percent=Percent("5"), of="recurring"))


def with_contingency(plan: Plan, **changes: Any) -> Plan:
    """Change what the plan says about its contingency; where it has none, nothing changes."""
    return replace(plan, contingency=replace(plan.contingency, **changes)) if plan.contingency else plan


def with_percent(plan: Plan, percent: Percent | None) -> Plan:
    """Set a percentage aside. Emptied it is nothing, and who holds it and of which money it is part stay as they are."""
    return with_contingency(plan, percent=Percent("0") if percent is None else percent)


def with_fixed_amount(plan: Plan, amount: Amount | None) -> Plan:
    """Set a fixed amount aside, also in the place of a top-slice. Emptied it is nothing, and who holds it stays."""
    return with_contingency(plan, amount=Amount("0.00") if amount is None else amount, top_slice=None)


def with_first_payment(plan: Plan, first: date | None) -> Plan:
    """Pay from a day on, beginning with what is usual. Emptied that is the plan's first day, where it is paid at all."""
    if first is None and plan.payments is None:
        return plan
    return with_payments(plan, first=plan.period.start if first is None else first)


def with_payments(plan: Plan, **changes: Any) -> Plan:
    """Change how the money is paid, beginning with what is usual."""
    usual = plan.payments or Payments(every="four_weeks", first=plan.period.start)
    return replace(plan, payments=replace(usual, **changes))


def with_contribution(plan: Plan, amount: Amount | None) -> Plan:
    """Put in what the person pays towards the plan, or take it out."""
    if amount is None:
        return replace(plan, contribution=None)
    usual = plan.contribution or Contribution(amount=amount, every="week")
    return replace(plan, contribution=replace(usual, amount=amount))
