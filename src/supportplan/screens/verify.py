"""Checking a sealed plan: what is proven of the file, what is not, and what was changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import Problem
from supportplan.domain.proofs import Result
from supportplan.domain.verification import Verdict
from supportplan.screens.actions import bindings
from supportplan.screens.doing import Doing, Progress
from supportplan.screens.of_the_store import OfTheStore
from supportplan.screens.place import Place
from supportplan.services.typed_paths import typed_path
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed
from supportplan.widgets.word_fields import WordsField

if TYPE_CHECKING:
    from supportplan.services.opening import Store
    from supportplan.services.verifying import Verified

_SIGNS: dict[Result, str] = {"yes": "[x]", "no": "[!]", "unknown": "[-]"}


class Verify(OfTheStore, Place[None]):
    """Which file, and what is to be said of it."""

    place = "verify"
    CSS_PATH = "verify.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("verify")
    AUTO_FOCUS = "Input"

    def __init__(self, store: "Store") -> None:
        super().__init__()
        self._store = store

    def body(self) -> Iterator[Widget]:
        """The file, the button, and the answer."""
        with VerticalScroll(can_focus=True):
            yield Static(
                "Is a PDF as it was sealed? Every byte of it is looked at, and held against the cases on this computer. Nothing is sent anywhere.",
                markup=False,
            )
            yield WordsField("The file", id="file", notes=False)
            yield Buttons([Option("check", "Check it")])
            yield Static("", id="answer", markup=False)

    def on_mount(self) -> None:
        """Say where one is."""
        self.where("Check a sealed plan")

    def entered(self) -> None:
        """Check the file that was typed."""
        self._begin()

    def on_buttons_pressed(self) -> None:
        """Check the file that was typed."""
        self._begin()

    def _begin(self) -> None:
        named = self.query_one("#file", WordsField).text.strip()
        if not named:
            self.say("Type where the file is, or drag it into the window.", caution=True)
            return
        with self.problems_said():
            self._check(typed_path(named))

    @work(exclusive=True)
    async def _check(self, file: Path) -> None:
        from supportplan.services.verifying import verify_file

        def check(progress: Progress) -> "Verified":
            return verify_file(file, folder=self._store.folder, store=self._store, progress=progress)

        self._answer(Content(""))
        came = await self.app.push_screen_wait(Doing("Checking the file", check))
        if isinstance(came, Problem):
            self.say_problem(came)
        elif came is not None:
            self._answer(in_words(came.verdict))

    def _answer(self, words: Content) -> None:
        self.query_one("#answer", Static).update(words)


def in_words(verdict: Verdict) -> Content:
    """Write what was found out: first whether it holds, then why, who signed, and what nothing can prove."""
    lines = [f"{_SIGNS[one.result]} {one.words}" for one in verdict.proofs]
    lines += verdict.cautions
    people = [*verdict.people, *(f"Nobody yet: {role}" for role in verdict.empty)]
    if people:
        lines += ["", "Signed in it", *(f"- {one}" for one in people)]
    if verdict.not_proven:
        lines += ["", "What this does not prove", *(f"- {one}" for one in verdict.not_proven)]
    # Line by line: a name in the file may hold signs that steer a terminal, and line breaks of its own.
    return Content("\n").join([typed(verdict.first, "bold"), Content(""), *map(typed, lines)])
