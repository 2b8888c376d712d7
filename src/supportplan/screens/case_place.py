"""What the screens of one case share: the plan on the desk, saved at every change, undone and redone as a whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.widgets import Input

from supportplan.domain.cases.left_off import LeftOff
from supportplan.domain.edits import with_note
from supportplan.domain.plan import ParkedNote
from supportplan.domain.problems import Problem
from supportplan.screens.place import Answer
from supportplan.screens.saving_place import SavingPlace
from supportplan.services.clock import new_id
from supportplan.services.desk import Desk
from supportplan.widgets.choice import Option
from supportplan.widgets.chooser import Chooser
from supportplan.widgets.field import Field

_OVER_THE_HEART = {
    "talk", "budget", "money", "basics", "risks", "parked", "checks", "signing", "print", "preview", "copies", "versions",
    "deciding", "timeline", "views", "closing",
    "hand_over", "together",
}  # fmt: skip


if TYPE_CHECKING:
    pass


class CasePlace(SavingPlace[Answer]):
    """A screen over the case on the desk."""

    of_a_case = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._left_out: list[str] = []

    def where(self, *parts: str) -> None:
        """Say where one is, and in front of it whether nothing here is real."""
        super().where(*(("Practice", *parts) if self.desk.practice else parts))

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

    def on_screen_resume(self) -> None:
        """Show the plan when the place opens, and what another screen has changed; and remember that one is here."""
        # A place that is passed on the way elsewhere is on top for a moment, and has nothing to show any more.
        if not self.gone:
            self.show_all()
        # Who goes out through outcomes and supports without doing anything there has left the case at the place before.
        if not (self.place == "heart" and self.desk.left and self.desk.left.place in _OVER_THE_HEART):
            self.note_place()

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
            self._turn(self.desk.undo, "Taken back", "There is nothing to take back.", back=True)

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        self._turn(self.desk.redo, "Made again", "There is nothing to make again.", back=False)

    @work
    async def _turn(self, turn: Callable[[], str | None], done: str, nothing: str, *, back: bool) -> None:
        self.hand_in()
        was_signed = self.desk.signed is not None
        try:
            if self.desk.asks_before():
                coming = await self.away(lambda: self.desk.next_turn(back=back))
                would = f"This would {'take back' if back else 'make again'}: {coming}."
                if coming and not await self.may_change(would):
                    return
            words = await self.away(turn)
        except Problem as problem:
            self.say_problem(problem)
            return
        self.end_deed()
        self.forget_typing()
        self.say(f"{done}: {words}" if words else nothing)
        self.show_all()
        if was_signed and self.desk.signed is None:
            self.say_signed_before()
