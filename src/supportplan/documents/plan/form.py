"""A plan as a form to fill in with a text editor: every text has its place, also those that say nothing yet."""

import json
from typing import Any

import msgspec

from supportplan.domain.canonical import Document
from supportplan.domain.plan import Answers, Emergency, Plan

# Parts of a plan that hold nothing but texts: the form has them although the plan may not.
_TEXTS: dict[str, type[Answers | Emergency]] = {"answers": Answers, "emergency": Emergency}


def form(plan: Plan) -> bytes:
    """Write a plan as JSON with a place for every text and list; `filled_in` is the way back."""
    shown = _shown(
        msgspec.structs.replace(
            plan, **{name: getattr(plan, name) or kind() for name, kind in _TEXTS.items()}
        )
    )
    return json.dumps(shown, ensure_ascii=False, indent=2).encode() + b"\n"


def filled_in(plan: Plan) -> Plan:
    """Return a plan that was read from a form, without the parts where nothing was filled in."""
    blank = {name: None for name, kind in _TEXTS.items() if getattr(plan, name) == kind()}
    return msgspec.structs.replace(plan, **blank) if blank else plan


def _shown(value: object) -> Any:
    if isinstance(value, Document):
        found = {name: getattr(value, name) for name in value.__struct_fields__}
        return {name: _shown(part) for name, part in found.items() if part is not None}
    if isinstance(value, tuple):
        return [_shown(part) for part in value]
    return msgspec.to_builtins(value, enc_hook=str)
