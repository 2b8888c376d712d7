"""The decision: what was asked, what was agreed and the difference, who decided, when, and why."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar, cast

import msgspec
from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.cases.asked_and_agreed import AskedAndAgreed, LineAgreed
from supportplan.domain.cases.step_words import VERDICT_WORDS
from supportplan.domain.cases.steps import Verdict
from supportplan.domain.days import day_words
from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.asked_and_agreed import LineWhy, compared_rows, decision_lines
from supportplan.screens.notice import Sure
from supportplan.screens.sheet import Sheet
from supportplan.services.clock import today
from supportplan.services.deciding import (
    GivenDecision,
    StandingDecision,
    compared,
    decide,
    decided_already_words,
    reasons_for,
    standing_decision,
    usual_appeal,
)
from supportplan.services.desk import Desk
from supportplan.services.profiles import naming_profile
from supportplan.services.submitting import SentPlan, sent_plan, submit
from supportplan.services.unprintable import unprintable_words
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.fields import DayField
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList
from supportplan.widgets.word_fields import WordsField
from supportplan.widgets.words_box import WordsBox

_RECORD = (Option("record", "Record the decision"), Option("back", "Back: it stays as typed"))
_SEND = (Option("send", "Send it for a decision"), Option("back", "Not yet"))
_DONE = (Option("back", "Back"),)
_ANOTHER = (Option("another", "Record another decision"), Option("back", "Back"))
_HOW_CHANGES_ARE_MADE = (
    "Nothing is changed in the plan yet. Make the agreed changes in it first; they are then shown here."
)


class Deciding(Sheet):
    """Sending the plan, and what was decided about it."""

    place = "deciding"
    places: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"Who decided": "by", "As what they decided": "role"}
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings("deciding", "case")
    AUTO_FOCUS = "OneOf"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sent: SentPlan | None = None
        self._stands: StandingDecision | None = None
        self._compared: AskedAndAgreed | None = None
        self._ticked: tuple[str, ...] = ()
        self._why: dict[str, str] = {}
        self._another = False

    def body(self) -> Iterator[Widget]:
        """Where it stands; what was decided, by whom and when; why; and line by line what was asked and agreed."""
        with VerticalScroll(can_focus=False):
            yield Static(id="said")
            yield OneOf(
                "Decision", [Option(key, words) for key, words in VERDICT_WORDS.items()], id="verdict"
            )
            yield RowList(id="lines")
            yield WordsField("Decided by", id="by", hint="The name of who decided, or of the panel.")
            yield WordsField("As", id="role", notes=False)
            yield DayField("On", today(), id="on", hint="like yesterday, 1 april, 23/11/26")
            yield Static(Content("Why? Enter ticks a reason. At least one, or your own words."), id="asked")
            yield RowList(id="reason_codes")
            yield WordsBox("In words, as the family will read it", id="reasons")
            yield WordsField("Another look", id="appeal", hint="How to ask for one. You may leave it out.")
            yield WordsField(
                "Whom to ask", id="contact", hint="Phone or e-mail, for the letter. You may leave it out."
            )
        yield Buttons(_RECORD)

    def begin(self) -> None:
        """Begin with today, and with whoever agrees plans in this scheme."""
        self._ticked, self._why, self._another = (), {}, False
        self.query_one("#on", DayField).show(f"{today():%d/%m/%Y}")
        self.query_one("#role", WordsField).show(naming_profile(self.plan).approver)
        self.query_one("#appeal", WordsField).show(usual_appeal(self.desk))

    def values(self) -> dict[str, str]:
        """Return what is ticked and said of single supports too."""
        more = {
            "ticked": " ".join(self._ticked),
            "why": msgspec.json.encode(self._why).decode() if self._why else "",
        }
        return super().values() | more

    def put(self, values: dict[str, str]) -> None:
        """Put back what was ticked and said of single supports too."""
        super().put(values)
        self._ticked = tuple(values.get("ticked", "").split())
        why = values.get("why")
        self._why = msgspec.json.decode(why, type=dict[str, str]) if why else {}

    def show_plan(self) -> None:
        """Read where the plan stands."""
        self.where(self.plan.person.known_as or self.plan.person.name, "The decision")
        self._read()

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        with self.problems_said():
            self._sent = await self.away(sent_plan, self.desk)
            self._stands = await self.away(standing_decision, self.desk)
            self._compared = await self.away(compared, self.desk)
            self._show_decision()

    @property
    def _verdict(self) -> Verdict | None:
        value = self.query_one("#verdict", OneOf).value
        return cast("Verdict", value) if value else None

    @property
    def _waits(self) -> bool:
        """Whether a decision is to be recorded here now."""
        if self._sent is None:
            return False
        standing = self._sent.standing
        return self._another or standing.state == "submitted" or bool(standing.contested)

    def _show_decision(self) -> None:
        waits = self._waits
        for one in ("verdict", "by", "role", "on", "asked", "reason_codes", "reasons", "appeal", "contact"):
            self.query_one(f"#{one}").display = waits
        verdict = self._verdict
        self.query_one("#asked").display = waits and verdict is not None
        self.query_one("#reason_codes").display = waits and verdict is not None
        self.query_one("#said", Static).update(Content("\n").join(self._said()))
        shown = self._compared if waits else self._stands.compared if self._stands else None
        lines = self.query_one("#lines", RowList)
        changed = shown is not None and bool(shown.cash.changed or shown.in_house.changed)
        lines.display = changed and (not waits or verdict == "agreed_with_changes")
        if shown is not None:
            lines.show(list(compared_rows(shown, self._why if waits else None)))
        if verdict is not None:
            self.query_one("#reason_codes", RowList).show(list(self._reason_rows(verdict)))
        self.query_one(Buttons).show(self._buttons)
        if self.focused is None or not self.focused.display:
            self.query_one(OneOf if waits else Buttons).focus()

    @property
    def _buttons(self) -> tuple[Option, ...]:
        """What can be done here as things stand."""
        if self._waits:
            return _RECORD
        if self._sent is None or self._sent.changed or self._sent.standing.state in ("returned", "refused"):
            return _SEND
        return _ANOTHER if self._sent.standing.state in ("agreed", "agreed_with_changes") else _DONE

    def _said(self) -> Iterator[Content]:
        sent = self._sent
        if sent is None:
            yield Content("This plan has not been sent for a decision yet.")
            yield Content(
                "Sending fixes it as it stands. A later change makes a new version, to be signed anew."
            )
            return
        on = day_words(sent.standing.submitted_on) if sent.standing.submitted_on else ""
        yield typed(
            f"{sent.version} was sent on {on}." + (" The plan was changed since." if sent.changed else "")
        )
        if sent.standing.contested:
            yield Content("Two decisions were recorded apart, and differ. Record the one that counts.")
        if self._waits:
            if self._verdict == "agreed_with_changes" and not sent.changed:
                yield Content(_HOW_CHANGES_ARE_MADE)
        elif self._stands is not None:
            yield from (typed(line) for line in decision_lines(self._stands.decision))

    def _reason_rows(self, verdict: Verdict) -> Iterator[Row]:
        for one in reasons_for(self.desk, verdict):
            mark = "[x]" if one.key in self._ticked else "[ ]"
            yield Row((RowLine(Content.assemble(typed(f"{mark} "), typed(one.words))),), one.key)

    def on_one_of_changed(self) -> None:
        """Show what this decision needs."""
        self._show_decision()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Tick a reason, or take its tick away; or say why one support was agreed otherwise."""
        if event.rows.id == "lines":
            if self._waits:
                self._say_why(event.key)
            return
        ticked = event.key in self._ticked
        self._ticked = (
            tuple(one for one in self._ticked if one != event.key) if ticked else (*self._ticked, event.key)
        )
        self._show_decision()

    @work(exclusive=True, group="why")
    async def _say_why(self, support: str) -> None:
        line = next(one for one in self._all_lines() if one.support == support)
        words = await self.app.push_screen_wait(LineWhy(line.what, self._why.get(support, "")))
        if words is not None:
            self._why[support] = words
            self._show_decision()

    def _all_lines(self) -> tuple[LineAgreed, ...]:
        found = self._compared
        return (*found.cash.lines, *found.in_house.lines) if found is not None else ()

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Send the plan, record the decision, begin another, or go back."""
        if event.key == "send":
            self.once(self._send)
        elif event.key == "record":
            self.once(self._record)
        elif event.key == "another":
            self._another = True
            self._show_decision()
        else:
            self.action_go_back()

    async def _send(self) -> None:
        sure = Sure(
            "Send it for a decision",
            "The plan is fixed as it stands now. It can still be changed: that makes a new version, which is sent and "
            "signed anew.",
            yes="Send it",
        )
        if not await self.app.push_screen_wait(sure):
            return
        try:
            await self.away(submit, self.desk)
        except Problem as problem:
            self.say_problem(problem)
            return
        self.say("Sent. Now it waits for the decision.")
        self.show_all()

    async def _record(self) -> None:
        verdict, day = self._verdict, self.query_one("#on", DayField)
        if verdict is None:
            self.refuse(Problem("Choose what was decided", where="verdict"))
            return
        if day.value is None:
            self.refuse(Problem(day.problem or "Say on which day it was decided", where="on"))
            return
        values = self.values()
        if not values["by"].strip():
            self.refuse(Problem("Say who decided", where="by"))
            return
        known = {one.key for one in reasons_for(self.desk, verdict)}
        given = GivenDecision(
            verdict=verdict,
            by=values["by"],
            role=values["role"],
            on=day.value,
            reason_codes=tuple(one for one in self._ticked if one in known),
            reasons=values["reasons"],
            lines=self._why if verdict == "agreed_with_changes" else {},
            appeal=values["appeal"],
            contact=values["contact"],
        )
        if unprintable := unprintable_words(given.by, given.role, given.reasons, *given.lines.values()):
            sure = Sure("Not printable", unprintable, yes="Record it all the same", no="Mend it")
            if not await self.app.push_screen_wait(sure):
                return
        already = await self.away(decided_already_words, self.desk)
        if already:
            sure = Sure("Decided already", f"{already} Record another over it?", yes="Record another")
            if not await self.app.push_screen_wait(sure):
                return
        try:
            await self.away(decide, self.desk, given)
        except Problem as problem:
            self.refuse(problem)
            return
        self.recorded()
        self.say("The decision is recorded.")
        self.show_all()
