"""Home: every case, those last worked on first; searching; and where to begin."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from supportplan.domain.money import show
from supportplan.screens.actions import bindings
from supportplan.screens.place import Place
from supportplan.services.cases import CaseList, list_cases
from supportplan.widgets.fields import WordsField
from supportplan.widgets.lines import fitted, typed
from supportplan.widgets.row_list import Row, RowLine, RowList

if TYPE_CHECKING:
    from supportplan.services.cases import CaseRow
    from supportplan.services.opening import Store

_NEW, _PRACTICE = "+new", "+practice"


class Home(Place[None]):
    """The list of cases."""

    place = "home"
    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("home")
    AUTO_FOCUS = "RowList"

    def __init__(self, store: "Store") -> None:
        super().__init__()
        self._store = store

    def body(self) -> Iterator[Widget]:
        """The search, and the list."""
        yield WordsField("Find", notes=False, id="find")
        yield RowList(id="cases")

    def on_mount(self) -> None:
        """Show the cases."""
        self.where("supportplan", self._store.author)
        self.find("")

    def on_screen_resume(self) -> None:
        """Show the cases as they stand now."""
        if self.is_mounted:
            self.find(self.query_one("#find", WordsField).text)

    @work(exclusive=True, group="find")
    async def find(self, words: str) -> None:
        """Show the cases that hold the words, or all."""
        with self.problems_said():
            found = await self.away(list_cases, self._store, search=words, most=200)
            self.query_one(RowList).show([*_case_rows(found), *_beginnings(found)])

    def on_field_changed(self) -> None:
        """Search while it is typed."""
        self.find(self.query_one("#find", WordsField).text)

    def entered(self) -> None:
        """From the search to what was found."""
        self.query_one(RowList).focus()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open a case, or begin one."""
        if event.key == _NEW:
            self.action_new_case()
        elif event.key == _PRACTICE:
            self.open_practice()
        else:
            self.open_case(event.key)

    @work(exclusive=True, group="open")
    async def open_case(self, case: str) -> None:
        """Open a case where it was left."""
        from supportplan.screens.heart import Heart
        from supportplan.services.desk import Desk

        with self.problems_said():
            desk = await self.away(Desk, self._store, case)
            await self.app.push_screen(Heart(desk))

    @work(exclusive=True, group="new")
    async def action_new_case(self) -> None:
        """Ask for a name, and begin a plan."""
        from supportplan.screens.new_case import NewCase

        case = await self.app.push_screen_wait(NewCase(self._store))
        if case is not None:
            self.open_case(case)

    def reopened(self, store: "Store") -> None:
        """List the cases of the store that was opened again."""
        self._store = store

    def action_schedules(self) -> None:
        """Look at the schedules of costs."""
        from supportplan.screens.schedules import Schedules

        self.app.push_screen(Schedules(self._store))

    def action_backup(self) -> None:
        """Back up."""
        from supportplan.screens.backups import Backups

        self.app.push_screen(Backups(self._store))

    def action_settings(self) -> None:
        """Change the settings."""
        from supportplan.screens.settings import Settings

        self.app.push_screen(Settings())

    @work(exclusive=True, group="open")
    async def open_practice(self) -> None:
        """Open the practice case, and take it away again afterwards."""
        from supportplan.screens.heart import Heart
        from supportplan.services.desk import Desk
        from supportplan.services.practice import Practice

        practice = await self.away(Practice)
        try:
            desk = await self.away(Desk, practice.store, practice.case)
            await self.app.push_screen_wait(Heart(desk))
        finally:
            practice.close()

    def action_find(self) -> None:
        """Go to the search."""
        self.query_one("#find", WordsField).focus()

    def action_go_back(self) -> None:
        """From the search to the list; leave from the list is asked with its own key."""
        self.query_one(RowList).focus()


def _case_rows(found: CaseList) -> Iterator[Row]:
    if found.loosely:
        yield Row((RowLine(Content("Nothing is spelled so. Like it:")),))
    for case in found.rows:
        yield Row((_case_line(case),), case.case)
    if len(found.rows) < found.total and len(found.rows) == 200:
        yield Row((RowLine(Content(f"and more, of {found.total:,} in all: type a name above")),))


def _case_line(case: "CaseRow") -> RowLine:
    name = fitted(typed(case.name), 28)
    state = fitted(Content(case.state.replace("_", " ")), 20)
    total = show(case.cash_value, case.currency) if case.cash_value is not None else ""
    return RowLine(Content("  ").join([name, state]), Content(total))


def _beginnings(found: CaseList) -> Sequence[Row]:
    new = Row((RowLine(Content("+ Start a new plan")),), _NEW)
    practice = Row((RowLine(Content("+ Open the practice plan (nothing in it is real)")),), _PRACTICE)
    if found.total:
        return [new, practice]
    empty = "No plans yet. Begin with somebody's name; everything else can wait."
    return [Row((RowLine(Content(empty)), RowLine(Content("")))), new, practice]
