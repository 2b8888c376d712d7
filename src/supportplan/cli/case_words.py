"""Cases in words on the terminal: the list, and where one stands."""

from collections.abc import Sequence
from shutil import get_terminal_size

from supportplan.cli.answers import say
from supportplan.domain.days import day_words, moment_words
from supportplan.domain.money import show
from supportplan.domain.short import shortened
from supportplan.services.cases import CaseList, Overview
from supportplan.services.timeline import Happening

_WHOLE_LINE = 80
_NAME, _REFERENCE = 26, 10


def say_cases(found: CaseList) -> None:
    """Say the cases, a line each; on a narrow terminal two."""
    narrow = get_terminal_size().columns < _WHOLE_LINE
    for row in found.rows:
        money = "not costed yet" if row.cash_value is None else show(row.cash_value, row.currency)
        state = _state(row.state)
        if narrow:
            say(f"{row.case[:8]}  {row.name}")
            say(f"          {state}, {money}")
        else:
            name, reference = shortened(row.name, _NAME), shortened(row.reference, _REFERENCE)
            say(f"{row.case[:8]}  {name:<{_NAME}}  {reference:<{_REFERENCE}}  {state:<12}  {money:>14}")
    say(f"{len(found.rows):,} of {found.total:,} cases.")


def say_case(found: Overview, happened: Sequence[Happening]) -> None:
    """Say where a case stands, and what was recorded in it."""
    plan = found.plan
    say(plan.person.name)
    say(f"  Case         {found.case}")
    say(f"  State        {_state(found.state)}")
    say(f"  Period       {day_words(plan.period.start)} to {day_words(plan.period.end)}")
    say(f"  Outcomes     {len(plan.outcomes)}")
    say(f"  Supports     {len(plan.supports)}")
    say(f"  Edits        {found.to_undo} to undo, {found.to_redo} to redo")
    if happened:
        say("  What happened so far")
        say_history(happened)
    else:
        say("  Nothing is recorded yet: the plan is a draft.")


def say_history(happened: Sequence[Happening]) -> None:
    """Say what happened, the oldest first: when, what, by whom it was recorded, and what does not count any more."""
    for one in happened:
        say(f"    {moment_words(one.at)}  {one.words}, recorded by {one.by}  {one.entry[:12]}")
        for more in ((f"Void: {one.void}",) if one.void else ()) + one.more:
            say(f"        {more}")


def _state(state: str) -> str:
    return state.replace("_", " ")
