"""An outcome, in the person's own words: what they want, where they start from, and how both will know."""

from collections.abc import Iterator
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import TextArea

from supportplan.domain.edits import with_outcome
from supportplan.domain.plan import Outcome
from supportplan.domain.short import shortened
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.services.desk import Desk
from supportplan.widgets.words_box import WordsBox

_ASKED = {
    "text": "What do they want? Write it as they say it",
    "baseline": "How is it now?",
    "success": "How will we both know it is working?",
}


class OutcomeWords(CasePlace[None]):
    """The words of one outcome."""

    place = "outcome"
    CSS_PATH = "outcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("outcome", "case")
    AUTO_FOCUS = "TextArea"

    def __init__(self, desk: Desk, outcome: str) -> None:
        super().__init__(desk)
        self._outcome_id = outcome

    def body(self) -> Iterator[Widget]:
        """A box for each question."""
        with VerticalScroll(can_focus=False):
            for name, asked in _ASKED.items():
                yield WordsBox(asked, id=name)

    def show_plan(self) -> None:
        """Show the words as they stand."""
        outcome = self._outcome
        if outcome is None:
            self.dismiss(None)
            return
        self.where(self.plan.person.known_as or self.plan.person.name, "Outcome")
        for name in _ASKED:
            self.query_one(f"#{name}", WordsBox).show(getattr(outcome, name))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep what is typed."""
        name = event.text_area.id or ""
        if (outcome := self._outcome) is not None:
            changed = replace(outcome, **{name: event.text_area.text})
            self.change(with_outcome(self.plan, changed), "Wrote about an outcome", field=name)

    @property
    def thing(self) -> tuple[str, str]:
        """The outcome."""
        return self._outcome_id, shortened(self._outcome.text, 60) if self._outcome else ""

    @property
    def _outcome(self) -> Outcome | None:
        return next((one for one in self.plan.outcomes if one.id == self._outcome_id), None)
