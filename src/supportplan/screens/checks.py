"""Ready to agree? Every sign-off check under its question; Enter goes to the place to mend it."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.checks import how_far
from supportplan.domain.checks.finding import QUESTIONS, Finding
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.mending import named, places_to_mend
from supportplan.services.checking import check_plan
from supportplan.services.desk import Desk
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList

_ADVICE = "Nothing waits for it: it is advice."
_SIGNS = "[x] done   [ ] needed before signing   [-] worth a thought"


class Checks(CasePlace[None]):
    """The findings of the checks."""

    place = "checks"
    CSS_PATH = "checks.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("checks", "case")
    AUTO_FOCUS = "RowList"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._findings: tuple[Finding, ...] = ()

    def body(self) -> Iterator[Widget]:
        """What is done so far, and the list."""
        yield Static(id="said")
        yield RowList()
        yield Static(id="about")

    def show_plan(self) -> None:
        """Run the checks on the plan as it stands."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Ready to agree?")
        with self.problems_said():
            self._findings = check_plan(self.plan)
        self.query_one("#said", Static).update(
            Content.assemble(how_far(self._findings), "\n", Content.styled(_SIGNS, "$muted"))
        )
        rows = self.query_one(RowList)
        rows.show(list(_rows(self._findings)), at=None if rows.key else _first_open(self._findings))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Say what to do about the one under the cursor."""
        finding = self._finding(event.key)
        asks = next(one for one in QUESTIONS if one.key == finding.question)
        lines = [Content("There is nothing to mend here.")]
        if not finding.passed:
            name = named(self.plan, finding.id)
            mend = typed(f"{f'{name}: ' if name else ''}{finding.mend} Enter goes there.")
            lines = [
                mend,
                typed(asks.not_agreed_if if finding.level == "blocks" else _ADVICE, "$muted"),
            ]
        self.query_one("#about", Static).update(Content("\n").join(lines))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go to where it can be mended."""
        finding = self._finding(event.key)
        if not finding.passed:
            self._mend(finding)

    def _finding(self, key: str) -> Finding:
        return next(one for one in self._findings if _key(one) == key)

    @work(exclusive=True)
    async def _mend(self, finding: Finding) -> None:
        places = places_to_mend(self.desk, finding.where, finding.id)
        if not places:
            self.action_go("heart")
        for place in places[:-1]:
            self.app.push_screen(place)
        if places:
            await self.app.push_screen_wait(places[-1])


def _key(finding: Finding) -> str:
    """What tells a finding from others, also after one before it has been mended."""
    return f"{finding.check} {finding.where} {finding.id}"


def _first_open(findings: tuple[Finding, ...]) -> str:
    """Find the first that sign-off waits for, or else the first that is worth a thought; where all is done, none."""
    waiting = sorted((one for one in findings if not one.passed), key=lambda one: one.level != "blocks")
    return _key(waiting[0]) if waiting else ""


def _rows(findings: tuple[Finding, ...]) -> Iterator[Row]:
    for question in QUESTIONS:
        under = [one for one in findings if one.question == question.key]
        yield Row((RowLine(typed(question.asks, "bold")),))
        for finding in under:
            mark = "[x]" if finding.passed else ("[ ]" if finding.level == "blocks" else "[-]")
            words = typed(finding.reason)
            yield Row((RowLine(Content.assemble(typed(f"{mark} "), words)),), _key(finding))
