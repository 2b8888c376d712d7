"""A new case: its first plan as the profile starts it, kept as the draft."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from supportplan.domain.canonical import canonical
from supportplan.domain.new_plan import new_plan
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import BadInput
from supportplan.services.clock import new_id, today
from supportplan.services.profiles import GENERAL, load_profile

if TYPE_CHECKING:
    from supportplan.storage.store import Store

MOST_SIGNS_OF_A_NAME = 200


def first_plan(name: str, *, known_as: str = "", profile: str = GENERAL, start: date | None = None) -> Plan:
    """Start the plan of a new case: for a year, from `start` or else today, as the profile says.

    Raises NotFound for the profile, and BadInput for a name or a start that no plan can have.
    """
    return new_plan(
        load_profile(profile),
        plan_id=new_id(),
        case_id=new_id(),
        name=_name(name, "the person's name"),
        start=start or today(),
        known_as=_name(known_as, "what the person is called") if known_as.strip() else "",
    )


def begin_case(store: Store, plan: Plan) -> None:
    """Keep the first plan of a new case as its draft, and wait until the disk has it."""
    body = canonical(plan)
    read_plan(body)
    store.drafts.save(plan.case, body, "Began the plan").result()


def _name(typed: str, what: str) -> str:
    """Return a name with single spaces between its words; raise BadInput, which does not repeat it."""
    name = " ".join(typed.split())
    if not any(sign.isalpha() for sign in name):
        raise BadInput(
            f"{what} needs at least one letter", mend="Give the name people use; it can be changed later."
        )
    if not name.isprintable():
        raise BadInput(f"{what} holds signs that cannot be shown", mend="Type the name again.")
    if len(name) > MOST_SIGNS_OF_A_NAME:
        raise BadInput(f"{what} is longer than {MOST_SIGNS_OF_A_NAME} letters", mend="Shorten it.")
    return name
