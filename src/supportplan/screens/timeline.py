"""What happened so far: who did what when, and what of it does not count any more."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.days import day_words
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.services.clock import when_words
from supportplan.services.desk import Desk
from supportplan.services.timeline import Happening, timeline_of
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList


class Timeline(CasePlace[None]):
    """Everything that was recorded in the case, the newest first, and below it all about the one under the cursor."""

    place = "timeline"
    CSS_PATH = "timeline.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline", "case")
    AUTO_FOCUS = "RowList"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._happened: tuple[Happening, ...] = ()

    def body(self) -> Iterator[Widget]:
        """The list, and all about one."""
        yield RowList()
        with VerticalScroll(id="more", can_focus=False):
            yield Static(id="about")

    def show_plan(self) -> None:
        """Read what happened."""
        self.where(self.plan.person.known_as or self.plan.person.name, "All that happened so far")
        self._read()

    @work(exclusive=True)
    async def _read(self) -> None:
        with self.problems_said():
            found = await self.away(timeline_of, self.desk.store, self.desk.case)
            self._happened = tuple(reversed(found))
            nothing = Row((RowLine(Content("Nothing is recorded yet: the plan is a draft.")),))
            self.query_one(RowList).show(list(_rows(self._happened)) or [nothing])

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Say all about it."""
        one = next((one for one in self._happened if one.entry == event.key), None)
        if one is not None:
            self.query_one("#about", Static).update(Content("\n").join(_about(one)))

    def copied(self) -> str:
        """Return all of it."""
        return "\n".join(line.plain for one in self._happened for line in (_line(one), *_about(one)))


def _rows(happened: tuple[Happening, ...]) -> Iterator[Row]:
    for one in happened:
        void = [RowLine(typed(f"    void: {one.void}", "bold"))] if one.void else []
        yield Row((RowLine(_line(one)), *void), one.entry)


def _line(one: Happening) -> Content:
    return Content.assemble(typed(f"{when_words(one.at)}  "), typed(one.words))


def _about(one: Happening) -> Iterator[Content]:
    yield typed(typed(f"{one.words}.").plain, "bold")
    if one.void:
        yield typed(f"It does not count: {one.void}")
    yield from (typed(line) for line in one.more)
    on = f" Dated {day_words(one.on)}." if one.on is not None else ""
    yield typed(f"Recorded by {one.by}, {when_words(one.at)}, by that computer's clock.{on}")
