"""Giving a copy out: which one, how it is printed, for whom; then Print, Open or Save as, and whether it came out."""

import asyncio
from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.doing import Doing, Progress
from supportplan.screens.keys_passphrase import keys_opened
from supportplan.screens.notice import Question
from supportplan.screens.save_as import Fetch, SaveAs, written
from supportplan.screens.send_first import sent_first
from supportplan.services.copies import Copy, case_document, lacking_words, usual_name
from supportplan.services.copies_on_offer import COPIES, STANDARD, CopyOnOffer
from supportplan.services.desk import Desk
from supportplan.services.issuing import (
    THE_FAMILY,
    CopyGiven,
    MadeCopy,
    copy_again,
    copy_to_give,
    copy_to_see,
    given_words,
    note_on_paper,
    save_copy,
)
from supportplan.services.opening_files import can_open, documents_folder, fetching_command, open_file
from supportplan.services.printing import (
    MOST_COPIES,
    HowToPrint,
    Printer,
    print_pdf,
    printed_by_the_usual_program,
    printers,
)
from supportplan.services.usual_printer import remember_printer, remembered_printer
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf, Option, Tick
from supportplan.widgets.chooser import Choice
from supportplan.widgets.fields import CountField
from supportplan.widgets.lines import typed
from supportplan.widgets.word_fields import WordsField

_WHOLE, _SIGNATURE_PAGE = "whole", "signature_page"
_PRINT, _OPEN, _SAVE = Option("print", "Print"), Option("open", "Open"), Option("save", "Save as")
_NOTED = "Noted as given out when it is saved, or has come out of the printer; not when it is opened."
_TURNED = "On both sides, the signatures come on a sheet of their own."
_NOT_OPENED = "Nothing was printed or saved: the keys that seal a signed plan were not opened. Try again with their passphrase."
_NO_VIEWER = "Nothing here can show it: save the copy as"
_LOOK, _AGAIN = Option("look", "All of it in words"), Option("again", "Look for printers again")


