"""The words of easy read: short sentences, a line each; who helps, how often, when money comes, and who signs."""

from datetime import date
from decimal import Decimal

from supportplan.domain.days import day_words
from supportplan.domain.plan import PaidBy, Support, SupporterKind
from supportplan.domain.units import Every, PaidEvery, Unit, units

# A blank at which no line ends, so that a date is read in one go.
_UNBROKEN = "\N{NO-BREAK SPACE}"
_MINUTES = 60

WHO: dict[SupporterKind, str] = {
    "self": "You do this yourself:",
    "family": "Your family or friends help with this:",
    "statutory": "A public service, such as a school, helps with this:",
    "agency": "A company or a charity helps with this:",
    "personal_assistant": "Your personal assistant helps with this:",
    "in_house": "Staff of your local services help with this:",
    "other": "This is part of your help too:",
}
NOT_FROM_THE_BUDGET: dict[PaidBy, str] = {
    "budget": "",
    "in_house": "You do not pay for it.",
    "other": "Somebody else pays for it.",
    "nobody": "It costs nothing.",
}
COMES: dict[PaidEvery, str] = {
    "week": "Money comes every week.",
    "fortnight": "Money comes every two weeks.",
    "four_weeks": "Money comes every four weeks.",
    "month": "Money comes every month.",
    "quarter": "Money comes every three months.",
    "year": "Money comes once a year.",
}
_OFTEN: dict[Every, str] = {
    "week": "every week",
    "fortnight": "every two weeks",
    "four_weeks": "every four weeks",
    "month": "every month",
    "quarter": "every three months",
    "year": "every year",
    "term_week": "every week of the school term",
    "holiday_week": "every week of the school holidays",
}
# Who signs is said to the person; the words for everybody else are those of the authority.
_SIGNS = {"person": "You, or somebody who may sign for you"}


def lines(text: str) -> str:
    """Put each sentence on a line of its own."""
    return text.replace(". ", ".\n")


def often(support: Support) -> str:
    """Say how much help there is and how often, as a sentence; nothing where that is not said yet, or for what is bought.

    `2 hours every week.`, `38 times: 2 hours each time.`
    """
    if support.kind == "one_off" or support.quantity is None or support.unit is None or support.every is None:
        return ""
    amount = _amount(support.quantity, support.unit)
    if support.every == "occasion":
        count = support.occasions or 0
        if support.quantity == 1 and support.unit == "each":
            return f"{count} times." if count != 1 else "Once."
        return f"{count} times: {amount} each time." if count != 1 else f"Once: {amount}."
    if support.quantity == 1 and support.unit == support.every:
        return f"This is {_OFTEN[support.every]}."
    return f"{amount} {_OFTEN[support.every]}."


def day(on: date) -> str:
    """Write a date that stays on one line."""
    return day_words(on).replace(" ", _UNBROKEN)


def signer_words(role: str, words: str) -> str:
    """Say who signs in a role: to the person as `you`, and else as it is said everywhere."""
    return _SIGNS.get(role, words)


def _amount(quantity: Decimal, unit: Unit) -> str:
    """Write a quantity with its unit; parts of an hour are minutes."""
    minutes = quantity * _MINUTES
    if unit != "hour" or quantity == int(quantity) or minutes != int(minutes):
        return units(quantity, unit)
    whole, rest = divmod(int(minutes), _MINUTES)
    parts: tuple[tuple[Decimal, Unit], ...] = ((Decimal(whole), "hour"), (Decimal(rest), "minute"))
    return " and ".join(units(count, one) for count, one in parts if count)
