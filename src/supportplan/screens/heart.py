"""The heart of a visit: what the person wants on the left, who helps with it and what that costs on the right."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.costing import Costing
from supportplan.domain.edits import supports_of, with_outcome, with_support, without_outcome, without_support
from supportplan.domain.money import show
from supportplan.domain.plan import Outcome, Plan, Support
from supportplan.domain.short import shortened
from supportplan.domain.support_words import level_words, who_words
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.services.clock import new_id
from supportplan.services.desk import Desk
from supportplan.widgets.lines import typed
from supportplan.widgets.row_list import Row, RowLine, RowList
from supportplan.widgets.totals_bar import TotalsBar

_ADD_OUTCOME, _ADD_SUPPORT, _LOOSE, _OUTCOME_WORDS = "+outcome", "+support", "+loose", "+words"


class Heart(CasePlace[None]):
    """Outcomes and supports."""

    place = "heart"
    CSS_PATH = "heart.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("heart", "case")
    AUTO_FOCUS = "#outcomes"

    def __init__(self, desk: Desk, *, at: str = "") -> None:
        """Open with the cursor on an outcome, or on the first."""
        super().__init__(desk)
        self._at: str | None = at or None
        self._shown = ""

    def body(self) -> Iterator[Widget]:
        """Both sides, and the totals under them."""
        with Horizontal():
            yield RowList(id="outcomes")
            with Vertical(id="right"):
                yield Static(id="outcome")
                yield RowList(id="supports")
        yield TotalsBar()

    def show_plan(self) -> None:
        """Show outcomes, and the supports of the one under the cursor."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Outcomes and supports")
        rows = list(outcome_rows(self.plan, self.desk.costing))
        self.query_one("#outcomes", RowList).show(rows, at=self._at)
        self._at = None
        self._show_supports()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show the supports of another outcome."""
        if event.rows.id == "outcomes":
            self._show_supports()
            if self._shown != event.key:
                self._shown = event.key
                self.note_place()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go into an outcome, open a support, or add one."""
        if event.key == _ADD_OUTCOME:
            self._edit_outcome("")
        elif event.rows.id == "outcomes":
            self._go_inside()
        elif event.key == _ADD_SUPPORT:
            self._edit_support("")
        elif event.key == _OUTCOME_WORDS:
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
            self.change(without_support(self.plan, supports.key), "Removed a support")
        elif not supports.has_focus and any(one.id == self._outcome for one in self.plan.outcomes):
            self.change(without_outcome(self.plan, self._outcome), "Removed an outcome")
        else:
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
        else:
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
        if key == _ADD_OUTCOME:
            head.update(Content("What does the person want to be true? Enter adds it, in their own words."))
            supports.show([])
            return
        head.update(_outcome_words(outcome))
        supports.show(list(support_rows(self.plan, self.desk.costing, outcome)))

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
            made = Outcome(id=new_id())
            self.change(with_outcome(self.plan, made), "Added an outcome")
            outcome = made.id
        await self.app.push_screen_wait(OutcomeWords(self.desk, outcome))
        self.query_one("#outcomes", RowList).go_to(outcome)

    @work
    async def _edit_support(self, support: str) -> None:
        from supportplan.screens.support import SupportEditor

        if not support:
            serves = (self._outcome,) if self._outcome else ()
            made = Support(id=new_id(), outcomes=serves, paid_by="budget", kind="recurring", every="week")
            self.change(with_support(self.plan, made), "Added a support")
            support = made.id
        await self.app.push_screen_wait(SupportEditor(self.desk, support))
        self.query_one("#supports", RowList).go_to(support)


def outcome_rows(plan: Plan, costing: Costing) -> Iterator[Row]:
    """Yield a row for each outcome: its words, and under them how many help and what that costs."""
    for number, outcome in enumerate(plan.outcomes, start=1):
        words = typed(outcome.text.strip() or "(no words yet)")
        yield Row(
            (RowLine(Content.assemble(f"{number} ", words)), _helping(plan, costing, outcome.id)), outcome.id
        )
    if supports_of(plan, ""):
        yield Row((RowLine(Content("Serving no outcome yet")), _helping(plan, costing, "")), _LOOSE)
    if not plan.outcomes:
        yield Row(
            (
                RowLine(Content("Nothing is written down yet. Begin with")),
                RowLine(Content("what the person wants to be true.")),
            )
        )
    yield Row((RowLine(Content("+ Add an outcome")),), _ADD_OUTCOME)


def support_rows(plan: Plan, costing: Costing, outcome: Outcome | None) -> Iterator[Row]:
    """Yield a row for each support of an outcome: what and what it costs; who, how much and how it is paid."""
    if outcome is not None:
        yield Row((RowLine(Content("Change these words")),), _OUTCOME_WORDS)
    found = supports_of(plan, outcome.id if outcome else "")
    for support in found:
        what = typed(support.what.strip() or "(not said yet)")
        below = "  ".join(part for part in (who_words(support), level_words(support)) if part)
        yield Row(
            (
                RowLine(what, _cost_of(support, costing, outcome)),
                RowLine(Content.assemble("  ", typed(below))),
            ),
            support.id,
        )
    if not found:
        yield Row(
            (
                RowLine(Content("Nobody is helping with this yet.")),
                RowLine(Content("Start with the people already in their life.")),
            )
        )
    yield Row((RowLine(Content("+ Add somebody who helps, or something to buy")),), _ADD_SUPPORT)


def _outcome_words(outcome: Outcome | None) -> Content:
    if outcome is None:
        return Content("Supports that serve no outcome yet.")
    said = typed(outcome.text.strip() or "No words yet: Enter on “Change these words” to write them.")
    lines = [Content.styled(said.plain, "bold")]
    if outcome.success.strip():
        lines.append(Content.assemble("How we will know: ", typed(outcome.success.strip())))
    return Content("\n").join(lines)


def _helping(plan: Plan, costing: Costing, outcome: str) -> RowLine:
    supports = supports_of(plan, outcome)
    if not supports:
        return RowLine(Content("    o nobody yet"))
    totals = costing.by["outcome"].get(outcome)
    amount = totals.one_off + totals.recurring if totals else None
    cost = show(amount, costing.currency) if amount is not None else ""
    return RowLine(Content(f"    * {len(supports)} helping"), Content(cost))


def _cost_of(support: Support, costing: Costing, outcome: Outcome | None) -> Content:
    if support.paid_by == "nobody":
        return Content("no cost")
    if outcome is not None and support.outcomes[:1] != (outcome.id,):
        return Content("counted elsewhere")
    line = costing.line(support.id)
    if line is None:
        return Content("not costed yet")
    amount = show(line.amount, costing.currency)
    beside = {"in_house": " in-house", "other": " other purse"}.get(support.paid_by, "")
    return Content(f"{amount}{' once' if support.kind == 'one_off' else ''}{beside}")
