"""The question after a print: whether it came out, which nobody but whoever stands at the printer knows."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from supportplan.screens.notice import Question
from supportplan.services import on_paper
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed

_ANSWERS: dict[str, on_paper.CameOut] = {"yes": "yes", "no": "no", "again": "again"}


class CameOut(Question[on_paper.CameOut | None]):
    """Answers with what came out; Esc is no answer, and nothing is noted then."""

    def __init__(self, pages: int, times: int) -> None:
        """Ask about so many pages, printed so many times."""
        super().__init__("Did it come out?")
        self._pages, self._times = pages, times

    def inside(self) -> Iterator[Widget]:
        """Say what should lie in the printer, and ask."""
        pages = "1 page" if self._pages == 1 else f"{self._pages} pages"
        times = "" if self._times == 1 else f", {self._times} times"
        yield Static(typed(f"The printer has taken it: {pages}{times}. Look whether all of it can be read."))
        yield Static("Only what came out is noted as given out.", markup=False)
        yield Buttons(
            [Option("yes", "Yes, all of it"), Option("no", "No"), Option("again", "Print it again")]
        )

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Answer."""
        self.dismiss(_ANSWERS[event.key])
