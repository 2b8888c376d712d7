"""Looking at the plan again, and ending it: nothing that was signed is changed by it."""

from collections.abc import Iterator
from typing import ClassVar, cast

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.cases.steps import ReviewResult
from supportplan.domain.days import day_words
from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.notice import Sure
from supportplan.screens.sheet import RecordingSheet
from supportplan.services.clock import today
from supportplan.services.closing import close, is_in_force, review
from supportplan.services.desk import Desk
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.fields import DayField
from supportplan.widgets.lines import typed
from supportplan.widgets.words_box import WordsBox

_ENDS = Option("ends", "the plan ends")
_IN_FORCE = (
    Option("begun", "a review begins"),
    Option("continues", "it goes on as it is"),
    Option("changes", "it is to be changed"),
    _ENDS,
)
_SAID = {
    True: "A signed plan is never changed. Change it in the app, and that is a new version; the signed one stays in force "
    "until the new one is agreed and signed, and begins.",
    False: "This plan is not signed and agreed yet, so there is nothing to review. It can be ended.",
}


class Closing(RecordingSheet):
    """What was found, why, and when it is looked at next."""

    place = "closing"
    records = "Write it down"
    BINDINGS: ClassVar[list[BindingType]] = bindings("closing", "case")
    AUTO_FOCUS = "OneOf"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._in_force = is_in_force(desk)
        ended = desk.signed.ended if desk.signed else None
        self._ended = f"The plan ended on {day_words(ended)}. It can be looked at." if ended else ""

    def body(self) -> Iterator[Widget]:
        """What is found, why, and the next day."""
        with VerticalScroll(can_focus=False):
            yield Static(typed(self._ended or _SAID[self._in_force]), id="said")
            if self._ended:
                return
            yield OneOf("What now", _IN_FORCE if self._in_force else (_ENDS,), id="result")
            yield DayField(
                "Next look", today(), id="next_due", hint="like in 6 months, 1 april. You may leave it out."
            )
            yield WordsBox("Why", id="reasons")
        yield self.buttons()

    def show_plan(self) -> None:
        """Say where one is."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Finish or review the plan")
        if not self._ended:
            self.on_one_of_changed()

    def on_one_of_changed(self) -> None:
        """Ask for the next day where the plan goes on."""
        self.query_one("#next_due").display = self.query_one("#result", OneOf).value == "continues"

    async def record(self) -> None:
        """Write it down."""
        values, day = self.values(), self.query_one("#next_due", DayField)
        result = values["result"]
        if not result:
            self.refuse(Problem("Choose what is to be written down", where="result"))
            return
        if result == "continues" and day.problem:
            self.refuse(Problem(day.problem, where="next_due"))
            return
        try:
            if result != "ends":
                next_due = day.value if result == "continues" else None
                await self.away(
                    review,
                    self.desk,
                    cast("ReviewResult", result),
                    reasons=values["reasons"],
                    next_due=next_due,
                )
            elif not await self._sure(values["reasons"]):
                return
        except Problem as problem:
            self.refuse(problem)
            return
        self.say_recorded("Written down.")

    async def _sure(self, reasons: str) -> bool:
        sure = Sure(
            "End the plan",
            "The plan ends for good. What was recorded stays and can be looked at.",
            yes="End it",
        )
        if not reasons.strip() or await self.app.push_screen_wait(sure):
            await self.away(close, self.desk, reasons)
            return True
        return False
