"""How the money is given and held: indicative budget, contingency, contribution, and when it is paid."""

from collections.abc import Iterator
from typing import cast, get_args

from msgspec.structs import replace

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
from supportplan.domain.plan_money import Holder
from supportplan.domain.units import EVERY_WORDS, PaidEvery
from supportplan.screens.form import Asked, Form
from supportplan.services.clock import today
from supportplan.widgets.choice import OneOf, Option
from supportplan.widgets.chooser import Choice
from supportplan.widgets.fields import AmountField, DayField, PercentField

_EVERY = [Option(one, EVERY_WORDS[one]) for one in get_args(PaidEvery)]
_HOLDERS = [Option(key, words) for key, words in HOLDER_WORDS.items()]
_WAYS = [Option(key, words) for key, words in WAY_WORDS.items()]
_OF = [Option(key, words) for key, words in OF_WORDS.items()]


class MoneyRules(Form):
    """The settings that the totals follow from, beside the supports."""

    about = "money"
    title_words = "How the money works"
    money = True

    def fields(self) -> Iterator[Asked]:
        """Indicative budget, contingency, payments and contribution."""
        currency = self.desk.plan.money
        yield Asked(
            AmountField(
                "Indicative budget",
                currency,
                id="indicative",
                hint="What was said before the plan, if anything was.",
            ),
            lambda plan: _figure(plan.indicative),
            lambda plan, value: replace(plan, indicative=value),
            "Changed the indicative budget",
        )
        yield Asked(
            OneOf("Contingency", _WAYS, id="contingency"),
            contingency_way,
            with_way,
            "Changed the contingency",
        )
        yield Asked(
            PercentField("How much of it", id="percent"),
            lambda plan: _figure(plan.contingency.percent if plan.contingency else None),
            with_percent,
            "Changed the contingency",
            lambda plan: contingency_way(plan) == "percent",
        )
        yield Asked(
            OneOf("Of which money", _OF, id="of"),
            lambda plan: (plan.contingency.of if plan.contingency else None) or "",
            lambda plan, value: with_contingency(plan, of=value),
            "Changed what the contingency is worked out from",
            lambda plan: contingency_way(plan) == "percent",
        )
        yield Asked(
            AmountField("How much", currency, id="amount"),
            lambda plan: _figure(plan.contingency.amount if plan.contingency else None),
            with_fixed_amount,
            "Changed the contingency",
            lambda plan: contingency_way(plan) == "amount",
        )
        yield Asked(
            OneOf("Who holds it", _HOLDERS, id="held_by"),
            lambda plan: plan.contingency.held_by if plan.contingency else "",
            lambda plan, value: with_contingency(plan, held_by=cast("Holder", value)),
            "Changed who holds the contingency",
            lambda plan: plan.contingency is not None,
        )
        yield Asked(
            Choice("Money is paid", _EVERY, id="pay_every"),
            lambda plan: plan.payments.every if plan.payments else "",
            lambda plan, value: with_payments(plan, every=cast("PaidEvery", value)),
            "Changed how often the money is paid",
        )
        yield Asked(
            DayField("From", today(), id="pay_first"),
            lambda plan: f"{plan.payments.first:%d/%m/%Y}" if plan.payments else "",
            with_first_payment,
            "Changed the first payment",
            where=lambda _: "payments.first",
        )
        yield Asked(
            AmountField(
                "They contribute",
                currency,
                id="contribution",
                hint="What the person pays towards it; 0 where nothing.",
            ),
            lambda plan: _figure(plan.contribution.amount if plan.contribution else None),
            with_contribution,
            "Changed the contribution",
        )
        yield Asked(
            Choice("How often", _EVERY, id="contribution_every"),
            lambda plan: plan.contribution.every if plan.contribution else "",
            lambda plan, value: (
                replace(plan, contribution=replace(plan.contribution, every=value))
                if plan.contribution
                else plan
            ),
            "Changed how often the person contributes",
            lambda plan: plan.contribution is not None,
        )


def _figure(figure: object) -> str:
    return "" if figure is None else f"{figure:f}"
