"""Who helps and what that costs: a support question by question, with its sum after each answer that changes it."""

import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

from msgspec.structs import replace

from supportplan.domain.costing_words import sum_words
from supportplan.domain.edits import with_support, without_support
from supportplan.domain.field_types import MOST_OCCASIONS
from supportplan.domain.money import show
from supportplan.domain.plan import PaidBy, Plan, Support, SupporterKind
from supportplan.domain.problems import BadInput
from supportplan.domain.said_amounts import quantity_said_back, said_count, said_quantity
from supportplan.domain.said_days import said_day
from supportplan.domain.support_edits import ONCE, with_chosen, with_typed
from supportplan.domain.support_words import PAID_BY_WORDS, SUPPORTER_WORDS
from supportplan.domain.units import EVERY_WORDS, UNIT_WORDS, UNITS, Every, Unit, per
from supportplan.plain.asker import Asker, Option
from supportplan.plain.basics import DAY_HELP, said_back
from supportplan.plain.guarding import change
from supportplan.plain.lists import Listing, look_through, several
from supportplan.plain.prices import said_or_chosen
from supportplan.plain.question import Question, ask_all
from supportplan.plain.sentences import TotalsSaid, support_sentence
from supportplan.services.clock import new_id, today
from supportplan.services.desk import Desk
from supportplan.services.profiles import naming_profile

_WHO = tuple(Option(kind, SUPPORTER_WORDS[kind]) for kind in get_args(SupporterKind))
_PAID = tuple(Option(one, PAID_BY_WORDS[one]) for one in get_args(PaidBy))
_UNITS = tuple(Option(unit, UNIT_WORDS[unit][1]) for unit in UNITS)
_EVERY = (*(Option(one, EVERY_WORDS[one]) for one in get_args(Every)), Option(ONCE, "once"))
_WITH_UNIT = re.compile(r"(?P<figure>[^\sa-z]+) (?P<unit>[a-z ]+)", re.ASCII)


def supports(asker: Asker, desk: Desk) -> None:
    """List the supports; open one, or add one."""
    listing = Listing(
        asker, "Supports: who helps, how much, and what it costs.", Option("new", "a new support")
    )
    while True:
        key = listing.pick(
            [Option(one.id, support_sentence(one, desk.costing)) for one in desk.plan.supports]
        )
        if key == "back":
            return
        if key == "new":
            new = Support(id=new_id(), paid_by="budget", kind="recurring")
            result = _Result(asker, desk, new.id)
            ask_all(asker, desk, tuple(_questions(asker, desk, new)), after=result.say)
            result.say_needed()
            continue
        here = next(one for one in desk.plan.supports if one.id == key)
        result = _Result(asker, desk, key)
        said = look_through(
            asker,
            desk,
            "This support.",
            tuple(_questions(asker, desk, here)),
            others=(Option("remove", "remove it"),),
            after=result.say,
        )
        result.say_needed()
        if said == "remove" and change(asker, desk, without_support(desk.plan, key), "Removed a support"):
            asker.say("Removed. The command undo brings it back.")


class _Result:
    """Says what a support comes to, and the totals, each time that has changed."""

    def __init__(self, asker: Asker, desk: Desk, support: str) -> None:
        self._asker = asker
        self._desk = desk
        self._id = support
        self._totals = TotalsSaid(asker, desk)
        self._said = self._words()

    def say(self) -> None:
        """Say the sum and the totals, as far as they are there and have changed."""
        words = self._words()
        if words != self._said:
            self._said = words
            self._asker.say(*([words] if words else []))
        self._totals.say()

    def say_needed(self) -> None:
        """Say what is still needed before it can be costed, if anything is."""
        costing = self._desk.costing
        for support in self._desk.plan.supports:
            if support.id == self._id and any(one.support == self._id for one in costing.waiting):
                self._asker.say(sum_words(support, costing))

    def _words(self) -> str:
        line = self._desk.costing.line(self._id)
        return f"{line.trace}" if line is not None else ""


