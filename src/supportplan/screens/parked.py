"""Parked notes: what was said and has no place yet. Taken in a moment, filed later."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.edits import with_outcome, with_risk, without_note
from supportplan.domain.plan import Answers, Outcome, ParkedNote, Plan, Risk
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.notice import Question
from supportplan.services.clock import new_id
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.chooser import Chooser
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList
from supportplan.widgets.words_box import WordsBox

_ADD = "+note"
_PLACES = [
    Option("outcome", "an outcome of its own"),
    Option("risk", "something that could go wrong"),
    Option("about", "about the person"),
    Option("important_to", "what matters to the person"),
    Option("good_week", "a good week"),
    Option("important_for", "keeping well and safe"),
    Option("action_plan", "what happens next"),
    Option("gone", "nowhere: let it go"),
]


class ParkNote(Question[str | None]):
    """A box for a note; answers with its text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+s", "park", show=False)]
    AUTO_FOCUS = "TextArea"

    def __init__(self) -> None:
        super().__init__("Park a note")

    def inside(self) -> Iterator[Widget]:
        """The box."""
        yield WordsBox()
        yield Buttons([Option("park", "Park it"), Option("no", "Let it go")])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Park it, or let it go."""
        if event.key == "park":
            self.action_park()
        else:
            self.dismiss(None)

    def action_park(self) -> None:
        """Answer with the note; going back keeps what was typed, as everywhere."""
        self.dismiss(self.query_one(WordsBox).text.strip() or None)


class Parked(CasePlace[None]):
    """The list of parked notes."""

    place = "parked"
    CSS_PATH = "parked.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("parked", "case")
    AUTO_FOCUS = "RowList"

    def body(self) -> Iterator[Widget]:
        """The list."""
        yield Static(
            "Enter on a note chooses where it belongs. Notes are never printed.", markup=False, id="said"
        )
        yield RowList()

    def show_plan(self) -> None:
        """Show the notes."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Parked notes")
        rows = [Row((RowLine(typed(note.text)),), note.id) for note in self.plan.parked]
        nothing = [] if rows else [Row((RowLine(Content("No note is parked.")),))]
        self.query_one(RowList).show([*nothing, *rows, Row((RowLine(Content("+ Park a note")),), _ADD)])

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Park another, or say where one belongs."""
        if event.key == _ADD:
            self.action_park()
        else:
            self._file(event.key)

    @work(exclusive=True)
    async def _file(self, note_id: str) -> None:
        note = next(one for one in self.plan.parked if one.id == note_id)
        where = await self.app.push_screen_wait(Chooser("Where does it belong?", _PLACES, ""))
        if where is not None and await self.may_change():
            self.change(filed(self.plan, note, where), "Let a note go" if where == "gone" else "Filed a note")
            self.show_plan()
            words = next(one.words for one in _PLACES if one.key == where)
            self.say("Let go. Ctrl+Z brings it back." if where == "gone" else f"It is now: {words}.")


def filed(plan: Plan, note: ParkedNote, where: str) -> Plan:
    """Move a note to where it belongs in the plan."""
    rest = without_note(plan, note.id)
    if where == "outcome":
        return with_outcome(rest, Outcome(id=new_id(), text=note.text))
    if where == "risk":
        return with_risk(rest, Risk(id=new_id(), text=note.text))
    if where == "gone":
        return rest
    if where == "action_plan":
        answers = rest.answers or Answers()
        return replace(rest, answers=replace(answers, action_plan=_under(answers.action_plan, note.text)))
    return replace(
        rest, person=replace(rest.person, **{where: _under(getattr(rest.person, where), note.text)})
    )


def _under(before: str, text: str) -> str:
    return f"{before.rstrip()}\n{text}" if before.strip() else text
