"""Edits of the money rules of a plan: contingency, payments and contribution, each begun with what is usual."""

from typing import Any

from msgspec.structs import replace

from supportplan.domain.money import Amount, Percent
from supportplan.domain.plan import Plan
from supportplan.domain.plan_money import Contingency, Contribution, Payments


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
