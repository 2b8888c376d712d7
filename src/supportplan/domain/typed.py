"""What people type where a name, an amount of money or a day is meant: read as they say it, refused where it could mean two things."""

from datetime import date

from supportplan.domain.money import Amount
from supportplan.domain.problems import BadFigure, BadInput
from supportplan.domain.schedules import cell_days
from supportplan.domain.schedules.cells import Unreadable, may_mean, price, tidy
from supportplan.domain.short import is_joiner

MOST_SIGNS = 200
# Letters to Unicode, which fill the place of one in Korean: nobody sees them.
_WITHOUT_INK = (
    "\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}"
)


def typed_name(typed: str, what: str) -> str:
    """Return a name with single spaces between its words; raise BadInput, which says `what` and never the name."""
    name = " ".join(typed.split())
    if not any(sign.isalpha() and sign not in _WITHOUT_INK for sign in name):
        raise BadInput("needs at least one letter", where=what, mend="Give the name that people use.")
    if not all(sign.isprintable() or is_joiner(name, at) for at, sign in enumerate(name)):
        raise BadInput("holds signs that cannot be shown", where=what, mend="Type it again.")
    if len(name) > MOST_SIGNS:
        raise BadInput(f"is longer than {MOST_SIGNS} letters", where=what, mend="Shorten it.")
    return name


def typed_amount(text: str, *, where: str, currency: str = "GBP") -> Amount:
    """Read an amount such as `£13,000`, `13000` or `1,250.50`; `where` names what was asked for.

    Raises BadInput for what is no amount to the penny, or is in another currency.
    """
    mend = "Write it with digits, and a point before the pence, such as 13,000 or 1250.50."
    try:
        found = price(tidy(text))
        if found.amount is None:
            raise BadInput("is not an amount of money", where=where, mend=mend)
        if not may_mean(found.currency, currency):
            raise BadInput(
                "is in another currency than the plan", where=where, mend=f"Give the amount in {currency}."
            )
        return Amount(f"{found.amount:f}")
    except (Unreadable, BadFigure):
        raise BadInput("is not an amount of money that can be meant", where=where, mend=mend) from None


def typed_day(text: str, *, where: str) -> date:
    """Read a day such as `2026-09-01`, `01/09/2026` or `1 September 2026`. Raises BadInput."""
    mend = "Write it as 1 September 2026, 01/09/2026 or 2026-09-01."
    said = tidy(text)
    try:
        # A bare number would be a spreadsheet's count of days, which nobody types.
        found = None if said.isdigit() else cell_days.day(said)
    except Unreadable as error:
        raise BadInput(str(error), where=where, mend=mend) from None
    if found is None:
        raise BadInput("is not a day", where=where, mend=mend)
    return found