class PrintAndOpen(CasePlace[None]):
    """A copy of the plan on the desk, or the very same one that was given out before."""

    place = "print"
    CSS_PATH = "print_and_open.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("print", "case")
    AUTO_FOCUS = "OneOf"

    def __init__(self, desk: Desk, *, again: CopyGiven | None = None) -> None:
        super().__init__(desk)
        self._again = again
        self._printers: tuple[Printer, ...] = ()

    def body(self) -> Iterator[Widget]:
        """What is asked, what there is to say about it, and the buttons."""
        again = self._again
        with VerticalScroll(can_focus=False):
            if again is not None:
                yield Static(typed(f"The very same file again: {given_words(again)}"), id="again")
            else:
                options = [Option(one.key, one.words) for one in COPIES]
                yield OneOf("Which copy", options, id="kind", value=STANDARD.key)
            alone = again is not None and again.issued.copy == "signature_page"
            pages = [Option(_WHOLE, "all"), Option(_SIGNATURE_PAGE, "the signature page alone")]
            yield OneOf("Pages", pages, id="pages", value=_SIGNATURE_PAGE if alone else _WHOLE)
            yield Choice("Printer", [], id="printer", width=44)
            yield Tick("Both sides of the paper", id="sides")
            yield CountField("Prints", ("print", "prints"), most=MOST_COPIES, id="count")
            yield WordsField("For whom", id="whom", hint="type a name")
        yield Static("", id="lacking", markup=False)
        yield Static("", id="said", markup=False)
        yield Buttons([_OPEN, _SAVE, _LOOK])

    def on_mount(self) -> None:
        """Offer what is usual, and look for printers."""
        self.query_one(CountField).show("1")
        self.query_one("#whom", WordsField).show(THE_FAMILY if self._again is None else self._again.issued.to)
        self._look_for_printers()

    def show_plan(self) -> None:
        """Say whose plan it is, and what of it cannot be printed."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Print, open or save")
        self._show_what_applies()
        if self._again is None:
            self._look_for_letters()

    @work(exclusive=True, group="letters")
    async def _look_for_letters(self) -> None:
        with self.problems_said():
            lacking = await self.away(lambda: lacking_words(case_document(self.desk)))
            caution = self.query_one("#lacking", Static)
            caution.update(Content(lacking))
            caution.display = bool(lacking)

    @work(exclusive=True, group="printers")
    async def _look_for_printers(self) -> None:
        # Keys are not held meanwhile: printers in the network take a few seconds to be found.
        self._say_below("Looking for printers.")
        try:
            found = await asyncio.to_thread(printers)
            usual, two_sided = await asyncio.to_thread(remembered_printer, self.desk.store, found)
        except Problem as problem:
            self._printers = ()
            if not self.gone:
                self._say_below(f"{problem.what} {problem.mend}")
                self._show_what_applies()
            return
        if self.gone:
            return
        self._printers = found
        self.query_one(Choice).show(usual, [Option(one.name, one.words) for one in found])
        self.query_one(Tick).show(value=two_sided)
        self._show_what_applies()
        self._say_below(f"{_TURNED} {_NOTED}" if self.query_one("#sides").display else _NOTED)

    def on_one_of_changed(self) -> None:
        """Ask only what means something for this copy."""
        self._show_what_applies()

    def on_choice_changed(self) -> None:
        """Ask only what this printer can do."""
        self._show_what_applies()

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Print, open, save, or look."""
        match event.key:
            case "print":
                self.action_print()
            case "open":
                self.action_open()
            case "save":
                self.action_save()
            case "look":
                self.action_go("preview")
            case _:
                self._look_for_printers()

    @work(exclusive=True, group="out")
    async def action_print(self) -> None:
        """Print it, and ask whether it came out: only then is it noted."""
        how = self._how()
        if how is None or not await self._can_seal() or not await self._sent_first():
            return
        whom = self._whom()
        made: list[MadeCopy] = []

        def task(progress: Progress) -> MadeCopy:
            if not made:
                progress("Making the copy", 0, 0)
                made.append(self._to_give())
            print_pdf(self.desk.store, made[0].content, how, progress)
            return made[0]

        while True:
            came = await self.app.push_screen_wait(Doing("Printing", task))
            if came is None:
                self._say_below("Stopped. What had not come out yet was taken back. Nothing is noted.")
                return
            if isinstance(came, Problem):
                self.say_problem(came)
                return
            answer = await self.app.push_screen_wait(CameOut(came, how))
            if answer != "again":
                break
        if self._printers:
            remember_printer(self.desk.store, self._printers, how.printer, two_sided=how.two_sided)
        if answer != "yes":
            self._say_below("Not noted as given out. Nothing is lost.")
            return
        with self.problems_said():
            await self.away(note_on_paper, self.desk, came, given_to=whom, signature_page=how.signature_page)
            self._say_below(f"Noted: on paper, for {whom}.{_lacking(made[0].lacking)}")

    @work(exclusive=True, group="out")
    async def action_open(self) -> None:
        """Open it in the program that the computer has for it, to look at; where there is none to see, save it."""
        if not can_open():
            await self._save(to_open=True)
            return
        self._say_below("Making the copy.")
        try:
            made = await self.away(self._to_see)
            name = usual_name(self.plan, made.ending)
            path = await self.away(self.desk.store.passing.put, name, made.content)
            await self.away(open_file, path)
        except Problem as problem:
            self._say_below("")
            self.say_problem(problem)
        else:
            lacking = _lacking(made.lacking)
            self._say_below(f"Opened, to look at: nothing is noted, and no file is kept.{lacking}")

    @work(exclusive=True, group="out")
    async def action_save(self) -> None:
        """Save it as a file, and note to whom it was given."""
        await self._save()

    async def _save(self, *, to_open: bool = False) -> None:
        """Save it; where it was to be opened, or lies on another computer than one sits at, say how to come to it."""
        usual = documents_folder() / usual_name(self.plan, self._ending)
        to = await self.app.push_screen_wait(SaveAs(usual, _NO_VIEWER if to_open else "Save the copy as"))
        if to is None or not await self._can_seal():
            return
        whom = self._whom()
        made: list[MadeCopy] = []

        def write(replace: bool) -> Copy:
            if not made:
                made.append(self._to_give())
            return save_copy(self.desk, made[0], to, given_to=whom, replace=replace)

        self._say_below("Making the copy.")
        try:
            copy = await written(self, write)
        except Problem as problem:
            self._say_below("")
            self.say_problem(problem)
            return
        self._say_below("" if copy is None else _saved(copy, whom))
        if copy is not None and (to_open or fetching_command(to)):
            await self.app.push_screen_wait(Fetch(to))

    async def _can_seal(self) -> bool:
        """Have the keys opened that seal what is signed, where they have a passphrase of their own."""
        try:
            if self._again is not None or await keys_opened(self, self.desk.store):
                return True
        except Problem as problem:
            self.say_problem(problem)
            return False
        self._say_below(_NOT_OPENED)
        return False

    async def _sent_first(self) -> bool:
        """Offer to send what is printed for signing and may still change; say whether to print."""
        try:
            return self._again is not None or not self._offer.signed or await sent_first(self, self.desk)
        except Problem as problem:
            self.say_problem(problem)
            return False

    def _to_give(self) -> MadeCopy:
        if self._again is not None:
            return copy_again(self.desk.store, self.desk.case, self._again)
        return copy_to_give(self.desk, self._offer)

    def _to_see(self) -> MadeCopy:
        if self._again is not None:
            return copy_again(self.desk.store, self.desk.case, self._again)
        return copy_to_see(self.desk, self._offer)

    @property
    def _offer(self) -> CopyOnOffer:
        return next(one for one in COPIES if one.key == self.query_one("#kind", OneOf).value)

    @property
    def _ending(self) -> str:
        if self._again is None:
            return self._offer.ending
        return self._again.ending

    @property
    def _printer(self) -> Printer | None:
        return next((one for one in self._printers if one.name == self.query_one(Choice).value), None)

    def _whom(self) -> str:
        return self.query_one("#whom", WordsField).text.strip() or THE_FAMILY

    def _how(self) -> HowToPrint | None:
        """Return how it is to be printed; where something of it cannot be read, say so at its field."""
        if not self._can_print:
            self.say("There is no printer to print this on. Save it, or open it.", caution=True)
            return None
        count = self.query_one(CountField)
        if count.display and count.value is None:
            count.focus()
            return None
        page_alone = self._page_alone
        sides = self.query_one(Tick)
        return HowToPrint(
            printer=self.query_one(Choice).value,
            two_sided=sides.display and sides.value and not page_alone,
            copies=count.value or 1,
            signature_page=page_alone,
        )

    @property
    def _can_print(self) -> bool:
        """Whether this copy can be printed here: on a printer that is chosen, or by the program that shows PDFs."""
        printable = self._offer.printable if self._again is None else self._again.printable
        return printable and (self._printer is not None or printed_by_the_usual_program())

    @property
    def _page_alone(self) -> bool:
        """Whether only the page with the signatures is printed."""
        pages = self.query_one("#pages", OneOf)
        return pages.display and pages.value == _SIGNATURE_PAGE

    def _show_what_applies(self) -> None:
        """Ask for what the copy, the printer and this computer can do, and offer no button that leads nowhere."""
        asked = self._can_print and self._printer is not None
        for name in ("#printer", "#count"):
            self.query_one(name).display = asked
        signed = self._again is not None or self._offer.signed
        self.query_one("#pages").display = asked and signed
        alone = self._page_alone
        both = self._printer is not None and self._printer.both_sides
        self.query_one("#sides").display = asked and both and not alone
        none_found = not self._printers and not printed_by_the_usual_program()
        buttons = [_PRINT] if self._can_print else []
        buttons += [
            _OPEN,
            _SAVE,
            *([_LOOK] if self._again is None else []),
            *([_AGAIN] if none_found else []),
        ]
        self.query_one(Buttons).show(buttons)

    def _say_below(self, words: str) -> None:
        self.query_one("#said", Static).update(Content(words))


