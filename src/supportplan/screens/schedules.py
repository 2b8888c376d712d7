"""The schedules of costs: those in the store, their rows, bringing one in, and what a newer one changed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from supportplan.domain.schedules.repricing import difference
from supportplan.domain.schedules.row_words import price_words, row_words
from supportplan.domain.schedules.schedule import Row as RateRow
from supportplan.screens.actions import bindings
from supportplan.screens.of_the_store import OfTheStore
from supportplan.screens.place import Place
from supportplan.services.schedule_versions import (
    keep_schedule,
    list_schedules,
    load_schedule,
    offer,
    withdraw,
    withdrawn,
)
from supportplan.widgets.hanging_text import Hanging, HangingText
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList

if TYPE_CHECKING:
    from supportplan.services.opening import Store
    from supportplan.services.schedule_versions import ScheduleVersion

_IMPORT, _EXAMPLE = "+import", "+example"
_ABOUT = {
    _IMPORT: "A price list is what your council or authority pays for each kind of help. Ask for it as a spreadsheet: any CSV "
    "or Excel file will do that has a column with what is paid for, and one with the price. You see what was read before it is kept.",
    _EXAMPLE: "Prices that a council once published, to try things out with. They are out of date: plan nothing real with them.",
}


class Schedules(OfTheStore, Place[None]):
    """The versions in the store."""

    place = "schedules"
    CSS_PATH = "schedules.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("schedules")
    AUTO_FOCUS = "RowList"

    def __init__(self, store: "Store") -> None:
        super().__init__()
        self._store = store
        self._versions: tuple[ScheduleVersion, ...] = ()
        self._withdrawn: frozenset[str] = frozenset()

    def body(self) -> Iterator[Widget]:
        """The list, and below it the rows of the version under the cursor."""
        yield RowList(id="versions")
        with VerticalScroll(id="about", can_focus=False):
            yield HangingText(id="rows")

    def on_mount(self) -> None:
        """Read the versions."""
        self.where("Price lists")
        self.read()

    @work(exclusive=True, group="read")
    async def read(self) -> None:
        """Show the versions, those that came in last first."""
        with self.problems_said():
            self._versions = await self.away(list_schedules, self._store)
            self._withdrawn = await self.away(withdrawn, self._store)
            self.query_one("#versions", RowList).show(
                [
                    *(self._row(one) for one in self._versions),
                    Row((RowLine(Content("+ Bring in a price list (CSV or Excel)")),), _IMPORT),
                    Row((RowLine(Content("+ Take in the example prices of 2024")),), _EXAMPLE),
                ]
            )

    def _row(self, version: "ScheduleVersion") -> Row:
        prices = f"{version.rows:,} {'price' if version.rows == 1 else 'prices'}"
        said = f"withdrawn, {prices}" if version.id in self._withdrawn else prices
        return Row((RowLine(typed(f"{version.name}, {version.label}"), typed(said)),), version.id)

    @work(exclusive=True, group="read")
    async def action_withdraw(self) -> None:
        """Offer the prices of the version under the cursor no more, or again."""
        key = self.query_one("#versions", RowList).key
        version = next((one for one in self._versions if one.id == key), None)
        if version is None:
            self.say("Put the cursor on a price list first.")
            return
        with self.problems_said():
            if key in self._withdrawn:
                await self.away(offer, self._store, key)
                self.say("Offered again.")
            else:
                await self.away(withdraw, self._store, key)
                self.say("Withdrawn. Plans keep the prices that they have. W again offers it.")
        self.read()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the beginning of the version under the cursor, and what it changed."""
        self._look(event.key)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Bring one in."""
        if event.key == _IMPORT:
            self._import()
        elif event.key == _EXAMPLE:
            self._take_example()

    @work(exclusive=True, group="look")
    async def _look(self, key: str) -> None:
        version = next((one for one in self._versions if one.id == key), None)
        shown = self.query_one("#rows", HangingText)
        if version is None:
            shown.show([Hanging(Content(_ABOUT[key]))] if key in _ABOUT else [])
            return
        with self.problems_said():
            schedule = await self.away(load_schedule, self._store, version)
            lines = [Hanging(typed(schedule.source))] if schedule.source else []
            # The versions stand in the order in which they came in, which a clock need not agree with.
            older = self._versions[self._versions.index(version) + 1 :]
            earlier = next((one for one in older if one.name == version.name), None)
            if earlier is not None:
                changed = difference(await self.away(load_schedule, self._store, earlier), schedule)
                lines += [
                    Hanging(typed(f"Against {earlier.label}:", "bold")),
                    *_changes(changed, schedule.currency),
                ]
            lines += [_rate_line(row, schedule.currency) for row in schedule.rows[:200]]
            shown.show(lines)

    @work(exclusive=True, group="import")
    async def _import(self) -> None:
        from supportplan.screens.bring_in_prices import BringInPrices

        taken_in = await self.app.push_screen_wait(BringInPrices(self._store))
        if taken_in:
            self.say(taken_in)
        self.read()

    @work(exclusive=True, group="import")
    async def _take_example(self) -> None:
        from supportplan.services.schedules import sample_schedule

        with self.problems_said():
            schedule = await self.away(sample_schedule)
            new = await self.away(keep_schedule, self._store, schedule)
            self.say("Taken in: prices of 2024." if new else "It is here already.")
        self.read()


def _rate_line(row: RateRow, currency: str, *, mark: str = "") -> Hanging:
    return Hanging(
        typed(row_words(row)), typed(f"{mark}{row.item_code:<12} {price_words(row, currency):>20}  ")
    )


def _changes(found: Any, currency: str) -> Iterator[Hanging]:
    yield from (_rate_line(row, currency, mark="+ ") for row in found.added)
    yield from (_rate_line(row, currency, mark="- ") for row in found.removed)
    for change in found.changed:
        yield _rate_line(change.old, currency, mark="~ ")
        now = _rate_line(change.new, currency, mark="  becomes ")
        # What the row is called is said once, unless that is what has changed.
        yield now if change.new.name != change.old.name else now._replace(body=Content(""))
