"""A box for what somebody says, in their own words: as many lines as they like, and a paste keeps all of them."""

from collections.abc import Callable

from textual.widgets import TextArea

from supportplan.widgets.lines import typed


class WordsBox(TextArea):
    """A text of several lines. Tab leaves it; what is asked stands in its upper edge, what is wrong in its lower one."""

    DEFAULT_CSS = """
    WordsBox { border: round $edge; background: $background; color: $foreground; padding: 0 1; height: 6; }
    WordsBox:focus { border: round $primary; }
    WordsBox .text-area--cursor-line { background: transparent; }
    WordsBox .text-area--cursor, WordsBox:dark .text-area--cursor, WordsBox:light .text-area--cursor {
        color: $background; background: $foreground;
    }
    WordsBox:ansi .text-area--cursor { text-style: reverse; }
    WordsBox .text-area--selection { background: $chosen; color: $chosen-ink; }
    """

    def __init__(self, asked: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(
            id=id, classes=classes, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, theme="css"
        )
        self._heard = ""
        self.highlight_cursor_line = False
        self.cursor_blink = False
        self.ask(asked)

    def ask(self, asked: str) -> None:
        """Say what is asked, in the upper edge."""
        self.border_title = typed(asked) if asked else None

    def refuse(self, problem: str) -> None:
        """Say, in the lower edge, why what stands here cannot be taken; empty says nothing any more."""
        self.border_subtitle = typed(f"! {problem}", "bold $error") if problem else None

    def action_undo(self) -> None:
        """Take back the last deed where the screen knows of deeds, as in every other field; else what was typed here."""
        self._turn("action_undo", super().action_undo)

    def action_redo(self) -> None:
        """Make again what was taken back last."""
        self._turn("action_redo", super().action_redo)

    def _turn(self, of_the_screen: str, own: Callable[[], None]) -> None:
        getattr(self.screen, of_the_screen, own)()

    def show(self, text: str) -> None:
        """Show a text without saying that it changed; the cursor goes to its end."""
        if text != self.text:
            with self.prevent(TextArea.Changed):
                self.text = text
            self.move_cursor(self.document.end)
        self._heard = text

    def heard(self) -> None:
        """Note that what stands here has been taken up: only then may `follow` put something else in its place."""
        self._heard = self.text

    def follow(self, text: str) -> None:
        """Show what is so now. Letters that are still on their way to who takes them up are never written over."""
        if self.text == self._heard:
            self.show(text)
