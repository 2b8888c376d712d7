"""Plans of one case that were made apart from one another: looked at side by side, and one of them gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from supportplan.domain.cases.entries import newest_plans
from supportplan.domain.compare import compare
from supportplan.domain.plan import shared
from supportplan.domain.problems import NotFound
from supportplan.services.recording import join_plans
from supportplan.services.versions import versions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supportplan.services.desk import Desk
    from supportplan.services.versions import Version
    from supportplan.storage.store import Store


class Difference(NamedTuple):
    """Something that two plans have otherwise: what it is about, and how each has it; empty where one has it not at all."""

    about: str
    one: str
    other: str


def is_apart(store: Store, case: str) -> bool:
    """Say whether a case has plans that were made apart, of which one is still to be chosen."""
    return len(newest_plans(store.records(case, blobs=False))) > 1


def made_apart(desk: Desk) -> tuple[Version, ...]:
    """Return the plans that were made apart from one another, the newest first; none where there is one plan only.

    What stands on the desk is recorded before, so that it is among them. Waits until the disk has it.
    """
    if not is_apart(desk.store, desk.case):
        return ()
    desk.keep()
    newest = {one.entry.id for one in newest_plans(desk.store.records(desk.case, blobs=False))}
    return tuple(one for one in versions_of(desk) if one.entry in newest)


def go_on_with(desk: Desk, version: Version) -> None:
    """Go on with one of the plans that were made apart, on the desk and in the record; the others stay to be looked at.

    Waits until the disk has it. Raises NotFound where it is none of them any more.
    """
    if version.entry not in {one.entry for one in made_apart(desk)}:
        raise NotFound("That version is not one to choose from.", mend="Look at the versions again.")
    join_plans(desk.store, desk.case, version.entry)
    if version.plan != shared(desk.plan):
        # The notes that are parked here stay.
        chosen = replace(version.plan, parked=desk.plan.parked)
        desk.change(chosen, f"Went on with {version.name}, by {version.author}").result()
    desk.look_again()


def differences(one: Version, other: Version) -> Iterator[Difference]:
    """Say, side by side, what two versions have otherwise, in the order of the plan."""
    for change in compare(one.plan, other.plan):
        there = change.words if change.sign != "~" else "another"
        yield Difference(
            f"{change.about}: {change.words}",
            "" if change.sign == "+" else change.before or there,
            "" if change.sign == "-" else change.after or there,
        )
