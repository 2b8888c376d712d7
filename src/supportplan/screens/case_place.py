"""What the screens of one case share: the plan on the desk, saved at every change, undone and redone as a whole."""

import asyncio
import time
from abc import abstractmethod
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from supportplan.domain.cases.left_off import LeftOff
from supportplan.domain.edits import with_note
from supportplan.domain.plan import ParkedNote, Plan
from supportplan.domain.problems import Problem
from supportplan.screens.notice import Sure
from supportplan.screens.place import Answer, Place
from supportplan.services.clock import local_moment, new_id
from supportplan.services.desk import Desk
from supportplan.widgets.bar_lines import TitleBar
from supportplan.widgets.choice import Option
from supportplan.widgets.chooser import Chooser
from supportplan.widgets.field import Field
from supportplan.widgets.totals_bar import TotalsBar

# A pause in typing of so many seconds ends a deed: what is typed after it is undone by itself.
_A_PAUSE = 2.0
# A letter is painted first: so many seconds later what follows from it is worked out, shown and saved. Letters that
# come faster are taken together.
_A_MOMENT = 0.02
_OVER_THE_HEART = {
    "talk", "budget", "money", "basics", "risks", "parked", "checks", "signing", "print", "preview", "copies", "versions",
    "deciding", "timeline", "views", "closing",
    "hand_over", "together",
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
        self._left_out: list[str] = []
        self._soon: Timer | None = None
        self._followed: Future[None] | None = None

    def where(self, *parts: str) -> None:
        """Say where one is, and in front of it whether nothing here is real."""
        super().where(*(("Practice", *parts) if self.desk.practice else parts))

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

    def on_screen_resume(self) -> None:
        """Show the plan when the place opens, and what another screen has changed; and remember that one is here."""
        # A place that is passed on the way elsewhere is on top for a moment, and has nothing to show any more.
        if not self.gone:
            self.show_all()
        # Who goes out through outcomes and supports without doing anything there has left the case at the place before.
        if not (self.place == "heart" and self.desk.left and self.desk.left.place in _OVER_THE_HEART):
            self.note_place()

    def on_screen_suspend(self) -> None:
        """Hand in what was typed last, before another screen shows what follows from it."""
        self.hand_in()

    def on_unmount(self) -> None:
        """Let nothing that was typed go with the screen, whatever it goes for."""
        self.hand_in()

    def reopened(self, store: "Store") -> None:
        """Save into the store that was opened again; the practice case stays in its own."""
        if self.desk.store.folder == store.folder:
            self.desk.store = store

    def show_all(self) -> None:
        """Show the plan, its money and whether it is saved."""
        self.hand_in()
        self.show_plan()
        self.show_results()
        self._show_saved()
        # What another screen handed in a moment ago may still be on its way to the disk.
        self._follow_saving()

    def show_results(self) -> None:
        """Show what follows from the plan as it stands: the totals, where this screen shows them."""
        for bar in self.query(TotalsBar):
            bar.show(self.desk.costing, self.plan.indicative)

    def change(self, plan: Plan, deed: str, *, field: str = "") -> None:
        """Put a changed plan on the desk and have it saved. `deed` says in words what was done.

        With `field`, what is typed into one field without a pause is one deed, and is handed in a moment later: until
        then it is not said to be saved, and the totals stay as they were.
        """
        moment = time.monotonic()
        goes_on = bool(field) and field == self._field and moment - self._typed_at < _A_PAUSE
        if plan == self.plan:
            # The last deed stays that of its own field: what comes next into this one is not part of it.
            return
        self._field, self._typed_at = field, moment
        self.hush()
        was_signed = self.desk.signed is not None
        with self.problems_said():
            self.desk.put(plan, deed, goes_on=goes_on)
        if not field:
            self.hand_in()
        elif self._soon is None:
            self._soon = self.set_timer(_A_MOMENT, self.hand_in)
            self._show_saved()
        if was_signed:
            self._say_signed_before()

    def hand_in(self) -> None:
        """Have saved what was put on the desk last, and show what follows from it."""
        if self._soon is not None:
            self._soon.stop()
            self._soon = None
        if not self.desk.waits:
            return
        with self.problems_said():
            self.desk.hand_in()
        if not self.gone:
            self.note_place()
            self.show_results()
            self._show_saved()
            self._follow_saving()

    async def may_leave(self) -> bool:
        """Hand in once more what the disk has refused; where it still does, ask whether to go without it."""
        try:
            self.hand_in()
            if not self.desk.saved:
                await self.away(self.desk.hand_in_all)
        except Problem as problem:
            asked = f"{problem.what} What you did last stands on this screen alone. {problem.mend}"
            sure = Sure("Not saved", asked, yes="Go without it", no="Stay here")
            return await self.app.push_screen_wait(sure) is True
        return True

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

        if key == self.here or self.holds_back("Go there again, and it is left out."):
            return
        places = (one for one in self.app.screen_stack if isinstance(one, CasePlace))
        heart = next((one for one in places if one.place == "heart"), self)
        # What stands over outcomes and supports is left as with Esc: whoever waits for its answer there has one.
        while self.app.screen is not heart:
            self.app.screen.dismiss(None)
        if key != "heart":
            self.app.push_screen(open_place(key, self.desk))

    @work(exclusive=True, group="park")
    async def action_park(self) -> None:
        """Take a note that has no place yet, whatever one is doing."""
        from supportplan.screens.parked import ParkNote

        text = await self.app.push_screen_wait(ParkNote())
        if text:
            self.change(with_note(self.plan, ParkedNote(id=new_id(), text=text)), "Parked a note")
            self.say("Parked.")
            self.show_plan()

    @property
    def _untaken(self) -> list[Field[Any]]:
        """The fields that hold something that the plan could not take."""
        fields = self.query(Field)  # type: ignore[type-abstract] # whichever fields they are
        return [one for one in fields if one.display and one.problem and one.text.strip()]

    def on_key(self, event: events.Key) -> None:
        """Move through the fields as through the rows of a list."""
        if isinstance(self.focused, Input) and event.key in ("up", "down"):
            event.stop()
            _ = self.focus_previous() if event.key == "up" else self.focus_next()

    def holds_back(self, again: str) -> bool:
        """Say, once, what would go with this place because the plan could not take it."""
        untaken = self._untaken
        left_out = [one.text for one in untaken]
        if not left_out or left_out == self._left_out:
            return False
        self._left_out = left_out
        untaken[0].focus()
        self.say(f"{untaken[0].label}: not taken. {again}", caution=True)
        return True

    def action_go_back(self) -> None:
        """Go back; but say first, once, what would go with it because the plan could not take it."""
        if not self.holds_back("Esc again leaves it out."):
            self.dismiss(None)

    def action_undo(self) -> None:
        """Take back what was typed last and could not be taken; or else the last change."""
        untaken = self._untaken
        for field in untaken:
            field.show("")
        if untaken:
            self.show_all()
            self.say("Taken back: what could not be taken.")
        else:
            self._turn(self.desk.undo, "Taken back", "There is nothing to take back.")

    def forget_typing(self) -> None:
        """Let go of what stands on the screen and not in the plan, before the plan is shown as it was."""

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        self._turn(self.desk.redo, "Made again", "There is nothing to make again.")

    @work
    async def _turn(self, turn: Callable[[], str | None], done: str, nothing: str) -> None:
        self.hand_in()
        was_signed = self.desk.signed is not None
        try:
            words = await self.away(turn)
        except Problem as problem:
            self.say_problem(problem)
            return
        self._field = ""
        self.forget_typing()
        self.say(f"{done}: {words}" if words else nothing)
        self.show_all()
        if was_signed and self.desk.signed is None:
            self._say_signed_before()

    def _say_signed_before(self) -> None:
        self.say("It was signed. Now it has to be signed again.", caution=True)

    def _show_saved(self) -> None:
        """Say whether the disk has all that was typed and done."""
        signed = f"{self.desk.signed.words}  " if self.desk.signed else ""
        words = "Saving"
        if self.desk.saved:
            words = f"{signed}Saved {local_moment():%H:%M}"
        elif self.desk.refused:
            words = "NOT SAVED"
        # A screen that is being left may have lost its bars already.
        for bar in self.query(TitleBar):
            bar.show(saved=Content.styled(words, "bold $error" if self.desk.refused else ""))

    def _follow_saving(self) -> None:
        """Show what the disk answers, when it does."""
        saving = self.desk.saving
        if saving is not None and saving is not self._followed:
            self._followed = saving
            loop, context = asyncio.get_running_loop(), copy_context()
            saving.add_done_callback(
                lambda done: loop.call_soon_threadsafe(self._answered, done, context=context)
            )

    def _answered(self, saving: "Future[None]") -> None:
        if not self.is_mounted:
            return
        self._show_saved()
        problem = None if saving.cancelled() else saving.exception()
        # Other places of the case may lie under this one: the one on top says it.
        on_top = next((one for one in reversed(self.app.screen_stack) if isinstance(one, CasePlace)), None)
        if isinstance(problem, Problem) and self is on_top:
            # Over the screen it would take the letters that are being typed.
            self.say(problem.what, caution=True)
