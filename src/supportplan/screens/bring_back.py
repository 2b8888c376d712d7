"""Bringing a backup back: which file, what will happen, and what came of it. Also where a new laptop begins."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.days import moment_words
from supportplan.domain.problems import Problem
from supportplan.screens.actions import bindings
from supportplan.screens.doing import Doing, Progress
from supportplan.screens.notice import Said, Sure
from supportplan.screens.place import Place
from supportplan.screens.unseen import SHOW, show_or_hide
from supportplan.services.typed_paths import typed_path
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines
from supportplan.widgets.word_fields import PassphraseField, WordsField

if TYPE_CHECKING:
    from supportplan.services.keeping import Backup, BroughtBack
    from supportplan.services.opening import Store

_SAYS = (
    "All of the backup is checked before anything is changed, and you are asked once more. "
    "Its passphrase is the one you had when it was made; its recovery code opens it too."
)

_OPENS = "It opens with the passphrase that the backup was made under, or with its recovery code."


class BringBack(Place[None]):
    """Asks for the file and its passphrase, and once more whether it is meant.

    `cases` is how many cases the store in the folder holds, or None where there is no store yet.
    """

    place = "bring_back"
    CSS_PATH = "bring_back.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("bring_back")
    AUTO_FOCUS = "Input"

    def __init__(self, folder: Path, cases: int | None) -> None:
        super().__init__()
        self._folder = folder
        self._cases = cases

    def body(self) -> Iterator[Widget]:
        """What is asked."""
        with VerticalScroll(can_focus=False):
            yield Static(Content.styled("Bring a backup back", "bold"))
            yield Static(_SAYS, markup=False)
            yield WordsField("The file", id="file", hint="Such as ~/Documents/supportplan-2026-11-24.backup")
            yield PassphraseField("Its passphrase", id="secret")
            yield Buttons(
                [
                    Option("check", "Check it only"),
                    Option("bring", "Bring it back"),
                    SHOW,
                    Option("no", "Not now"),
                ]
            )
            yield Static("", id="answer", markup=False)

    def on_mount(self) -> None:
        """Say where one is."""
        self.where("Bring a backup back")

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Check it, bring it back, show what is typed, or go back."""
        if event.key == "no":
            self.dismiss(None)
        elif event.key == "show":
            show_or_hide(self)
        else:
            self._do(bring=event.key == "bring")

    @work(exclusive=True)
    async def _do(self, *, bring: bool) -> None:
        found = await self._checked()
        if found is None:
            return
        made = f"made {moment_words(found.made)}, with {_cases(found.cases)}"
        self._answer(f"The backup is whole and opens: {made}.")
        sure = bring and await self.app.push_screen_wait(
            Sure("Bring this backup back?", "\n".join(self._what_happens(made)), yes="Bring it back")
        )
        # The program may have locked itself over the question: then the passphrase is gone, and asked for anew.
        asked = self._asked() if sure else None
        if asked is not None:
            self.app.bring_back(*asked)

    def _asked(self) -> tuple[Path, str] | None:
        """Return the file and its passphrase as they stand; None where one is missing or there is no such place, and say so."""
        named = self.query_one("#file", WordsField).text.strip()
        secret = self.query_one(PassphraseField).text
        if named and secret:
            try:
                return typed_path(named), secret
            except Problem as problem:
                self.say_problem(problem)
                return None
        self.say("Type the file and its passphrase first.", caution=True)
        self.query_one("#file" if not named else "#secret", WordsField).focus()
        return None

    async def _checked(self) -> "Backup | None":
        from supportplan.services import keeping

        asked = self._asked()
        if asked is None:
            return None
        file, secret = asked

        def check(progress: Progress) -> "Backup":
            return keeping.verify(file, lambda: secret, progress)

        self._answer("")
        came = await self.app.push_screen_wait(Doing("Checking the backup", check))
        if isinstance(came, Problem):
            self.say_problem(came)
            return None
        if came is None:
            self._answer("Stopped. Nothing was changed.")
        return came

    def _what_happens(self, made: str) -> Iterator[str]:
        yield f"The backup was {made}."
        yield f"It is put into {self._folder}."
        if self._cases is None:
            yield "There is nothing there yet, so nothing is replaced."
        else:
            yield f"What is there now, {_cases(self._cases)}, gives way to it, and what was written since is not in it."
            yield "It is not thrown away: it is kept in a folder beside it, and you are told which."

    def _answer(self, words: str) -> None:
        self.query_one("#answer", Static).update(typed_lines(words))


def bringing(file: Path, folder: Path, secret: str) -> "Doing[BroughtBack]":
    """Return the screen on which the store in a folder gives way to that of a backup."""
    from supportplan.services import keeping

    return Doing(
        "Bringing the backup back",
        lambda progress: keeping.bring_back(file, folder, lambda: secret, progress),
    )


def said_of(came: "BroughtBack | None") -> Said:
    """Return the screen that says what came of it; None is for what was stopped."""
    if came is None:
        return Said("Stopped", "Nothing was changed.")
    backup, kept = came.restored.backup, came.restored.set_aside
    words = [f"Brought back: {_cases(backup.cases)}, as of {moment_words(backup.made)}."]
    if kept is not None:
        words.append(f"What was there before is kept in {kept}.")
    if came.problem is None:
        return Said("Your backup is back", " ".join(words))
    words += ["It could not be opened just now.", came.problem.what, came.problem.mend, _OPENS]
    return Said("Your backup is in place, but not open", " ".join(filter(None, words)))


def _cases(count: int) -> str:
    return f"{count:,} {'case' if count == 1 else 'cases'}"


def case_count(store: "Store") -> int:
    """Count the cases in a store."""
    from supportplan.services.cases import list_cases

    return list_cases(store, most=1).total
