"""The copies that were given out: which, when, to whom; and the same one again."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.print_and_open import PrintAndOpen
from supportplan.services.clock import when_words
from supportplan.services.desk import Desk
from supportplan.services.issuing import CopyGiven, copies_given, given_words
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList

_NONE = "No copy has been given out yet. “Print, open or save” gives one out."
_SOME = "Enter gives the very same copy again."


class CopiesGiven(CasePlace[None]):
    """The list of copies, the newest first."""

    place = "copies"
    CSS_PATH = "copies_given.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("copies", "case")
    AUTO_FOCUS = "RowList"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._given: tuple[CopyGiven, ...] = ()

    def body(self) -> Iterator[Widget]:
        """What the list is, and the list."""
        yield Static("", id="said", markup=False)
        yield RowList()

    def show_plan(self) -> None:
        """Read which there are."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Copies given out")
        self._read()

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        with self.problems_said():
            self._given = await self.away(copies_given, self.desk.store, self.desk.case)
            self.query_one("#said", Static).update(Content(_SOME if self._given else _NONE))
            self.query_one(RowList).show([_row(one) for one in self._given])

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Give the very same copy again."""
        given = next(one for one in self._given if one.entry == event.key)
        if given.kept:
            self.app.push_screen(PrintAndOpen(self.desk, again=given))
        else:
            self.say(
                "That file is not kept here: it was given out before files were, or on another computer."
            )


def _row(given: CopyGiven) -> Row:
    what = typed(given_words(given))
    note = f"  {when_words(given.at)}, by "
    return Row((RowLine(what), RowLine(Content.assemble(note, typed(given.by)))), given.entry)
