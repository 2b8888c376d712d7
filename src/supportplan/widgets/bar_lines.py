"""The lines at the top and the bottom of every screen: where one is and what is saved; the keys that matter here."""

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import category

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from supportplan.widgets.lines import beside, typed, wrapped

# Lines that what is said may take under the one that says where one is.
_MOST_SAID = 3
# Where so much of where one is cannot be read beside what is said, that goes on lines of its own.
_LEAST_WHERE = 12


class TitleBar(Widget):
    """Where one is, what was said last, and whether all is saved. What is too long to stand beside that goes under it."""

    DEFAULT_CSS = """
    TitleBar { height: auto; background: $bar; color: $foreground; text-style: bold; padding: 0 1; }
    TitleBar:ansi { text-style: bold underline; }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._where = Content("")
        self._saved = Content("")
        self._said = Content("")
        self._high = 1

    def show(
        self, *, where: Content | None = None, saved: Content | None = None, said: Content | None = None
    ) -> None:
        """Show something else in one of its parts; what was said last stands in front of what is saved."""
        before = (self._where, self._saved, self._said)
        self._where = self._where if where is None else where
        self._saved = self._saved if saved is None else saved
        self._said = self._said if said is None else said
        if not all(map(Content.is_same, before, (self._where, self._saved, self._said))):
            self.refresh(layout=len(self._lines(self.size.width)) != self._high)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002
        """One line, and as many more as what is said needs."""
        self._high = len(self._lines(width))
        return self._high

    def render(self) -> Content:
        """Paint the lines."""
        return Content("\n").join(self._lines(self.size.width))

    def _first(self, right: Content, width: int) -> Content:
        """Put what is at the right beside where one is, so that no terminal cuts its end."""
        spare = min(_spare(self._where), width // 3)
        return beside(self._where, right, width - spare).truncate(width, pad=True)

    def _lines(self, width: int) -> list[Content]:
        parts = [part for part in (self._said, self._saved) if part.plain]
        right = Content("   ").join(parts)
        if not self._said.plain or right.cell_length + min(self._where.cell_length, _LEAST_WHERE) < width:
            return [self._first(right, width)]
        return [self._first(self._saved, width), *wrapped(self._said, width, _MOST_SAID)]


def _spare(text: Content) -> int:
    """Return how many cells a terminal may need beyond those that are counted.

    Vowel signs such as those of Bengali are counted as part of the letter before them; many terminals give them a cell.
    """
    return sum(category(sign) == "Mc" for sign in text.plain)


class KeyWords(NamedTuple):
    """A key as the line shows it, what it does in a word, and the action to run where it is clicked."""

    key: str
    words: str
    run: str


class KeyLine(Widget):
    """The keys that matter here, the most important first; a click on one is as good as the key."""

    DEFAULT_CSS = """
    KeyLine { height: 1; background: $bar; color: $foreground; padding: 0 1; }
    KeyLine:ansi { text-style: none; }
    """
    ALLOW_SELECT = False

    class Clicked(Message):
        """A key's words were clicked."""

        def __init__(self, run: str) -> None:
            super().__init__()
            self.run = run

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[KeyWords, ...] = ()
        self._last: tuple[KeyWords, ...] = ()

    def show(self, keys: Sequence[KeyWords], last: Sequence[KeyWords]) -> None:
        """Show other keys. `last` stand at the right, and are there however narrow the line is."""
        if (tuple(keys), tuple(last)) != (self._keys, self._last):
            self._keys, self._last = tuple(keys), tuple(last)
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        x = 0
        for key, at in self._placed():
            x = at
            if x <= event.x - 1 < x + len(key.key) + 1 + len(key.words):
                self.post_message(self.Clicked(key.run))

    def render(self) -> Content:
        """Paint as many keys as fit."""
        line = Content("")
        for key, at in self._placed():
            line = Content.assemble(
                line, " " * (at - line.cell_length), typed(key.key, "bold $primary"), typed(f" {key.words}")
            )
        return line.truncate(self.size.width, pad=True)

    def _placed(self) -> list[tuple[KeyWords, int]]:
        """Return the keys that fit, and where each begins."""
        width = self.size.width
        lengths = [len(key.key) + 1 + len(key.words) for key in self._last]
        x = width - sum(lengths) - 2 * max(len(lengths) - 1, 0)
        placed, end = [], x
        for key, length in zip(self._last, lengths, strict=True):
            placed.append((key, x))
            x += length + 2
        x, shown = 0, []
        for key in self._keys:
            length = len(key.key) + 1 + len(key.words)
            if x + length + 2 > end:
                break
            shown.append((key, x))
            x += length + 2
        return [*shown, *placed]
