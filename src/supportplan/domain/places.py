"""Places in a document as people count them: `supports[0].rate` is support 1, its rate."""

import re

_STEP = re.compile(r"([a-z_]{1,32})(?:\[([0-9]{1,6})\])?", re.ASCII)
_ONE = {
    "people": "person",
    "outcomes": "outcome",
    "supports": "support",
    "risks": "risk",
    "parked": "note",
    "rows": "row",
    "signers": "signer",
    "streams": "stream",
    "routes": "route",
}


def place_words(path: str) -> str:
    """Say a path in words: `support 1, rate`. Empty where it is none, or is a word that says itself."""
    steps = [_STEP.fullmatch(step) for step in path.split(".")]
    if not path or not all(steps):
        return ""
    words = ", ".join(_step_words(step[1], step[2]) for step in steps if step)
    return words if words != path else ""


def in_words(where: str) -> str:
    """Say where a problem is, such as `plan.json, supports[0].rate`, as people count; the path follows in brackets."""
    before, comma, path = where.rpartition(", ")
    words = place_words(path) if "[" in path or (comma and "." in path) else ""
    return f"{before}{comma}{words} ({path})" if words else where


def _step_words(name: str, place: str | None) -> str:
    if place is None:
        return name.replace("_", " ")
    one = _ONE.get(name)
    number = int(place) + 1
    return f"{one} {number}" if one else f"{name.replace('_', ' ')}, number {number}"
