"""Signing: what is agreed to, the roles that sign, and where each of them stands."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.cases.step_words import WAY_WORDS
from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.notice import Said
from supportplan.screens.sign_here import SignHere
from supportplan.services.desk import Desk
from supportplan.services.signing import Signing, signings
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList


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
            # How far it is signed stands in the top line, too.
            self._show_saved()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Sign in the role under the cursor; or say all about its signature."""
        self._sign(self._signings[int(event.key)])

    @work(exclusive=True, group="sign")
    async def _sign(self, signing: Signing) -> None:
        if signing.valid:
            await self.app.push_screen_wait(Said(signing.signer.words, about(signing)))
            return
        said = await self.app.push_screen_wait(SignHere(self.desk, signing))
        if said:
            self.say(said)
        self._read()


def about(signing: Signing) -> str:
    """Say all that is known of a signature, a line each."""
    one = signing.signature
    if one is None:
        return "Nobody has signed in this role yet."
    lines = [
        signing.who,
        f"Signed {WAY_WORDS[one.way]} on {day_words(one.on)}, by this computer's clock.",
        f"Seen by: {one.seen_by}" if one.seen_by else "",
        "The scan of it is in the case." if one.scan else "",
        f"There too: {one.present}" if one.present else "",
        f"“{one.statement}”" if one.statement else "",
        f"Check code of the plan that was signed: {one.plan[:16]}",
    ]
    return "\n".join(line for line in lines if line)


def _rows(found: tuple[Signing, ...]) -> Iterator[Row]:
    for place, one in enumerate(found):
        more: list[Content] = []
        if one.void and one.on is not None:
            state = Content.assemble("void: signed by ", typed(one.who), f" on {day_words(one.on)}")
            more = [Content(one.void), Content("[ ] Enter: sign here again")]
        elif one.on is not None:
            state = Content.assemble("[x] signed by ", typed(one.who), f" on {day_words(one.on)}")
            more = [Content(f"    {WAY_WORDS[one.signature.way]}")] if one.signature else []
        else:
            state = Content("[ ] not yet. Enter: sign here")
        lines = [typed(one.signer.words), *(Content.assemble("  ", line) for line in (state, *more))]
        yield Row(tuple(map(RowLine, lines)), str(place))