class CameOut(Question[str | None]):
    """Asks what nobody but whoever stands at the printer knows."""

    def __init__(self, made: MadeCopy, how: HowToPrint) -> None:
        super().__init__("Did it come out?")
        self._pages = 1 if how.signature_page else made.pages
        self._copies = how.copies

    def inside(self) -> Iterator[Widget]:
        """Say what should lie in the printer, and ask."""
        pages = "1 page" if self._pages == 1 else f"{self._pages} pages"
        times = "" if self._copies == 1 else f", {self._copies} times"
        yield Static(
            Content(f"The printer has taken it: {pages}{times}. Look whether all of it can be read.")
        )
        yield Static("Only what came out is noted as given out.", markup=False)
        yield Buttons(
            [Option("yes", "Yes, all of it"), Option("no", "No"), Option("again", "Print it again")]
        )

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Answer."""
        self.dismiss(event.key)


def _saved(copy: Copy, whom: str) -> str:
    pages = "" if not copy.pages else f", {copy.pages} {'page' if copy.pages == 1 else 'pages'}"
    return f"Saved{pages}: {copy.path}. Noted as given to {whom}.{_lacking(copy.lacking)}"


def _lacking(letters: tuple[str, ...]) -> str:
    if not letters:
        return ""
    return f" {'1 character' if len(letters) == 1 else f'{len(letters)} characters'} cannot be printed."
