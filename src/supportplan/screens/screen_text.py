"""What stands on a screen, as text: each part of it one after the other, from the top, without frames and edges."""

from typing import Any

from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from supportplan.widgets.bar_lines import KeyLine

_EDGES = str.maketrans("", "", "\u2502\u256d\u256e\u2570\u256f\u2500")


def text_on(screen: Screen[Any]) -> str:
    """Return the text that a screen shows; neither the line of keys nor what is typed in secret belongs to it."""
    parts = [part for part in screen.query("*").results(Widget) if _says_something(part)]
    parts.sort(key=lambda part: (part.region.y, part.region.x))
    return "\n".join(text for part in parts if (text := _text_of(part)))


def _says_something(part: Widget) -> bool:
    """Whether a widget shows words of its own, and is in view; a field's typed part is shown by the field."""
    return bool(part.visible and part.region) and not part.children and not isinstance(part, KeyLine)


def _text_of(part: Widget) -> str:
    if isinstance(part, Input):
        return "*" * len(part.value) if part.password else part.value
    width, height = part.outer_size
    lines = [
        strip.text.translate(_EDGES).rstrip() for strip in part.render_lines(Region(0, 0, width, height))
    ]
    return "\n".join(lines).strip("\n")
