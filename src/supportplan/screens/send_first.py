"""Asked before a plan is printed that is ready and not sent: people sign on paper what can change no more."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.screens.notice import Question
from supportplan.services.submitting import could_be_sent, submit
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option

if TYPE_CHECKING:
    from supportplan.screens.place import Place
    from supportplan.services.desk import Desk

WHY_SEND_FIRST = (
    "This plan is not sent yet, so it can still change. Send it first if the paper is to be signed: then it stays as it "
    "is printed."
)


async def sent_first(place: "Place[Any]", desk: "Desk") -> bool:
    """Offer to send a plan before it is printed, where it is ready and not sent; say whether to go on. Raises what `submit` does."""
    if not await place.away(could_be_sent, desk):
        return True
    answer = await place.app.push_screen_wait(SendFirst())
    if answer == "send":
        await place.away(submit, desk)
    return answer is not None


class SendFirst(Question[str | None]):
    """Answers `send`, or `as_it_is` for a copy that nobody signs; None prints nothing."""

    def __init__(self) -> None:
        super().__init__("Is it for signing?")

    def inside(self) -> Iterator[Widget]:
        """Say why, and ask."""
        yield Static(Content(WHY_SEND_FIRST))
        yield Buttons([Option("send", "Send it, then print"), Option("as_it_is", "Print it as it is")])

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Answer."""
        self.dismiss(event.key)
