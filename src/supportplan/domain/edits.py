"""Edits of a plan: each returns a new plan, and leaves nothing in it that names what is no longer there."""

from typing import TypeVar

from msgspec.structs import replace

from supportplan.domain.plan import Outcome, ParkedNote, Plan, Relation, Risk, Support

Thing = TypeVar("Thing", Relation, Outcome, Support, Risk, ParkedNote)


def with_outcome(plan: Plan, outcome: Outcome) -> Plan:
    """Put an outcome in the place of the one with its id, or at the end."""
    return replace(plan, outcomes=_put(plan.outcomes, outcome))


def with_support(plan: Plan, support: Support) -> Plan:
    """Put a support in the place of the one with its id, or at the end."""
    return replace(plan, supports=_put(plan.supports, support))


def with_relation(plan: Plan, relation: Relation) -> Plan:
    """Put somebody around the person in the place of the one with the same id, or at the end."""
    return replace(plan, people=_put(plan.people, relation))


def with_risk(plan: Plan, risk: Risk) -> Plan:
    """Put a risk in the place of the one with its id, or at the end."""
    return replace(plan, risks=_put(plan.risks, risk))


def with_note(plan: Plan, note: ParkedNote) -> Plan:
    """Put a parked note in the place of the one with its id, or at the end."""
    return replace(plan, parked=_put(plan.parked, note))


def without_note(plan: Plan, note: str) -> Plan:
    """Take a parked note out."""
    return replace(plan, parked=tuple(one for one in plan.parked if one.id != note))


def without_outcome(plan: Plan, outcome: str) -> Plan:
    """Take an outcome out, with the supports that serve it alone. Others that served it serve what they did beside it."""
    only = {one.id for one in plan.supports if one.outcomes == (outcome,)}
    supports = tuple(
        replace(one, outcomes=_less(one.outcomes, {outcome})) if outcome in one.outcomes else one
        for one in plan.supports
        if one.id not in only
    )
    outcomes = tuple(one for one in plan.outcomes if one.id != outcome)
    return replace(plan, outcomes=outcomes, supports=supports, risks=_forget(plan.risks, only))


def without_support(plan: Plan, support: str) -> Plan:
    """Take a support out. Risks that named it stay."""
    supports = tuple(one for one in plan.supports if one.id != support)
    return replace(plan, supports=supports, risks=_forget(plan.risks, {support}))


def without_relation(plan: Plan, relation: str) -> Plan:
    """Take somebody out of the people around the person."""
    return replace(plan, people=tuple(one for one in plan.people if one.id != relation))


def without_risk(plan: Plan, risk: str) -> Plan:
    """Take a risk out."""
    return replace(plan, risks=tuple(one for one in plan.risks if one.id != risk))


def moved_outcome(plan: Plan, outcome: str, step: int) -> Plan:
    """Move an outcome up (-1) or down (1) by a place; at the end of the list nothing changes."""
    outcomes = list(plan.outcomes)
    at = next(place for place, one in enumerate(outcomes) if one.id == outcome)
    to = min(max(at + step, 0), len(outcomes) - 1)
    outcomes.insert(to, outcomes.pop(at))
    return replace(plan, outcomes=tuple(outcomes))


def supports_of(plan: Plan, outcome: str) -> tuple[Support, ...]:
    """Return the supports that serve an outcome; with an empty id those that serve none."""
    return tuple(
        one for one in plan.supports if outcome in one.outcomes or (not outcome and not one.outcomes)
    )


def _put(things: tuple[Thing, ...], thing: Thing) -> tuple[Thing, ...]:
    known = any(one.id == thing.id for one in things)
    return tuple(thing if one.id == thing.id else one for one in things) if known else things + (thing,)  # noqa: RUF005


def _less(ids: tuple[str, ...], gone: set[str]) -> tuple[str, ...]:
    return tuple(one for one in ids if one not in gone)


def _forget(risks: tuple[Risk, ...], supports: set[str]) -> tuple[Risk, ...]:
    return tuple(
        replace(risk, supports=_less(risk.supports, supports)) if supports & set(risk.supports) else risk
        for risk in risks
    )
