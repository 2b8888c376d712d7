"""Taking in a case that was handed over: which file, its words, what it would bring, and only then the taking."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.doing import Doing, Progress
from supportplan.screens.of_the_store import OfTheStore
from supportplan.screens.place import Place
from supportplan.screens.unseen import SHOW, show_or_hide
from supportplan.services.typed_paths import typed_path
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines
from supportplan.widgets.word_fields import PassphraseField, WordsField

if TYPE_CHECKING:
    from supportplan.services.bundles import Offer
    from supportplan.services.opening import Store

_SAYS = (
    "A case that somebody handed over comes as one encrypted file. It is opened and checked, and you see what is in it, "
    "before anything is taken in."
)


class TakeIn(OfTheStore, Place[str | None]):
    """Answers with the id of the case that was taken in, or None where nothing was."""

    place = "take_in"
    CSS_PATH = "take_in.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("take_in")
    AUTO_FOCUS = "Input"

    def __init__(self, store: "Store") -> None:
        super().__init__()
        self._store = store
        self._offer: Offer | None = None

    def body(self) -> Iterator[Widget]:
        """What is asked, what the file would bring, and the taking."""
        with VerticalScroll(id="asked", can_focus=False):
            yield Static(_SAYS, markup=False)
            yield WordsField(
                "The file", id="file", hint="Such as ~/Documents/case-N-7-2026-11-24.supportplan"
            )
            yield PassphraseField(
                "Its words", id="secret", hint="As you were told them. Capitals do not count."
            )
            yield Buttons([Option("look", "See what is in it"), SHOW, Option("leave", "Not now")])
        with VerticalScroll(id="offered", can_focus=False):
            yield Static("", id="offer", markup=False)
            yield Buttons([Option("back", "Go back")], id="take")

    def on_mount(self) -> None:
        """Offer nothing yet."""
        self.where("Take in a case")
        self.query_one("#offered").display = False

    def reopened(self, store: "Store") -> None:
        """Go on with the store that was opened again; what had been opened of the file is opened anew."""
        super().reopened(store)
        self._show(None)

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Look into the file, take it in, show what is typed, or go back."""
        match event.key:
            case "leave":
                self.dismiss(None)
            case "back":
                self._show(None)
            case "show":
                show_or_hide(self)
            case "look":
                self._look()
            case _:
                self._take()

    @work(exclusive=True)
    async def _look(self) -> None:
        from supportplan.services.bundles import demand_bundle, look_into

        named, secret = self.query_one("#file", WordsField).text.strip(), self.query_one(PassphraseField).text
        if not (named and secret):
            self.say("Type the file and its words first.", caution=True)
            self.query_one("#secret" if named else "#file", WordsField).focus()
            return
        self.say("")
        with self.problems_said():
            file: Path = typed_path(named)
            await self.away(demand_bundle, file)

            def look(progress: Progress) -> "Offer":
                return look_into(self._store, file, secret, progress)

            came = await self.app.push_screen_wait(Doing("Opening the file", look))
            if isinstance(came, Problem):
                raise came
            self._show(came)

    @work(exclusive=True)
    async def _take(self) -> None:
        from supportplan.services.bundles import take_in_bundle

        if self._offer is None:
            return
        self.say("Taking it in. One moment.")
        with self.problems_said():
            case = await self.away(take_in_bundle, self._store, self._offer.bundle)
            self.dismiss(case)

    def _show(self, offer: "Offer | None") -> None:
        """Ask for a file; or say what one would bring, and offer to take it in where that is anything."""
        from supportplan.services.bundle_words import offer_words

        self._offer = offer
        self.query_one("#asked").display = offer is None
        self.query_one("#offered").display = offer is not None
        if offer is not None:
            self.query_one("#offer", Static).update(typed_lines("\n\n".join(offer_words(offer))))
            taking = [Option("take", "Take it in")] if offer.new else []
            self.query_one("#take", Buttons).show(
                [*taking, Option("back", "No, go back" if taking else "Go back")]
            )
            self.query_one("#take", Buttons).focus()
        else:
            self.query_one("#file", WordsField).focus()
