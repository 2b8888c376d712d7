"""Every command by name: typed in any order, with the key that does the same."""

from collections.abc import Iterator, Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget

from supportplan.screens.actions import Action
from supportplan.screens.notice import Question
from supportplan.screens.place import key_name
from supportplan.widgets.fields import WordsField
from supportplan.widgets.row_list import Row, RowLine, RowList


class Commands(Question[str | None]):
    """The list of what can be done here. Answers with what to run."""

    DEFAULT_CSS = """
    Commands RowList { height: 14; }
    """
    AUTO_FOCUS = "Input"

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__("Every command")
        self._actions = tuple(actions)

    def inside(self) -> Iterator[Widget]:
        """The search, and the list."""
        yield WordsField("Type its name", notes=False)
        yield RowList()

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
        typed = words.casefold().split()
        rows = [
            Row((RowLine(Content(action.name), Content(key_name(action.keys.split(",")[0]))),), action.id)
            for action in self._actions
            if all(word in f"{action.help} {action.words}".casefold() for word in typed)
        ]
        self.query_one(RowList).show(rows or [Row((RowLine(Content("No command is called so.")),))])
