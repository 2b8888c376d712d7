"""Settings: looks, letters, locking. What is chosen counts at once."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec.structs import replace
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
from supportplan.widgets.choice import OneOf, Option, Tick

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
                "Letter keys, such as A to add; without, Ctrl and F keys only",
                id="letters",
                value=kept.letters,
            )
            yield OneOf("Lock after", _LOCK, id="lock_minutes", value=str(kept.lock_minutes))
            yield Static(Content(f"Kept in {preferences_file()}, where keys of your own can be set too."))

    def on_mount(self) -> None:
        """Say where one is."""
        self.where("Settings")

    def on_one_of_changed(self, event: OneOf.Changed) -> None:
        """Let it count."""
        value = int(event.key) if event.one_of.id == "lock_minutes" else event.key
        self._keep(replace(read_preferences(), **{event.one_of.id or "": value}))

    def on_tick_changed(self, event: Tick.Changed) -> None:
        """Let it count."""
        self._keep(replace(read_preferences(), letters=event.tick.value))

    def _keep(self, preferences: Preferences) -> None:
        with self.problems_said():
            write_preferences(preferences)
            self.app.follow(preferences)
            self.say("Kept.")
