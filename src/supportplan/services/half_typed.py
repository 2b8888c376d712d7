"""What somebody began to type and did not record yet: kept in the store until they come back to it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from supportplan.domain.problems import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supportplan.services.desk import Desk

_KEY = "half typed"


def keep_half_typed(desk: Desk, what: str, values: Mapping[str, str]) -> None:
    """Keep what stands in a sheet of a case; nothing at all forgets it. Nothing waits for it."""
    # A store that was locked meanwhile has it from before it was locked.
    with suppress(StoreProblem):
        desk.store.settings.put(_name(desk, what), msgspec.json.encode(values).decode() if values else "")


def half_typed(desk: Desk, what: str) -> dict[str, str]:
    """Return what was typed into a sheet of a case and not recorded; empty where there is nothing."""
    kept = desk.store.settings.get(_name(desk, what))
    try:
        return msgspec.json.decode(kept, type=dict[str, str]) if kept else {}
    except (msgspec.DecodeError, msgspec.ValidationError):
        return {}  # Another version of the program kept it otherwise.


def _name(desk: Desk, what: str) -> str:
    return f"{_KEY}: {what} {desk.case}"
