"""What is typed unseen: shown as stars until somebody asks to see it, and never kept for longer than it is needed."""

from typing import Any

from textual.screen import Screen

from supportplan.widgets.choice import Option
from supportplan.widgets.word_fields import PassphraseField

SHOW = Option("show", "Show what I type")


def show_or_hide(screen: Screen[Any]) -> None:
    """Show what is typed in the passphrase fields of a screen, or show stars again."""
    for field in screen.query(PassphraseField):
        field.input.password = not field.input.password


def forget(screen: Screen[Any]) -> None:
    """Let go of what was typed in the passphrase fields of a screen, and show stars again."""
    for field in screen.query(PassphraseField):
        field.show("")
        field.input.password = True
