"""Handing the case over: all of it in one encrypted file, and the words that open it, to be told by another way."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import FileThere, Problem
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.doing import Doing, Progress
from supportplan.screens.notice import Sure
from supportplan.screens.unseen import SHOW, show_or_hide
from supportplan.services.opening_files import documents_folder
from supportplan.services.typed_paths import typed_file
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.chooser import Chooser
from supportplan.widgets.lines import typed_lines
from supportplan.widgets.word_fields import FileField, PassphraseField

if TYPE_CHECKING:
    from supportplan.services.bundles import HandedOver
    from supportplan.services.opening import Store

_SAYS = (
    "All of this case goes into one encrypted file: every version, what was decided and signed, and the scans. "
    "Whoever takes it in goes on with it on their own computer. What is here stays here."
)
_CHANGES = (
    Option("with", "Hand my changes over too: they have to be signed again"),
    Option("without", "Leave my changes here, and hand over what was sent"),
)


class HandOver(CasePlace[None]):
    """Asks where the file goes, and says the words that open it."""

    place = "hand_over"
    CSS_PATH = "hand_over.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("hand_over", "case")
    AUTO_FOCUS = "Input"

    def body(self) -> Iterator[Widget]:
        """What is asked, and what came of it."""
        with VerticalScroll(can_focus=False):
            yield Static(_SAYS, markup=False)
            yield FileField("To the file", id="to", notes=False)
            yield PassphraseField("Your own words", id="secret", hint="Or leave them out: some are drawn.")
            yield Buttons([Option("write", "Write the file"), SHOW])
            yield Static("", id="answer", markup=False)

    def on_mount(self) -> None:
        """Offer the usual file."""
        from supportplan.services.bundles import usual_bundle

        self.query_one("#to", FileField).show(str(documents_folder() / usual_bundle(self.plan)))

    def show_plan(self) -> None:
        """Say whose case it is."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Hand over")

    def reopened(self, store: "Store") -> None:
        """Show the words no more that were told before the program was locked."""
        super().reopened(store)
        self._answer("")

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Write the file, or show what is typed."""
        if event.key == "show":
            show_or_hide(self)
            return
        from supportplan.services.bundles import ENDING

        with self.problems_said():
            self._write(typed_file(self.query_one("#to", FileField).text, ENDING))

    @work(exclusive=True, group="hand_over")
    async def _write(self, to: Path) -> None:
        from supportplan.services.bundles import changes_what_was_sent, words_to_tell

        self._answer("")
        self.hand_in()
        own = self.query_one("#secret", PassphraseField).text
        secret = own or words_to_tell()
        with self.problems_said():
            changes: bool | None = None
            if await self.away(changes_what_was_sent, self.desk):
                key = await self.app.push_screen_wait(
                    Chooser("You changed the plan after it was sent", _CHANGES, "with")
                )
                if key is None:
                    return
                changes = key == "with"
            came = await self._written(to, secret, changes=changes, replace=False)
            if isinstance(came, FileThere):
                sure = Sure(
                    "There is a file of this name", "Is nothing in it still needed?", yes="Write over it"
                )
                if not await self.app.push_screen_wait(sure):
                    return
                came = await self._written(to, secret, changes=changes, replace=True)
            if isinstance(came, Problem):
                raise came
            self._say_what_came(came, "" if own else secret)

    async def _written(
        self, to: Path, secret: str, *, changes: bool | None, replace: bool
    ) -> "HandedOver | Problem | None":
        from supportplan.services.bundles import hand_over

        def write(progress: Progress) -> "HandedOver":
            return hand_over(self.desk, to, secret, progress, changes=changes, replace=replace)

        return await self.app.push_screen_wait(Doing("Handing the case over", write))

    def _say_what_came(self, came: "HandedOver | None", drawn: str) -> None:
        from supportplan.services.bundle_words import TELL_APART, handed_over_words

        self.show_all()
        if came is None:
            self._answer("Stopped. No file was written.")
            return
        words = (
            ("The words that open it; write them down now:\n\n    ", typed_lines(drawn, "bold"), "\n\n")
            if drawn
            else ()
        )
        self._answer(
            Content.assemble(
                typed_lines(f"Written, and read back: {came.path}\n\n"),
                *words,
                typed_lines(f"{TELL_APART}\n\n{handed_over_words(came)}"),
            )
        )

    def _answer(self, words: str | Content) -> None:
        self.query_one("#answer", Static).update(typed_lines(words) if isinstance(words, str) else words)
        # In a small window the words would stand below its end.
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_end, animate=False)
