"""The words of an outcome, as the person says them; what it is about, and how both will know that it is working."""

from collections.abc import Iterator
from typing import Any, ClassVar

from msgspec.structs import replace
from textual.binding import BindingType

from supportplan.domain.edits import with_outcome
from supportplan.domain.plan import Outcome, Plan
from supportplan.domain.short import shortened
from supportplan.screens.actions import bindings
from supportplan.screens.form import Asked, Form
from supportplan.services.desk import Desk
from supportplan.services.profiles import offered_domains
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.chooser import Choice
from supportplan.widgets.words_box import WordsBox

_ASKED = {
    "text": "What do they want? Write it as they say it",
    "baseline": "How is it now?",
    "success": "How will we both know it is working?",
}
_UNSAID = Option("none", "not said")
_HORIZONS = [Option("now", "now"), Option("future", "in the future"), _UNSAID]
_SORTED = "Said what an outcome is about"


class OutcomeWords(Form):
    """The words of one outcome."""

    place = "outcome"
    title_words = "Outcome"
    CSS_PATH = "outcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("outcome", "case")
    AUTO_FOCUS = "TextArea"

    def __init__(self, desk: Desk, outcome: str, *, at: str = "") -> None:
        self._outcome_id = outcome
        super().__init__(desk, at=at)

    def fields(self) -> Iterator[Asked]:
        """What they want, how it is, how it will be known; which part of life it is about, and for when."""
        for name, asked in _ASKED.items():
            yield Asked(
                WordsBox(asked, id=name),
                lambda plan, name=name: getattr(self._outcome(plan), name),  # type: ignore[misc]
                lambda plan, value, name=name: self._with(plan, **{name: value}),  # type: ignore[misc]
                "Wrote about an outcome",
            )
        domains = offered_domains(self.desk.plan)
        options = [_UNSAID, *(Option(f"{one.framework}.{one.key}", one.words) for one in domains)]
        yield Asked(
            Choice("It is about", options, id="domain", width=40), self._domain, self._with_domain, _SORTED
        )
        yield Asked(
            OneOf("They want it", _HORIZONS, id="horizon"),
            lambda plan: self._outcome(plan).horizon or _UNSAID.key,
            lambda plan, value: self._with(plan, horizon=None if value == _UNSAID.key else value),
            _SORTED,
        )

    def show_plan(self) -> None:
        """Show the outcome as it stands; where undo has taken it away, there is nothing to show."""
        if all(one.id != self._outcome_id for one in self.plan.outcomes):
            self.dismiss(None)
        else:
            super().show_plan()

    def copied(self) -> str:
        """Return the words, each under what was asked."""
        outcome = self._outcome(self.plan)
        said = [(asked, getattr(outcome, name)) for name, asked in _ASKED.items()]
        return "\n\n".join(f"{asked}\n{words.strip()}" for asked, words in said if words.strip())

    @property
    def thing(self) -> tuple[str, str]:
        """The outcome."""
        found = [one.text for one in self.plan.outcomes if one.id == self._outcome_id]
        return self._outcome_id, shortened(found[0], 60) if found else ""

    def _outcome(self, plan: Plan) -> Outcome:
        return next(one for one in plan.outcomes if one.id == self._outcome_id)

    def _with(self, plan: Plan, **changes: Any) -> Plan:
        return with_outcome(plan, replace(self._outcome(plan), **changes))

    def _domain(self, plan: Plan) -> str:
        outcome = self._outcome(plan)
        return (
            f"{outcome.framework}.{outcome.domain}" if outcome.framework and outcome.domain else _UNSAID.key
        )

    def _with_domain(self, plan: Plan, key: str) -> Plan:
        framework, _, domain = key.partition(".")
        return self._with(plan, framework=framework if domain else None, domain=domain or None)
