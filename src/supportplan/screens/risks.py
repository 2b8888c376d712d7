"""What could go wrong, what is done about it, and what happens first in an emergency."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.edits import with_risk, without_risk
from supportplan.domain.plan import Emergency, Plan, Risk
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.form import Asked, Form
from supportplan.services.clock import new_id
from supportplan.services.desk import Desk
from supportplan.widgets.lines import typed, wrapped
from supportplan.widgets.row_list import Row, RowLine, RowList
from supportplan.widgets.word_fields import WordsField
from supportplan.widgets.words_box import WordsBox

_ADD, _EMERGENCY = "+risk", "+emergency"
_MARK, _MOST_LINES = 2, 3


class Risks(CasePlace[None]):
    """The list of risks, and the emergency plan."""

    place = "risks"
    CSS_PATH = "risks.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("risks", "case")
    AUTO_FOCUS = "RowList"

    def body(self) -> Iterator[Widget]:
        """The list."""
        yield Static("What could go wrong, and what we will do about it.", markup=False, id="said")
        yield RowList(id="risks")

    def show_plan(self) -> None:
        """Show the risks as they stand."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Risks and emergencies")
        rows = self.query_one(RowList)
        # As wide as the window, but for the list's edges and the bar that scrolls it.
        width = self.app.size.width - 3
        rows.show([*_risk_rows(self.plan, width), *_emergency_rows(self.plan.emergency, width)])

    def on_resize(self) -> None:
        """Break the words to the new width."""
        if self.is_mounted:
            self.show_plan()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open a risk or the emergency plan, or add a risk."""
        if event.key == _EMERGENCY:
            self.app.push_screen(EmergencyForm(self.desk))
        elif event.key == _ADD:
            self.action_add()
        else:
            self.app.push_screen(RiskForm(self.desk, event.key))

    @work
    async def action_add(self) -> None:
        """Add a risk."""
        if not await self.may_change():
            return
        risk = Risk(id=new_id())
        self.change(with_risk(self.plan, risk), "Added a risk")
        await self.app.push_screen_wait(RiskForm(self.desk, risk.id))
        if risk in self.plan.risks:
            self.change(without_risk(self.plan, risk.id), "Let go of a risk without words")
            self.show_plan()
        self.query_one(RowList).go_to(risk.id)

    def action_remove(self) -> None:
        """Take away the risk under the cursor."""
        key = self.query_one(RowList).key
        if any(risk.id == key for risk in self.plan.risks):
            if not self.change(without_risk(self.plan, key), "Removed a risk"):
                return
            self.say("Removed. Ctrl+Z brings it back.")
            self.show_plan()


class RiskForm(Form):
    """One risk."""

    about = "risk"
    title_words = "Something that could go wrong"

    def __init__(self, desk: Desk, risk: str, *, at: str = "") -> None:
        self._risk_id = risk
        super().__init__(desk, at=at)

    def fields(self) -> Iterator[Asked]:
        """What could happen, and what is done."""
        for name, asked in (("text", "What could go wrong?"), ("action", "What will we do about it?")):
            yield Asked(
                WordsBox(asked, id=name),
                lambda plan, name=name: getattr(self._risk(plan), name),  # type: ignore[misc]
                lambda plan, value, name=name: with_risk(plan, replace(self._risk(plan), **{name: value})),  # type: ignore[misc]
                "Wrote about a risk",
            )

    def _risk(self, plan: Plan) -> Risk:
        return next((one for one in plan.risks if one.id == self._risk_id), Risk(id=self._risk_id))


class EmergencyForm(Form):
    """What happens first when things go wrong."""

    about = "emergency"
    title_words = "In an emergency"

    def fields(self) -> Iterator[Asked]:
        """When, what, who, and how to reach them."""
        for name, control in (
            ("trigger", WordsBox("When does it count as an emergency?", id="trigger")),
            ("first_action", WordsBox("What happens first?", id="first_action")),
            ("who", WordsField("Who to ring", id="who", notes=False)),
            ("phone", WordsField("Telephone", id="phone", notes=False)),
        ):
            yield Asked(
                control,
                lambda plan, name=name: getattr(plan.emergency or Emergency(), name),  # type: ignore[misc]
                lambda plan, value, name=name: replace(  # type: ignore[misc]
                    plan, emergency=replace(plan.emergency or Emergency(), **{name: value or ""})
                ),
                "Wrote about emergencies",
            )


def _risk_rows(plan: Plan, width: int) -> Iterator[Row]:
    for number, risk in enumerate(plan.risks, start=1):
        text = typed(risk.text.strip() or "(no words yet)")
        action = typed(risk.action.strip() or "Nothing is said yet about what we will do.")
        yield Row((*_hanging(f"{number} ", text, width), *_hanging("  ", action, width)), risk.id)
    if not plan.risks:
        nothing = "No risks are written down yet. Ask what is worth the risk, and what must not happen."
        yield Row(_hanging("", typed(nothing), width))
    yield Row((RowLine(Content("+ Add something that could go wrong")),), _ADD)


def _emergency_rows(emergency: Emergency | None, width: int) -> Iterator[Row]:
    said = emergency.first_action.strip() if emergency else ""
    words = typed(said) if said else Content("Not written down yet.")
    yield Row((RowLine(Content("")),))
    yield Row((RowLine(Content("In an emergency")), *_hanging("  ", words, width)), _EMERGENCY)


def _hanging(head: str, words: Content, width: int) -> tuple[RowLine, ...]:
    """Break words into a few lines under a head."""
    first, *rest = wrapped(words, width - len(head) - _MARK, _MOST_LINES)
    return (RowLine(typed(head) + first), *(RowLine(Content(" " * len(head)) + line) for line in rest))
