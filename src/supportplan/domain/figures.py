"""Figures in running text: the amounts and numbers that a document prints, so that two documents can be held together."""

import re
from collections import Counter

# An amount as this program prints it. What people write themselves may look otherwise, and is no figure of a plan.
_AMOUNT = re.compile(
    r"(?<![\w.,])[-\u2212]?(?:[£€$]|[A-Z]{3})(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})*)\.[0-9]{2,4}(?![\w,.]*[0-9])"
)
_NUMBER = re.compile(r"(?<![\w.,£€$])[0-9][0-9,]*(?:\.[0-9]+)?(?![\w,.]*[0-9])")
# A longer word may be broken between two lines, and a figure in it with it.
_MOST_WORD = 30


def amounts_in(text: str) -> Counter[str]:
    """Count the amounts of money in a text."""
    return _counted(_AMOUNT, text)


def numbers_in(text: str) -> Counter[str]:
    """Count the amounts and all other numbers in a text."""
    return _counted(_AMOUNT, text) + _counted(_NUMBER, text)


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(
        found.group() for word in text.split() if len(word) <= _MOST_WORD for found in pattern.finditer(word)
    )
