"""Every command and every place by name: words in any order, letters left out, with the key that does the same."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from textual import events
from textual.content import Content
from textual.widget import Widget

from supportplan.screens.actions import ANYWHERE, Action, actions_of
from supportplan.screens.case_place import CasePlace
from supportplan.screens.notice import Question
from supportplan.screens.place import Place, key_name
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList
from supportplan.widgets.word_fields import WordsField


class Commands(Question[str | None]):
    """The list of what can be done here. Answers with what to run."""

    DEFAULT_CSS = """
    Commands RowList { height: 13; }
    """
    AUTO_FOCUS = "Input"

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__("Every command")
        self._actions = tuple(actions)

    def inside(self) -> Iterator[Widget]:
        """The search, and the list."""
        yield WordsField("Type its name", notes=False)
        yield RowList()
        yield Buttons([Option("back", "Back")])

    def on_buttons_pressed(self) -> None:
        """Go back without running anything."""
        self.dismiss(None)

    def on_mount(self) -> None:
        """Show all."""
        self._show("")

    def on_field_changed(self) -> None:
        """Show those that hold the words."""
        self._show(self.query_one(WordsField).text)

    def on_key(self, event: events.Key) -> None:
        """Move through the list while the search keeps the focus."""
        if event.key in ("up", "down"):
            self.query_one(RowList).action_move(-1 if event.key == "up" else 1)

    def entered(self) -> None:
        """Run the one under the cursor."""
        self.query_one(RowList).action_choose()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Answer."""
        self.dismiss(next(action.run for action in self._actions if action.id == event.key))

    def _show(self, words: str) -> None:
        rows = [
            Row((RowLine(typed(action.name), typed(key_name(action.keys.split(",")[0]))),), action.id)
            for action in found(self._actions, words)
        ]
        self.query_one(RowList).show(
            rows or [Row((RowLine(Content("No command has such a name. Esc goes back.")),))],
            at=rows[0].key if rows else "",
        )


def found(actions: Sequence[Action], words: str) -> list[Action]:
    """Return the actions that hold all the words; where none does, those that hold them with letters left out."""
    typed = words.casefold().split()
    said = {action.id: f"{action.help} {action.words}".casefold() for action in actions}
    exactly = [action for action in actions if all(word in said[action.id] for word in typed)]
    return exactly or [
        action
        for action in actions
        if all(any(_left_out(word, known) for known in said[action.id].split()) for word in typed)
    ]


def _left_out(word: str, known: str) -> bool:
    """Whether a word is another one with letters left out; its first is there."""
    letters = iter(known)
    return word[:1] == known[:1] and all(letter in letters for letter in word)


def commands_in(place: Place[Any], *, homes: Iterable[Action]) -> list[Action]:
    """Return what can be done in a place, under the person's own keys, and where one can go from it by name."""
    own = [*actions_of(place.place), *(actions_of("case") if place.of_a_case else ()), *actions_of(ANYWHERE)]
    mine = [one._replace(keys=place.app.own_keys.get(one.id, one.keys)) for one in own]
    return [*mine, *(case_ways(place.here) if isinstance(place, CasePlace) else ()), *homes]


def case_ways(here: str) -> Iterator[Action]:
    """Yield the ways to the other places of a case."""
    from supportplan.screens.case_places import CASE_PLACES

    for one in CASE_PLACES:
        if one.key != here:
            yield Action(f"go.{one.key}", "", f"screen.go('{one.key}')", one.also, f"Go to: {one.words}.")


HOME_WAYS = (
    Action("visit.home", "", "app.visit('home')", "", "Go to: Your cases."),
    Action("visit.schedules", "", "app.visit('schedules')", "", "Go to: Price lists."),
    Action(
        "visit.take_in", "", "app.visit('take_in')", "import, bundle, handed over", "Go to: Take in a case."
    ),
    Action(
        "visit.verify", "", "app.visit('verify')", "verify, seal, signature", "Go to: Check a sealed plan."
    ),
    Action("visit.backups", "", "app.visit('backups')", "", "Go to: Backups."),
    Action("visit.settings", "", "app.visit('settings')", "", "Go to: Settings."),
)
