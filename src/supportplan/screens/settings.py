"""Settings: looks, letters, locking; who one is, where the plans live, and the passphrase. What is chosen counts at once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.screens.actions import bindings
from supportplan.screens.place import Place
from supportplan.screens.themes import THEME_WORDS
from supportplan.services.preferences import (
    Preferences,
    preferences_file,
    read_preferences,
    write_preferences,
)
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import OneOf, Option, Tick
from supportplan.widgets.lines import typed

if TYPE_CHECKING:
    from supportplan.services.opening import Store

_LOCK = [Option(str(minutes), f"{minutes} minutes") for minutes in (2, 5, 10, 30)] + [Option("0", "never")]


class Settings(Place[None]):
    """How the person likes the program."""

    place = "settings"
    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings")
    AUTO_FOCUS = "OneOf"

    def body(self) -> Iterator[Widget]:
        """The choices."""
        kept = read_preferences()
        looks = kept.looks or str(self.app.theme)
        with VerticalScroll(can_focus=False):
            yield OneOf(
                "Looks", [Option(name, words) for name, words in THEME_WORDS.items()], id="looks", value=looks
            )
            yield Tick(
                "Letter keys, such as A to add",
                id="letters",
                value=kept.letters,
            )
            yield Tick("Plain mode next time: questions and answers", id="plain", value=kept.plain)
            yield OneOf("Lock after", _LOCK, id="lock_minutes", value=str(kept.lock_minutes))
            yield Static(Content("\n").join(self._said()), id="about")
            yield Buttons(
                [
                    Option("passphrase", "Change the passphrase"),
                    Option("backup", "Back it up now"),
                    Option("name", "Change your name"),
                ],
                id="do",
            )

    def on_mount(self) -> None:
        """Say where one is."""
        self.where("Settings")

    def _said(self) -> Iterator[Content]:
        """Say what is not chosen here, but worth knowing."""
        store = self.app.store
        if store is None:
            yield Content("This is the practice plan: nothing in it is kept.")
        else:
            yield typed(f"Your name on plans: {store.author or 'none was given'}. What is signed keeps it.")
            yield typed(f"Your plans live in {store.folder}, encrypted.")
        yield Content("Nothing moves on the screen by itself. Hold Shift to select text with the mouse.")
        yield typed(f"Settings are kept in {preferences_file()}, where keys of your own can be set too.")

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Change the passphrase or one's name, or back up."""
        store = self.app.store
        if store is None:
            self.say("There is no store of your own here: this is the practice plan.", caution=True)
        elif event.key == "backup":
            from supportplan.screens.backups import Backups

            self.app.push_screen(Backups(store))
        elif event.key == "name":
            self._change_name(store)
        else:
            self._change_passphrase(store)

    @work(exclusive=True)
    async def _change_passphrase(self, store: "Store") -> None:
        from supportplan.screens.passphrase import NewPassphrase

        said = await self.app.push_screen_wait(NewPassphrase(store))
        if said:
            self.say(said)

    @work(exclusive=True)
    async def _change_name(self, store: "Store") -> None:
        from supportplan.screens.your_name import YourName

        said = await self.app.push_screen_wait(YourName(store))
        if said:
            self.query_one("#about", Static).update(Content("\n").join(self._said()))
            self.say(said)

    def on_one_of_changed(self, event: OneOf.Changed) -> None:
        """Let it count."""
        value = int(event.key) if event.one_of.id == "lock_minutes" else event.key
        self._keep(replace(read_preferences(), **{event.one_of.id or "": value}))

    def on_tick_changed(self, event: Tick.Changed) -> None:
        """Let it count."""
        self._keep(replace(read_preferences(), **{event.tick.id or "": event.tick.value}))

    def _keep(self, preferences: Preferences) -> None:
        with self.problems_said():
            write_preferences(preferences)
            self.app.follow(preferences)
            self.say("Kept.")
