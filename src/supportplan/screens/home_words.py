"""What home says in words: how many plans there are and what waits, and about the case under the cursor."""

from typing import TYPE_CHECKING

from textual.content import Content

from supportplan.screens.case_rows import money_of
from supportplan.services.clock import when_words
from supportplan.widgets.lines import typed

if TYPE_CHECKING:
    from supportplan.services.case_list import ListedCase, Listing

EMPTY = (
    "No plans yet. Every plan you write is kept here, the one you worked on last at the top.\n"
    "Begin with somebody's name; everything else can wait. N starts the first plan."
)
NEW = "A name is enough to begin. Everything else can wait."
PRACTICE = "A whole plan to try things out in. Nobody in it is real, and nothing you do there is kept."


def said_of(listing: "Listing", *, search: str, kept: str) -> str:
    """Say how many plans are shown of how many, and how many of them wait for the facilitator."""
    count, total, waiting = len(listing.places), listing.total, listing.waiting
    if not total:
        return EMPTY
    if search.strip():
        shown = _counted(count, of="" if kept == "all" else f" {_KEPT[kept]}")
        if not count:
            return f"Nobody of that name is here{'' if kept == 'all' else f' among those {_KEPT[kept]}'}. Esc shows everybody again."
        return (
            f"Nothing is spelled just like that. {shown} close to it:"
            if listing.loosely
            else f"{shown} of {total:,}."
        )
    if kept == "waiting" and not count:
        return "Nothing needs you today. Esc shows all plans."
    if kept != "all":
        return f"{_counted(count, of=f' {_KEPT[kept]}')} of {total:,}. Esc shows all."
    needs = (
        f"{waiting:,} need{'' if waiting != 1 else 's'} you today." if waiting else "Nothing needs you today."
    )
    return f"{_counted(total)}. {needs}"


_KEPT = {"waiting": "that need you", "drafts": "in draft", "signed": "signed"}


def _counted(count: int, *, of: str = "") -> str:
    return f"{count:,} plan{'s' if count != 1 else ''}{of}"


def about(case: "ListedCase") -> Content:
    """Say who it is and when it was worked on, where it was left, and what is next and why."""
    row, step, left = case.row, case.step, case.left
    called = f" ({row.known_as})" if row.known_as and row.known_as not in row.name.split() else ""
    reference = f", {row.reference}" if row.reference else ""
    who = Content.assemble(typed(typed(f"{row.name}{called}").plain, "bold"), typed(reference))
    where = f"You left off at: {left.words}" if left else "It opens at outcomes and supports."
    money = money_of(case)
    within = {"OK": "within", "OVER": "OVER"}.get(money.verdict, "")
    budget = f" {money.cash} is {within} the budget of {money.budget}." if within else ""
    following = f"{step.stage}. {f'Next: {step.words}.' if step.words else ''}"
    lines = [
        Content.assemble(who, typed(f". Last worked on {when_words(row.updated)}.")),
        typed(where),
        typed(f"{following}{budget}"),
    ]
    return Content("\n").join(lines)
