"""Drawing a signature with mouse or trackpad, on a sheet as large as the window."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.cases.drawing import Drawing
from supportplan.screens.actions import bindings
from supportplan.screens.notice import Sure
from supportplan.screens.place import Place
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed
from supportplan.widgets.signature_pad import SignaturePad

_NOTHING_YET = (
    "Nothing is drawn yet. Hold the button down and write, as large as you can. "
    "Without a mouse a typed name is as good: go back, and type it."
)


class DrawSignature(Place[Drawing | None]):
    """Who signs and under which words, the sheet, and how many strokes are on it. Answers with the drawing, or None."""

    place = "draw"
    CSS_PATH = "draw_signature.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("draw")
    AUTO_FOCUS = "Buttons"

    def __init__(self, who: str, role: str, statement: str) -> None:
        super().__init__()
        self._who, self._role, self._statement = who, role, statement
        self._said_that_it_goes = False

    def body(self) -> Iterator[Widget]:
        """The words that are signed, the sheet, what is on it, and what can be done."""
        yield Static(Content.assemble(typed(self._who), " signs as: ", typed(self._role)), id="who")
        yield Static(typed(f"“{self._statement}”"), id="statement")
        with Vertical(id="sheet"):
            yield SignaturePad()
        yield Static(Content(_NOTHING_YET), id="said")
        yield Buttons(
            [
                Option("done", "Done"),
                Option("undo_stroke", "Undo stroke"),
                Option("clear", "Clear"),
                Option("go_back", "Back"),
            ],
            tall=True,
        )

    def on_mount(self) -> None:
        """Say where one is."""
        self.where("Draw the signature")

    def on_signature_pad_changed(self) -> None:
        """Say in words what is drawn."""
        self._said_that_it_goes = False
        self.query_one("#said", Static).update(typed(self._drawn))

    def on_signature_pad_cancelled(self) -> None:
        """Say why the sheet is empty."""
        self.say("The window changed: draw it again.", caution=True)

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Do what the button says."""
        getattr(self, f"action_{event.key}")()

    def action_done(self) -> None:
        """Answer with what is drawn."""
        drawing = self._pad.drawing
        if drawing is None:
            self.say("Nothing is drawn yet.", caution=True)
        else:
            self.dismiss(drawing)

    def action_undo_stroke(self) -> None:
        """Take the last stroke back."""
        self.say("" if self._pad.strokes else "There is no stroke to take back.")
        self._pad.undo()

    def action_clear(self) -> None:
        """Take all strokes away."""
        self.hush()
        self._pad.clear()

    def action_go_back(self) -> None:
        """Go back without a signature; but say first, once, that what is drawn would go."""
        if not self.holds_back("Esc again leaves it out."):
            self.dismiss(None)

    def holds_back(self, again: str) -> bool:
        """Say, once, that what is drawn goes with this place."""
        if not self._pad.strokes or self._said_that_it_goes:
            return False
        self._said_that_it_goes = True
        self.say(f"Not signed yet. {again}", caution=True)
        return True

    async def may_leave(self) -> bool:
        """Ask whether to leave without what is drawn, where something is."""
        if not self._pad.strokes:
            return True
        sure = Sure("Not signed yet", "What is drawn here goes.", yes="Go without it", no="Stay here")
        return await self.app.push_screen_wait(sure) is True

    @property
    def _pad(self) -> SignaturePad:
        return self.query_one(SignaturePad)

    @property
    def _drawn(self) -> str:
        """What is drawn, in words."""
        strokes = self._pad.strokes
        if not strokes:
            return _NOTHING_YET
        full = " There is no room for more." if self._pad.full else ""
        return f"{strokes} {'stroke is' if strokes == 1 else 'strokes are'} drawn.{full} Done signs the plan with it."
