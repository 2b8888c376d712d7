"""The heart of a visit: what the person wants on the left, who helps with it and what that costs on the right."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.asking import to_ask
from supportplan.domain.costing_words import outcome_words, source_words, sum_words
from supportplan.domain.edits import with_outcome, with_support, without_outcome, without_support
from supportplan.domain.plan import Outcome, Support
from supportplan.domain.short import shortened
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.screens.heart_rows import (
    ADD_OUTCOME,
    ADD_SUPPORT,
    OUTCOME_WORDS,
    outcome_head,
    outcome_rows,
    support_rows,
)
from supportplan.services.clock import new_id
from supportplan.services.desk import Desk
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowList
from supportplan.widgets.totals_bar import TotalsBar


class Heart(CasePlace[None]):
    """Outcomes and supports."""

    place = "heart"
    CSS_PATH = "heart.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("heart", "case")
    AUTO_FOCUS = "#outcomes"

    def __init__(self, desk: Desk, *, at: str = "", inside: str = "") -> None:
        """Open with the cursor on an outcome, or on the first; with `inside` on one of its supports."""
        super().__init__(desk)
        self._inside = inside
        self._width = 0
        self._at: str | None = at or None
        self._shown = ""

    def body(self) -> Iterator[Widget]:
        """Both sides, how the cost under the cursor comes about, what could be asked next, and the totals."""
        with Horizontal():
            yield RowList(id="outcomes", resting="-")
            with Vertical(id="right"):
                yield Static(id="outcome")
                yield RowList(id="supports", resting="-")
                yield Static(id="about")
                yield Static(id="asked")
        yield TotalsBar()

    def show_plan(self) -> None:
        """Show outcomes, and the supports of the one under the cursor."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Outcomes and supports")
        outcomes = self.query_one("#outcomes", RowList)
        self._width = outcomes.size.width
        outcomes.show(self._outcome_rows(outcomes.size.height), at=self._at)
        self._at = None
        self._show_supports()
        if self._inside:
            self._go_inside()
            self.query_one("#supports", RowList).go_to(self._inside)
            self._inside = ""

    def _outcome_rows(self, height: int) -> list[Row]:
        """Show as much of the person's words as there is room for, and two lines of each where there is little."""
        rows: list[Row] = []
        for most in (5, 4, 3, 2):
            rows = list(outcome_rows(self.plan, self.desk.costing, self._width, most))
            if sum(len(row.lines) for row in rows) <= height:
                break
        return rows

    def on_resize(self) -> None:
        """Break the person's words to the new width, once the list has it."""
        self.call_after_refresh(self._break_anew)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the supports of another outcome, or how another support is costed."""
        if event.rows.id == "outcomes":
            self._show_supports()
            if self._shown != event.key:
                self._shown = event.key
                self.note_place()
        else:
            self._show_about(event.key)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go into an outcome, open a support, or add one."""
        if event.key == ADD_OUTCOME:
            self._edit_outcome("")
        elif event.rows.id == "outcomes":
            self._go_inside()
        elif event.key == ADD_SUPPORT:
            self._edit_support("")
        elif event.key == OUTCOME_WORDS:
            self._edit_outcome(self._outcome)
        else:
            self._edit_support(event.key)

    def action_add(self) -> None:
        """Add an outcome on the left, somebody who helps on the right."""
        if self.query_one("#supports", RowList).has_focus:
            self._edit_support("")
        else:
            self._edit_outcome("")

    def action_remove(self) -> None:
        """Take away what is under the cursor."""
        supports = self.query_one("#supports", RowList)
        if supports.has_focus and any(one.id == supports.key for one in self.plan.supports):
            done = self.change(without_support(self.plan, supports.key), "Removed a support")
        elif not supports.has_focus and any(one.id == self._outcome for one in self.plan.outcomes):
            done = self.change(without_outcome(self.plan, self._outcome), "Removed an outcome")
        else:
            return
        if not done:
            return
        self.say("Removed. Ctrl+Z brings it back.")
        self.show_plan()

    def action_other_side(self) -> None:
        """Go to the other side."""
        if self.query_one("#supports", RowList).has_focus:
            self._go_outside()
        else:
            self._go_inside()

    def action_go_back(self) -> None:
        """From the right side to the left, and from there to the list of cases."""
        if self.query_one("#supports", RowList).has_focus:
            self._go_outside()
        elif self.desk.saved:
            self.dismiss(None)
        else:
            self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        if await self.may_leave():
            self.dismiss(None)

    @property
    def thing(self) -> tuple[str, str]:
        """The outcome under the cursor."""
        outcome = next((one for one in self.plan.outcomes if one.id == self._outcome), None)
        return (outcome.id, shortened(outcome.text, 60)) if outcome else ("", "")

    @property
    def _outcome(self) -> str:
        """The id of the outcome under the cursor; empty for supports that serve none."""
        key = self.query_one("#outcomes", RowList).key
        return "" if key.startswith("+") else key

    def _show_supports(self) -> None:
        key = self.query_one("#outcomes", RowList).key
        outcome = next((one for one in self.plan.outcomes if one.id == key), None)
        head = self.query_one("#outcome", Static)
        supports = self.query_one("#supports", RowList)
        self._show_asked(outcome)
        if key == ADD_OUTCOME:
            head.update(Content("What does the person want to be true? Enter adds it, in their own words."))
            supports.show([])
            self._show_about("")
            return
        # In a narrow window this side is out of sight until one goes there, and has no width before.
        width = head.content_size.width or self.size.width - 2
        head.update(outcome_head(outcome, width, 2 if self.has_class("-tall") else 1))
        supports.show(list(support_rows(self.plan, self.desk.costing, outcome)))

    def _show_about(self, key: str) -> None:
        """Say how the cost of the support under the cursor comes about."""
        support = next((one for one in self.plan.supports if one.id == key), None)
        costing = self.desk.costing
        if support is None:
            lines = [typed(outcome_words(costing, self._outcome))]
        else:
            lines = [typed(sum_words(support, costing))]
            if support.rate is not None and support.paid_by != "nobody":
                lines.append(typed(source_words(support.rate), "$muted"))
        self.query_one("#about", Static).update(Content("\n").join(lines))

    def _show_asked(self, outcome: Outcome | None) -> None:
        lines = [Content.styled("You could ask", "$muted")]
        lines += [typed(f"  “{words}”") for words in to_ask(self.plan, outcome)]
        self.query_one("#asked", Static).update(Content("\n").join(lines))

    def _break_anew(self) -> None:
        if self._width != self.query_one("#outcomes", RowList).size.width:
            self.show_plan()

    def _go_inside(self) -> None:
        supports = self.query_one("#supports", RowList)
        if supports.key:
            self.add_class("-inside")
            supports.focus()

    def _go_outside(self) -> None:
        self.remove_class("-inside")
        self.query_one("#outcomes", RowList).focus()

    @work
    async def _edit_outcome(self, outcome: str) -> None:
        from supportplan.screens.outcome import OutcomeWords

        new = not outcome
        if new:
            if not await self.may_change():
                return
            made = Outcome(id=new_id())
            self.change(with_outcome(self.plan, made), "Added an outcome")
            outcome = made.id
        await self.app.push_screen_wait(OutcomeWords(self.desk, outcome))
        if new and made in self.plan.outcomes:
            self.change(without_outcome(self.plan, made.id), "Let go of an outcome without words")
            self.show_plan()
        self.query_one("#outcomes", RowList).go_to(outcome)

    @work
    async def _edit_support(self, support: str) -> None:
        from supportplan.screens.support import SupportEditor

        new = not support
        if new:
            if not await self.may_change():
                return
            serves = (self._outcome,) if self._outcome else ()
            made = Support(id=new_id(), outcomes=serves, paid_by="budget", kind="recurring", every="week")
            self.change(with_support(self.plan, made), "Added a support")
            support = made.id
        await self.app.push_screen_wait(SupportEditor(self.desk, support))
        if new and made in self.plan.supports:
            self.change(without_support(self.plan, made.id), "Let go of a support without words")
            self.show_plan()
        self.query_one("#supports", RowList).go_to(support)
