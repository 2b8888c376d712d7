"""Where a file goes that leaves the program, and writing it there: over another one only where somebody says so."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.problems import FileThere, Problem
from supportplan.screens.notice import Notice, Question, Sure
from supportplan.screens.place import Place
from supportplan.services.opening_files import fetching_command
from supportplan.services.typed_paths import typed_file
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines
from supportplan.widgets.word_fields import FileField

Written = TypeVar("Written")


class SaveAs(Question[Path | None]):
    """Asks where the file goes; its ending is that of the usual one."""

    AUTO_FOCUS = "Input"

    def __init__(self, usual: Path, title: str) -> None:
        super().__init__(title)
        self._usual = usual

    def inside(self) -> Iterator[Widget]:
        """The folder and the name."""
        yield FileField("File", id="file", notes=False)
        yield Static("This file is not encrypted: keep it as safe as the paper.", markup=False)
        yield Buttons([Option("save", "Save"), Option("no", "Not now")])

    def on_mount(self) -> None:
        """Offer the usual place."""
        self.query_one(FileField).show(str(self._usual))

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Answer."""
        said = self.query_one(FileField).text.strip()
        if event.key != "save" or not said:
            self.dismiss(None)
            return
        try:
            self.dismiss(typed_file(said, self._usual.suffix))
        except Problem as problem:
            self.app.push_screen(Notice(problem))


class Fetch(Question[None]):
    """Says where a file lies that cannot be opened from here, and the command that fetches it."""

    def __init__(self, path: Path) -> None:
        super().__init__("It is saved")
        self._path = path
        self._command = fetching_command(path)

    def inside(self) -> Iterator[Widget]:
        """The place and the command, each on lines of its own."""
        yield Static(typed_lines(str(self._path)))
        if not self._command:
            yield Static(
                "This computer has no desktop, or no program for it. Open it on one that has.", markup=False
            )
            yield Buttons([Option("go_on", "Go on")])
            return
        yield Static("To fetch it, type this on the computer before you:", markup=False)
        yield Static(typed_lines(self._command))
        yield Buttons([Option("copy", "Copy the command"), Option("go_on", "Go on")])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Copy the command, or go on."""
        if event.key == "copy":
            self.app.copy_to_clipboard(self._command)
        self.dismiss(None)


async def written(place: Place[Any], write: Callable[[bool], Written]) -> Written | None:
    """Write a file; where one of the name is there, ask first, and call `write` again with True.

    Returns None where it is still needed. Called in a worker of the place. Raises what `write` does.
    """
    try:
        return await place.away(write, False)  # noqa: FBT003 - whether to write over it
    except FileThere:
        asked = "Is nothing in it still needed? It may be signed."
        sure = Sure("There is a file of this name", asked, yes="Write over it")
        if not await place.app.push_screen_wait(sure):
            return None
        return await place.away(write, True)  # noqa: FBT003
