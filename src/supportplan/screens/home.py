"""Home: every case, those last worked on first; searching; what waits; where each was left; and where to begin."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.events import Mount
from textual.widget import Widget
from textual.widgets import Input, Static

from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.case_rows import BLOCK, CaseRows, Columns
from supportplan.screens.home_words import NEW, PRACTICE, about, said_of
from supportplan.screens.of_the_store import OfTheStore
from supportplan.screens.place import Place
from supportplan.services.case_list import Listing, begin_listing, cases_at, list_places, open_case
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.lines import beside, typed_lines
from supportplan.widgets.row_list import Row, RowLine, RowList
from supportplan.widgets.word_fields import WordsField

if TYPE_CHECKING:
    from textual import events

    from supportplan.services.case_list import Kept
    from supportplan.services.opening import Store

_MARK = "  "
_NEW, _PRACTICE = "+new", "+practice"
_ENDS = (
    Row((RowLine(Content("+ Start a new plan")),), _NEW),
    Row((RowLine(Content("+ Open the practice plan (nothing in it is real)")),), _PRACTICE),
)
_KEPT = (
    Option("all", "all"),
    Option("waiting", "needs me"),
    Option("drafts", "drafts"),
    Option("signed", "signed"),
)


class CaseHead(Widget):
    """The names of the columns, over those of the rows; `room` says how wide these are."""

    def __init__(self, room: Callable[[], int]) -> None:
        super().__init__()
        self._room = room

    def render(self) -> Content:
        """Paint the names."""
        room = self._room()
        names = Columns.of(room).head()
        return Content.assemble(_MARK, beside(names.left, names.right, room))


class Home(OfTheStore, Place[None]):
    """The list of cases."""

    place = "home"
    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("home")
    AUTO_FOCUS = "RowList"

    def __init__(self, store: "Store") -> None:
        super().__init__()
        self._store = store
        self._rows: CaseRows | None = None
        self._asked = ("", "all")
        self._opened = ""

    def body(self) -> Iterator[Widget]:
        """The search and what is shown, the list under the names of its columns, and the case under the cursor."""
        yield WordsField("Find", notes=False, id="find")
        yield OneOf("Show", _KEPT, id="kept", value="all")
        yield Static(id="said")
        rows = RowList(id="cases", height=1)
        yield CaseHead(lambda: rows.room)
        yield rows
        yield Static(id="about")

    @on(Mount)
    async def show_newest(self) -> None:
        """Show the cases that can be in view, which are there before anything is painted; and then all of them."""
        self.where("supportplan", self._store.author)
        with self.problems_said():
            begun = await self.away(begin_listing, self._store, first=BLOCK)
            self._show(begun, ("", "all"))
            # What has been loaded to come this far stays: looking it through again for what can be thrown away
            # would stop the program for a tenth of a second, now and then, in the middle of typing.
            gc.freeze()
            if len(begun.places) < begun.total:
                self.call_after_refresh(self.show_cases)

    def on_screen_resume(self) -> None:
        """Show who is at work and the cases as they stand now, with the cursor on the one that was open."""
        if self.painted.is_set():
            self.where("supportplan", self._store.author)
            self.show_cases()

    @work(exclusive=True, group="find")
    async def show_cases(self) -> None:
        """Show the cases that hold the words, of the kind that was chosen."""
        with self.problems_said():
            asked = (self.query_one("#find", WordsField).text, self.query_one("#kept", OneOf).value)
            kept, opened = cast("Kept", asked[1]), self._opened
            listing = await self.away(
                list_places, self._store, search=asked[0], kept=kept, first=BLOCK, case=opened
            )
            self._show(listing, asked)
            # Another may have been opened meanwhile: the cursor is to go to that one on the way back.
            if self._opened == opened:
                self._opened = ""

    def _show(self, listing: Listing, asked: tuple[str, str]) -> None:
        shown = self.query_one(RowList)
        rows = CaseRows(listing.places, listing.first, _ENDS, lambda: shown.room, self._ask)
        at = str(listing.at) if listing.at is not None else None
        if asked != self._asked:
            at = rows[0].key
        self._rows, self._asked = rows, asked
        self.query_one("#said", Static).update(typed_lines(said_of(listing, search=asked[0], kept=asked[1])))
        self.set_class(not listing.total, "-empty")
        shown.show(rows, at=at)
        self._show_about(shown.key)

    def _ask(self, rows: CaseRows, block: int) -> None:
        self.fetch(rows, block)

    @work(group="rows")
    async def fetch(self, rows: CaseRows, block: int) -> None:
        """Fetch cases that came into view. Nothing waits for them: their rows fill when they come."""
        try:
            rows.take(block, await asyncio.to_thread(cases_at, self._store, rows.places_in(block)))
        except Problem as problem:
            rows.take(block, "(this part of the list cannot be read: see supportplan doctor)")
            self.say(problem.what, caution=True)
        if rows is self._rows and not self.gone:
            shown = self.query_one(RowList)
            shown.refresh()
            self._show_about(shown.key)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Say more about the case under the cursor."""
        self._show_about(event.key)

    def _show_about(self, key: str) -> None:
        words = {_NEW: NEW, _PRACTICE: PRACTICE}.get(key)
        case = self._rows.case(key) if self._rows is not None else None
        said = typed_lines(words or "") if case is None else about(case)
        # It always has the same height: nothing else need be put in its place anew.
        self.query_one("#about", Static).update(said, layout=False)

    def on_field_changed(self) -> None:
        """Search while it is typed."""
        self.show_cases()

    def on_one_of_changed(self) -> None:
        """Show what was chosen."""
        self.show_cases()

    def entered(self) -> None:
        """From the search to what was found."""
        self.query_one(RowList).focus()

    def on_key(self, event: "events.Key") -> None:
        """Move through the cases while the search keeps the focus."""
        rows = self.query_one(RowList)
        moves = {
            "up": partial(rows.action_move, -1),
            "down": partial(rows.action_move, 1),
            "pageup": partial(rows.action_page, -1),
            "pagedown": partial(rows.action_page, 1),
        }
        if isinstance(self.focused, Input) and event.key in moves:
            moves[event.key]()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open a case, or begin one."""
        if event.key == _NEW:
            self.action_new_case()
        elif event.key == _PRACTICE:
            self.action_practice()
        else:
            self._open_place(int(event.key))

    @work(exclusive=True, group="open")
    async def _open_place(self, place: int) -> None:
        known = self._rows.case(str(place)) if self._rows is not None else None
        with self.problems_said():
            found = known or (await self.away(cases_at, self._store, [place])).get(place)
            if found is None:
                self.say("That case is no longer in the list.", caution=True)
                self.show_cases()
            else:
                await self._open(found.row.case)

    @work(exclusive=True, group="open")
    async def open_case(self, case: str) -> None:
        """Open a case where it was left."""
        with self.problems_said():
            await self._open(case)

    async def _open(self, case: str) -> None:
        from supportplan.screens.case_places import places_left

        with self.app.holding_keys():
            desk, left = await self.away(open_case, self._store, case)
            self._opened = case
            # Nothing of the places on the way is painted: who saw one would type for it, and not for where it leads.
            with self.app.batch_update():
                for screen in places_left(desk, left):
                    await self.app.push_screen(screen)

    @work(exclusive=True, group="new")
    async def action_new_case(self) -> None:
        """Ask for a name, and begin a plan."""
        from supportplan.screens.new_case import NewCase

        case = await self.app.push_screen_wait(NewCase(self._store))
        if case is not None:
            self.open_case(case)

    def action_schedules(self) -> None:
        """Look at the schedules of costs."""
        from supportplan.screens.schedules import Schedules

        self.app.push_screen(Schedules(self._store))

    def action_backup(self) -> None:
        """Back up."""
        from supportplan.screens.backups import Backups

        self.app.push_screen(Backups(self._store))

    def action_take_in(self) -> None:
        """Take in a case that was handed over."""
        self._take_in()

    @work(exclusive=True, group="take_in")
    async def _take_in(self) -> None:
        """Open the case that was taken in; where it has plans made apart now, at the choice between them.

        It is opened anew: what was open of it knows nothing of what came.
        """
        from supportplan.screens.take_in import TakeIn
        from supportplan.services.joining import is_apart

        case = await self.app.push_screen_wait(TakeIn(self._store))
        if case is None:
            return
        await self.app.action_visit("home")
        with self.problems_said():
            await self._open(case)
            place = self.app.screen
            if isinstance(place, Place):
                place.say("Taken in: it stands as it was handed over.")
            if await self.away(is_apart, self._store, case):
                await self.app.run_action("screen.go('together')", self.app.screen)

    def action_verify(self) -> None:
        """Check a sealed plan."""
        from supportplan.screens.verify import Verify

        self.app.push_screen(Verify(self._store))

    def action_settings(self) -> None:
        """Change the settings."""
        from supportplan.screens.settings import Settings

        self.app.push_screen(Settings())

    @work(exclusive=True, group="open")
    async def action_practice(self) -> None:
        """Open the practice case, and take it away again afterwards."""
        from supportplan.screens.heart import Heart
        from supportplan.services.practice import Practice

        practice = await self.away(Practice)
        try:
            desk = await self.away(practice.desk)
            await self.app.push_screen_wait(Heart(desk))
        finally:
            practice.close()

    def action_find(self) -> None:
        """Go to the search."""
        self.query_one("#find", WordsField).focus()

    def action_filter(self) -> None:
        """Show the next kind: all, what needs me, the drafts, the signed."""
        self.query_one("#kept", OneOf).action_step_round()

    def action_go_back(self) -> None:
        """Show all cases again, and go to the list; leaving is asked for with its own key."""
        self.query_one(RowList).focus()
        if self._asked != ("", "all"):
            self.query_one("#find", WordsField).show("")
            self.query_one("#kept", OneOf).show("all")
            self.show_cases()
