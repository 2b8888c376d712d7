"""Bringing in a price list: its file, what was read from it, and keeping it."""

import asyncio
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events, work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from supportplan.domain.problems import Problem, Stopped
from supportplan.domain.schedules.row_words import price_words, row_words
from supportplan.screens.notice import Question
from supportplan.screens.of_the_store import OfTheStore
from supportplan.services.schedule_versions import keep_schedule, remembered_mapping
from supportplan.services.typed_paths import typed_path
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.hanging_text import Hanging, HangingText
from supportplan.widgets.lines import typed
from supportplan.widgets.word_fields import WordsField

if TYPE_CHECKING:
    from supportplan.services.opening import Store
    from supportplan.services.schedules import ImportResult

_BEFORE = (Option("look", "Look into it"), Option("no", "Not now"))
# Enter then keeps it; who goes on to the next button, as one did before, looks once more and loses nothing.
_READ = (Option("keep", "Keep it"), Option("look", "Look again"), Option("no", "Not now"))
_MOST_ERRORS, _EXAMPLES = 20, 4
_PAGES = " Page Down shows more."


class BringInPrices(OfTheStore, Question[str]):
    """Asks for the file, shows what was found in it, and keeps it where the person says so.

    Answers with what was taken in, in words; with nothing where nothing was.
    """

    DEFAULT_CSS = "BringInPrices VerticalScroll { height: 8; }"
    AUTO_FOCUS = "Input"

    def __init__(self, store: "Store") -> None:
        super().__init__("Bring in a price list")
        self._store = store
        self._result: ImportResult | None = None
        self._enough = threading.Event()

    def inside(self) -> Iterator[Widget]:
        """The file, what it is called, and the answer."""
        yield WordsField("File", id="file", notes=False)
        yield WordsField("Name", id="name", notes=False)
        yield WordsField("Version", id="version", hint="Such as 2026-27. You may leave it out.")
        with VerticalScroll(can_focus=False):
            yield HangingText(id="found")
        yield Buttons(_BEFORE)

    def on_field_changed(self) -> None:
        """What was read, or could not be, is not what this would be."""
        self._result = None
        self._enough.set()
        self.query_one("#found", HangingText).show([])
        self.query_one(Buttons).show(_BEFORE)

    def on_key(self, event: events.Key) -> None:
        """Page through what was found, wherever the cursor is."""
        found = self.query_one(VerticalScroll)
        if event.key in ("pageup", "pagedown"):
            (found.scroll_page_down if event.key == "pagedown" else found.scroll_page_up)(animate=False)

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Read the file, keep what was read, or go back."""
        if event.key == "no":
            self.dismiss("")
        elif event.key == "look" or self._result is None:
            self._look()
        else:
            self._keep(self._result)

    def on_unmount(self) -> None:
        """Let reading end where one has gone back meanwhile."""
        self._enough.set()

    @work(exclusive=True)
    async def _look(self) -> None:
        from supportplan.services.schedules import import_schedule

        self._enough.set()
        enough = self._enough = threading.Event()
        loop = asyncio.get_running_loop()

        def progress(done: int, of: int) -> None:
            words = f"Reading it: {done * 100 // max(of, 1)}%. Esc stops it, and nothing is kept."
            loop.call_soon_threadsafe(self._say, words, enough)

        file, name, version = (
            self.query_one(f"#{one}", WordsField).text.strip() for one in ("file", "name", "version")
        )
        found = self.query_one("#found", HangingText)
        found.show([Hanging(Content("Reading it."))])
        try:
            # Keys are not held meanwhile: a large file takes a while, and can be given up.
            result = await asyncio.to_thread(
                import_schedule,
                typed_path(file),
                name=name,
                version=version,
                remembered=lambda signature: remembered_mapping(self._store, signature),
                progress=progress,
                cancelled=enough.is_set,
            )
        except Stopped:
            return
        except Problem as problem:
            found.show([_wrong(f"{problem}. {problem.mend}")])
            return
        if enough.is_set():
            # Another file was named when this one had been read: it is not the one that would be kept.
            return
        self._result = result
        found.show(list(_found(result)))
        if result.schedule is not None:
            self.query_one(Buttons).show(_READ)

    def _say(self, words: str, enough: threading.Event) -> None:
        if self.is_mounted and not enough.is_set():
            self.query_one("#found", HangingText).show([Hanging(typed(words))])

    @work(exclusive=True)
    async def _keep(self, result: "ImportResult") -> None:
        if result.schedule is None:
            return
        try:
            await self.away(keep_schedule, self._store, result.schedule, result.mapping)
        except Problem as problem:
            self.query_one("#found", HangingText).show([_wrong(f"{problem} {problem.mend}")])
            return
        left = result.rows - result.taken
        without = f" {left:,} {'row was' if left == 1 else 'rows were'} left out." if left else ""
        self.dismiss(f"Taken in: {result.taken:,} {'price' if result.taken == 1 else 'prices'}.{without}")


def _found(result: "ImportResult") -> Iterator[Hanging]:
    """Say what an import found: how much, the first good rows to compare with the file, and each bad one."""
    left = result.rows - result.taken
    bad = f", {left:,} of them with a problem" if left else ""
    pages = _PAGES if len(result.errors) > 2 else ""
    yield Hanging(typed(f"{result.rows:,} {'row' if result.rows == 1 else 'rows'} read{bad}.{pages}"))
    schedule = result.schedule
    if schedule is not None:
        yield Hanging(Content("Are these prices as in the file? “Keep it” keeps the good rows."))
        for row in schedule.rows[:_EXAMPLES]:
            yield Hanging(typed(f"{row_words(row)}: {price_words(row, schedule.currency)}"), Content("  "))
    if result.used.left_out:
        yield Hanging(typed(f"Not used: {', '.join(result.used.left_out)}."))
    for error in result.errors[:_MOST_ERRORS]:
        yield _wrong(f"Row {error.row}, {error.column}: {error.reason}.")
    yield from (_wrong(warning) for warning in result.warnings)


def _wrong(words: str) -> Hanging:
    return Hanging(typed(words), Content("! "))
