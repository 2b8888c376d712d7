"""Asking and telling, a line at a time: nothing is drawn, and nothing that was said is ever said over."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from supportplan.domain.problems import BadInput, Problem

# A first line that adds to what is there.
_ADD = "+"
# What answers a question, and is hardly anybody's name.
_ANSWERS = ("y", "yes", "n", "no")


class Leave(Exception):
    """Whoever answers has gone: Ctrl+D, Ctrl+C, the end of a file of answers, or the word `leave`. It says what is saved."""

    def __init__(self, words: str = "Everything is saved.") -> None:
        super().__init__(words)


class Option(NamedTuple):
    """Something that can be chosen: the key it stands under, and its words."""

    key: str
    words: str


class Asker:
    """Asks on one line and reads the answer.

    `read` shows a question and returns what was typed; it raises EOFError or KeyboardInterrupt where nobody answers any
    more. `write` writes a line. `read_secret` reads without showing what is typed.
    """

    def __init__(
        self, read: Callable[[str], str], write: Callable[[str], None], read_secret: Callable[[str], str]
    ) -> None:
        self._read = read
        self._write = write
        self._read_secret = read_secret
        self._gone = False
        self._choices_said: set[tuple[Option, ...]] = set()

    def say(self, *lines: str) -> None:
        """Say some lines."""
        for line in lines:
            self._write(line)

    def say_choices(self, options: tuple[Option, ...]) -> None:
        """Say what can be chosen, the first time in a visit; after that it stands further up, and ? says it again."""
        if options not in self._choices_said:
            self._choices_said.add(options)
            self.say(*numbered(options))

    def say_problem(self, problem: Problem, typed: str = "") -> None:
        """Say what is wrong and what to do about it, and repeat what was typed."""
        where = f"{problem.where}: " if problem.where else ""
        self.say(" ".join(part for part in (f"{where}{problem.what}", problem.mend) if part))
        if typed:
            self.say(f"You typed: {typed}")

    def line(self, asked: str) -> str:
        """Ask, and return what was typed, without the spaces round it. Raises Leave."""
        return self._answer(self._read, asked).strip()

    def name(self, asked: str) -> str:
        """Ask for somebody's name. A yes or no, as people answer to a question they expected, is asked about once."""
        typed = self.line(asked)
        if typed.casefold() not in _ANSWERS:
            return typed
        return self.line(f"Is “{typed}” a name? Type it again if it is. Else type the name. ")

    def secret(self, asked: str) -> str:
        """Ask for a passphrase. Raises Leave."""
        return self._answer(self._read_secret, asked)

    def lines(self, asked: str, *, before: str = "", ends_at: Sequence[str] = ()) -> str:
        """Ask for words of as many lines as one likes, up to an empty one; a first line in `ends_at` is an answer alone.

        A first line of `+` adds what follows to the words from `before`. Where whoever answers goes away within, what was
        typed until then still counts. Raises Leave where there is nothing yet.
        """
        typed = [self.line(asked)]
        if typed[0].casefold() in ends_at:
            return typed[0]
        try:
            while typed[-1]:
                typed.append(self.line(""))
        except Leave:
            self._gone = True
        if typed[0] == _ADD:
            typed[0] = before
        return "\n".join(typed).strip("\n")

    def yes(self, asked: str) -> bool:
        """Ask for yes or no; Enter is no. Raises Leave."""
        while True:
            typed = self.line(f"{asked} Yes or no? ").casefold()
            if typed in ("y", "yes"):
                return True
            if typed in ("", "n", "no", "back", "skip"):
                return False
            self.say("Type yes or no.", f"You typed: {typed}")

    def _answer(self, read: Callable[[str], str], asked: str) -> str:
        if self._gone:
            raise Leave
        try:
            return read(asked)
        except (EOFError, KeyboardInterrupt):
            self._gone = True
            raise Leave from None


def chosen(options: Sequence[Option], typed: str) -> str:
    """Return the key of the option that is meant: by its number, by its words, or by their beginning. Raises BadInput."""
    said = typed.strip().rstrip(".").casefold()
    if said.isascii() and said.isdigit() and 0 < int(said[:6]) <= len(options):
        return options[int(said[:6]) - 1].key
    exactly = [one.key for one in options if said in (one.words.casefold(), one.key.casefold())]
    begun = [one.key for one in options if said and one.words.casefold().startswith(said)]
    found = exactly or begun
    if len(found) == 1:
        return found[0]
    if found:
        raise BadInput("Several choices begin so.", mend="Type its number, or more of its words.")
    raise BadInput("That is none of the choices.", mend="Type its number or how it begins; ? lists them.")


def numbered(options: Sequence[Option]) -> list[str]:
    """Write the options, a line each: `1. the budget`."""
    return [f"{number}. {one.words}" for number, one in enumerate(options, start=1)]