def _questions(asker: Asker, desk: Desk, usual: Support) -> Iterator[Question]:
    """Make the questions of one support, which is in the plan from its first answer on."""

    def here(plan: Plan) -> Support:
        return next((one for one in plan.supports if one.id == usual.id), usual)

    def paid(plan: Plan) -> bool:
        return here(plan).paid_by != "nobody"

    def typed_in(name: str, value: Callable[[Plan, str], Any]) -> Callable[[Plan, str], Plan]:
        return lambda plan, typed: with_support(
            plan, with_typed(here(plan), name, value(plan, typed) if typed else None)
        )

    def chosen_in(name: str) -> Callable[[Plan, str], Plan]:
        def write(plan: Plan, key: str) -> Plan:
            if not key:
                raise BadInput("This cannot be left open.", mend="Choose one, or keep what is there.")
            return with_support(plan, with_chosen(here(plan), name, key))

        return write

    def text(_: Plan, typed: str) -> str:
        return typed

    def how_much(plan: Plan, typed: str) -> Plan:
        """Take `6`, `6h30`, and also `6 hours`, which says the unit too."""
        support = here(plan)
        found = _WITH_UNIT.fullmatch(typed.casefold())
        unit = next((one for one in UNITS if found and found["unit"] in UNIT_WORDS[one]), None)
        if found and unit:
            support, typed = with_chosen(support, "unit", unit), found["figure"]
        quantity = said_quantity(typed, support.unit or "hour") if typed else None
        return with_support(plan, replace(support, quantity=quantity))

    outcomes = [Option(one.id, one.text.strip() or "Without words yet") for one in desk.plan.outcomes]
    yield several(
        "Which outcomes does it serve? Their numbers, the main one first.", outcomes,
        lambda plan: here(plan).outcomes,
        lambda plan, ids: with_support(plan, replace(here(plan), outcomes=ids)),
        "Said which outcomes a support serves",
    )  # fmt: skip
    yield Question(
        "What is it?", lambda plan: here(plan).what, typed_in("what", text), "Changed a support: what it is"
    )
    yield Question(
        "Who gives it?", lambda plan: _kind_words(here(plan)), chosen_in("who"),
        "Changed a support: who gives it", options=_WHO,
    )  # fmt: skip
    yield Question(
        "Their name?",
        lambda plan: one.name if (one := here(plan).supporter) else "",
        typed_in("name", text),
        "Changed a support: a name",
    )
    yield Question(
        "Who pays?", lambda plan: PAID_BY_WORDS[here(plan).paid_by], chosen_in("paid_by"),
        "Changed a support: who pays", options=_PAID,
    )  # fmt: skip
    yield Question(
        "Which funder?", lambda plan: here(plan).payer, typed_in("payer", text),
        "Changed a support: which funder", applies=lambda plan: here(plan).paid_by == "other",
    )  # fmt: skip
    yield Question(
        "How much?", lambda plan: _quantity_words(here(plan)), how_much, "Changed a support: how much",
        "A number, like 6 or 7.5; of hours also 6h30. 6 hours says at once what it is counted in.",
    )  # fmt: skip
    yield Question(
        "Counted in?", lambda plan: UNIT_WORDS[unit][1] if (unit := here(plan).unit) else "",
        chosen_in("unit"), "Changed a support: what it is counted in", options=_UNITS,
    )  # fmt: skip
    yield Question(
        "How often?", lambda plan: _every_words(here(plan)), chosen_in("every"),
        "Changed a support: how often", options=_EVERY,
    )  # fmt: skip
    yield Question(
        "On how many occasions?", lambda plan: str(here(plan).occasions or ""),
        typed_in("occasions", lambda _, typed: said_count(typed, most=MOST_OCCASIONS)), "Changed a support: how many occasions",
        applies=lambda plan: here(plan).every == "occasion",
    )  # fmt: skip
    yield Question(
        "On which day?", lambda plan: said_back(here(plan).on),
        typed_in("on", lambda _, typed: said_day(typed, today())), "Changed a support: on which day", DAY_HELP,
        applies=lambda plan: here(plan).kind == "one_off" and paid(plan),
    )  # fmt: skip
    yield Question(
        "What does one cost? Words to find it in the price list, or a price of your own.",
        lambda plan: _price_words(here(plan), plan.money),
        lambda plan, typed: with_support(plan, said_or_chosen(asker, desk, here(plan), typed)),
        "Changed a support: the price", applies=paid,
    )  # fmt: skip
    yield Question(
        "Why this price?", lambda plan: rate.reason if (rate := here(plan).rate) else "",
        typed_in("reason", text), "Changed a support: why this price",
        "Needed where a price is not from the schedule of costs.",
        applies=lambda plan: (rate := here(plan).rate) is not None and not rate.item and paid(plan),
    )  # fmt: skip
    profile = naming_profile(desk.plan)
    for name, asked, offered in (
        ("stream", "From which money?", [Option(one.key, one.name) for one in profile.streams]),
        ("route", "How is the money taken?", [Option(one.key, one.name) for one in profile.routes]),
    ):
        names = dict(offered)
        yield Question(
            asked,
            lambda plan, name=name, names=names: names.get(getattr(here(plan), name) or "", ""),  # type: ignore[misc]
            lambda plan, key, name=name: with_support(plan, replace(here(plan), **{name: key or None})),  # type: ignore[misc]
            "Changed a support: the way of its money",
            options=tuple(offered),
            applies=lambda plan, names=names: bool(names) and paid(plan),  # type: ignore[misc]
        )


def _kind_words(support: Support) -> str:
    return SUPPORTER_WORDS[support.supporter.kind] if support.supporter else ""


def _quantity_words(support: Support) -> str:
    if support.quantity is None:
        return ""
    unit: Unit | None = support.unit
    return quantity_said_back(support.quantity, unit) if unit else f"{support.quantity:f}"


def _every_words(support: Support) -> str:
    if support.kind == "one_off":
        return "once"
    return EVERY_WORDS[support.every] if support.every else ""


def _price_words(support: Support, currency: str) -> str:
    rate = support.rate
    if rate is None:
        return ""
    said = f"{show(rate.amount, currency)} {per(rate.unit)}"
    return (
        f"{said}, from {rate.schedule}, {rate.version}, {rate.item}"
        if rate.item
        else f"{said}, a price of your own"
    )
