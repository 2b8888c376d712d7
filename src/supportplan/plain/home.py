"""The list of cases: found, opened, begun; and the practice plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supportplan.domain.money import show
from supportplan.domain.problems import Problem
from supportplan.plain.asker import Asker, Leave, Option, chosen, numbered
from supportplan.plain.case import work_on
from supportplan.services.cases import list_cases
from supportplan.services.desk import Desk
from supportplan.services.new_case import begin_case, first_plan, how_it_begins

if TYPE_CHECKING:
    from supportplan.services.cases import CaseRow
    from supportplan.services.opening import Store

_MOST = 20
_WORDS = "new begins a plan, find looks for one, prices takes in a schedule of costs, take takes in a case that was handed over, practice opens the practice plan, name changes your name and role, leave leaves."


def at_home(asker: Asker, store: Store, *, case: str | None = None) -> None:
    """List the cases, and open what is asked for, until one leaves. With `case` that one is opened first. Raises Leave."""
    if case is not None:
        from supportplan.services.cases import find_case

        work_on(asker, Desk(store, find_case(store, case)))
    found = ""
    while True:
        rows = _say_cases(asker, store, found)
        found = ""
        typed = asker.line("Which case? Its number, or new, find, prices, take, practice, name, leave. ")
        word, _, rest = typed.partition(" ")
        try:
            match word.casefold():
                case "leave" | "back" | "quit" | "exit":
                    raise Leave
                case "":
                    continue
                case "?" | "help":
                    asker.say(_WORDS)
                case "new":
                    _begin(asker, store)
                case "find":
                    found = rest.strip() or asker.line("Words of a name or a reference? ")
                case "prices":
                    _prices(asker, store)
                case "take":
                    _take_in(asker, store)
                case "name":
                    _change_name(asker, store)
                case "practice":
                    practise(asker)
                case _:
                    options = [Option(row.case, row.name) for row in rows]
                    work_on(asker, Desk(store, chosen(options, typed)))
        except Problem as problem:
            asker.say_problem(problem, typed)


def _change_name(asker: Asker, store: Store) -> None:
    from supportplan.services.author import author_of, change_author

    before = author_of(store)
    name = asker.name(f"Your name? Now: {before.name}. Enter keeps it. ")
    if name.casefold() == "back":
        return
    role = asker.line(f"Your role? Now: {before.role or 'none'}. Enter keeps it, a full stop takes it out. ")
    change_author(store, name or before.name, "" if role in (".", "clear") else role or before.role)
    asker.say(f"You are on plans as {store.author}. What is signed keeps the name it was signed under.")


def practise(asker: Asker) -> None:
    """Open the practice plan, and take it away afterwards. Raises Leave."""
    from supportplan.services.practice import Practice

    asker.say("The practice plan. Nothing in it is real, and nothing of it is kept.")
    practice = Practice()
    try:
        work_on(asker, practice.desk())
    finally:
        practice.close()


def _say_cases(asker: Asker, store: Store, words: str) -> tuple[CaseRow, ...]:
    found = list_cases(store, search=words, most=_MOST)
    if not found.total:
        asker.say("No plans yet. Type new: somebody's name is enough to begin.")
    elif not found.rows:
        asker.say("No case has such a name.")
    elif found.loosely:
        asker.say("Nothing is spelled just like that. Close to it:")
    asker.say(*numbered([Option(row.case, _sentence(row)) for row in found.rows]))
    if not words and len(found.rows) < found.total:
        asker.say(f"And more, of {found.total:,} in all: find looks for them.")
    return found.rows


def _sentence(row: CaseRow) -> str:
    money = show(row.cash_value, row.currency) if row.cash_value is not None else "not costed yet"
    return f"{row.name}, {row.state.replace('_', ' ')}, {money}."


def _begin(asker: Asker, store: Store) -> None:
    while True:
        name = asker.name("The person's full name? A name is enough to begin. ")
        if name.casefold() in ("", "back"):
            return
        known_as = asker.name("What do they like to be called? Enter leaves it open. ")
        try:
            plan = first_plan(name, known_as=known_as)
            begin_case(store, plan)
        except Problem as problem:
            asker.say_problem(problem, name)
            continue
        asker.say("Begun.", how_it_begins())
        work_on(asker, Desk(store, plan.case))
        return


def _take_in(asker: Asker, store: Store) -> None:
    from supportplan.plain.handing_over import take_in

    case = take_in(asker, store)
    if case is not None:
        work_on(asker, Desk(store, case))


def _prices(asker: Asker, store: Store) -> None:
    from supportplan.plain.prices import price_lists

    price_lists(asker, store)
