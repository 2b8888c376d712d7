"""Opening the keys that seal plans from a screen, where they have a passphrase of their own."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import WrongPassphrase
from supportplan.screens.notice import Question
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines
from supportplan.widgets.word_fields import PassphraseField

if TYPE_CHECKING:
    from supportplan.screens.place import Place
    from supportplan.services.opening import Store

_WHY = "The keys that seal plans have a passphrase of their own. It is asked for once, until the program is locked."


async def keys_opened(place: "Place[Any]", store: "Store") -> bool:
    """Ask for the passphrase of the keys where that has to be; say whether they are open. Raises what damage does."""
    from supportplan.services.key_files import has_to_be_asked, open_keys

    why = _WHY
    while await asyncio.to_thread(has_to_be_asked, store):
        typed = await place.app.push_screen_wait(KeysPassphrase(why))
        if not typed:
            return False
        try:
            await asyncio.to_thread(open_keys, store, typed)
        except WrongPassphrase as problem:
            why = f"{problem.what} {problem.mend}"
    return True


class KeysPassphrase(Question[str]):
    """Asks for the passphrase of the keys; answers with nothing where it is not at hand."""

    AUTO_FOCUS = "Input"

    def __init__(self, why: str) -> None:
        super().__init__("The keys that seal plans")
        self._why = why

    def inside(self) -> Iterator[Widget]:
        """Say why it is asked for, and take it."""
        yield Static(typed_lines(self._why))
        yield PassphraseField("Passphrase", id="passphrase")
        yield Buttons([Option("open", "Open them"), Option("later", "Another time")])

    def entered(self) -> None:
        """Take what was typed."""
        self.dismiss(self.query_one(PassphraseField).text)

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Take what was typed, or leave it."""
        self.dismiss(self.query_one(PassphraseField).text if event.key == "open" else "")
