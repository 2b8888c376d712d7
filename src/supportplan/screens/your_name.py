"""Changing the name and the role that stand on the plans one writes. What is signed keeps those it was signed under."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import work
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem
from supportplan.screens.notice import Notice, Question
from supportplan.screens.of_the_store import OfTheStore
from supportplan.services.author import author_of, change_author
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.word_fields import WordsField

if TYPE_CHECKING:
    from supportplan.services.opening import Store


class YourName(OfTheStore, Question[str | None]):
    """Answers with what to say once it is changed, or None where it was not."""

    AUTO_FOCUS = "Input"

    def __init__(self, store: "Store") -> None:
        super().__init__("Your name on plans")
        self._store = store

    def inside(self) -> Iterator[Widget]:
        """What is asked."""
        yield WordsField("Your name", id="name")
        yield WordsField("Your role", id="role", hint="Such as broker. You may leave it out.")
        yield Static(
            "It counts from now on: what is signed keeps the name it was signed under.", markup=False
        )
        yield Buttons([Option("change", "Change it"), Option("no", "Leave it")])

    def on_mount(self) -> None:
        """Show who one is now."""
        author = author_of(self._store)
        self.query_one("#name", WordsField).show(author.name)
        self.query_one("#role", WordsField).show(author.role)

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Change it, or leave it."""
        if event.key == "change":
            self._change()
        else:
            self.dismiss(None)

    @work(exclusive=True)
    async def _change(self) -> None:
        name, role = (self.query_one(f"#{one}", WordsField).text for one in ("name", "role"))
        try:
            await self.away(change_author, self._store, name, role)
        except Problem as problem:
            self.app.push_screen(Notice(problem))
        else:
            self.dismiss("Your name is changed.")
