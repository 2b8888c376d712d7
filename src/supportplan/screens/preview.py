"""The plan as it will be printed, in words; and the PDF: made, opened, printed."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import FileThere, Problem
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.notice import Notice, Question, Sure
from supportplan.services.copies import (
    Copy,
    case_document,
    issue_pdf,
    lacking_words,
    text_of,
    usual_name,
    write_text,
)
from supportplan.services.desk import Desk
from supportplan.services.opening_files import documents_folder, open_file, print_file
from supportplan.services.typed_paths import typed_file
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.word_fields import WordsField


class Preview(CasePlace[None]):
    """The words of the PDF, and what can be done with it."""

    place = "preview"
    CSS_PATH = "preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("preview", "case")
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._copy: Copy | None = None
        self._copied_plan = desk.plan
        self._words = ""

    def body(self) -> Iterator[Widget]:
        """The words, and the buttons."""
        with VerticalScroll():
            yield Static("Laying it out.", id="words", markup=False)
        yield Static("", id="lacking", markup=False)
        yield Static("", id="file", markup=False)
        yield Buttons(
            [
                Option("save", "Make the PDF"),
                Option("open", "Open it"),
                Option("print", "Print it"),
                Option("text", "Save as text"),
                Option("copy", "Copy"),
            ]
        )

    def show_plan(self) -> None:
        """Lay the plan out as text."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Preview and print")
        self._lay_out()

    @work(exclusive=True, group="text")
    async def _lay_out(self) -> None:
        with self.problems_said():
            self._words, lacking = await self.away(self._worded)
            self.query_one("#words", Static).update(Content(self._words))
            caution = self.query_one("#lacking", Static)
            caution.update(Content(lacking))
            caution.display = bool(lacking)

    def _worded(self) -> tuple[str, str]:
        document = case_document(self.desk)
        return text_of(document), lacking_words(document)

    def copied(self) -> str:
        """Return the whole plan as text."""
        return self._words

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Make the PDF, open it, print it, or take the words."""
        if event.key == "text":
            self.action_save_text()
        elif event.key == "copy":
            self.action_copy()
        else:
            self._do(event.key)

    def action_copy(self) -> None:
        """Copy the whole plan, and say what to do where the terminal lets nobody copy."""
        super().action_copy()
        self.query_one("#file", Static).update("Not there when you paste? Then save it as a text file.")

    @work(exclusive=True, group="pdf")
    async def action_save_text(self) -> None:
        """Save the plan as a text file, and say where."""
        usual = documents_folder() / usual_name(self.plan, ".txt")
        to = await self.app.push_screen_wait(SaveAs(usual, "Save the plan as text"))
        if to is None:
            return
        with self.problems_said():
            document = await self.away(case_document, self.desk)
            try:
                await self.away(write_text, document, to)
            except FileThere:
                if not await self.app.push_screen_wait(
                    Sure(
                        "There is a file of this name", "Is nothing in it still needed?", yes="Write over it"
                    )
                ):
                    return
                await self.away(write_text, document, to, replace=True)
            self.query_one("#file", Static).update(Content(f"Saved as text: {to}."))

    @work(exclusive=True, group="pdf")
    async def _do(self, what: str) -> None:
        try:
            if what == "save" or self._copy is None or self._copied_plan != self.plan:
                plan = self.plan
                self._copy = await self._save()
                self._copied_plan = plan
            if self._copy is not None and what == "open":
                await self.away(open_file, self._copy.path)
            elif self._copy is not None and what == "print":
                await self.away(print_file, self._copy.path)
                self.say("Sent to the printer.")
        except Problem as problem:
            self.query_one("#file", Static).update("")
            self.say_problem(problem)

    async def _save(self) -> Copy | None:
        to = await self.app.push_screen_wait(
            SaveAs(documents_folder() / usual_name(self.plan, ".pdf"), "Save the PDF as")
        )
        if to is None:
            return None
        file = self.query_one("#file", Static)
        file.update("Making the PDF.")
        try:
            copy = await self._issue(to, replace=False)
        except FileThere:
            if not await self.app.push_screen_wait(
                Sure(
                    "There is a file of this name",
                    "Is nothing in it still needed? It may be signed.",
                    yes="Write over it",
                )
            ):
                file.update("")
                return None
            copy = await self._issue(to, replace=True)
        pages = f"{copy.pages} {'page' if copy.pages == 1 else 'pages'}"
        lacking = f" {_characters(len(copy.lacking))} cannot be printed." if copy.lacking else ""
        file.update(f"Saved, {pages}: {copy.path}.{lacking}")
        return copy

    async def _issue(self, to: Path, *, replace: bool) -> Copy:
        whom = "the person and their family"
        return await self.away(issue_pdf, self.desk, to, given_to=whom, replace=replace)


def _characters(count: int) -> str:
    return "1 character" if count == 1 else f"{count} characters"


class SaveAs(Question[Path | None]):
    """Asks where the file goes; its ending is that of the usual one."""

    AUTO_FOCUS = "Input"

    def __init__(self, usual: Path, title: str) -> None:
        super().__init__(title)
        self._usual = usual

    def inside(self) -> Iterator[Widget]:
        """The folder and the name."""
        yield WordsField("File", id="file", notes=False)
        yield Static("This file is not encrypted: keep it as safe as the paper.", markup=False)
        yield Buttons([Option("save", "Save"), Option("no", "Not now")])

    def on_mount(self) -> None:
        """Offer the usual place."""
        self.query_one(WordsField).show(str(self._usual))

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Answer."""
        said = self.query_one(WordsField).text.strip()
        if event.key != "save" or not said:
            self.dismiss(None)
            return
        try:
            self.dismiss(typed_file(said, self._usual.suffix))
        except Problem as problem:
            self.app.push_screen(Notice(problem))
