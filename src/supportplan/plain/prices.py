"""Prices: found in the schedules of costs by their words, or said; and a schedule brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from supportplan.domain.days import day_words
from supportplan.domain.money import Quantity
from supportplan.domain.plan import Support
from supportplan.domain.plan_money import Rate
from supportplan.domain.problems import BadInput, Problem
from supportplan.domain.said_amounts import said_price, said_quantity
from supportplan.domain.schedules.row_words import price_words
from supportplan.domain.schedules.schedule import Schedule
from supportplan.domain.support_edits import with_listed_price, with_typed
from supportplan.domain.support_words import anew_words
from supportplan.domain.units import UNIT_WORDS, Unit
from supportplan.plain.asker import Asker, Option, chosen, numbered
from supportplan.services.desk import Desk
from supportplan.services.rate_choice import Priced, rate_choice
from supportplan.services.schedule_versions import (
    find_version,
    keep_schedule,
    list_schedules,
    offer,
    remembered_mapping,
    withdraw,
    withdrawn,
)
from supportplan.services.typed_paths import typed_path

if TYPE_CHECKING:
    from supportplan.services.opening import Store

_MOST = 9
_NOT_NOW = ("", "skip", "back", "done")


def said_or_chosen(asker: Asker, desk: Desk, support: Support, typed: str) -> Support:
    """Take a price as it is said, or else find what is typed in the price list. Raises BadInput where nothing is chosen."""
    if not typed:
        return with_typed(support, "price", None)
    try:
        return with_typed(support, "price", said_price(typed, desk.plan.money))
    except BadInput:
        if not any(sign.isalpha() for sign in typed):
            raise
    priced = with_listed_price(support, _find(asker, desk, typed))
    if anew := anew_words(support, priced):
        asker.say(anew)
    if support.quantity is not None and priced.quantity is None and priced.unit is not None:
        return replace(priced, quantity=_how_much(asker, priced.unit))
    return priced


def _how_much(asker: Asker, unit: Unit) -> Quantity | None:
    """Ask how much there is, now that it is counted in another unit; None where that is left for later."""
    while True:
        typed = asker.line(f"How many {UNIT_WORDS[unit][1]}? Enter for later. ")
        if typed.casefold() in _NOT_NOW:
            return None
        try:
            return said_quantity(typed, unit)
        except BadInput as problem:
            asker.say_problem(problem, typed)


def _find(asker: Asker, desk: Desk, words: str) -> Rate:
    prices = rate_choice(desk.store)
    if not prices.count:
        raise BadInput(
            "There is no schedule of costs here yet.",
            mend="Type a price of your own, or bring a schedule in: the command prices, in the list of cases.",
        )
    while True:
        found = prices.search(words, on=desk.plan.period.start, most=_MOST)
        if not found:
            raise BadInput("No price has such a name.", mend="Try another word, or type a price of your own.")
        options = [Option(str(place), _words_of(one, desk.plan.money)) for place, one in enumerate(found)]
        asker.say(*numbered(options))
        typed = asker.line("Which number? Or other words. Enter for none. ")
        if typed.casefold() in _NOT_NOW:
            raise BadInput("No price was chosen.", mend="Type words or a price, or skip.")
        try:
            return prices.rate(found[int(chosen(options, typed))], desk.plan.money)
        except Problem as problem:
            if typed.isdigit():
                asker.say_problem(problem, typed)
            else:
                words = typed


def _words_of(priced: Priced, currency: str) -> str:
    row = priced.row
    parts = [
        row.name,
        row.area,
        price_words(row, currency),
        row.item_code,
        "a dated example" if priced.dated_example else "",
    ]
    return ", ".join(part for part in parts if part)


def price_lists(asker: Asker, store: Store) -> None:
    """Say which schedules of costs there are, and bring one in from a file, or withdraw one."""
    out = withdrawn(store)
    for version in list_schedules(store):
        asker.say(f"{version.name}, version {version.label}{', withdrawn' if version.id in out else ''}.")
    asker.say("A schedule of costs is a CSV file or an Excel workbook.")
    asker.say(
        "The word withdraw and a name take a list out of the choice of prices; offer and a name bring it back."
    )
    while True:
        typed = asker.line(
            "Which file? Or the word example for the one that comes with the program. Enter for none. "
        )
        if typed.casefold() in _NOT_NOW:
            return
        try:
            if said := _withdrawn_or_offered(store, typed):
                asker.say(said)
                continue
            schedule = _taken_in(asker, store, typed)
        except Problem as problem:
            asker.say_problem(problem, typed)
            continue
        starts = [row.valid_from for row in schedule.rows if row.valid_from]
        since = f", from {day_words(min(starts))} on" if starts else ""
        count = len(schedule.rows)
        asker.say(f"Taken in: {schedule.name}, {count:,} {'price' if count == 1 else 'prices'}{since}.")
        return


def _withdrawn_or_offered(store: Store, typed: str) -> str:
    """Do as `withdraw NAME` or `offer NAME` says, and say so; nothing where something else was typed."""
    word, _, called = typed.partition(" ")
    turn, done = {
        "withdraw": (withdraw, "Withdrawn"),
        "offer": (offer, "Offered again"),
    }.get(word.casefold(), (None, ""))
    if turn is None or not called.strip():
        return ""
    version = find_version(store, called.strip())
    turn(store, version.id)
    return f"{done}: {version.name}, version {version.label}."


def _taken_in(asker: Asker, store: Store, typed: str) -> Schedule:
    """Take in the example, or a file of which every row is good. Raises as reading and keeping one do."""
    from supportplan.services.schedules import import_schedule, sample_schedule

    if typed.casefold() == "example":
        example = sample_schedule()
        keep_schedule(store, example)
        return example
    found = import_schedule(
        typed_path(typed), remembered=lambda signature: remembered_mapping(store, signature)
    )
    asker.say(*(f"Caution: {one}" for one in found.warnings))
    if found.errors or found.schedule is None:
        raise BadInput(
            f"{len(found.errors):,} rows cannot be used, so nothing was taken in.",
            mend="The command supportplan schedule import says which, and why.",
        )
    keep_schedule(store, found.schedule, found.mapping)
    return found.schedule
