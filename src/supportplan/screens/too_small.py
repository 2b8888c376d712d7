"""What is shown while the window is too small to work in."""

from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Static

from supportplan.screens.type_ahead import Cover

SMALLEST = Size(60, 20)


class TooSmall(Cover):
    """A sentence. Nothing that was typed is lost: it stands behind this, and what is typed now comes to it later."""

    leads_out = frozenset({"app.leave", "app.lock"})

    def compose(self) -> ComposeResult:
        """Say what to do."""
        yield Static(
            f"This window is too small. Make it at least {SMALLEST.width} columns by {SMALLEST.height} lines, "
            "or the letters smaller. Nothing is lost.",
            markup=False,
        )
