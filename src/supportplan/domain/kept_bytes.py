"""The bytes in which an edited plan is kept: whether they could be read again, asked before they are.

A value made in the program is not looked at by the decoder, so a text that is too long, or holds a sign that no plan
may hold, would be noticed only when the plan is opened next, and then nobody could open it.
"""

from functools import cache
from typing import Any, get_type_hints

import msgspec

from supportplan.domain.canonical import MOST_BYTES, Document, canonical, read
from supportplan.domain.plan import Plan, read_plan
from supportplan.domain.problems import BadDocument


def readable_bytes(after: Plan, before: Plan) -> bytes:
    """Return the canonical bytes of an edited plan, of which it is certain that they can be read again.

    `before` is a plan that was read, or has been through this: what both share is not looked at once more, so that an
    edit costs the same however long the plan is. Raises BadDocument with the place in the plan.
    """
    lists = [name for name in Plan.__struct_fields__ if isinstance(getattr(after, name), tuple)]
    for name in lists:
        _demand_parts(name, getattr(after, name), getattr(before, name))
    if any(
        getattr(after, name) is not getattr(before, name)
        for name in Plan.__struct_fields__
        if name not in lists
    ):
        read_plan(_written(msgspec.structs.replace(after, **dict.fromkeys(lists, ()))))
    found = canonical(after)
    if len(found) > MOST_BYTES:
        raise BadDocument(
            f"is larger than {MOST_BYTES // 1024**2} MB, which no plan is", mend="Shorten its texts."
        )
    return found


def _demand_parts(name: str, after: tuple[Document, ...], before: tuple[Document, ...]) -> None:
    """Demand that a list is not too long, and that its parts which were not there before can be read."""
    if after is before:
        return
    most = _most(name)
    if len(after) > most:
        raise BadDocument(f"has more than {most:,} entries", where=name, mend="Leave some out.")
    known = set(map(id, before))
    for place, part in enumerate(after):
        if id(part) not in known:
            try:
                read(_written(part), type(part))
            except BadDocument as problem:
                where = f"{name}[{place}]"
                raise BadDocument(
                    problem.what,
                    where=f"{where}.{problem.where}" if problem.where else where,
                    mend=problem.mend,
                ) from None


def _written(value: Document) -> bytes:
    try:
        return canonical(value)
    except UnicodeEncodeError:
        # The error itself carries the text.
        raise BadDocument(
            "holds half a character, as a broken copy and paste leaves it", mend="Type that text anew."
        ) from None


@cache
def _most(name: str) -> int:
    """Return how long a list of a plan may be, as its format says."""
    bounds: Any = get_type_hints(Plan, include_extras=True)[name].__metadata__[0]
    most: int = bounds.max_length
    return most
