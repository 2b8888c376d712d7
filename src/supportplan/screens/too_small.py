"""What is shown while the window is too small to work in."""

from textual import getters
from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Static

from supportplan.screens.type_ahead import Cover, TypeAheadApp
from supportplan.widgets.lines import typed

SMALLEST = Size(60, 20)


def is_too_small(size: Size) -> bool:
    """Say whether a window of a size is too small to work in."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height


class TooSmall(Cover):
    """A sentence. Nothing that was typed is lost: it stands behind this, and what is typed now comes to it later."""

    leads_out = frozenset({"app.leave", "app.lock"})
    app = getters.app(TypeAheadApp)

    def compose(self) -> ComposeResult:
        """Say what to do."""
        yield Static(
            typed(
                f"This window is too small. Make it at least {SMALLEST.width} columns by {SMALLEST.height} lines, "
                "or the letters smaller. Nothing is lost."
            ),
            markup=False,
        )

    def on_screen_resume(self) -> None:
        """Go, where the window has grown while something stood over this, such as a problem."""
        if not is_too_small(self.app.size):
            self.uncover()

    def uncover(self) -> None:
        """Show what was worked on again."""
        self.app.pop_screen()
        self.app.uncovered()
