"""Signing: what is agreed to, the roles that sign, and where each of them stands."""

import asyncio
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
from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.keys_passphrase import keys_opened
from supportplan.screens.notice import Notice, Question
from supportplan.screens.sign_here import SignHere
from supportplan.services.check_codes import signed_code_words
from supportplan.services.desk import Desk
from supportplan.services.signing import Signing, add_scan, signings
from supportplan.services.submitting import sent_plan
from supportplan.services.views_page import left_out_words
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed, typed_lines
from supportplan.widgets.row_list import Row, RowLine, RowList
from supportplan.widgets.word_fields import WordsField

_SEAL = "seal"
_SEAL_ROW = Row(
    (RowLine(Content("Signed, but not sealed yet")), RowLine(Content("  [ ] Enter: seal it now"))), _SEAL
)


class Signatures(CasePlace[None]):
    """The roles that sign, and how far each is."""

    place = "signing"
    CSS_PATH = "signing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("signing", "case")
    AUTO_FOCUS = "RowList"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._signings: tuple[Signing, ...] = ()
        self._plan_entry = ""
        self._sealing = False

    def body(self) -> Iterator[Widget]:
        """What is agreed, and who agrees."""
        yield Static(id="said")
        yield Static(id="views")
        yield RowList()

    def show_plan(self) -> None:
        """Show the money that is agreed to, and read who has signed."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Signing")
        self._show_what_is_signed()
        self._read()

    def _show_what_is_signed(self) -> None:
        totals, currency = self.desk.costing.totals, self.desk.costing.currency
        lines = [
            f"One-off {show(totals.one_off, currency)}   Recurring {show(totals.recurring, currency)}   "
            f"Cash value {show(totals.cash_value, currency)}",
            _signed_words(self._signings),
        ]
        self.query_one("#said", Static).update(Content("\n").join(map(Content, lines)))

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        with self.problems_said():
            before, self._signings = self._signings, await self.away(signings, self.desk)
            if _signed_words(before) != _signed_words(self._signings):
                self._show_what_is_signed()
            self._plan_entry = await self.away(_unsealed_plan, self.desk)
            rows = [*_rows(self._signings), *([_SEAL_ROW] if self._plan_entry and not self._sealing else [])]
            self.query_one(RowList).show(rows)
            caution = self.query_one("#views", Static)
            caution.update(typed(left_out := await self.away(left_out_words, self.desk)))
            caution.display = bool(left_out)
            # How far it is signed stands in the top line, too.
            self.show_saved()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Sign in the role under the cursor; or say all about its signature."""
        if event.key == _SEAL:
            self._seal()
        else:
            self._sign(self._signings[int(event.key)])

    @work(exclusive=True, group="sign")
    async def _sign(self, signing: Signing) -> None:
        if signing.valid:
            code = await self.away(signed_code_words, self.desk, signing)
            if await self.app.push_screen_wait(AboutSignature(signing, code)):
                said = await self.app.push_screen_wait(AddScan(self.desk, signing))
                self.say(said or "")
                self._read()
            return
        said = await self.app.push_screen_wait(SignHere(self.desk, signing))
        if said:
            self.say(said)
            self._plan_entry = await self.away(_unsealed_plan, self.desk)
            self._seal()
        self._read()

    @work(group="seal")
    async def _seal(self) -> None:
        """Add the signature to the sealed file of the plan, on the computer on which it was given; nobody waits for it."""
        from supportplan.services.sealing import sealed_file

        plan = self._plan_entry
        if not plan:
            return
        self._sealing = True
        try:
            if await keys_opened(self, self.desk.store):
                await asyncio.to_thread(sealed_file, self.desk.store, self.desk.case, plan)
            elif not self.gone:
                self.say("Signed, but not sealed yet: the keys were not opened.", caution=True)
        except Problem as problem:
            if not self.gone:
                self.say(
                    f"It is signed. The sealed PDF is made when it is printed: {problem.what}", caution=True
                )
        finally:
            self._sealing = False
        if not self.gone:
            self._read()


