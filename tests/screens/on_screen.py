"""The app without a terminal: what stands on its screen, as text."""

from typing import Any

from textual.app import App


def shown(app: App[Any]) -> str:
    """Return what is painted, line by line, without colours and without spaces at the ends."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip) for strip in strips[:height]]
    return "\n".join(line[:width].rstrip() for line in lines)
