"""Changing the plan in plain mode: one that is signed or has ended not before somebody was asked."""

from supportplan.domain.plan import Plan
from supportplan.plain.asker import Asker
from supportplan.services.desk import Desk


def change(asker: Asker, desk: Desk, plan: Plan, deed: str) -> bool:
    """Change the plan and wait until it is saved; False where it is left as it is. Raises Leave, and as `Desk.change` does."""
    if not may_change(asker, desk, desk.asks_before(plan)):
        return False
    desk.change(plan, deed).result()
    return True


def may_change(asker: Asker, desk: Desk, asked: str) -> bool:
    """Say what a change would mean, where there is anything to say, and ask whether it is wanted. Raises Leave."""
    if not asked:
        return True
    asker.say(asked)
    if not asker.yes("Change it?"):
        asker.say("It is left as it is.")
        return False
    desk.let_change()
    return True