class AboutSignature(Question[bool]):
    """All that is known of a signature, with the check code; answers whether its scan is to be added."""

    def __init__(self, signing: Signing, code: str) -> None:
        super().__init__(signing.signer.words)
        self._signing, self._code = signing, code

    def inside(self) -> Iterator[Widget]:
        """Say it, and offer to add the scan where it lacks one."""
        yield Static(typed_lines(about(self._signing, self._code)))
        one = self._signing.signature
        lacks = one is not None and one.way == "ink" and not self._signing.scan
        yield Buttons([Option("go_on", "Go on"), *([Option("scan", "Add the scan")] if lacks else [])])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Answer."""
        self.dismiss(event.key == "scan")


class AddScan(Question[str | None]):
    """Asks where the scan is; answers with what to say once it is in the case."""

    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk, signing: Signing) -> None:
        super().__init__("Add the scan")
        self._desk, self._signing = desk, signing

    def inside(self) -> Iterator[Widget]:
        """The file."""
        yield Static(Content("A scan or a photograph of the signed page: a JPEG or a PDF, at most 25 MB."))
        yield WordsField("Scan", id="scan")
        yield Buttons([Option("add", "Add it"), Option("no", "Not now")])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Add it, or leave it."""
        if event.key == "add":
            self._add()
        else:
            self.dismiss(None)

    @work(exclusive=True)
    async def _add(self) -> None:
        try:
            await self.away(add_scan, self._desk, self._signing, self.query_one("#scan", WordsField).text)
        except Problem as problem:
            self.app.push_screen(Notice(problem))
        else:
            self.dismiss("The scan is added.")


def _signed_words(found: tuple[Signing, ...]) -> str:
    """Say what signing means here, to those who still sign, or to nobody where all have."""
    if found and all(one.valid for one in found):
        return "Everybody has signed this plan. If it is changed later, it has to be signed again."
    return "You sign the plan as it is now. If it is changed later, it has to be signed again."


def _unsealed_plan(desk: Desk) -> str:
    """Return the entry of the plan that was sent last where a signature of it waits to be sealed, else nothing."""
    from supportplan.services.sealing import waits_for_seal

    sent = sent_plan(desk)
    return sent.entry if sent is not None and waits_for_seal(desk.store, desk.case, sent.entry) else ""


def about(signing: Signing, code: str) -> str:
    """Say all that is known of a signature, a line each."""
    one = signing.signature
    if one is None:
        return "Nobody has signed in this role yet."
    lines = [
        signing.who,
        f"Signed {WAY_WORDS[one.way]} on {day_words(one.on)}"
        + (", as the paper says." if one.way == "ink" else ", by the clock of the computer."),
        f"Seen by: {one.seen_by}" if one.seen_by else "",
        "The scan of it is in the case." if signing.scan else "",
        f"There too: {one.present}" if one.present else "",
        f"“{one.statement}”" if one.statement else "",
        code,
    ]
    return "\n".join(line for line in lines if line)


def _rows(found: tuple[Signing, ...]) -> Iterator[Row]:
    for place, one in enumerate(found):
        more: list[Content] = []
        if one.void and one.on is not None:
            state = Content.assemble("void: signed by ", typed(one.who))
            more = [typed(f"on {day_words(one.on)}. {one.void}"), Content("[ ] Enter: sign here again")]
        elif one.on is not None:
            # The day has a line of its own: beside a long name it would be cut.
            state = Content.assemble("[x] signed by ", typed(one.who))
            way = f", {WAY_WORDS[one.signature.way]}" if one.signature else ""
            more = [typed(f"    on {day_words(one.on)}{way}")]
        else:
            state = Content("[ ] not yet. Enter: sign here")
        lines = [typed(one.signer.words), *(Content.assemble("  ", line) for line in (state, *more))]
        yield Row(tuple(map(RowLine, lines)), str(place))
