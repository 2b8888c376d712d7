"""The terminal's own cursor, which screen readers and braille displays follow: shown, not blinking, and where the person is."""

from textual.app import App
from textual.geometry import Offset


def show_real_cursor(app: App[None]) -> None:
    """Show the terminal's cursor, which Textual hides. `FollowingCursor` says where it stands."""
    driver = app._driver
    if driver is not None and not driver.is_headless:
        driver.write("\x1b[?25h\x1b[?12l")


class FollowingCursor(App[None]):
    """An app whose terminal cursor stands, at every paint, where what has the focus wants it: its `cursor_screen_offset`.

    Textual has each field put the cursor there itself, which fields do before they are laid out, and without the focus.
    """

    @property
    def cursor_position(self) -> Offset:
        """Where the cursor stands; what wants it nowhere has it in its upper left corner."""
        focused = self.screen.focused
        if focused is None:
            return Offset(0, 0)
        wanted = getattr(focused, "cursor_screen_offset", focused.content_region.offset)
        return wanted if isinstance(wanted, Offset) else Offset(0, 0)

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        """Pass over what a field says about itself."""
