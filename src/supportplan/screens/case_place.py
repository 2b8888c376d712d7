"""What the screens of one case share: the plan on the desk, saved at every change, undone and redone as a whole."""

import asyncio
import time
from abc import abstractmethod
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content

from supportplan.domain.cases.left_off import LeftOff
from supportplan.domain.edits import with_note
from supportplan.domain.plan import ParkedNote, Plan
from supportplan.domain.problems import Problem
from supportplan.screens.place import Answer, Place
from supportplan.services.clock import local_moment, new_id
from supportplan.services.desk import Desk
from supportplan.widgets.bar_lines import TitleBar
from supportplan.widgets.choice import Option
from supportplan.widgets.chooser import Chooser
from supportplan.widgets.totals_bar import TotalsBar

# A pause in typing of so many seconds ends a deed: what is typed after it is undone by itself.
_A_PAUSE = 2.0
_OVER_THE_HEART = {
    "talk", "budget", "money", "basics", "risks", "parked", "checks", "signing", "preview", "versions",
}  # fmt: skip


if TYPE_CHECKING:
    from supportplan.services.opening import Store


class CasePlace(Place[Answer]):
    """A screen over the case on the desk."""

    of_a_case = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._field = ""
        self._typed_at = 0.0

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return self.desk.plan

    @property
    def thing(self) -> tuple[str, str]:
        """The id of what is looked at here, and the words that say it; both empty where it is the place alone."""
        return "", ""

    @property
    def here(self) -> str:
        """The key of this place among the places of a case; empty where it has none."""
        from supportplan.screens.case_places import name_of

        name = name_of(self)
        return name.key if name is not None else ""

    def note_place(self) -> None:
        """Remember that the case was left here, should it be left or the program killed. Nothing waits for it."""
        from supportplan.screens.case_places import name_of

        name = name_of(self)
        if name is not None and self.app.screen is self:
            thing, words = self.thing
            said = f"{name.words}: {words}" if words else name.words
            self.desk.leave_at(LeftOff(place=name.key, thing=thing, words=said))

    @abstractmethod
    def show_plan(self) -> None:
        """Show the plan as it stands."""

    def on_mount(self) -> None:
        """Show the plan."""
        self.show_all()

    def on_screen_resume(self) -> None:
        """Show what another screen has changed, and remember that one is here."""
        if self.is_mounted:
            self.show_all()
        # Who goes out through outcomes and supports without doing anything there has left the case at the place before.
        if not (self.place == "heart" and self.desk.left and self.desk.left.place in _OVER_THE_HEART):
            self.note_place()

    def reopened(self, store: "Store") -> None:
        """Save into the store that was opened again; the practice case stays in its own."""
        if self.desk.store.folder == store.folder:
            self.desk.store = store

    def show_all(self) -> None:
        """Show the plan, its money and whether it is saved."""
        self.show_plan()
        self.show_money()
        self._show_saved(None)

    def show_money(self) -> None:
        """Show the totals as they stand, where this screen shows them."""
        for bar in self.query(TotalsBar):
            bar.show(self.desk.costing, self.plan.indicative)

    def change(self, plan: Plan, deed: str, *, field: str = "") -> None:
        """Put a changed plan on the desk and have it saved. `deed` says in words what was done.

        With `field`, what is typed into one field without a pause is one deed.
        """
        moment = time.monotonic()
        goes_on = bool(field) and field == self._field and moment - self._typed_at < _A_PAUSE
        if plan == self.plan:
            # The last deed stays that of its own field: what comes next into this one is not part of it.
            return
        self._field, self._typed_at = field, moment
        self.note_place()
        with self.problems_said():
            was_signed = self.desk.is_signed
            saving = self.desk.change(plan, deed, goes_on=goes_on)
            self._show_saved(saving)
            self.show_money()
            if was_signed:
                self.say("This plan was signed. Changed, it has to be signed again.", caution=True)

    @work(exclusive=True, group="go")
    async def action_go_to(self) -> None:
        """Go to another place of this case."""
        from supportplan.screens.case_places import CASE_PLACES

        options = [Option(place.key, f"{place.letter}  {place.words}") for place in CASE_PLACES]
        # Who has letters switched off, because a computer listens to them, moves with the arrows.
        letters = "g" in self.app.own_keys.get("case.go_to", "g").split(",")
        key = await self.app.push_screen_wait(Chooser("Go to", options, self.here, letters=letters))
        if key is not None:
            self.action_go(key)

    def action_go(self, key: str) -> None:
        """Go to a place of this case. From there one comes back to outcomes and supports."""
        from supportplan.screens.case_places import open_place

        if key == self.here:
            return
        if self.place == "heart":
            self.app.push_screen(open_place(key, self.desk))
        elif key == "heart":
            self.dismiss(None)
        else:
            self.app.switch_screen(open_place(key, self.desk))

    @work(exclusive=True, group="park")
    async def action_park(self) -> None:
        """Take a note that has no place yet, whatever one is doing."""
        from supportplan.screens.parked import ParkNote

        text = await self.app.push_screen_wait(ParkNote())
        if text:
            self.change(with_note(self.plan, ParkedNote(id=new_id(), text=text)), "Parked a note")
            self.say("Parked.")
            self.show_plan()

    def action_undo(self) -> None:
        """Take the last change back."""
        self._turn(self.desk.undo, "Taken back", "There is nothing to take back.")

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        self._turn(self.desk.redo, "Made again", "There is nothing to make again.")

    @work
    async def _turn(self, turn: Callable[[], str | None], done: str, nothing: str) -> None:
        try:
            words = await self.away(turn)
        except Problem as problem:
            self.say_problem(problem)
            return
        self._field = ""
        self.say(f"{done}: {words}" if words else nothing)
        self.show_all()

    def _show_saved(self, saving: "Future[None] | None") -> None:
        bar = self.query_one(TitleBar)
        if saving is None or saving.done():
            self._saved(saving)
            return
        bar.show(saved=Content("Saving"))
        loop = asyncio.get_running_loop()
        saving.add_done_callback(lambda done: loop.call_soon_threadsafe(self._saved, done))

    def _saved(self, saving: "Future[None] | None") -> None:
        """Say that the disk has the plan, or that it refused it."""
        if not self.is_mounted:
            return
        problem = saving.exception() if saving is not None and not saving.cancelled() else None
        signed = "Signed  " if self.desk.is_signed else ""
        words = "NOT SAVED" if problem else f"{signed}Saved {local_moment():%H:%M}"
        # A screen that is being left may have lost its bars already.
        for bar in self.query(TitleBar):
            bar.show(saved=Content.styled(words, "bold $error" if problem else ""))
        if isinstance(problem, Problem):
            self.say_problem(problem)
