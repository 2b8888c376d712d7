"""What the young person thinks of the plan and what the parent thinks: side by side, and nobody's view made smooth."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.cases.steps import Views
from supportplan.domain.days import day_words
from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.sheet import RecordingSheet
from supportplan.services.desk import Desk
from supportplan.services.views import GivenViews, views_of, write_down
from supportplan.widgets.choice import Tick
from supportplan.widgets.lines import typed
from supportplan.widgets.words_box import WordsBox

_ASKED = "Ask each of them alone, if you can. Write what they say, in their own words: both are printed."


class TwoViews(RecordingSheet):
    """Both views, whether they differ, and about what."""

    place = "views"
    records = "Write both down"
    BINDINGS: ClassVar[list[BindingType]] = bindings("views", "case")
    AUTO_FOCUS = "TextArea"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._last: Views | None = views_of(desk)

    def body(self) -> Iterator[Widget]:
        """The two boxes, and the disagreement."""
        with VerticalScroll(can_focus=False):
            yield Static(id="said")
            yield WordsBox("What the young person thinks", id="young_person")
            yield WordsBox("What the parent thinks", id="parent")
            yield Tick("They do not agree", id="disagree")
            yield WordsBox("About what do they not agree?", id="words")
        yield self.buttons()

    def begin(self) -> None:
        """Begin with what was written down last."""
        last = self._last
        if last is not None:
            self.query_one("#young_person", WordsBox).show(last.young_person)
            self.query_one("#parent", WordsBox).show(last.parent)
            self.query_one("#disagree", Tick).show(value=last.disagree)
            self.query_one("#words", WordsBox).show(last.words)

    def show_plan(self) -> None:
        """Say from when the views are."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Two views")
        on = f" Written down last on {day_words(self._last.on)}." if self._last else ""
        self.query_one("#said", Static).update(typed(f"{_ASKED}{on}"))
        self.on_tick_changed()

    def on_tick_changed(self) -> None:
        """Ask about what they differ where they do."""
        self.query_one("#words").display = self.query_one("#disagree", Tick).value

    async def record(self) -> None:
        """Write both down."""
        values = self.values()
        given = GivenViews(
            values["young_person"], values["parent"], disagree=bool(values["disagree"]), words=values["words"]
        )
        try:
            await self.away(write_down, self.desk, given)
        except Problem as problem:
            self.refuse(problem)
            return
        self._last = await self.away(views_of, self.desk)
        self.say_recorded("Both views are written down.")
