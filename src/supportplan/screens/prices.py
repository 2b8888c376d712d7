"""The price list: search the schedules of costs, and choose a row."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.domain.plan_money import Rate
from supportplan.domain.problems import Problem
from supportplan.domain.units import per
from supportplan.screens.actions import bindings
from supportplan.screens.place import Place
from supportplan.services.desk import Desk
from supportplan.services.rate_choice import Priced, RateChoice, rate_choice
from supportplan.widgets.lines import fitted, typed
from supportplan.widgets.row_list import Row, RowLine, RowList
from supportplan.widgets.word_fields import WordsField


class Chosen(NamedTuple):
    """A price from the list: the rate that a plan keeps of it, and what the list calls what is paid for."""

    rate: Rate
    name: str


class Prices(Place[Chosen | None]):
    """Answers with the price that was chosen, or None."""

    place = "prices"
    CSS_PATH = "prices.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("prices")
    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._choice: RateChoice | None = None
        self._found: tuple[Priced, ...] = ()

    def body(self) -> Iterator[Widget]:
        """The search, the rows, and more about the one under the cursor."""
        yield WordsField("Find a price", id="find", notes=False)
        yield RowList(id="rates")
        yield Static(id="about")

    def on_mount(self) -> None:
        """Read the schedules."""
        self.where("Price list")
        self._read()

    def on_screen_resume(self) -> None:
        """Look once more where there was no price: a list may have been brought in meanwhile."""
        if self._choice is not None and not self._choice.count:
            self._read()

    @work(exclusive=True)
    async def _read(self) -> None:
        with self.problems_said():
            self._choice = await self.away(rate_choice, self._desk.store)
            self._search(self.query_one("#find", WordsField).text)

    def on_field_changed(self) -> None:
        """Search while it is typed."""
        self._search(self.query_one("#find", WordsField).text)

    def entered(self) -> None:
        """Use the row under the cursor."""
        self.query_one(RowList).action_choose()

    def on_key(self, event: object) -> None:
        """Move through the rows while the search keeps the focus."""
        key = getattr(event, "key", "")
        rows = self.query_one(RowList)
        if not rows.has_focus and key in ("up", "down", "pageup", "pagedown"):
            {"up": lambda: rows.action_move(-1), "down": lambda: rows.action_move(1)}.get(
                key, lambda: rows.action_page(-1 if key == "pageup" else 1)
            )()

    def _search(self, words: str) -> None:
        if self._choice is None:
            return
        self._found = self._choice.search(words, on=self._desk.plan.period.start)
        self.query_one(RowList).show(list(self._rows()), at="0")
        self.where("Price list", f"{len(self._found)} of {self._choice.count:,}")

    def _rows(self) -> Iterator[Row]:
        if not self._choice or not self._choice.count:
            yield Row(
                (
                    RowLine(
                        Content(
                            "No price is offered here. Ctrl+P, “Price lists”: bring one in, or offer one."
                        )
                    ),
                )
            )
        elif not self._found:
            yield Row((RowLine(Content("No price has such a name. Go back, and type a price of your own.")),))
        for number, priced in enumerate(self._found):
            row = priced.row
            name = Content.assemble(typed(row.name), typed(f"  {row.area}" if row.area else "", "$muted"))
            price = show(row.rate, self._desk.plan.money) if row.rate is not None else "by quote"
            unit = fitted(typed(per(row.unit)), 14)
            yield Row((RowLine(name, Content.assemble(typed(f"{price:>10} "), unit)),), str(number))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Say more about the row under the cursor."""
        priced = self._priced(event.key)
        if priced is None:
            return
        row = priced.row
        said = [f"{row.item_code}, {priced.schedule}, {priced.label}"]
        if priced.dated_example:
            said.append("A dated example: ask for this year's price list.")
        if row.valid_from or row.valid_to:
            first = f"from {day_words(row.valid_from)}" if row.valid_from else ""
            last = f"until {day_words(row.valid_to)}" if row.valid_to else ""
            said.append(f"Valid {' '.join(part for part in (first, last) if part)}")
        said += [part for part in (row.category, row.notes) if part]
        self.query_one("#about", Static).update(Content("\n").join([typed(part) for part in said]))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Use the row."""
        priced = self._priced(event.key)
        if self._choice is None or priced is None:
            return
        try:
            self.dismiss(Chosen(self._choice.rate(priced, self._desk.plan.money), priced.row.name))
        except Problem as problem:
            self.say_problem(problem)

    def _priced(self, key: str) -> Priced | None:
        """Return what a row stands for; None where other words were typed while it was moved to."""
        place = int(key)
        return self._found[place] if place < len(self._found) else None
