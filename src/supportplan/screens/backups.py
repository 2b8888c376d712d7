"""Backing everything up into one file, and bringing a backup back."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.doing import Doing, Progress
from supportplan.screens.of_the_store import OfTheStore
from supportplan.screens.place import Place
from supportplan.services.clock import today
from supportplan.services.opening_files import documents_folder
from supportplan.services.typed_paths import typed_path
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines
from supportplan.widgets.word_fields import WordsField

if TYPE_CHECKING:
    from supportplan.services.keeping import Backup
    from supportplan.services.opening import Store


class Backups(OfTheStore, Place[None]):
    """Where a backup goes, and which one comes back."""

    place = "backups"
    CSS_PATH = "backups.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("backups")
    AUTO_FOCUS = "Input"

    def __init__(self, store: "Store") -> None:
        super().__init__()
        self._store = store

    def body(self) -> Iterator[Widget]:
        """Two short forms."""
        with VerticalScroll(can_focus=False):
            yield Static(Content.styled("Back up", "bold"))
            yield Static(
                "One encrypted file with everything. It opens with your passphrase, or the recovery code.",
                markup=False,
            )
            yield WordsField("To the file", id="to", notes=False)
            yield Buttons([Option("back_up", "Back up now")], id="back_up")
            yield Static("", id="answer", markup=False)
            yield Static(Content.styled("Bring a backup back", "bold"))
            yield Static(
                "Opens a backup, reads every byte, and puts it in the place of what is here now, which is kept.",
                markup=False,
            )
            yield Buttons([Option("bring_back", "Check a backup, or bring it back")], id="bring_back")

    def on_mount(self) -> None:
        """Offer the usual file."""
        self.where("Backups")
        self.query_one("#to", WordsField).show(
            str(documents_folder() / f"supportplan-{today():%Y-%m-%d}.backup")
        )

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Back up, or bring a backup back."""
        if event.key == "back_up":
            with self.problems_said():
                self._back_up(typed_path(self.query_one("#to", WordsField).text))
        else:
            self._bring_back()

    @work(exclusive=True)
    async def _back_up(self, to: Path) -> None:
        from supportplan.services import keeping

        def back_up(progress: Progress) -> "Backup":
            return keeping.back_up(self._store, to, progress)

        came = await self.app.push_screen_wait(Doing("Backing up", back_up))
        if isinstance(came, Problem):
            self.say_problem(came)
        elif came is None:
            self._answer("Stopped. No backup was made.")
        else:
            self._answer(f"Backed up, read back and checked: {came.path} ({came.size:,} bytes).")

    @work(exclusive=True)
    async def _bring_back(self) -> None:
        from supportplan.screens.bring_back import BringBack, case_count

        if self.app.folder is None:
            self.say("The practice plan has no store of its own to bring a backup into.", caution=True)
            return
        with self.problems_said():
            cases = await self.away(case_count, self._store)
            self.app.push_screen(BringBack(self.app.folder, cases))

    def _answer(self, words: str) -> None:
        self.query_one("#answer", Static).update(typed_lines(words))
