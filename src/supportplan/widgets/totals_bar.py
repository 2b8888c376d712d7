"""The two lines that always show the money: one-off, recurring and cash value; and what is left of the budget."""

from collections.abc import Sequence
from decimal import Decimal

from textual.content import Content
from textual.widget import Widget

from supportplan.domain.costing import Costing
from supportplan.domain.money import show
from supportplan.widgets.lines import fitted, typed

_FULL, _EMPTY = "█", "░"


class TotalsBar(Widget):
    """One-off, recurring and cash value of a plan as it stands, against the indicative budget where there is one."""

    DEFAULT_CSS = """
    TotalsBar { height: 3; border-top: solid $edge; background: $background; color: $foreground; padding: 0 1; }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._costing: Costing | None = None
        self._indicative: Decimal | None = None

    def show(self, costing: Costing, indicative: Decimal | None) -> None:
        """Show the totals of a costing."""
        if (costing, indicative) != (self._costing, self._indicative):
            self._costing, self._indicative = costing, indicative
            self.refresh()

    def render(self) -> Content:
        """Paint both lines."""
        if self._costing is None:
            return Content("")
        width = self.size.width
        return Content("\n").join(
            [
                fitted(self._totals(self._costing, width), width),
                fitted(self._budget(self._costing, width), width),
            ]
        )

    def _totals(self, costing: Costing, width: int) -> Content:
        """Write the totals: in full where there is room, shorter where there is not, and no figure ever cut."""
        totals = costing.totals
        one_off, recurring = ("One-off", totals.one_off), ("Recurring", totals.recurring)
        cash = totals.cash_value
        held = costing.contingency_held_by == "family" and totals.contingency
        kept = [[("Contingency", totals.contingency)], [("Kept", totals.contingency)]] if held else [[]]
        sums = (
            Content.assemble(
                Content(" + ").join(_figures([one_off, recurring, *contingency], costing.currency)),
                " = ",
                *_figures([("Cash value", cash)], costing.currency),
            )
            for contingency in kept
        )
        # Where there is no room for all of a sum, no part of it is made to look like one.
        shorter = (
            Content("  ").join(_figures(way, costing.currency))
            for way in (
                [one_off, recurring, ("Cash value", cash)],
                [one_off, recurring, ("Cash", cash)],
                [("Cash value", cash)],
            )
        )
        return next((line for line in (*sums, *shorter) if line.cell_length <= width), Content(""))

    def _budget(self, costing: Costing, width: int) -> Content:
        waiting = f"{len({one.support for one in costing.waiting})} not costed yet" if costing.waiting else ""
        if self._indicative is None:
            return _as_many_as_fit([waiting, _whole(costing), "No indicative budget set"], width)
        # What is given in-house is not paid from it: the checks hold the cash value against it too.
        cash, currency = costing.totals.cash_value, costing.currency
        left = self._indicative - cash
        over = left < 0
        words = (
            f"{show(-left, currency)} OVER {show(self._indicative, currency)}"
            if over
            else f"{show(left, currency)} left of {show(self._indicative, currency)}"
        )
        text = typed(f"{'!' if over else ' '} {words}", "bold $error" if over else "$success")
        if waiting:
            text = Content.assemble(text, typed(f"  {waiting}"))
        beside = _as_many_as_fit([_in_house(costing)], width - text.cell_length - 3)
        text = Content("   ").join([text, *([beside] if beside.plain else [])])
        room = min(max(width - text.cell_length - 2, 0), 40)
        if room < 10:
            return text
        share = min(cash / self._indicative, Decimal(1)) if self._indicative else Decimal(1)
        full = int(share * room)
        return Content.assemble(Content.styled(_FULL * full + _EMPTY * (room - full), "$primary"), " ", text)


def _figures(named: Sequence[tuple[str, Decimal]], currency: str) -> list[Content]:
    return [
        Content.assemble(typed(f"{words} "), typed(show(amount, currency), "bold")) for words, amount in named
    ]


def _as_many_as_fit(parts: Sequence[str], width: int) -> Content:
    """Put parts beside one another, the most important first, and leave out what there is no room for."""
    line = ""
    for part in filter(None, parts):
        longer = f"{line}   {part}" if line else part
        line = longer if len(longer) <= width else line
    return typed(line)


def _whole(costing: Costing) -> str:
    """Say the total budget where it is more than the cash value; else nothing."""
    totals, currency = costing.totals, costing.currency
    if not totals.in_house_value:
        return ""
    return f"Total budget {show(totals.total_budget, currency)} with in-house {show(totals.in_house_value, currency)}"


def _in_house(costing: Costing) -> str:
    """Say what comes in-house beside the cash value, where something does."""
    value = costing.totals.in_house_value
    return f"and {show(value, costing.currency)} in-house" if value else ""
