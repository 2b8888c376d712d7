"""The JSON copy of a plan: the plan document itself, laid out so that people can read it too."""

import msgspec

from supportplan.domain.canonical import canonical
from supportplan.domain.plan import Plan


def plan_json(plan: Plan) -> bytes:
    """Write a plan as indented JSON. Reading it back gives the same plan, with the same canonical bytes and hash."""
    return msgspec.json.format(canonical(plan), indent=2) + b"\n"
