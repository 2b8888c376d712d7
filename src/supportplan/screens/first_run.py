"""The first run: who writes the plans here, a passphrase, and the recovery code to write down."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import BadInput, Problem
from supportplan.screens.actions import bindings
from supportplan.screens.place import Place
from supportplan.screens.unseen import SHOW, show_or_hide
from supportplan.services.opening import demand_strength, make_store, unlock
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed
from supportplan.widgets.word_fields import PassphraseField, WordsField

if TYPE_CHECKING:
    from supportplan.services.opening import Store

_WELCOME = (
    "Welcome. Everything you write stays on this computer, encrypted. "
    "Your passphrase opens it: three words or more that do not belong together."
)
_CODE = (
    "This is your recovery code. It opens your plans if you forget the passphrase, and it is shown only now. "
    "Write it down on paper, and keep it apart from this computer."
)


class FirstRun(Place[None]):
    """Makes the store: asks for a name, a role and a passphrase, then shows the recovery code once; the store is then in `store`."""

    place = "first_run"
    CSS_PATH = "first_run.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("first_run")
    AUTO_FOCUS = "Input"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.store: Store | None = None

    def body(self) -> Iterator[Widget]:
        """Ask what is needed to begin."""
        with VerticalScroll(id="asked", can_focus=False):
            yield Static(_WELCOME, id="said", markup=False)
            yield WordsField("Your name", id="name", hint="It stands on the plans that you write.")
            yield WordsField(
                "Your role", id="role", hint="Such as facilitator, or broker. You may leave it out."
            )
            yield PassphraseField("Passphrase", id="first", hint="At least 12 letters. Type it with care.")
            yield PassphraseField("The same again", id="again")
            yield Buttons(
                [
                    Option("begin", "Begin"),
                    SHOW,
                    Option("backup", "I have a backup"),
                    Option("leave", "Not now"),
                ]
            )

    def on_mount(self) -> None:
        """Say where one is."""
        self.where("Setting up")

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Make the store, show what is typed, begin from a backup, go on, or leave."""
        if event.key == "begin":
            self._begin()
        elif event.key == "backup":
            self._from_backup()
        elif event.key == "show":
            show_or_hide(self)
        else:
            self.dismiss(None)

    @work(exclusive=True)
    async def _begin(self) -> None:
        name = self.query_one("#name", WordsField)
        first, again = self.query_one("#first", PassphraseField), self.query_one("#again", PassphraseField)
        if not name.text.strip():
            self.say("Type your name first.", caution=True)
            name.focus()
            return
        if first.text != again.text:
            self.say("The two passphrases differ. Type the second one again.", caution=True)
            again.show("")
            again.focus()
            return
        role = self.query_one("#role", WordsField)
        self.say("Setting up takes about a second.")
        try:
            demand_strength(first.text)
        except BadInput as problem:
            self.say("")
            first.show("")
            again.show("")
            first.focus()
            self.say_problem(problem)
            return
        try:
            code, self.store = await self.away(self._make, first.text, name.text, role.text)
        except Problem as problem:
            self.say("")
            self.say_problem(problem)
            return
        self.say("")
        await self._show_code(code)

    def _from_backup(self) -> None:
        """Begin with what was written on another computer, or on this one before."""
        from supportplan.screens.bring_back import BringBack

        self.app.push_screen(BringBack(self._folder, None))

    def _make(self, secret: str, name: str, role: str) -> "tuple[str, Store]":
        code = make_store(self._folder, secret, name=name, role=role)
        return code, unlock(self._folder, lambda: secret)

    async def _show_code(self, code: str) -> None:
        asked = self.query_one("#asked", VerticalScroll)
        await asked.remove_children()
        await asked.mount(
            Static(_CODE, markup=False),
            Static(typed(code, "bold"), id="code"),
            Buttons([Option("go_on", "I have written it down")]),
        )
        self.query_one(Buttons).focus()
