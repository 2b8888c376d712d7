"""The rows of the heart: outcomes and how many help with each, the supports of one and what they cost."""

from collections.abc import Iterator

from textual.content import Content

from supportplan.domain.costing import Costing
from supportplan.domain.edits import supports_of
from supportplan.domain.money import show
from supportplan.domain.plan import Outcome, Plan, Support
from supportplan.domain.support_words import level_words, who_words
from supportplan.widgets.lines import typed, wrapped
from supportplan.widgets.row_list import Row, RowLine

# The keys of rows that are no outcome and no support.
ADD_OUTCOME, ADD_SUPPORT, LOOSE, OUTCOME_WORDS = "+outcome", "+support", "+loose", "+words"


def outcome_rows(plan: Plan, costing: Costing, width: int, most: int) -> Iterator[Row]:
    """Yield a row for each outcome: its words in at most so many lines, then how many help and what that costs."""
    for number, outcome in enumerate(plan.outcomes, start=1):
        words = typed(outcome.text.strip() or "(no words yet)")
        before = f"{number} "
        first, *rest = wrapped(words, width - len(before) - 3, most)
        lines = [typed(before) + first, *(Content(" " * len(before)) + one for one in rest)]
        yield Row((*map(RowLine, lines), _helping(plan, costing, outcome.id)), outcome.id)
    if supports_of(plan, ""):
        yield Row((RowLine(Content("Serving no outcome yet")), _helping(plan, costing, "")), LOOSE)
    if not plan.outcomes:
        empty = Content("No outcome is written down yet. Begin with what the person wants to be true.")
        yield Row(tuple(RowLine(line) for line in wrapped(empty, width - 3, 4)))
    yield Row((RowLine(Content("+ Add an outcome")),), ADD_OUTCOME)


def support_rows(plan: Plan, costing: Costing, outcome: Outcome | None) -> Iterator[Row]:
    """Yield a row for each support of an outcome: what and what it costs; who, how much and how it is paid."""
    if outcome is not None:
        yield Row((RowLine(Content("Change these words")),), OUTCOME_WORDS)
    found = supports_of(plan, outcome.id if outcome else "")
    for support in found:
        what = typed(support.what.strip() or "(not said yet)")
        below = "  ".join(part for part in (level_words(support), who_words(support)) if part)
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
    yield Row((RowLine(Content("+ Add somebody who helps, or something to buy")),), ADD_SUPPORT)


def outcome_head(outcome: Outcome | None, width: int, most: int) -> Content:
    """Return what stands over the supports of an outcome: its words, how it will be known, and how it is now.

    Each of them has at most so many lines; what is longer ends with a sign that there is more.
    """
    if outcome is None:
        return Content("Supports that serve no outcome yet.")
    said = outcome.text.strip() or "No words yet: Enter on “Change these words” to write them."
    parts = [typed(said).stylize("bold")]
    for label, words in (("How we will know", outcome.success), ("How it is now", outcome.baseline)):
        if words.strip():
            parts.append(typed(f"{label}: {words.strip()}"))
    return Content("\n").join([line for part in parts for line in wrapped(part, width, most)])


def _helping(plan: Plan, costing: Costing, outcome: str) -> RowLine:
    supports = supports_of(plan, outcome)
    if not supports:
        return RowLine(Content("   o nobody yet"))
    totals = costing.of_outcome(outcome)
    amount = totals.one_off + totals.recurring if totals else None
    cost = show(amount, costing.currency) if amount is not None else ""
    return RowLine(typed(f"   * {len(supports)} helping"), typed(cost))


def _cost_of(support: Support, costing: Costing, outcome: Outcome | None) -> Content:
    if support.paid_by == "nobody":
        return Content("no cost")
    if outcome is not None and support.outcomes[:1] != (outcome.id,):
        return Content("counted elsewhere")
    line = costing.line(support.id)
    if line is None:
        return Content("not costed yet")
    amount = show(line.amount, costing.currency)
    beside = {"in_house": " in-house", "other": " other funder"}.get(support.paid_by, "")
    return typed(f"{amount}{' once' if support.kind == 'one_off' else ''}{beside}")
