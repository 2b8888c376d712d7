"""The check code of a plan: a few signs that tell its versions apart, the same on every printed page and on the screen."""

from supportplan.domain.canonical import canonical, digest
from supportplan.domain.plan import Plan, shared

_SIGNS = 8


def check_code(plan: Plan) -> str:
    """Return the beginning of the hash of a plan as it is recorded: it changes with anything that is signed."""
    return digest(canonical(shared(plan)))[:_SIGNS]


def is_check_code(code: str, body: str) -> bool:
    """Say whether a check code is that of a recorded plan, by the hash of its bytes."""
    return code == body[:_SIGNS]
