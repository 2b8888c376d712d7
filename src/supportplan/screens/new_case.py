"""A new case: whose plan it is. Nothing else is needed to begin."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem
from supportplan.screens.notice import Notice, Question
from supportplan.screens.of_the_store import OfTheStore
from supportplan.services.new_case import begin_case, first_plan, how_it_begins
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines
from supportplan.widgets.word_fields import WordsField

if TYPE_CHECKING:
    from supportplan.services.opening import Store


class NewCase(OfTheStore, Question["str | None"]):
    """Asks for the person's name and what they like to be called; answers with the id of the case."""

    DEFAULT_CSS = "NewCase #begins { margin-top: 1; }"
    AUTO_FOCUS = "Input"

    def __init__(self, store: "Store") -> None:
        super().__init__("A new plan")
        self._store = store

    def inside(self) -> Iterator[Widget]:
        """Ask for the name."""
        yield Static(Content("Whose plan is it? A name is all that is needed to begin."))
        yield WordsField("Full name", id="name")
        yield WordsField("Likes to be called", id="known_as", notes=False)
        yield Static(typed_lines(how_it_begins()), id="begins")
        yield Buttons([Option("begin", "Begin"), Option("no", "Not now")])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Begin, or go back."""
        if event.key == "begin":
            self._begin()
        else:
            self.dismiss(None)

    @work(exclusive=True)
    async def _begin(self) -> None:
        name, known_as = self.query_one("#name", WordsField), self.query_one("#known_as", WordsField)
        if not name.text.strip():
            name.focus()
            # A field lets a complaint be when one comes into it: this one is said after that.
            self.call_after_refresh(name.refuse, "Type the person's name first.", at_once=True)
            return
        try:
            plan = first_plan(name.text, known_as=known_as.text)
            await self.away(begin_case, self._store, plan)
        except Problem as problem:
            self.app.push_screen(Notice(problem))
        else:
            self.dismiss(plan.case)
