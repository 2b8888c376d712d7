"""Versions, and what changed between them."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.compare import Change, compare
from supportplan.domain.costing import cost
from supportplan.domain.money import show
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.services.clock import when_words
from supportplan.services.desk import Desk
from supportplan.services.versions import Version, versions_of
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList


class Versions(CasePlace[None]):
    """The versions of the plan, and below them what the one under the cursor has otherwise than the one before it."""

    place = "versions"
    CSS_PATH = "versions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("versions", "case")
    AUTO_FOCUS = "RowList"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._versions: tuple[Version, ...] = ()
        self._changed = Content("")

    def body(self) -> Iterator[Widget]:
        """The list, and what changed."""
        yield RowList()
        with VerticalScroll(id="changes", can_focus=False):
            yield Static(id="changed")

    def show_plan(self) -> None:
        """Read the versions."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Versions")
        self._read()

    @work(exclusive=True)
    async def _read(self) -> None:
        with self.problems_said():
            self._versions = await self.away(versions_of, self.desk)
            self.query_one(RowList).show(list(_rows(self._versions)))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show what this version changed."""
        at = int(event.key)
        after, *earlier = self._versions[at:]
        shown = self.query_one("#changed", Static)
        if not earlier:
            self._changed = Content("The first version.")
            shown.update(self._changed)
            return
        changes = compare(earlier[0].plan, after.plan)
        lines = [
            typed(f"{earlier[0].name} -> {after.name}", "bold"),
            *(_said(one) for one in changes),
        ]
        self._changed = Content("\n").join(lines if changes else [*lines, Content("Nothing was changed.")])
        shown.update(self._changed)

    def copied(self) -> str:
        """Return all of what changed."""
        return self._changed.plain


def _rows(versions: tuple[Version, ...]) -> Iterator[Row]:
    for place, version in enumerate(versions):
        when = when_words(version.at) if version.at else "as it stands"
        left = Content.assemble(typed(f"{version.name}  {when}  "), typed(version.author))
        total = show(cost(version.plan).totals.cash_value, version.plan.money)
        yield Row((RowLine(left, typed(total)),), str(place))


def _said(change: Change) -> Content:
    """Write a change: its sign, what it is about, and how it was and is."""
    words = {"+": "added", "~": "changed", "-": "taken out"}[change.sign]
    lines = [Content.assemble(typed(f" {change.sign} {words}  {change.about}: "), typed(change.words))]
    if change.before and change.after:
        lines.append(Content.assemble("     was ", typed(change.before)))
        lines.append(Content.assemble("     now ", typed(change.after)))
    return Content("\n").join(lines)
