"""Versions that were made apart from one another: what they have otherwise, side by side, and which one goes on."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.costing import cost
from supportplan.domain.money import show
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.notice import Sure
from supportplan.services.clock import when_words
from supportplan.services.desk import Desk
from supportplan.services.joining import differences, go_on_with, made_apart
from supportplan.services.versions import Version
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList

_ONE = "There is one plan only: nothing has to be chosen."


class BringTogether(CasePlace[None]):
    """The versions, and below them how the one under the cursor differs from the others. Enter goes on with it."""

    place = "together"
    CSS_PATH = "bring_together.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("together", "case")
    AUTO_FOCUS = "RowList"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._apart: tuple[Version, ...] = ()
        self._said = Content("")

    def body(self) -> Iterator[Widget]:
        """The list, and the differences."""
        yield RowList()
        with VerticalScroll(id="differences", can_focus=False):
            yield Static(id="said")

    def show_plan(self) -> None:
        """Read the versions."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Versions made apart")
        self._read()

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        with self.problems_said():
            self._apart = await self.away(made_apart, self.desk)
            rows = list(_rows(self._apart)) or [Row((RowLine(Content(_ONE)),), "")]
            self.query_one(RowList).show(rows)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show how this version differs from the others."""
        self._said = Content("\n").join(_differing(self._apart, event.key))
        self.query_one("#said", Static).update(self._said)

    @work(exclusive=True, group="choose")
    async def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go on with this version, once more asked."""
        version = next((one for one in self._apart if one.entry == event.key), None)
        if version is None:
            return
        sure = Sure(
            f"Go on with {version.name}, by {version.author}?",
            "The plan goes on as that version has it. The others stay in the case, to be looked at. What was signed before "
            "has to be signed again.",
            yes="Go on with it",
        )
        if not await self.app.push_screen_wait(sure):
            return
        with self.problems_said():
            await self.away(go_on_with, self.desk, version)
            self.show_all()
            self.say(f"The plan goes on with {version.name}.")

    def copied(self) -> str:
        """Return all of what differs."""
        return self._said.plain


def _rows(apart: tuple[Version, ...]) -> Iterator[Row]:
    for version in apart:
        left = Content.assemble(typed(f"{version.name}  {when_words(version.at)}  "), typed(version.author))
        total = show(cost(version.plan).totals.cash_value, version.plan.money)
        yield Row((RowLine(left, typed(total)),), version.entry)


def _differing(apart: tuple[Version, ...], entry: str) -> Iterator[Content]:
    this = next((one for one in apart if one.entry == entry), None)
    if this is None:
        return
    yield typed(f"Enter goes on with {this.name}. The others stay in the case, to be looked at.")
    for other in apart:
        if other is this:
            continue
        yield Content("")
        yield typed(f"{this.name} and {other.name} differ", "bold")
        names = [this.name, other.name]
        width = max(map(len, names))
        for found in differences(this, other):
            yield typed(found.about)
            for name, said in zip(names, (found.one, found.other), strict=True):
                yield Content.assemble(typed(f"   {name:<{width}}  "), typed(said or "not in it"))
