"""A tour of three minutes: what a visit is like with the program, page by page."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.screens.actions import bindings
from supportplan.screens.place import Place
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed_lines

_PAGES = (
    (
        "A visit begins with talking",
        "Open a case, and press T. One question stands on the screen, with a big box under it. Write what is said, in the "
        "person's own words.\n\nBelow are things to say aloud when somebody gets stuck. Skip whatever does not fit today. "
        "Nothing has to be filled in but a name.",
    ),
    (
        "What they want comes first",
        "On the left of the next screen stands what the person wants to be true: their outcomes. Press A to add one. "
        "Ask how it is now, and how you will both know that it is working.",
    ),
    (
        "Then who helps",
        "Press Tab to go to the right side, and A to add somebody who helps. Start with people who are in their life "
        "already and are not paid: they cost nothing, and they count.",
    ),
    (
        "Then what it costs",
        "For help that is paid: how much, how often, at what price. F4 opens the price list. The sum is said in words "
        "while you type, and the lines at the bottom show one-off money, recurring money, and the cash value.",
    ),
    (
        "Everything is saved",
        "There is no button to save. At the top it says when the disk had everything. Close the lid when the visit is over: "
        "you will be where you were. Ctrl+Z takes the last change back, as often as you like, tomorrow too.",
    ),
    (
        "Ready to agree",
        "R shows what sign-off still needs, and Enter goes to the place to mend it. G leads to everything else: budget, "
        "risks, signing, printing, earlier versions. F1 helps wherever you are.",
    ),
)


class Tour(Place[None]):
    """The pages of the tour."""

    place = "tour"
    CSS_PATH = "tour.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("tour")
    AUTO_FOCUS = "Buttons"

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def body(self) -> Iterator[Widget]:
        """The page, and where to go from it."""
        with VerticalScroll(can_focus=False):
            yield Static(id="page")
        yield Buttons([Option("next", "Next"), Option("before", "Before"), Option("end", "That is enough")])

    def on_mount(self) -> None:
        """Begin."""
        self._show()

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Turn the page."""
        step = {"next": 1, "before": -1, "end": len(_PAGES)}[event.key]
        if self._at + step >= len(_PAGES):
            self.dismiss(None)
        else:
            self._at = max(self._at + step, 0)
            self._show()

    def _show(self) -> None:
        title, words = _PAGES[self._at]
        self.where("A tour", f"{self._at + 1} of {len(_PAGES)}")
        self.query_one("#page", Static).update(
            Content.assemble(typed_lines(title, "bold $primary"), typed_lines(f"\n\n{words}"))
        )
