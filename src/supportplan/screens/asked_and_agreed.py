"""What was asked and what was agreed as rows of a list, and why one support was agreed otherwise."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.cases.asked_and_agreed import Agreed, AskedAndAgreed, LineAgreed
from supportplan.domain.cases.step_words import decided_words, step_words
from supportplan.domain.cases.steps import Decision
from supportplan.domain.days import day_words
from supportplan.domain.money import show
from supportplan.screens.notice import Question
from supportplan.widgets.buttons import Buttons
from supportplan.widgets.choice import Option
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine
from supportplan.widgets.words_box import WordsBox


def compared_rows(found: AskedAndAgreed, why: Mapping[str, str] | None) -> Iterator[Row]:
    """Make a row of each line that was agreed otherwise, and of the totals. With `why` they are being asked for."""
    for purse, total in ((found.cash, "Cash value"), (found.in_house, "In-house value")):
        for line in purse.changed:
            yield Row(tuple(_lines(line, found.currency, why)), line.support)
        if purse.changed:
            words = f"{total}: asked {show(purse.asked, found.currency)}, agreed {show(purse.agreed, found.currency)}"
            difference = typed(_difference(purse, found.currency))
            yield Row((RowLine(typed(words, "bold"), difference),))


def decision_lines(decision: Decision) -> Iterator[str]:
    """Say a decision that stands, a line each."""
    yield f"{decided_words(decision)} on {day_words(decision.on)}."
    yield from step_words(decision, "").more


class LineWhy(Question[str | None]):
    """Asks why one support was agreed otherwise than it was asked for; Esc keeps what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+s", "keep", show=False)]
    AUTO_FOCUS = "TextArea"

    def __init__(self, what: str, words: str) -> None:
        super().__init__("Why otherwise than asked?")
        self._what, self._words = what, words

    def inside(self) -> Iterator[Widget]:
        """What it is about, and the box."""
        yield Static(typed(self._what))
        yield WordsBox(id="why")
        yield Buttons([Option("keep", "Keep it"), Option("no", "Leave it as it was")])

    def on_mount(self) -> None:
        """Show what was said so far."""
        self.query_one(WordsBox).show(self._words)

    def on_buttons_pressed(self, event: Buttons.Pressed) -> None:
        """Keep it, or leave it as it was."""
        if event.key == "keep":
            self.action_keep()
        else:
            self.dismiss(None)

    def action_keep(self) -> None:
        """Answer with the words."""
        self.dismiss(self.query_one(WordsBox).text.strip())


def _lines(line: LineAgreed, currency: str, why: Mapping[str, str] | None) -> Iterator[RowLine]:
    asked = show(line.asked, currency) if line.asked is not None else "for nothing"
    agreed = f"agreed {show(line.agreed, currency)}" if line.agreed is not None else "not agreed"
    yield RowLine(typed(line.what), typed(_difference(line, currency)))
    yield RowLine(typed(f"  asked {asked}, {agreed}"))
    words = line.why if why is None else why.get(line.support, "")
    if words:
        yield RowLine(Content.assemble("  why: ", typed(words)))
    elif why is not None and line.support:
        yield RowLine(Content("  Enter: say why"))


def _difference(one: LineAgreed | Agreed, currency: str) -> str:
    """Write a difference with its sign, also the one of more."""
    return f"{'+' if one.difference > 0 else ''}{show(one.difference, currency)}"
