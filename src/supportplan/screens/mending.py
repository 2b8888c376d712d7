"""Where in the program a place in the plan can be mended: `supports[2].rate` is the editor of that support."""

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


def place_to_mend(desk: Desk, where: str, thing: str) -> CasePlace[None]:
    """Return the screen where a finding can be mended; `where` is its path in the plan, `thing` the id of what is there."""
    first, _, rest = where.partition(".")
    among = first.partition("[")[0]
    if among == "outcomes" and thing:
        from supportplan.screens.outcome import OutcomeWords

        return OutcomeWords(desk, thing)
    if among == "supports" and thing:
        from supportplan.screens.support import SupportEditor

        return SupportEditor(desk, thing)
    if among in ("risks", "emergency"):
        from supportplan.screens.risks import EmergencyForm, RiskForm, Risks

        if among == "emergency":
            return EmergencyForm(desk)
        return RiskForm(desk, thing) if thing else Risks(desk)
    if among in ("person", "people", "answers"):
        return _about_the_person(desk, rest if among != "people" else "people")
    if among in _MONEY:
        from supportplan.screens.money_rules import MoneyRules

        return MoneyRules(desk, at=_MONEY[among])
    if among in _BASICS:
        from supportplan.screens.basics import Basics

        return Basics(desk, at=_BASICS[among])
    if among == "parked":
        from supportplan.screens.parked import Parked

        return Parked(desk)
    from supportplan.screens.heart import Heart

    return Heart(desk)


def _about_the_person(desk: Desk, name: str) -> CasePlace[None]:
    if name in _TALK or name == "people":
        from supportplan.screens.talk import Talk

        return Talk(desk, at=name)
    from supportplan.screens.basics import Basics

    return Basics(desk, at=name)
