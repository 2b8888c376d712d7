"""Changing the passphrase: the one there is, and a new one typed twice. What was written is not touched."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import work
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem, WrongPassphrase
from supportplan.screens.notice import Question
from supportplan.screens.unseen import SHOW, show_or_hide
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines
from supportplan.widgets.word_fields import PassphraseField

if TYPE_CHECKING:
    from supportplan.services.opening import Store

_CHANGED = "The passphrase is changed. Backups of before still open with the old one."


class NewPassphrase(Question[str | None]):
    """Answers with what to say once it is changed, or None where it was not."""

    AUTO_FOCUS = "Input"

    def __init__(self, store: "Store") -> None:
        super().__init__("Change the passphrase")
        self._store = store

    def inside(self) -> Iterator[Widget]:
        """What is asked."""
        yield PassphraseField("The one you have", id="old", hint="Your recovery code will do.")
        yield PassphraseField("A new one", id="new", hint="Three words or more, at least 12 letters.")
        yield PassphraseField("The same again", id="again")
        yield Static("", id="answer", markup=False)
        yield Buttons([Option("no", "Leave it"), SHOW, Option("change", "Change it")])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Change it, show what is typed, or leave it."""
        if event.key == "no":
            self.dismiss(None)
        elif event.key == "show":
            show_or_hide(self)
        else:
            self._change()

    @work(exclusive=True)
    async def _change(self) -> None:
        old, new, again = (self.query_one(f"#{one}", PassphraseField).text for one in ("old", "new", "again"))
        if new != again:
            self._answer("The two new ones differ. Type the second one again.")
            return
        self._answer("One moment.", caution=False)
        try:
            forgotten = await self.away(_changed, self._store, old, new)
        except WrongPassphrase:
            self._answer("The first one is not your passphrase, nor the recovery code. Type it again.")
        except Problem as problem:
            self._answer(f"{problem.what} {problem.mend}")
        else:
            left = "" if forgotten else " The keyring could not be opened: the old one may still be in it."
            self.dismiss(f"{_CHANGED}{left}")

    def _answer(self, words: str, *, caution: bool = True) -> None:
        said = typed_lines(f"! {words}", "$error bold") if caution else typed_lines(words)
        self.query_one("#answer", Static).update(said)


def _changed(store: "Store", old: str, new: str) -> bool:
    """Change it; the keyring of this computer forgets the old one, and it is said whether that could be done."""
    from supportplan.services.remembered import forget

    store.change_passphrase(old, new)
    return forget(store.folder)
