"""Pictures of money, drawn in signs: a bar each, its figure and its share, read from left to right without any colour."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from textual.content import Content

from supportplan.domain.money import show
from supportplan.widgets.lines import fitted, typed

_DRAWN = "█"
_LABEL = 26
_LONGEST = 28


class Bar(NamedTuple):
    """An amount and what it is."""

    words: str
    amount: Decimal


def bar_lines(title: str, bars: Sequence[Bar], currency: str, width: int) -> Iterator[Content]:
    """Draw amounts one under the other, each in proportion to the largest, with its share of their sum."""
    yield typed(title, "bold")
    if not bars:
        yield Content("  nothing yet")
        return
    most = max(bar.amount for bar in bars)
    figures = max(len(show(bar.amount, currency)) for bar in bars)
    longest = max(min(width - _LABEL - figures - 9, _LONGEST), 4)
    for bar, share in zip(bars, _shares([bar.amount for bar in bars]), strict=True):
        length = int(bar.amount * longest / most) if most else 0
        drawn = _DRAWN * max(length, 1 if bar.amount else 0)
        yield Content.assemble(
            fitted(typed(bar.words), _LABEL),
            " ",
            typed(f"{drawn:<{longest}}", "$primary"),
            typed(f" {show(bar.amount, currency):>{figures}} {share:>4}"),
        )


def _shares(amounts: Sequence[Decimal]) -> list[str]:
    """Say each amount's share of their sum in whole per cent that add up to a hundred; nothing where there is no sum."""
    total = sum(amounts, Decimal(0))
    if not total:
        return [""] * len(amounts)
    exact = [amount * 100 / total for amount in amounts]
    whole = [int(one) for one in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: whole[at] - exact[at])
    for at in by_rest[: 100 - sum(whole)]:
        whole[at] += 1
    return [f"{one}%" for one in whole]


def over_the_year(months: Sequence[Bar], currency: str) -> Iterator[Content]:
    """Draw what is paid in each month as a row of columns four lines high, with the dearest month in words."""
    most = max((bar.amount for bar in months), default=Decimal(0))
    if not most:
        return
    heights = [int(bar.amount * 4 / most) or (1 if bar.amount else 0) for bar in months]
    for level in range(4, 0, -1):
        yield typed(
            "  " + "".join(f"{_DRAWN * 3} " if height >= level else "    " for height in heights), "$primary"
        )
    yield typed("  " + "".join(f"{bar.words:<4}" for bar in months))
    dearest = max(months, key=lambda bar: bar.amount)
    yield typed(f"  The most is paid in {dearest.words}: {show(dearest.amount, currency)}.")
