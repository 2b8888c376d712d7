"""Help for the place one is in: what to do, the keys, the words; and the ways to learn more."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from supportplan.screens.actions import ACTIONS, ANYWHERE, Action, actions_of, bindings
from supportplan.screens.help_words import PLACES, WORDS
from supportplan.screens.place import Place, key_name
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.hanging_text import Hanging, HangingText
from supportplan.widgets.lines import typed_lines

_EVERYWHERE = (
    ("Up Down", "move"),
    ("Enter", "open, or add"),
    ("Tab", "next field, or the other side"),
    ("Esc", "go back: nothing is lost"),
    ("mouse", "click a row, a button, or a word in the last line"),
)


class Help(Place[None]):
    """What to do in a place."""

    place = "help"
    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, place: str, about: str = "", *, of_a_case: bool) -> None:
        """Help with the keys of a place, and with what it is about where that has words of its own."""
        super().__init__()
        self._place = place
        self._about = about or place
        self._case = of_a_case

    def body(self) -> Iterator[Widget]:
        """The words, and the ways to learn more."""
        with VerticalScroll():
            yield HangingText(list(self._lines()))
        yield Buttons(
            [
                Option("tour", "Show me in 3 minutes"),
                Option("card", "Make a key card"),
                Option("back", "Back"),
            ]
        )

    def on_mount(self) -> None:
        """Say what this is about."""
        self.where("Help", PLACES[self._about].title if self._about in PLACES else "")

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Show the tour, make the key card, or go back."""
        if event.key == "tour":
            from supportplan.screens.tour import Tour

            self.app.push_screen(Tour())
        elif event.key == "card":
            self._make_card()
        else:
            self.dismiss(None)

    def _make_card(self) -> None:
        from supportplan.services.key_card import write_key_card

        rows = [(_keys(self, action), action.help) for action in ACTIONS]
        with self.problems_said():
            self.say(f"Saved: {write_key_card(rows)}")

    def _lines(self) -> Iterator[Hanging]:
        if self._about in PLACES:
            yield Hanging(Content.styled("What to do here", "bold"))
            yield Hanging(typed_lines(PLACES[self._about].says))
            yield Hanging(Content(""))
        yield Hanging(Content.styled("The keys that do nearly everything", "bold"))
        yield from (_key_line(keys, does) for keys, does in _EVERYWHERE)
        yield Hanging(Content(""))
        yield Hanging(Content.styled("Here", "bold"))
        places = (self._place, *(("case",) if self._case else ()), ANYWHERE)
        yield from (_key_line(_keys(self, action), action.help) for action in actions_of(*places))
        yield Hanging(Content(""))
        yield Hanging(Content.styled("Words", "bold"))
        yield from (Hanging(typed_lines(says), typed_lines(f"  {word}: ", "bold")) for word, says in WORDS)
        yield Hanging(Content(""))
        yield Hanging(
            Content("Something wrong? Nothing is lost: every change is kept. Ctrl+Z takes it back.")
        )


def _key_line(keys: str, does: str) -> Hanging:
    return Hanging(typed_lines(does), typed_lines(f"  {keys:<18}"))


def _keys(place: Place[None], action: Action) -> str:
    keys = place.app.own_keys.get(action.id, action.keys)
    return " or ".join(key_name(key) for key in keys.split(","))
