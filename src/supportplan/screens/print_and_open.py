"""Giving a copy out: which one, how it is printed, for whom; then Print, Open or Save as, and whether it came out."""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.came_out import CameOut
from supportplan.screens.case_place import CasePlace
from supportplan.screens.doing import Doing
from supportplan.screens.keys_passphrase import keys_opened
from supportplan.screens.print_form import PrintForm
from supportplan.screens.save_as import Fetch, SaveAs, written
from supportplan.screens.send_first import sent_first
from supportplan.services.copies import Copy, case_document, lacking_words, usual_name
from supportplan.services.desk import Desk
from supportplan.services.issuing import CopyGiven, MadeCopy, copy_again, copy_to_give, copy_to_see, save_copy
from supportplan.services.on_paper import OnPaper
from supportplan.services.opening_files import can_open, documents_folder, fetching_command, open_file
from supportplan.services.printing import printed_by_the_usual_program, printers
from supportplan.services.usual_printer import remembered_printer
from supportplan.services.views_page import left_out_words
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed, typed_lines

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

    def body(self) -> Iterator[Widget]:
        """What is asked, what there is to say about it, and the buttons."""
        yield PrintForm(self._again)
        yield Static("", id="lacking", markup=False)
        yield Static("", id="said", markup=False)
        yield Buttons([_OPEN, _SAVE, _LOOK])

    def on_mount(self) -> None:
        """Look for printers."""
        self._look_for_printers()

    def show_plan(self) -> None:
        """Say whose plan it is, and what of it cannot be printed."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Print, open or save")
        self._show_what_applies()
        if self._again is None:
            self._look_for_what_lacks()

    @work(exclusive=True, group="letters")
    async def _look_for_what_lacks(self) -> None:
        with self.problems_said():
            lacking = await self.away(_lacks, self.desk)
            caution = self.query_one("#lacking", Static)
            caution.update(typed_lines(lacking))
            caution.display = bool(lacking)

    @work(exclusive=True, group="printers")
    async def _look_for_printers(self) -> None:
        # Keys are not held meanwhile: printers in the network take a few seconds to be found.
        self._say_below("Looking for printers.")
        try:
            found = await asyncio.to_thread(printers)
            usual, two_sided = await asyncio.to_thread(remembered_printer, self.desk.store, found)
        except Problem as problem:
            if not self.gone:
                self._form.offer_printers((), "", two_sided=False)
                self._show_buttons()
                self._say_below(f"{problem.what} {problem.mend}")
            return
        if self.gone:
            return
        self._form.offer_printers(found, usual, two_sided=two_sided)
        self._show_buttons()
        self._say_below(f"{_TURNED} {_NOTED}" if self._form.asks_for_sides else _NOTED)

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
        form = self._form
        if not form.can_print:
            self.say("There is no printer to print this on. Save it, or open it.", caution=True)
            return
        how = form.how_to_print()
        if how is None or not await self._can_seal() or not await self._sent_first():
            return
        paper = OnPaper(self.desk, how, there=form.printers, given_to=form.whom, make=self._to_give())
        with self.problems_said():
            while paper.waits:
                came = await self.app.push_screen_wait(Doing("Printing", paper.print))
                if came is None:
                    self._say_below("Stopped. What had not come out yet was taken back. Nothing is noted.")
                    return
                if isinstance(came, Problem):
                    raise came
                answer = await self.app.push_screen_wait(CameOut(paper.pages, how.copies))
                await self.away(paper.answer, answer or "no")
            noted = f"Noted: on paper, for {paper.given_to}.{_lacking(paper.made.lacking)}"
            self._say_below(noted if paper.noted else "Not noted as given out. Nothing is lost.")

    @work(exclusive=True, group="out")
    async def action_open(self) -> None:
        """Open it in the program that the computer has for it, to look at; where there is none to see, save it."""
        if not can_open():
            await self._save(to_open=True)
            return
        self._say_below("Making the copy.")
        try:
            made = await self.away(self._to_see())
            name = usual_name(self.plan, made.ending, made.kind)
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
        usual = documents_folder() / usual_name(self.plan, self._form.ending, self._form.kind)
        to = await self.app.push_screen_wait(SaveAs(usual, _NO_VIEWER if to_open else "Save the copy as"))
        if to is None or not await self._can_seal():
            return
        whom, make = self._form.whom, self._to_give()
        made: list[MadeCopy] = []

        def write(replace: bool) -> Copy:
            if not made:
                made.append(make())
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
            return self._again is not None or not self._form.offer.signed or await sent_first(self, self.desk)
        except Problem as problem:
            self.say_problem(problem)
            return False

    @property
    def _form(self) -> PrintForm:
        return self.query_one(PrintForm)

    def _to_give(self) -> Callable[[], MadeCopy]:
        """Return what makes the copy to be given out, in a thread: what is chosen on the screen is read here, before."""
        if self._again is not None:
            return partial(copy_again, self.desk.store, self.desk.case, self._again)
        return partial(copy_to_give, self.desk, self._form.offer)

    def _to_see(self) -> Callable[[], MadeCopy]:
        """Return what makes the copy to be looked at, as `_to_give` does."""
        if self._again is not None:
            return self._to_give()
        return partial(copy_to_see, self.desk, self._form.offer)

    def _show_what_applies(self) -> None:
        self._form.show_what_applies()
        self._show_buttons()

    def _show_buttons(self) -> None:
        """Offer no button that leads nowhere."""
        none_found = not self._form.printers and not printed_by_the_usual_program()
        self.query_one(Buttons).show(
            [
                *([_PRINT] if self._form.can_print else []),
                _OPEN,
                _SAVE,
                *([_LOOK] if self._again is None else []),
                *([_AGAIN] if none_found else []),
            ]
        )

    def _say_below(self, words: str) -> None:
        self.query_one("#said", Static).update(typed(words))


def _lacks(desk: Desk) -> str:
    """Say what a copy would lack: letters that cannot be printed, and views that the sealed copy does not have."""
    return "\n".join(filter(None, (lacking_words(case_document(desk)), left_out_words(desk))))


def _saved(copy: Copy, whom: str) -> str:
    pages = "" if not copy.pages else f", {copy.pages} {'page' if copy.pages == 1 else 'pages'}"
    return f"Saved{pages}: {copy.path}. Noted as given to {whom}.{_lacking(copy.lacking)}"


def _lacking(letters: tuple[str, ...]) -> str:
    if not letters:
        return ""
    return f" {'1 character' if len(letters) == 1 else f'{len(letters)} characters'} cannot be printed."
