"""How a figure was worked out: steps that a pocket calculator can follow, in words and in numbers.

An amount is not computed and then described: it *is* the result of its trace, so the words cannot differ from the sum.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

import msgspec

from supportplan.domain.money import EXACT, show, to_penny

Sign = Literal["", "+", "-", "x", "/"]

_DO: dict[Sign, Callable[[Decimal, Decimal], Decimal]] = {
    "": lambda _, value: value,
    "+": EXACT.add,
    "-": EXACT.subtract,
    "x": EXACT.multiply,
    "/": EXACT.divide,
}


class Term(msgspec.Struct, frozen=True):
    """One number in a step, the sign before it, and how it is written."""

    sign: Sign
    value: Decimal
    words: str


class Step(msgspec.Struct, frozen=True):
    """A sum worked from left to right and rounded once, to the penny: `6 hours x £16.29 = £97.74 a week`."""

    terms: tuple[Term, ...]
    result: Decimal
    words: str


class Trace(msgspec.Struct, frozen=True):
    """The steps that lead to a figure; or, where there is nothing to work out, only a `note`."""

    steps: tuple[Step, ...] = ()
    note: str = ""

    @property
    def result(self) -> Decimal:
        """The figure itself, in the plan's currency; nothing where there are no steps."""
        return self.steps[-1].result if self.steps else Decimal("0.00")

    def __str__(self) -> str:
        """Write the steps one after the other."""
        return "; ".join(step.words for step in self.steps) or self.note


def start(value: Decimal, words: str) -> Term:
    """Begin a step with a number."""
    return Term("", value, words)


def go_on(value: Decimal) -> Term:
    """Begin a step with the result of the step before, which is not written again."""
    return Term("", value, "")


def work_out(
    *terms: Term, currency: str, after: str = "", round_with: Callable[[Decimal], Decimal] = to_penny
) -> Step:  # fmt: skip
    """Work a step out. `after` is what follows the result, such as `a week`."""
    exact = Decimal(0)
    for term in terms:
        exact = _DO[term.sign](exact, term.value)
    result = round_with(exact)
    left = " ".join(f"{term.sign} {term.words}".strip() for term in terms if term.words)
    return Step(
        terms, result, " ".join(part for part in (f"{left} = {show(result, currency)}", after) if part)
    )


def add_up(amounts: list[Decimal], currency: str) -> Trace:
    """Add printed amounts up: nothing is rounded, for each already is."""
    if not amounts:
        return Trace(note=f"Nothing to add: {show(Decimal('0.00'), currency)}")
    first, *rest = amounts
    terms = (start(first, show(first, currency)), *(Term("+", more, show(more, currency)) for more in rest))
    return Trace((work_out(*terms, currency=currency),))
