"""A form over the plan on the desk: each field says where it stands in the plan, and counts as soon as it is typed."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import TextArea

from supportplan.domain.plan import Plan
from supportplan.domain.problems import BadInput, NotFound
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.services.checking import check_plan
from supportplan.services.desk import Desk
from supportplan.widgets.choice import OneOf, Tick
from supportplan.widgets.chooser import Choice
from supportplan.widgets.field import Field
from supportplan.widgets.totals_bar import TotalsBar
from supportplan.widgets.words_box import WordsBox

Control = Field[Any] | WordsBox | OneOf | Choice | Tick


class Asked(NamedTuple):
    """A field of a form: what is typed in, how it is read from the plan and put into it, and the deed in words.

    `read` gives the text of a field or a box, the key of a choice, or `x` for a tick. `applies` says whether it means
    anything for the plan as it stands; where it does not, it is not shown. `where` is the field's path in the plan, such as
    `review.due`: what the checks find odd there is said at the field.
    """

    control: Control
    read: Callable[[Plan], str]
    write: Callable[[Plan, Any], Plan]
    deed: str
    applies: Callable[[Plan], bool] = lambda _: True
    where: Callable[[Plan], str] = lambda _: ""


class Form(CasePlace[None]):
    """Fields one under the other, and the totals where money follows from them."""

    place: ClassVar[str] = "form"
    title_words: ClassVar[str]
    money: ClassVar[bool] = False
    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("form", "case")
    AUTO_FOCUS = "Input, TextArea, OneOf"

    def __init__(self, desk: Desk, *, at: str = "") -> None:
        """Open the form; `at` is the id of the field to begin in."""
        super().__init__(desk)
        self._at = at
        self._refused: dict[str, Any] = {}
        self._typing = ""
        self._before_typing = desk.plan
        self._asked = {asked.control.id or "": asked for asked in self.fields()}

    @abstractmethod
    def fields(self) -> Iterator[Asked]:
        """Make the fields."""

    def body(self) -> Iterator[Widget]:
        """The fields, and the totals."""
        with VerticalScroll(can_focus=False):
            yield from (asked.control for asked in self._asked.values())
        if self.money:
            yield TotalsBar()

    def on_mount(self) -> None:
        """Begin in the field that was asked for."""
        if self._at in self._asked:
            self._asked[self._at].control.focus()

    def action_undo(self) -> None:
        """Let go of what waited for another field to change."""
        self._refused.clear()
        super().action_undo()

    def show_plan(self) -> None:
        """Show the fields as the plan has them."""
        self._typing = ""
        self.where(self.plan.person.known_as or self.plan.person.name, self.title_words)
        for asked in self._asked.values():
            _show(asked.control, asked.read(self.plan))
            asked.control.display = asked.applies(self.plan)

    def show_results(self) -> None:
        """Show the totals, and what the checks find odd about a field's value."""
        super().show_results()
        fields = {
            where: asked.control
            for asked in self._asked.values()
            if isinstance(asked.control, Field) and (where := asked.where(self.plan))
        }
        odd = _odd(self.plan) if fields else {}
        for where, field in fields.items():
            field.caution(odd.get(where, ""))

    def on_field_changed(self, event: Field.Changed) -> None:
        """Let what is typed count. What cannot be read changes nothing: not even its beginning, which could be read."""
        name = event.field.id or ""
        event.field.heard()
        if not (event.field.problem and event.field.text.strip()):
            self._put(name, event.field.value, typed=True)
        else:
            self._begin_typing(name)
            self.change(self._before_typing, self._asked[name].deed, field=name)

    def on_field_left(self, event: Field.Left) -> None:
        """What stands now is what unreadable typing goes back to; where nothing stands, show what that came to."""
        self._typing = ""
        if not event.field.text.strip():
            event.field.follow(self._asked[event.field.id or ""].read(self.plan))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Let what is typed count."""
        box = self._asked[event.text_area.id or ""].control
        if isinstance(box, WordsBox):
            box.heard()
            self._put(box.id, box.text, typed=True)

    def on_one_of_changed(self, event: OneOf.Changed) -> None:
        """Let what was chosen count."""
        self._put(event.one_of.id, event.key)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Let what was chosen count."""
        self._put(event.choice.id, event.key)

    def on_tick_changed(self, event: Tick.Changed) -> None:
        """Let it count."""
        self._put(event.tick.id, event.tick.value)

    def _put(self, name: str | None, value: Any, *, typed: bool = False) -> None:
        asked = self._asked[name or ""]
        if typed:
            self._put_typed(name or "", value)
        else:
            with self.problems_said():
                self.change(asked.write(self.plan, value), asked.deed)
        for one, other in self._asked.items():
            other.control.display = other.applies(self.plan)
            # What was just typed, what cannot be read and what waits for another field to change stays as it was typed.
            if one not in self._refused and not _unreadable(other.control) and not (typed and one == name):
                _show(other.control, other.read(self.plan))

    def _begin_typing(self, name: str) -> None:
        if name != self._typing:
            self._typing, self._before_typing = name, self.plan

    def _put_typed(self, name: str, value: Any) -> None:
        """Let what was typed count. What cannot be with the rest is said at its field, and waits for the rest to change.

        A year goes through others while it is typed, 2030 through 20: nothing may take the keyboard away for that, and
        where the whole is refused, nothing of its beginning stays.
        """
        self._begin_typing(name)
        self._refused.pop(name, None)
        for one, given in [(name, value), *self._refused.items()]:
            asked = self._asked[one]
            try:
                changed = asked.write(self.plan, given)
            except BadInput as problem:
                self._refused[one] = given
                if one == name:
                    self.change(self._before_typing, asked.deed, field=name)
                if isinstance(asked.control, Field):
                    asked.control.refuse(problem.what)
            else:
                self._refused.pop(one, None)
                self.change(changed, asked.deed, field=one)
                if one != name and isinstance(asked.control, Field):
                    asked.control.understand_anew()
                    self._before_typing = self.plan


def _odd(plan: Plan) -> dict[str, str]:
    """Return the first thing that the checks find odd at each place in a plan.

    Nothing where they cannot be run because the plan's scheme is not here: the list of checks says that.
    """
    try:
        findings = check_plan(plan)
    except NotFound:
        return {}
    return {one.where: one.reason for one in reversed(findings) if not one.passed}


def _unreadable(control: Control) -> bool:
    return isinstance(control, Field) and bool(control.problem)


def _show(control: Control, said: str) -> None:
    """Show what the plan says, but leave alone what somebody is typing and means the same."""
    if isinstance(control, Tick):
        control.show(value=bool(said))
    elif isinstance(control, Field | WordsBox):
        control.follow(said)
    else:
        control.show(said)
