"""The terminal's own cursor, which screen readers and braille displays follow: shown, and not blinking."""

from textual.app import App


def show_real_cursor(app: App[None]) -> None:
    """Show the terminal's cursor, which Textual hides. Lists and fields put it where the person is."""
    driver = app._driver
    if driver is not None and not driver.is_headless:
        driver.write("\x1b[?25h\x1b[?12l")
