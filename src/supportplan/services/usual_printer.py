"""Which printer is used where: remembered for the printers that there are, as at the office, or with a portable one."""

from collections.abc import Sequence

import msgspec

from supportplan.domain.decodable import decodable
from supportplan.services.printing import Printer
from supportplan.storage.store import Store

_KEY = "printers"
# So many places are remembered, those where something was printed last.
_MOST_PLACES = 30


class _Used(msgspec.Struct, frozen=True):
    """What was used where these printers were: the names of all that there were, the one, and whether on both sides."""

    there: tuple[str, ...]
    printer: str
    two_sided: bool


def remembered_printer(store: Store, there: Sequence[Printer]) -> tuple[str, bool]:
    """Return the printer to offer where these are, and whether on both sides.

    It is the one that was used last where the very same ones were; or else the one used last that is here; or else the
    computer's usual one.
    """
    names = tuple(sorted(one.name for one in there))
    used = _used(store)
    for one in [one for one in used if one.there == names] + used:
        if one.printer in names:
            return one.printer, one.two_sided
    first = next((one for one in there if one.usual), there[0] if there else None)
    return ("", False) if first is None else (first.name, first.both_sides)


def remember_printer(store: Store, there: Sequence[Printer], printer: str, *, two_sided: bool) -> None:
    """Remember what was used where these printers are. Nothing waits for it."""
    names = tuple(sorted(one.name for one in there))
    kept = [_Used(names, printer, two_sided), *(one for one in _used(store) if one.there != names)]
    store.settings.put(_KEY, msgspec.json.encode(kept[:_MOST_PLACES]).decode())


def _used(store: Store) -> list[_Used]:
    try:
        return msgspec.json.decode(store.settings.get(_KEY) or "[]", type=decodable(list[_Used]))
    except msgspec.DecodeError:
        return []
