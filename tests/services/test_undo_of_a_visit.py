"""Undo and redo over a whole visit: back to the beginning and on to the end, through every plan on the way, also after a restart."""

import random
from pathlib import Path

from msgspec.structs import replace

from supportplan.domain.edits import (
    with_note,
    with_outcome,
    with_risk,
    with_support,
    without_outcome,
    without_support,
)
from supportplan.domain.money import Percent
from supportplan.domain.plan import Outcome, ParkedNote, Plan, Risk, Support
from supportplan.domain.plan_money import Contingency
from supportplan.services.cases import take_in
from supportplan.services.desk import Desk
from supportplan.services.practice import sample_plan
from supportplan.storage.database.clock import now
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store

PASSPHRASE = "seven small boats at anchor"
DEEDS = 60


def test_every_plan_of_a_visit_is_gone_through_backwards_and_forwards(tmp_path: Path) -> None:
    chance = random.Random(20261126)
    case = sample_plan().case
    store, _ = Store.create(tmp_path / "store", PASSPHRASE, at=now(), author="Pat", cost=FLOOR)
    with store:
        take_in(store, sample_plan())
        desk = Desk(store, case)
        plans = [desk.plan]
        for number in range(DEEDS):
            desk.change(_changed(desk.plan, number, chance), f"Deed {number}").result()
            plans.append(desk.plan)
        _all_back_and_on(desk, plans)
    with Store.unlock(tmp_path / "store", PASSPHRASE) as store:
        desk = Desk(store, case)
        assert desk.plan == plans[-1]
        _all_back_and_on(desk, plans)
        for _ in range(DEEDS // 2):
            desk.undo()
    with Store.unlock(tmp_path / "store", PASSPHRASE) as store:
        desk = Desk(store, case)
        assert desk.plan == plans[DEEDS - DEEDS // 2]
        for plan in plans[DEEDS - DEEDS // 2 + 1 :]:
            assert desk.redo() is not None
            assert desk.plan == plan
        assert desk.redo() is None


def _all_back_and_on(desk: Desk, plans: list[Plan]) -> None:
    for number in range(len(plans) - 2, -1, -1):
        assert desk.undo() == f"Deed {number}"
        assert desk.plan == plans[number]
    assert desk.undo() is None
    for number in range(1, len(plans)):
        assert desk.redo() == f"Deed {number - 1}"
        assert desk.plan == plans[number]
    assert desk.redo() is None


def _contingency() -> Contingency:
    return Contingency(held_by="family", percent=Percent("5"), of="recurring")


def _changed(plan: Plan, number: int, chance: random.Random) -> Plan:
    """Do one of the deeds of a visit, of any screen; each leaves another plan."""
    words = f"Words {number} [b] שרה " + "and more " * chance.randrange(30)
    deeds = [
        with_outcome(plan, Outcome(id=f"o-{number}", text=words)),
        with_support(
            plan, Support(id=f"s-{number}", what=words, paid_by="budget", kind="recurring", every="week")
        ),
        with_risk(plan, Risk(id=f"r-{number}", text=words)),
        with_note(plan, ParkedNote(id=f"n-{number}", text=words)),
        replace(plan, person=replace(plan.person, about=words)),
        replace(plan, contingency=None if plan.contingency else _contingency()),
    ]
    if plan.outcomes:
        deeds.append(without_outcome(plan, chance.choice(plan.outcomes).id))
    if plan.supports:
        deeds.append(without_support(plan, chance.choice(plan.supports).id))
    return chance.choice(deeds)
