"""A sheet about a case: filled in field by field, and recorded as a whole with a button, once and for ever."""

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from textual import work
from textual.widget import Widget
from textual.widgets import TextArea

from supportplan.domain.problems import Problem
from supportplan.screens.case_place import CasePlace
from supportplan.services.desk import Desk
from supportplan.services.half_typed import half_typed, keep_half_typed
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf, Option, Tick
from supportplan.widgets.field import Field
from supportplan.widgets.words_box import WordsBox


class Sheet(CasePlace[str]):
    """What is typed here changes no plan. It is kept until it is recorded, also when one goes elsewhere meanwhile.

    Answers with what to say once it is recorded, empty where it was not. `keeps` is False where what was typed must not stand there again later.
    `at_work` says that a button was pressed whose work goes on. `places` leads from where a problem says that it is to the id of the field.
    """

    keeps: ClassVar[bool] = True
    places: ClassVar[Mapping[str, str]] = MappingProxyType({})
    CSS_PATH = "sheet.tcss"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._at_first: dict[str, str] = {}
        self._kept: dict[str, str] = {}
        self._opened = False
        self.at_work = False

    def on_mount(self) -> None:
        """Show what was typed here before, and not recorded."""
        self.begin()
        self._at_first = self.values()
        self._opened = True
        if self.keeps and (before := half_typed(self.desk, self.kept_as)):
            self._kept = before
            self.put(before)
            self.say("As you left it: not recorded yet.")

    @property
    def kept_as(self) -> str:
        """By which name what is typed here is kept."""
        return self.place

    def begin(self) -> None:
        """Show what stands in the fields at first."""

    def values(self) -> dict[str, str]:
        """Return what stands in the fields, by their ids."""
        return {one.id: _value(one) for one in self._controls() if one.id}

    def put(self, values: dict[str, str]) -> None:
        """Put what was typed before into the fields."""
        for one in self._controls():
            if one.id in values:
                _put(one, values[one.id])

    @property
    def begun(self) -> bool:
        """Whether anything stands here that was not there at first."""
        return self._opened and self.values() != self._at_first

    def hand_in(self) -> None:
        """Keep what was typed here too."""
        super().hand_in()
        if not (self.keeps and self._opened):
            return
        values = self.values()
        if values == self._at_first:
            values = {}
        elif values.keys() != self._at_first.keys():
            return  # The screen is being taken down: it was kept when it was left.
        if values != self._kept:
            self._kept = values
            keep_half_typed(self.desk, self.kept_as, values)

    def let_go(self) -> None:
        """Keep nothing of what stands here: it is recorded, or somebody said that it goes."""
        self._opened = False
        keep_half_typed(self.desk, self.kept_as, {})

    def once(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do what a button means; nothing while an earlier press is still at work, whose thread could not be stopped."""
        if not self.at_work:
            self.at_work = True
            self._do(work)

    @work(group="sheet")
    async def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        finally:
            self.at_work = False

    def recorded(self) -> None:
        """Forget what was typed: it is recorded."""
        self.put(self._at_first)
        self.begin()
        self._at_first = self.values()
        self.hand_in()

    def refuse(self, problem: Problem) -> None:
        """Say what is wrong at its field, where it is one of a field here; else over the screen. Nothing is lost."""
        place = self.places.get(problem.where, problem.where)
        field = next((one for one in self.query(Widget) if place and one.id == place), None)
        if field is None:
            self.say_problem(problem)
            return
        what = f"{problem.what[:1].upper()}{problem.what[1:]}".rstrip(".")
        field.focus()
        if isinstance(field, Field):
            # A field lets a complaint be when one comes into it: this one is said after that.
            self.call_after_refresh(field.refuse, f"{what}. {problem.mend}".strip(), at_once=True)
        elif isinstance(field, WordsBox):
            field.refuse(f"{what}.")
        self.say(f"{what}.", caution=True)

    def on_field_changed(self) -> None:
        """What was asked for is being typed."""
        self.say("")

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """What was said to be wrong is being put right."""
        if isinstance(event.text_area, WordsBox):
            event.text_area.refuse("")

    def holds_back(self, again: str) -> bool:
        """Hold nothing back: what was typed is kept."""
        return False if self.keeps else super().holds_back(again)

    def action_undo(self) -> None:
        """Take back what was typed last in a box of words; the plan is not touched from here."""
        if isinstance(self.focused, WordsBox):
            TextArea.action_undo(self.focused)

    def action_redo(self) -> None:
        """Make it again."""
        if isinstance(self.focused, WordsBox):
            TextArea.action_redo(self.focused)

    def _controls(self) -> list[Widget]:
        return [one for one in self.query(Widget) if isinstance(one, Field | WordsBox | OneOf | Tick)]


class RecordingSheet(Sheet):
    """A sheet with one thing to do, which is to record it: `records` is what its button says."""

    records: ClassVar[str]

    def buttons(self) -> Buttons:
        """Make the button that records it, and the one that goes back."""
        return Buttons([Option("record", self.records), Option("back", "Back: it stays as typed")])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Record it, or go back."""
        if event.key == "record":
            self.once(self.record)
        else:
            self.action_go_back()

    @abstractmethod
    async def record(self) -> None:
        """Record what is typed, or say at its field what is wrong."""

    def say_recorded(self, words: str) -> None:
        """Begin anew, and say that it is recorded."""
        self.recorded()
        self.say(words)
        self.show_all()


def _value(control: Widget) -> str:
    if isinstance(control, Tick):
        return "x" if control.value else ""
    return control.value if isinstance(control, OneOf) else _text(control)


def _text(control: Any) -> str:
    return str(control.text)


def _put(control: Widget, value: str) -> None:
    if isinstance(control, Tick):
        control.show(value=bool(value))
    elif isinstance(control, Field | WordsBox | OneOf):
        control.show(value)
