"""Unlocking: the passphrase, and nothing of anybody's on the screen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem, WrongPassphrase
from supportplan.screens.actions import bindings
from supportplan.screens.place import Place
from supportplan.screens.unseen import SHOW, show_or_hide
from supportplan.services.opening import unlock
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.word_fields import PassphraseField

if TYPE_CHECKING:
    from supportplan.services.opening import Store


class Unlock(Place[None]):
    """Asks for the passphrase or the recovery code until one opens the store, which is then in `store`."""

    place = "unlock"
    CSS_PATH = "unlock.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("unlock")
    AUTO_FOCUS = "Input"

    def __init__(self, folder: Path, opened: Callable[["Store"], None] | None = None) -> None:
        """Ask for what opens the store of a folder; `opened` is told of it before this screen goes."""
        super().__init__()
        self.store: Store | None = None
        self._folder = folder
        self._opened = opened

    def body(self) -> Iterator[Widget]:
        """Ask for the passphrase."""
        with Vertical(id="asked"):
            yield Static("supportplan is locked", id="locked", markup=False)
            yield PassphraseField("Passphrase", hint="Or your recovery code. Enter unlocks.")
            yield Static("", id="answer", markup=False)
            yield Buttons([Option("unlock", "Unlock"), SHOW, Option("leave", "Leave")])

    def action_go_back(self) -> None:
        """Stay: what is behind the lock is not to be seen. Who wants to leave, leaves."""
        self.query_one("#answer", Static).update("It stays locked. Ctrl+Q leaves.")

    def entered(self) -> None:
        """Try it."""
        self._try()

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Try it, show what is typed, or leave."""
        if event.key == "unlock":
            self._try()
        elif event.key == "show":
            show_or_hide(self)
        else:
            self.dismiss(None)

    @work(exclusive=True)
    async def _try(self) -> None:
        field = self.query_one(PassphraseField)
        secret = field.text
        if not secret:
            return
        answer = self.query_one("#answer", Static)
        answer.update("Unlocking takes about a second.")
        try:
            self.store = await self.away(unlock, self._folder, lambda: secret)
        except WrongPassphrase:
            answer.update(
                Content.styled(
                    "! That is not the passphrase, nor the recovery code. Try again.", "$error bold"
                )
            )
            field.show("")
            field.focus()
        except Problem as problem:
            answer.update("")
            self.say_problem(problem)
        else:
            if self._opened is not None:
                self._opened(self.store)
            self.dismiss(None)
