"""The least that Textual can be: one field to type into. `line` has one line, `box` several, both fields as the library has them."""

import sys

from textual.app import App, ComposeResult


class Trivial(App[None]):
    """A question and a field."""

    def compose(self) -> ComposeResult:
        """Ask."""
        from textual.widgets import Static

        yield Static("What is your name?")
        if sys.argv[1:] == ["box"]:
            from textual.widgets import TextArea

            yield TextArea()
        else:
            from textual.widgets import Input

            yield Input()


if __name__ == "__main__":
    Trivial().run()
