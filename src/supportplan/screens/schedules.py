"""The schedules of costs: those in the store, their rows, bringing one in, and what a newer one changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.money import show
from supportplan.domain.problems import Problem
from supportplan.domain.schedules.repricing import difference
from supportplan.domain.schedules.schedule import Row as RateRow
from supportplan.domain.units import per
from supportplan.screens.actions import bindings
from supportplan.screens.notice import Question
from supportplan.screens.place import Place
from supportplan.services.schedule_versions import (
    keep_schedule,
    list_schedules,
    load_schedule,
    remembered_mapping,
)
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.fields import WordsField
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList

if TYPE_CHECKING:
    from supportplan.services.opening import Store
    from supportplan.services.schedule_versions import ScheduleVersion
    from supportplan.services.schedules import ImportResult

_IMPORT, _EXAMPLE = "+import", "+example"


class Schedules(Place[None]):
    """The versions in the store."""

    place = "schedules"
    CSS_PATH = "schedules.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("schedules")
    AUTO_FOCUS = "RowList"

    def __init__(self, store: "Store") -> None:
        super().__init__()
        self._store = store
        self._versions: tuple[ScheduleVersion, ...] = ()

    def reopened(self, store: "Store") -> None:
        """Go on with the store that was opened again."""
        self._store = store

    def body(self) -> Iterator[Widget]:
        """The list, and below it the rows of the version under the cursor."""
        yield RowList(id="versions")
        with VerticalScroll(id="about", can_focus=False):
            yield Static(id="rows")

    def on_mount(self) -> None:
        """Read the versions."""
        self.where("Price lists")
        self.read()

    @work(exclusive=True, group="read")
    async def read(self) -> None:
        """Show the versions, those that came in last first."""
        with self.problems_said():
            self._versions = await self.away(list_schedules, self._store)
            rows = [
                Row((RowLine(typed(f"{one.name}, {one.label}"), Content(f"{one.rows:,} prices")),), one.id)
                for one in self._versions
            ]
            self.query_one("#versions", RowList).show(
                [
                    *rows,
                    Row((RowLine(Content("+ Bring in a price list (CSV or Excel)")),), _IMPORT),
                    Row((RowLine(Content("+ Take in the example prices of 2024")),), _EXAMPLE),
                ]
            )

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
        shown = self.query_one("#rows", Static)
        if version is None:
            shown.update(Content(""))
            return
        with self.problems_said():
            schedule = await self.away(load_schedule, self._store, version)
            lines = [typed(schedule.source)] if schedule.source else []
            # The versions stand in the order in which they came in, which a clock need not agree with.
            older = self._versions[self._versions.index(version) + 1 :]
            earlier = next((one for one in older if one.name == version.name), None)
            if earlier is not None:
                changed = difference(await self.away(load_schedule, self._store, earlier), schedule)
                lines += [
                    Content.styled(f"Against {earlier.label}:", "bold"),
                    *_changes(changed, schedule.currency),
                ]
            lines += [_rate_line(row, schedule.currency) for row in schedule.rows[:200]]
            shown.update(Content("\n").join(lines))

    @work(exclusive=True, group="import")
    async def _import(self) -> None:
        if await self.app.push_screen_wait(ImportFile(self._store)):
            self.say("Taken in.")
        self.read()

    @work(exclusive=True, group="import")
    async def _take_example(self) -> None:
        from supportplan.services.schedules import sample_schedule

        with self.problems_said():
            schedule = await self.away(sample_schedule)
            new = await self.away(keep_schedule, self._store, schedule)
            self.say("Taken in: a dated example." if new else "It is here already.")
        self.read()


class ImportFile(Question[bool]):
    """Asks for the file, shows what was found in it, and keeps it where the person says so."""

    AUTO_FOCUS = "Input"

    def __init__(self, store: "Store") -> None:
        super().__init__("Bring in a price list")
        self._store = store
        self._result: ImportResult | None = None

    def reopened(self, store: "Store") -> None:
        """Go on with the store that was opened again."""
        self._store = store

    def inside(self) -> Iterator[Widget]:
        """The file, what it is called, and the answer."""
        yield WordsField("File", id="file", notes=False)
        yield WordsField("Name", id="name", notes=False)
        yield WordsField(
            "Version", id="version", hint="Such as the day it takes effect. You may leave it out."
        )
        with VerticalScroll(can_focus=False):
            yield Static("", id="found", markup=False)
        yield Buttons([Option("look", "Look into it"), Option("keep", "Keep it"), Option("no", "Not now")])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Read the file, keep what was read, or go back."""
        if event.key == "no":
            self.dismiss(False)  # noqa: FBT003 - the answer itself
        elif event.key == "look":
            self._look()
        else:
            self._keep()

    @work(exclusive=True)
    async def _look(self) -> None:
        from supportplan.services.schedules import import_schedule

        file, name, version = (
            self.query_one(f"#{one}", WordsField).text.strip() for one in ("file", "name", "version")
        )
        found = self.query_one("#found", Static)
        found.update("Reading it.")
        try:
            self._result = await self.away(
                import_schedule,
                Path(file).expanduser(),
                name=name,
                version=version,
                remembered=lambda signature: remembered_mapping(self._store, signature),
            )
        except Problem as problem:
            found.update(Content(f"! {problem}. {problem.mend}"))
            return
        found.update(Content("\n").join(_found(self._result)))

    @work(exclusive=True)
    async def _keep(self) -> None:
        result = self._result
        if result is None or result.schedule is None:
            self._look()
            return
        try:
            await self.away(keep_schedule, self._store, result.schedule, result.mapping)
        except Problem as problem:
            self.query_one("#found", Static).update(Content(f"! {problem} {problem.mend}"))
            return
        self.dismiss(True)  # noqa: FBT003 - the answer itself


def _found(result: "ImportResult") -> Iterator[Content]:
    """Say what an import found: the columns, the good rows, and each bad one."""
    yield Content(
        f"{result.rows:,} rows read, {result.taken:,} of them good, {len(result.errors):,} with a problem."
    )
    for column in result.used.columns:
        yield typed(f"  {column.header or f'column {column.number}'} holds {column.field}")
    for error in result.errors[:20]:
        yield typed(f"! Row {error.row}, {error.column}: {error.reason}.")
    for warning in result.warnings:
        yield typed(f"Caution: {warning}")
    if result.errors and result.schedule is not None:
        yield Content("“Keep it” keeps the good rows.")


def _rate_line(row: RateRow, currency: str) -> Content:
    price = f"{show(row.rate, currency)} {per(row.unit)}" if row.rate is not None else "by quote"
    return typed(f"{row.item_code:<14} {price:>22}  {row.name}{f', {row.area}' if row.area else ''}")


def _changes(found: Any, currency: str) -> Iterator[Content]:
    for row in found.added:
        yield Content.assemble("+ ", _rate_line(row, currency))
    for row in found.removed:
        yield Content.assemble("- ", _rate_line(row, currency))
    for change in found.changed:
        yield Content.assemble(
            "~ ", _rate_line(change.old, currency), " becomes ", _rate_line(change.new, currency)
        )
