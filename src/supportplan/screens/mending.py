"""Where in the program a place in the plan can be mended: `supports[2].rate` is the price in the editor of that support."""

from supportplan.domain.plan import Plan
from supportplan.domain.short import shortened
from supportplan.screens.case_place import CasePlace
from supportplan.services.desk import Desk

_TALK = {
    "about", "important_to", "good_week", "important_for", "communication", "in_control", "managed_by", "action_plan",
}  # fmt: skip
_BASICS = {"period": "start", "review": "review", "profile": "profile", "currency": "profile"}
_MONEY = {
    "contingency": "contingency",
    "payments": "pay_every",
    "contribution": "contribution",
    "indicative": "indicative",
}
_SUPPORT = {
    "supporter": "who", "supporter.name": "name", "rate": "price", "rate.amount": "price", "rate.unit": "unit",
    "rate.schedule": "price", "rate.version": "price", "rate.reason": "reason",
}  # fmt: skip
_MORE = {
    "route": "route", "stream": "stream", "staff": "staff", "people": "people", "start": "start", "end": "end",
    "outcomes": "outcome-1", "rate.top_up.amount": "top_up", "rate.top_up.payer": "top_up_payer",
}  # fmt: skip
_OUTCOME = {"framework": "domain"}


def places_to_mend(desk: Desk, where: str, thing: str) -> list[CasePlace[None]]:
    """Return the screens that lead to where a finding can be mended, the last with the cursor in its field.

    `where` is its path in the plan, `thing` the id of what is there. None of them is needed where outcomes and supports
    are the place.
    """
    first, _, rest = where.partition(".")
    among = first.partition("[")[0]
    if among == "outcomes" and thing:
        from supportplan.screens.outcome import OutcomeWords

        return [OutcomeWords(desk, thing, at=_OUTCOME.get(rest, rest))]
    if among == "supports" and thing:
        return _in_a_support(desk, thing, rest)
    if among in ("risks", "emergency"):
        from supportplan.screens.risks import EmergencyForm, RiskForm, Risks

        if among == "emergency":
            return [EmergencyForm(desk, at=rest)]
        return [RiskForm(desk, thing, at=rest)] if thing else [Risks(desk)]
    if among in ("person", "people", "answers"):
        return [_about_the_person(desk, rest if among != "people" else "people")]
    if among in _MONEY:
        from supportplan.screens.money_rules import MoneyRules

        return [MoneyRules(desk, at=_MONEY[among])]
    if among in _BASICS:
        from supportplan.screens.basics import Basics

        return [Basics(desk, at=rest if rest in ("end", "term_weeks", "holiday_weeks") else _BASICS[among])]
    if among == "parked":
        from supportplan.screens.parked import Parked

        return [Parked(desk)]
    return []


def named(plan: Plan, thing: str) -> str:
    """Say in the family's own words which outcome, support or risk a finding is about; nothing where it is none."""
    words = {
        **{one.id: one.text for one in plan.outcomes},
        **{one.id: one.what for one in plan.supports},
        **{one.id: one.text for one in plan.risks},
    }.get(thing, "")
    return f"“{shortened(words, 40)}”" if words.strip() else ""


def _in_a_support(desk: Desk, support: str, field: str) -> list[CasePlace[None]]:
    from supportplan.screens.support import SupportEditor

    if field not in _MORE:
        return [SupportEditor(desk, support, at=_SUPPORT.get(field, field))]
    from supportplan.screens.support_more import SupportMore

    return [SupportEditor(desk, support), SupportMore(desk, support, at=_MORE[field])]


def _about_the_person(desk: Desk, name: str) -> CasePlace[None]:
    if name in _TALK or name == "people":
        from supportplan.screens.talk import Talk

        return Talk(desk, at=name)
    from supportplan.screens.basics import Basics

    return Basics(desk, at=name)
