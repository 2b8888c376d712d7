"""The plan as it will be printed, in words: to be read through, copied, or saved as text."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.save_as import SaveAs, written
from supportplan.services.copies import case_document, lacking_words, text_of, usual_name, write_text
from supportplan.services.desk import Desk
from supportplan.services.opening_files import documents_folder
from supportplan.services.views_page import left_out_words
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines


class Preview(CasePlace[None]):
    """The words of the PDF."""

    place = "preview"
    CSS_PATH = "preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("preview", "case")
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._words = ""

    def body(self) -> Iterator[Widget]:
        """The words, and the buttons."""
        with VerticalScroll():
            yield Static("Laying it out.", id="words", markup=False)
        yield Static("", id="lacking", markup=False)
        yield Static("", id="file", markup=False)
        yield Buttons(
            [Option("print", "Print, open or save"), Option("text", "Save as text"), Option("copy", "Copy")]
        )

    def show_plan(self) -> None:
        """Lay the plan out as text."""
        self.where(self.plan.person.known_as or self.plan.person.name, "All of it in words")
        self._lay_out()

    @work(exclusive=True, group="text")
    async def _lay_out(self) -> None:
        with self.problems_said():
            self._words, lacking = await self.away(self._worded)
            self.query_one("#words", Static).update(typed_lines(self._words))
            caution = self.query_one("#lacking", Static)
            caution.update(typed_lines(lacking))
            caution.display = bool(lacking)

    def _worded(self) -> tuple[str, str]:
        document = case_document(self.desk)
        cautions = (lacking_words(document), left_out_words(self.desk))
        return text_of(document), "\n".join(filter(None, cautions))

    def copied(self) -> str:
        """Return the whole plan as text."""
        return self._words

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Go on to print it, or take the words."""
        if event.key == "print":
            self.action_go("print")
        elif event.key == "text":
            self.action_save_text()
        else:
            self.action_copy()

    def action_copy(self) -> None:
        """Copy the whole plan, and say what to do where the terminal lets nobody copy."""
        super().action_copy()
        self.query_one("#file", Static).update("Not there when you paste? Then save it as a text file.")

    @work(exclusive=True, group="text_file")
    async def action_save_text(self) -> None:
        """Save the plan as a text file, and say where."""
        usual = documents_folder() / usual_name(self.plan, ".txt")
        to = await self.app.push_screen_wait(SaveAs(usual, "Save the plan as text"))
        if to is None:
            return

        def write(replace: bool) -> Path:
            return write_text(case_document(self.desk), to, replace=replace)

        with self.problems_said():
            if await written(self, write) is not None:
                self.query_one("#file", Static).update(typed_lines(f"Saved as text: {to}."))
