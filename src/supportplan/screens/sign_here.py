"""One signature: the words it is under, the name, in which way it is given, and who is there."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.cases.drawing import Drawing
from supportplan.domain.cases.steps import Way
from supportplan.domain.days import day_words
from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.draw_signature import DrawSignature
from supportplan.screens.notice import Sure
from supportplan.screens.sheet import Sheet
from supportplan.services.author import author_of
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.services.signing import (
    BASES,
    STATEMENT,
    HowSigned,
    Signing,
    another_name_words,
    code_to_compare,
    sign,
)
from supportplan.services.submitting import demand_ready
from supportplan.services.unprintable import unprintable_words
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.fields import DayField
from supportplan.widgets.lines import typed, typed_lines
from supportplan.widgets.word_fields import WordsField

_WAYS: dict[Way, Option] = {
    "typed": Option("typed", "typing the name"),
    "drawn": Option("drawn", "drawing it with the mouse"),
    "ink": Option("ink", "in ink, on the printed plan"),
}
_INK = ("on", "seen_by", "scan")
_SIGN = {
    "typed": Option("sign", "I agree, and sign"),
    "drawn": Option("sign", "Draw the signature"),
    "ink": Option("sign", "It is signed: record it"),
}
_PAPER = (
    "Print the plan, have it signed by hand, and say here who saw it and on which day. A scan or a photograph of the "
    "signed page, JPEG or PDF, is kept with the case."
)
_NOT_SENT = (
    "The plan has not been sent as it is now: recording the signature sends it. The paper has to have the check code {} on "
    "every page."
)


class SignHere(Sheet):
    """The statement, and the signature under it. What was typed goes with Esc; where the window is closed it is kept."""

    place = "sign_here"
    places: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"The name of who signs": "name", "Who saw it being signed": "seen_by"}
    )
    of_a_case = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("sign_here")
    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk, signing: Signing) -> None:
        super().__init__(desk)
        self._signing = signing
        self._said_that_it_goes = False

    def body(self) -> Iterator[Widget]:
        """The words, the name, for whom, how, who is there, and the day."""
        with VerticalScroll(can_focus=False):
            yield Static(Content(f"“{STATEMENT}”"), id="said")
            # Empty: that somebody types their own name is what makes it a signature.
            yield WordsField("Full name", id="name", hint="Typed by whoever signs.")
            if self._signing.signer.may_be_represented:
                own = Option("", "for myself")
                yield OneOf("I sign", [own, *(Option(words, words) for words in BASES)], id="basis")
            yield OneOf("How", list(_WAYS.values()), id="way", value="typed")
            yield Static(id="paper")
            yield WordsField("Seen by", id="seen_by", hint="Who saw it being signed.")
            yield DayField("Signed on", today(), id="on", hint="like yesterday, 1 april, 23/11/26")
            yield WordsField("Scan", id="scan", hint="The file, such as scan.pdf. You may leave it out.")
            yield WordsField(
                "Who is there", id="present", hint="Whoever else is present. You may leave it out."
            )
            yield Static(typed(f"Date: {day_words(today())}, by this computer's clock."), id="date")
        yield Buttons([_SIGN["typed"], Option("no", "Not today")])

    def begin(self) -> None:
        """Offer who sits at this computer as the one who saw it, and today."""
        self.query_one("#seen_by", WordsField).show(author_of(self.desk.store).name)
        self.query_one("#on", DayField).show(f"{today():%d/%m/%Y}")

    def show_plan(self) -> None:
        """Say who signs, and show what the way of signing needs."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Signing", self._signing.signer.words)
        self._show_way()

    def on_one_of_changed(self, event: OneOf.Changed) -> None:
        """Show what this way needs."""
        if event.one_of.id == "way":
            self._show_way()

    def on_field_changed(self) -> None:
        """What is typed now has not been said to go yet."""
        self._said_that_it_goes = False

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Sign, or go back."""
        name = self.query_one("#name", WordsField)
        if self.at_work:
            return  # A second press while the first is still being answered.
        if event.key != "sign":
            self.let_go()
            self.dismiss("")
        elif not name.text.strip():
            name.focus()
            self.say("Type the full name first.", caution=True)
        else:
            self.once(self._sign)

    def holds_back(self, again: str) -> bool:
        """Say, once, that what is typed here goes; hold back whoever leaves before it is said whether it is signed."""
        if self.at_work and self.is_current:
            self.say("One moment: the signature is being recorded.")
            return True
        if self._said_that_it_goes or not self.begun:
            return False
        self._said_that_it_goes = True
        self.say(f"Not signed yet. {again}", caution=True)
        return True

    def action_go_back(self) -> None:
        """Go back without a signature; but say first, once, that what is typed goes."""
        if not self.holds_back("Esc again leaves it out."):
            self.let_go()
            self.dismiss("")

    def put(self, values: dict[str, str]) -> None:
        """Show what the way needs that was chosen before, too."""
        super().put(values)
        self._show_way()

    @property
    def kept_as(self) -> str:
        """The form of each role keeps its own."""
        return f"{self.place} {self._signing.signer.role}"

    @property
    def _way(self) -> Way:
        return next(key for key in _WAYS if key == self.query_one("#way", OneOf).value)

    def _show_way(self) -> None:
        ink = self._way == "ink"
        for one in ("#paper", *(f"#{name}" for name in _INK)):
            self.query_one(one).display = ink
        self.query_one("#date").display = not ink
        if ink:
            self._say_of_paper()
        self.query_one(Buttons).show([_SIGN[self._way], Option("no", "Not today")])

    @work(exclusive=True, group="paper")
    async def _say_of_paper(self) -> None:
        """Say how it is signed on paper; and which paper that is, where the plan has not been sent yet."""
        code = await asyncio.to_thread(code_to_compare, self.desk, None)
        if not self.gone:
            words = f"{_PAPER} {_NOT_SENT.format(code)}" if code else _PAPER
            self.query_one("#paper", Static).update(typed_lines(words))

    async def _sign(self) -> None:
        drawing: Drawing | None = None
        values = self.values()
        ink = self._way == "ink"
        asked = another_name_words(
            self.desk, self._signing.signer.role, values["name"], values.get("basis", "")
        )
        if asked:
            sure = Sure("Is that the name?", asked, yes="Sign so", no="Mend the name")
            if not await self.app.push_screen_wait(sure):
                self.query_one("#name", WordsField).focus()
                return
        if unprintable := unprintable_words(values["name"], values["seen_by"], values["present"]):
            sure = Sure("Not printable", unprintable, yes="Sign all the same", no="Mend it")
            if not await self.app.push_screen_wait(sure):
                self.query_one("#name", WordsField).focus()
                return
        if self._way == "drawn":
            drawing = await self._drawn(values["name"], values.get("basis", ""))
            if drawing is None:
                return
        day = self.query_one("#on", DayField)
        if ink and day.value is None:
            day.focus()
            self.say("Say on which day it was signed.", caution=True)
            return
        code = await self._code_compared(day.value) if ink else ""
        if code is None:
            return
        given = HowSigned(
            values["name"],
            self._way,
            basis=values.get("basis", ""),
            present=values["present"],
            drawing=drawing,
            on=day.value if ink else None,
            seen_by=values["seen_by"] if ink else "",
            scan=values["scan"] if ink else "",
            paper_code=code,
        )
        try:
            await self.away(sign, self.desk, self._signing.signer.role, given)
        except Problem as problem:
            self.refuse(problem)
        else:
            self.let_go()
            self.dismiss("Signed.")

    async def _code_compared(self, on: date | None) -> str | None:
        """Have the check code on the paper compared where that was signed before the plan was sent; None if it is another."""
        code = await self.away(code_to_compare, self.desk, on)
        if not code:
            return ""
        same = Sure(
            "Is the paper of this plan?",
            f"It was signed before the plan was sent. Look at the foot of each page: does the check code {code} stand there?",
            yes=f"Yes, it is {code}",
            no="No, or I cannot see it",
        )
        if await self.app.push_screen_wait(same):
            return code
        self.say("Not recorded: print this plan, and have that signed.", caution=True)
        return None

    async def _drawn(self, name: str, basis: str) -> Drawing | None:
        """Have the signature drawn; but not where the plan cannot be signed anyway."""
        try:
            await self.away(demand_ready, self.desk.plan)
        except Problem as problem:
            self.refuse(problem)
            return None
        who = f"{name}, {basis}," if basis else name
        drawing = await self.app.push_screen_wait(DrawSignature(who, self._signing.signer.words, STATEMENT))
        if drawing is None:
            self.say("Not signed.")
        return drawing
