"""Signing: who signs, the words they sign under, and their name."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.notice import Question
from supportplan.services.clock import today
from supportplan.services.desk import Desk
from supportplan.services.signing import BASES, STATEMENT, Signing, sign, signings
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList
from supportplan.widgets.word_fields import WordsField


class Signatures(CasePlace[None]):
    """The roles that sign, and how far each is."""

    place = "signing"
    CSS_PATH = "signing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("signing", "case")
    AUTO_FOCUS = "RowList"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._signings: tuple[Signing, ...] = ()

    def body(self) -> Iterator[Widget]:
        """What is agreed, and who agrees."""
        yield Static(id="said")
        yield RowList()

    def show_plan(self) -> None:
        """Show the money that is agreed to, and read who has signed."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Signing")
        totals, currency = self.desk.costing.totals, self.desk.costing.currency
        lines = [
            f"One-off {show(totals.one_off, currency)}   Recurring {show(totals.recurring, currency)}   "
            f"Cash value {show(totals.cash_value, currency)}",
            "You sign the plan as it is now. If it is changed later, it has to be signed again.",
        ]
        self.query_one("#said", Static).update(Content("\n").join(map(Content, lines)))
        self._read()

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        with self.problems_said():
            self._signings = await self.away(signings, self.desk)
            self.query_one(RowList).show(list(_rows(self._signings)))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Sign in the role under the cursor."""
        self._sign(self._signings[int(event.key)])

    @work(exclusive=True, group="sign")
    async def _sign(self, signing: Signing) -> None:
        if signing.valid:
            self.say("Signed already.")
            return
        given = await self.app.push_screen_wait(SignHere(signing))
        if given is None:
            return
        name, basis = given
        with self.problems_said():
            await self.away(sign, self.desk, signing.signer.role, name, basis=basis)
            self.say("Signed.")
        self._read()


class SignHere(Question["tuple[str, str] | None"]):
    """The statement, and the name under it. Answers with the name and the basis."""

    DEFAULT_CSS = """
    SignHere > Vertical { width: 76; }
    SignHere VerticalScroll { height: auto; max-height: 14; }
    """
    AUTO_FOCUS = "Input"

    def __init__(self, signing: Signing) -> None:
        super().__init__(signing.signer.words)
        self._signing = signing

    def inside(self) -> Iterator[Widget]:
        """The words, the name, for whom, and the day."""
        with VerticalScroll(can_focus=False):
            yield Static(Content(f"“{STATEMENT}”"))
            # Empty: that somebody types their own name is what makes it a signature.
            yield WordsField("Full name", id="name", hint="Typed by whoever signs.")
            if self._signing.signer.may_be_represented:
                own = Option("", "for myself")
                yield OneOf("I sign", [own, *(Option(words, words) for words in BASES)], id="basis")
            yield Static(Content(f"Date: {day_words(today())}, by this computer's clock."))
        yield Buttons([Option("sign", "I agree, and sign"), Option("no", "Not today")])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Answer."""
        name = self.query_one("#name", WordsField)
        if event.key != "sign":
            self.dismiss(None)
        elif not name.text.strip():
            name.focus()
        else:
            basis = next((one.value for one in self.query(OneOf)), "")
            self.dismiss((name.text.strip(), basis))


def _rows(found: tuple[Signing, ...]) -> Iterator[Row]:
    for place, one in enumerate(found):
        if one.void:
            state = Content.assemble("void: ", typed(one.who), f" {one.void}")
        elif one.on is not None:
            state = Content.assemble("[x] signed by ", typed(one.who), f" on {day_words(one.on)}")
        else:
            state = Content("[ ] not yet. Enter: sign here")
        yield Row((RowLine(typed(one.signer.words)), RowLine(Content.assemble("  ", state))), str(place))
