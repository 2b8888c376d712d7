"""Text in paragraphs, each with a head at its left that what follows hangs under: a key and what it does."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget


class Hanging(NamedTuple):
    """A paragraph: `head` stands at the left of its first line, and no other line of it begins further left."""

    body: Content
    head: Content = Content("")


class HangingText(Widget):
    """Paragraphs one under the other, broken between words to the width there is."""

    DEFAULT_CSS = "HangingText { height: auto; width: 1fr; color: $foreground; }"

    def __init__(self, paragraphs: Sequence[Hanging] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paragraphs = tuple(paragraphs)

    def show(self, paragraphs: Sequence[Hanging]) -> None:
        """Show other paragraphs."""
        self._paragraphs = tuple(paragraphs)
        self.refresh(layout=True)

    def render(self) -> Content:
        """Paint them."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """As many lines as they need in a width."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for body, head in self._paragraphs:
            first, *rest = body.wrap(max(width - head.cell_length, 1)) or [Content("")]
            lines += [head + first, *(Content(" " * head.cell_length) + line for line in rest)]
        return lines
