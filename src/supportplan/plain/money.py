"""How the money is given and held: indicative budget, contingency, payments and contribution."""

from collections.abc import Iterator
from typing import cast, get_args

from msgspec.structs import replace

from supportplan.domain.money import plain, show
from supportplan.domain.money_edits import (
    HOLDER_WORDS,
    OF_WORDS,
    WAY_WORDS,
    contingency_way,
    with_contingency,
    with_contribution,
    with_first_payment,
    with_fixed_amount,
    with_payments,
    with_percent,
    with_way,
)
from supportplan.domain.plan import Plan
from supportplan.domain.plan_money import Holder
from supportplan.domain.problems import BadInput
from supportplan.domain.said_amounts import said_amount, said_percent
from supportplan.domain.said_days import said_day
from supportplan.domain.units import EVERY_WORDS, PaidEvery
from supportplan.plain.asker import Asker, Option
from supportplan.plain.basics import DAY_HELP, said_back
from supportplan.plain.lists import look_through
from supportplan.plain.question import Question
from supportplan.plain.sentences import TotalsSaid
from supportplan.services.clock import today
from supportplan.services.desk import Desk

_EVERY = tuple(Option(one, EVERY_WORDS[one]) for one in get_args(PaidEvery))
_WAYS = tuple(Option(key, words) for key, words in WAY_WORDS.items())
_OF = tuple(Option(key, words) for key, words in OF_WORDS.items())
_HOLDERS = tuple(Option(key, words) for key, words in HOLDER_WORDS.items())


def money(asker: Asker, desk: Desk) -> None:
    """Show the money rules, and ask for those that are picked; the totals follow where they changed."""
    totals = TotalsSaid(asker, desk)
    look_through(asker, desk, "How the money works.", tuple(_questions(desk.plan.money)), after=totals.say)


def _questions(currency: str) -> Iterator[Question]:
    yield Question(
        "Indicative budget?",
        lambda plan: show(plan.indicative, currency) if plan.indicative is not None else "",
        lambda plan, typed: replace(plan, indicative=said_amount(typed, currency) if typed else None),
        "Changed the indicative budget",
        "What was said before the plan, if anything was.",
    )
    yield Question(
        "How is the contingency worked out?",
        lambda plan: _words_of(_WAYS, contingency_way(plan)),
        lambda plan, key: with_way(plan, key or "none"),
        "Changed the contingency",
        "Money for what nobody can plan.",
        _WAYS,
    )
    yield Question(
        "How many per cent?",
        lambda plan: f"{plain(plan.contingency.percent)} per cent" if plan.contingency and plan.contingency.percent is not None else "",
        lambda plan, typed: with_percent(plan, said_percent(typed.removesuffix("per cent")) if typed else None),
        "Changed the contingency",
        applies=lambda plan: contingency_way(plan) == "percent",
    )  # fmt: skip
    yield Question(
        "Per cent of which money?",
        lambda plan: _words_of(_OF, (plan.contingency.of if plan.contingency else None) or ""),
        lambda plan, key: with_contingency(plan, of=_needed(key)),
        "Changed what the contingency is worked out from",
        options=_OF,
        applies=lambda plan: contingency_way(plan) == "percent",
    )
    yield Question(
        "How much contingency?",
        lambda plan: show(plan.contingency.amount, currency) if plan.contingency and plan.contingency.amount is not None else "",
        lambda plan, typed: with_fixed_amount(plan, said_amount(typed, currency) if typed else None),
        "Changed the contingency",
        applies=lambda plan: contingency_way(plan) == "amount",
    )  # fmt: skip
    yield Question(
        "Who holds it?",
        lambda plan: _words_of(_HOLDERS, plan.contingency.held_by if plan.contingency else ""),
        lambda plan, key: with_contingency(plan, held_by=cast("Holder", _needed(key))),
        "Changed who holds the contingency",
        options=_HOLDERS,
        applies=lambda plan: plan.contingency is not None,
    )
    yield Question(
        "How often is the money paid?",
        lambda plan: EVERY_WORDS[plan.payments.every] if plan.payments else "",
        lambda plan, key: with_payments(plan, every=cast("PaidEvery", key)) if key else replace(plan, payments=None),
        "Changed how often the money is paid",
        options=_EVERY,
    )  # fmt: skip
    yield Question(
        "From which day is it paid?",
        lambda plan: said_back(plan.payments.first if plan.payments else None),
        lambda plan, typed: with_first_payment(plan, said_day(typed, today()) if typed else None),
        "Changed the first payment",
        DAY_HELP,
        applies=lambda plan: plan.payments is not None,
    )
    yield Question(
        "How much does the person contribute?",
        lambda plan: show(plan.contribution.amount, currency) if plan.contribution else "",
        lambda plan, typed: with_contribution(plan, said_amount(typed, currency) if typed else None),
        "Changed the contribution",
        "What the person pays towards it; 0 where nothing.",
    )
    yield Question(
        "How often do they contribute it?",
        lambda plan: EVERY_WORDS[plan.contribution.every] if plan.contribution else "",
        _with_contribution_every,
        "Changed how often the person contributes",
        options=_EVERY,
        applies=lambda plan: plan.contribution is not None,
    )


def _with_contribution_every(plan: Plan, key: str) -> Plan:
    every = cast("PaidEvery", _needed(key))
    return replace(plan, contribution=replace(plan.contribution, every=every)) if plan.contribution else plan


def _needed(given: str) -> str:
    if not given:
        raise BadInput("This cannot be left open.", mend="Change it, or keep what is there.")
    return given


def _words_of(options: tuple[Option, ...], key: str) -> str:
    return next((one.words for one in options if one.key == key), "")
