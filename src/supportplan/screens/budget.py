"""Budget and funding in pictures: by outcome, by route, by stream, over the year, against the indicative budget."""

from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from supportplan.domain.costing import Costing
from supportplan.domain.days import MONTHS
from supportplan.domain.money import show
from supportplan.domain.payments import calendar
from supportplan.domain.plan import Plan
from supportplan.domain.pricing import UNSAID, Grouping
from supportplan.screens.actions import bindings
from supportplan.screens.case_place import CasePlace
from supportplan.services.profiles import naming_profile
from supportplan.widgets.bars import Bar, bar_lines, over_the_year
from supportplan.widgets.lines import typed
from supportplan.widgets.totals_bar import TotalsBar


class Budget(CasePlace[None]):
    """Where the money goes."""

    place = "budget"
    CSS_PATH = "budget.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("budget", "case")
    AUTO_FOCUS = "VerticalScroll"

    def body(self) -> Iterator[Widget]:
        """The pictures, and the totals."""
        with VerticalScroll():
            yield Static(id="pictures")
        yield TotalsBar()

    def show_plan(self) -> None:
        """Draw the pictures."""
        self.where(self.plan.person.known_as or self.plan.person.name, "Budget and funding")
        width = max(self.size.width - 6, 40)
        lines = list(self._pictures(width))
        self.query_one("#pictures", Static).update(Content("\n").join(lines))

    def on_resize(self) -> None:
        """Draw them to the new width."""
        if self.is_mounted:
            self.show_plan()

    def action_rules(self) -> None:
        """Change how the money works."""
        from supportplan.screens.money_rules import MoneyRules

        self.app.push_screen(MoneyRules(self.desk))

    def _pictures(self, width: int) -> Iterator[Content]:
        costing, currency = self.desk.costing, self.desk.costing.currency
        yield from bar_lines("By outcome", list(_by_outcome(self.plan, costing)), currency, width)
        yield Content("")
        profile = naming_profile(self.plan)
        routes = {route.key: route.name for route in profile.routes}
        yield from bar_lines("How the money is taken", list(_by(costing, "route", routes)), currency, width)
        yield Content("")
        streams = {stream.key: stream.name for stream in profile.streams}
        yield from bar_lines(
            "Where the money comes from", list(_by(costing, "stream", streams)), currency, width
        )
        yield Content("")
        yield Content.styled("Over the year", "bold")
        yield from over_the_year(list(_by_month(self.plan, costing)), currency)
        yield Content("")
        totals = costing.totals
        for words, amount in (
            ("Contingency", totals.contingency),
            ("In-house services, valued", totals.in_house_value),
            ("From other funders", totals.other_value),
            ("The person contributes", costing.contribution.result),
            ("Paid after the contribution", costing.net),
            ("Total budget", totals.total_budget),
        ):
            yield typed(f"{words:<28}{show(amount, currency):>14}")


def _by_outcome(plan: Plan, costing: Costing) -> Iterator[Bar]:
    for number, outcome in enumerate(plan.outcomes, start=1):
        totals = costing.by["outcome"].get(outcome.id)
        yield Bar(
            f"{number} {outcome.text.strip()}", totals.one_off + totals.recurring if totals else Decimal(0)
        )
    loose = costing.by["outcome"].get(UNSAID)
    if loose is not None and loose.one_off + loose.recurring:
        yield Bar("Serving no outcome", loose.one_off + loose.recurring)


def _by(costing: Costing, grouping: Grouping, names: dict[str, str]) -> Iterator[Bar]:
    for key, totals in costing.by[grouping].items():
        amount = totals.one_off + totals.recurring
        if amount:
            yield Bar("Not said" if key == UNSAID else names.get(key, key.replace("_", " ")), amount)


def _by_month(plan: Plan, costing: Costing) -> Iterator[Bar]:
    """Sum what is paid in each month of the first year of payments."""
    paid: dict[tuple[int, int], Decimal] = {}
    for payment in calendar(plan, costing):
        key = (payment.on.year, payment.on.month)
        paid[key] = paid.get(key, Decimal(0)) + payment.amount
    if not paid:
        return
    year, month = min(paid)
    for later in range(12):
        years, at = divmod(month - 1 + later, 12)
        yield Bar(MONTHS[at][:3], paid.get((year + years, at + 1), Decimal(0)))
