"""Making the sealed file of a plan from a screen: in a thread, with the passphrase of the keys where they have one of their own."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import WrongPassphrase
from supportplan.screens.notice import Question
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.word_fields import PassphraseField

if TYPE_CHECKING:
    from supportplan.screens.place import Place
    from supportplan.services.desk import Desk
    from supportplan.services.sealing import SealedFile


async def sealed(place: "Place[Any]", desk: "Desk", plan: str) -> "SealedFile | None":
    """Return the sealed file of a plan entry, with all its signatures; None where nobody has the passphrase of the keys.

    Raises what `sealed_file` does, but for a wrong passphrase, which is asked for again.
    """
    from supportplan.services.sealing import sealed_file

    passphrase = ""
    while True:
        try:
            return await asyncio.to_thread(sealed_file, desk.store, desk.case, plan, passphrase=passphrase)
        except WrongPassphrase as problem:
            typed = await place.app.push_screen_wait(KeysPassphrase(problem))
            if not typed:
                return None
            passphrase = typed


class KeysPassphrase(Question[str]):
    """Asks for the passphrase of the keys; answers with nothing where it is not at hand."""

    AUTO_FOCUS = "Input"

    def __init__(self, problem: WrongPassphrase) -> None:
        super().__init__("The keys that seal plans")
        self._problem = problem

    def inside(self) -> Iterator[Widget]:
        """Say why it is asked for, and take it."""
        yield Static(Content(f"{self._problem.what} {self._problem.mend}"))
        yield PassphraseField("Passphrase", id="passphrase")
        yield Buttons([Option("open", "Open them"), Option("later", "Seal it another time")])

    def entered(self) -> None:
        """Take what was typed."""
        self.dismiss(self.query_one(PassphraseField).text)

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Take what was typed, or leave it."""
        self.dismiss(self.query_one(PassphraseField).text if event.key == "open" else "")
