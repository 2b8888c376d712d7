"""A screen over a plan on the desk that has every change saved, and says truly whether the disk has it all."""

import asyncio
import time
from abc import abstractmethod
from concurrent.futures import Future
from contextvars import copy_context
from typing import TYPE_CHECKING

from textual import work
from textual.dom import DOMNode
from textual.timer import Timer

from supportplan.domain.plan import Plan
from supportplan.domain.problems import Problem
from supportplan.screens.notice import Sure
from supportplan.screens.place import Answer, Place
from supportplan.services.clock import local_moment
from supportplan.services.desk import Desk
from supportplan.widgets.bar_lines import TitleBar
from supportplan.widgets.lines import typed
from supportplan.widgets.totals_bar import TotalsBar

if TYPE_CHECKING:
    from supportplan.services.opening import Store

# A pause in typing of so many seconds ends a deed: what is typed after it is undone by itself.
_A_PAUSE = 2.0
# A letter is painted first: so many seconds later what follows from it is worked out, shown and saved. Letters that
# come faster are taken together.
_A_MOMENT = 0.02


class SavingPlace(Place[Answer]):
    """A screen over the plan on a desk. What is done in it is saved at once, what is typed a moment later."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._field = ""
        self._typed_at = 0.0
        self._soon: Timer | None = None
        self._letters = self._heard = 0
        self._followed: Future[None] | None = None
        self._wanted: tuple[Plan, str, str] | None = None

    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return self.desk.plan

    @abstractmethod
    def note_place(self) -> None:
        """Remember that the case was left here."""

    @abstractmethod
    def show_plan(self) -> None:
        """Show the plan as it stands."""

    def show_all(self) -> None:
        """Show the plan, its money and whether it is saved."""
        self.hand_in()
        self.show_plan()
        self.show_results()
        self.show_saved()
        # What another screen handed in a moment ago may still be on its way to the disk.
        self._follow_saving()

    def show_results(self) -> None:
        """Show what follows from the plan as it stands: the totals, where this screen shows them."""
        for bar in self.query(TotalsBar):
            bar.show(self.desk.costing, self.plan.indicative)

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

    def change(self, plan: Plan, deed: str, *, field: str = "") -> bool:
        """Put a changed plan on the desk and have it saved. `deed` says in words what was done.

        With `field`, what is typed into one field without a pause is one deed, and is handed in a moment later: until
        then it is not said to be saved, and the totals stay as they were.

        A plan that is signed or has ended is not changed before somebody was asked: False then, and it is changed once
        they want it.
        """
        moment = time.monotonic()
        goes_on = bool(field) and field == self._field and moment - self._typed_at < _A_PAUSE
        if plan == self.plan:
            # The last deed stays that of its own field: what comes next into this one is not part of it.
            return True
        if self.desk.asks_before(plan):
            asked = self._wanted is not None
            # What is typed until the question stands there goes with it.
            self._wanted = plan, deed, field
            if not asked:
                self._ask_and_change()
            return False
        self._field, self._typed_at = field, moment
        self.hush()
        was_signed = self.desk.signed is not None
        with self.problems_said():
            self.desk.put(plan, deed, goes_on=goes_on)
        if not field:
            self.hand_in()
        elif self._soon is None:
            self._soon = self.set_timer(_A_MOMENT, self.hand_in)
            self.show_saved()
        if was_signed and self.desk.signed is None:
            self.say_signed_before()
        return True

    @work
    async def _ask_and_change(self) -> None:
        wanted = await self.may_change()
        if self._wanted is not None and wanted:
            plan, deed, field = self._wanted
            self.change(plan, deed, field=field)
        self._wanted = None
        if not wanted:
            self.end_deed()
            self.forget_typing()
        self.show_all()

    async def may_change(self, would: str = "") -> bool:
        """Ask, where the plan is signed or has ended, whether it is to be changed; `would` says more of what would be done."""
        asked = self.desk.asks_before()
        if not asked:
            return True
        from supportplan.screens.guard import Guard

        if await self.app.push_screen_wait(Guard(" ".join(filter(None, (asked, would))))):
            self.desk.let_change()
            return True
        return False

    def forget_typing(self) -> None:
        """Let go of what stands on the screen and not in the plan, before the plan is shown as it was."""

    def letters_come(self) -> None:
        """Say no longer that all is saved, before the letters stand in their field, and not again until they are."""
        self._letters += 1
        if self._letters == self._heard + 1:
            self.set_timer(_A_MOMENT, self._listen)
            self.show_saved()

    def _listen(self) -> None:
        self._follow_letters(self.focused or self, self._letters)

    def _follow_letters(self, node: DOMNode, letters: int) -> None:
        """Go the way of the letters, from the field through all that it stands in; where it ends they are handed in."""
        above = node.parent if node is not self else None
        # A field says to itself first that it has changed, and only then to what it stands in.
        if above and node.call_later(node.call_later, above.call_later, self._follow_letters, above, letters):
            return
        self._heard = letters
        self.hand_in()
        self.show_saved()
        if letters < self._letters:
            self.set_timer(_A_MOMENT, self._listen)

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
            self.show_saved()
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

    def end_deed(self) -> None:
        """Let what is typed next be a deed of its own."""
        self._field = ""

    def say_signed_before(self) -> None:
        """Say that the signatures are void now."""
        self.say("It was signed. Now it has to be signed again.", caution=True)

    def show_saved(self) -> None:
        """Say whether the disk has all that was typed and done."""
        signed = f"{self.desk.signed.words}  " if self.desk.signed else ""
        words = "Saving"
        if self.desk.saved and self._heard == self._letters:
            words = f"{signed}Saved {local_moment():%H:%M}"
        elif self.desk.refused:
            words = "NOT SAVED"
        # A screen that is being left may have lost its bars already.
        for bar in self.query(TitleBar):
            bar.show(saved=typed(words, "bold $error" if self.desk.refused else ""))

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
        self.show_saved()
        problem = None if saving.cancelled() else saving.exception()
        # Other places of the case may lie under this one: the one on top says it.
        on_top = next((one for one in reversed(self.app.screen_stack) if isinstance(one, SavingPlace)), None)
        if isinstance(problem, Problem) and self is on_top:
            # Over the screen it would take the letters that are being typed.
            self.say(problem.what, caution=True)
