"""The fields of one line that take words as they are: a name, what a support is, a passphrase."""

from supportplan.widgets.field import Field


class WordsField(Field[str]):
    """A line of words: a name, what a support is. Words are gone on with, not replaced."""

    renewed = False

    def read(self, text: str) -> str:
        """Take the words as they are, without spaces around them."""
        return text.strip()


class FileField(WordsField):
    """Where a file goes. A place is offered, and what is typed takes its place."""

    renewed = True


class PassphraseField(WordsField):
    """A passphrase: shown as stars, and taken with every space that was typed."""

    def __init__(self, label: str, *, id: str | None = None, hint: str = "") -> None:
        """Make a field whose letters are not shown."""
        super().__init__(label, id=id, width=40, hint=hint)
        self.input.password = True

    def read(self, text: str) -> str:
        """Take it as it was typed."""
        return text
