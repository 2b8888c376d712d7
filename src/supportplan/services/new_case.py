"""A new case: its first plan as the profile starts it, kept as the draft."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from supportplan.domain.canonical import canonical
from supportplan.domain.new_plan import begins_with, new_plan
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.typed import typed_name
from supportplan.services.clock import new_id, today
from supportplan.services.profiles import GENERAL, load_profile

if TYPE_CHECKING:
    from supportplan.storage.store import Store


def first_plan(name: str, *, known_as: str = "", profile: str = GENERAL, start: date | None = None) -> Plan:
    """Start the plan of a new case: for a year, from `start` or else today, as the profile says.

    Raises NotFound for the profile, and BadInput for a name or a start that no plan can have.
    """
    return new_plan(
        load_profile(profile),
        plan_id=new_id(),
        case_id=new_id(),
        name=typed_name(name, "The person's name"),
        start=start or today(),
        known_as=typed_name(known_as, "What the person is called") if known_as.strip() else "",
    )


def how_it_begins(profile: str = GENERAL) -> str:
    """Say in a sentence what a plan begins with under a profile. Raises NotFound for the profile."""
    return begins_with(load_profile(profile))


def begin_case(store: Store, plan: Plan) -> None:
    """Keep the first plan of a new case as its draft, and wait until the disk has it."""
    body = canonical(plan)
    read_plan(body)
    store.drafts.save(plan.case, body, "Began the plan").result()
