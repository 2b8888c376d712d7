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
from supportplan.screens.place import Place
from supportplan.services.clock import today
from supportplan.services.opening_files import documents_folder
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.fields import PassphraseField, WordsField

if TYPE_CHECKING:
    from supportplan.services.opening import Store


class Backups(Place[None]):
    """Where a backup goes, and which one comes back."""

    place = "backups"
    CSS_PATH = "backups.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("backups")
    AUTO_FOCUS = "Input"

    def __init__(self, store: "Store") -> None:
        super().__init__()
        self._store = store

    def reopened(self, store: "Store") -> None:
        """Go on with the store that was opened again."""
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
            yield Static(Content.styled("Check a backup", "bold"))
            yield Static(
                "Opens it, and reads every byte. Bringing one back is done with: supportplan restore FILE",
                markup=False,
            )
            yield WordsField("The file", id="from", notes=False)
            yield PassphraseField("Passphrase", id="secret")
            yield Buttons([Option("verify", "Check it")], id="verify")
            yield Static("", id="answer", markup=False)

    def on_mount(self) -> None:
        """Offer the usual file."""
        self.where("Backups")
        self.query_one("#to", WordsField).show(
            str(documents_folder() / f"supportplan-{today():%Y-%m-%d}.backup")
        )

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Back up, or check a backup."""
        if event.key == "back_up":
            self._back_up(Path(self.query_one("#to", WordsField).text.strip()).expanduser())
        else:
            self._verify(Path(self.query_one("#from", WordsField).text.strip()).expanduser())

    @work(exclusive=True)
    async def _back_up(self, to: Path) -> None:
        from supportplan.services import keeping

        try:
            made = await self.away(keeping.back_up, self._store, to, self._progress)
        except Problem as problem:
            self.say_problem(problem)
        else:
            self._answer(f"Backed up, read back and checked: {made.path} ({made.size:,} bytes).")

    @work(exclusive=True)
    async def _verify(self, file: Path) -> None:
        from supportplan.services import keeping

        secret = self.query_one(PassphraseField).text
        try:
            found = await self.away(keeping.verify, file, lambda: secret, self._progress)
        except Problem as problem:
            self.say_problem(problem)
        else:
            self._answer(
                f"The backup is whole and opens. It was made on {found.made[:10]}, with {found.entries} entries."
            )

    def _progress(self, doing: str, done: int, of: int) -> None:
        self.app.call_from_thread(self._answer, f"{doing} {done * 100 // max(of, 1)}%")

    def _answer(self, words: str) -> None:
        self.query_one("#answer", Static).update(Content(words))
