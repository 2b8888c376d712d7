"""What is said of a support in a few words: who gives it, how much of it there is, how it is paid."""

from decimal import Decimal

from supportplan.domain.plan import PaidBy, Support, SupporterKind
from supportplan.domain.units import EVERY_WORDS, PERIOD_WORDS, counted, per, units

SUPPORTER_WORDS: dict[SupporterKind, str] = {
    "self": "The person",
    "family": "Family or friend",
    "personal_assistant": "Personal assistant",
    "agency": "Agency",
    "statutory": "Public service",
    "in_house": "In-house service",
    "other": "Somebody else",
}
PAID_BY_WORDS: dict[PaidBy, str] = {
    "budget": "the budget",
    "nobody": "nobody",
    "in_house": "in-house",
    "other": "another funder",
}


def who_words(support: Support) -> str:
    """Say who gives a support: `Alex, personal assistant`."""
    if support.supporter is None:
        return "Nobody named yet"
    kind = SUPPORTER_WORDS[support.supporter.kind]
    name = support.supporter.name.strip()
    return f"{name}, {kind[0].lower()}{kind[1:]}" if name else kind


def level_words(support: Support) -> str:
    """Say the level of support in its units: `6 hours a week`; empty where it is not said yet."""
    if support.quantity is None or support.unit is None:
        return ""
    amount = units(support.quantity, support.unit)
    if support.kind == "one_off":
        return f"{amount}, once"
    if support.every is None:
        return amount
    if support.every == "occasion":
        times = Decimal(support.occasions or 0)
        return (
            f"{amount} on each of {counted(times, PERIOD_WORDS['occasion'])}"
            if times != 1
            else f"{amount} on 1 occasion"
        )
    if support.quantity == 1 and support.unit == support.every:
        return f"every {support.every}"
    return f"{amount} {EVERY_WORDS[support.every]}"


def anew_words(before: Support, after: Support) -> str:
    """Say what a price for another unit has left to be said anew; empty where it is nothing."""
    gone = []
    if before.quantity is not None and after.quantity is None:
        gone.append("how much")
    if before.rate and before.rate.top_up and not (after.rate and after.rate.top_up):
        gone.append("the top-up")
    if not gone or after.unit is None:
        return ""
    return f"This price is for {per(after.unit)}: say {' and '.join(gone)} anew."
